//! People of an organization: who they are, how they are invited, how they come back.

use super::IamRole;
use domain::{MemberId, RoleId, Timestamp, assurance::SecondStep, format::Language};

wire! {
    pub struct Users {
        pub users: Vec<User>,
        /// `smtp`, or `files`: without a mail server the operator finds mail in the folder `mail` of
        /// the data folder.
        pub mail: Option<String>,
    }

    pub struct User {
        pub id: MemberId,
        pub email: String,
        /// Without its policy.
        pub role: IamRole,
        pub sso: bool,
        /// Whether there is one of `second-steps`.
        pub two_factor_authentication: bool,
        /// What they have to sign in with in two steps. An organization that demands it refuses who has
        /// none.
        pub second_steps: Vec<SecondStep>,
        /// Invited, and not there yet.
        pub pending: bool,
        pub created_at: Option<Timestamp>,
        /// Until when an invitation can be accepted.
        pub expires_at: Option<Timestamp>,
    }

    pub struct CreateUser {
        pub email: String,
        /// No wider than one's own.
        pub role: Option<RoleRef>,
        /// Language of the mail; default English.
        pub language: Option<Language>,
    }

    pub struct UpdateUserRole {
        /// No wider than one's own.
        pub role: Option<RoleRef>,
    }

    pub struct RoleRef {
        pub id: RoleId,
    }

    pub struct GetInvitation {
        /// The part of the link behind `token=`.
        pub token: String,
    }

    pub struct Invitation {
        pub email: String,
        /// What they are invited to.
        pub organization: String,
        /// Whether there is an account already: then its password is asked, and none is chosen.
        pub has_password: bool,
        pub expires_at: Timestamp,
    }

    #[serde(deny_unknown_fields)]
    pub struct AcceptInvitation {
        /// The part of the link behind `token=`.
        pub token: String,
        /// A new one, 12–1,024 characters; or that of the account that there is.
        pub password: String,
        /// As for signing in, where the account that there is has a second step, with a password or without.
        pub code: Option<String>,
    }

    #[serde(deny_unknown_fields)]
    pub struct RequestPasswordReset {
        pub email: String,
        /// Language of the mail; default English.
        pub language: Option<Language>,
    }

    #[serde(deny_unknown_fields)]
    pub struct ResetPassword {
        /// The part of the link behind `token=`.
        pub token: String,
        /// 12–1,024 characters.
        pub password: String,
        /// As for signing in: mail does not go round the second step.
        pub code: Option<String>,
    }
}
