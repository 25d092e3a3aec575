//! Who one is and how one signed in.

use super::{IamRole, Organization, Preferences};
use domain::{OrgId, SessionId, Timestamp, UserId};
use serde_json::Value;

wire! {
    #[serde(deny_unknown_fields)]
    pub struct CreateSession {
        pub email: String,
        pub password: String,
        /// Six digits of the authenticator app, or a recovery code: for who signs in in two steps.
        pub code: Option<String>,
    }

    /// One of them: a passkey, or the code for who has an authenticator app, or else the password. Where
    /// two-step sign-in is demanded, the password of who has a passkey proves nothing.
    #[serde(deny_unknown_fields)]
    pub struct ConfirmSession {
        pub password: Option<String>,
        /// Six digits of the authenticator app, or a recovery code.
        pub code: Option<String>,
        /// Of `get-session-confirmation-options`.
        pub state: Option<String>,
        /// What the browser answered, as `toJSON()` writes it (WebAuthn Level 3, section 5.1).
        #[cfg_attr(feature = "schema", schemars(with = "Option<std::collections::BTreeMap<String, Value>>"))]
        pub credential: Option<Value>,
    }

    #[serde(deny_unknown_fields)]
    pub struct RedeemSignInLink {
        /// The part of the link behind `#` or `token=`.
        pub token: String,
        /// Sets a password, 12–1,024 characters, so that the next sign-in needs no link.
        pub password: Option<String>,
    }

    #[serde(deny_unknown_fields)]
    pub struct SetPassword {
        /// Needed when there is one already.
        pub current: Option<String>,
        /// 12–1,024 characters.
        pub password: String,
    }

    #[serde(deny_unknown_fields)]
    pub struct SwitchOrganization {
        pub organization: OrgId,
    }

    /// Who the credentials belong to.
    pub struct Me {
        pub user: Option<Person>,
        pub organization: Organization,
        pub role: IamRole,
        /// All that the person is a member of.
        pub organizations: Vec<Organization>,
        /// `session`, `api-key` or `access-token`
        pub credential: String,
        /// How the person wants to see the organization; an API key has none.
        pub preferences: Option<Preferences>,
        /// The organization demands two-step sign-in and the person has none: until it is set up,
        /// nothing else of the organization answers, and the role is without its policy.
        pub second_factor_missing: bool,
    }

    pub struct Person {
        pub id: UserId,
        pub email: String,
        pub has_password: bool,
        /// Signs in by the organization's identity provider, and in no other way.
        pub single_sign_on: bool,
    }

    pub struct Sessions {
        pub sessions: Vec<Session>,
    }

    pub struct Session {
        pub id: SessionId,
        pub current: bool,
        pub created_at: Timestamp,
        pub last_seen_at: Timestamp,
        pub expires_at: Timestamp,
        /// Until then nothing asks for a proof of who is there (`confirm-session`).
        pub confirmed_until: Timestamp,
        pub source_ip: Option<String>,
        pub user_agent: Option<String>,
        /// It was begun by single sign-on.
        pub single_sign_on: bool,
    }
}
