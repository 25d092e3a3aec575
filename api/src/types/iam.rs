//! Roles, API keys and personal access tokens.

use domain::{AccessTokenId, OrgId, RoleId, Timestamp, labels::Labels};

pub use domain::iam::{AssumeRolePolicy, Policy as IamPolicy};

wire! {
    pub struct IamRoles {
        pub iam_roles: Vec<IamRole>,
    }

    pub struct IamRole {
        pub id: RoleId,
        pub name: String,
        pub description: Option<String>,
        pub editable: bool,
        pub labels: Option<Labels>,
        pub permissions: Option<Vec<String>>,
        pub policy: Option<IamPolicy>,
        /// Who may assume it; nobody, where it has no rules.
        pub assume_role_policy: Option<AssumeRolePolicy>,
        /// For how many seconds it can be assumed at most.
        pub max_session_ttl: Option<i64>,
        /// One that every organization has, and nobody changes.
        pub of_platform: Option<bool>,
        pub used_by: Option<RoleUsers>,
    }

    /// How many have a role.
    #[derive(Copy, Default)]
    pub struct RoleUsers {
        pub people: i64,
        pub api_keys: i64,
        /// Those that have not expired.
        pub access_tokens: i64,
    }

    pub struct CreateIamRole {
        /// 1–191 characters; no other role of the organization has it.
        pub name: String,
        /// 1–255 characters.
        pub description: Option<String>,
        /// Whether its policy may be changed later; default true.
        pub editable: Option<bool>,
        pub labels: Option<Labels>,
        /// `bypass-governance-retention`, `reset-iam-organization-policy`
        pub permissions: Option<Vec<String>>,
        /// Default: nothing is allowed.
        pub policy: Option<IamPolicy>,
        /// Who may assume it; default nobody.
        pub assume_role_policy: Option<AssumeRolePolicy>,
        /// 1–86,400 seconds; default 3,600.
        pub max_session_ttl: Option<i64>,
    }

    /// What is not given stays.
    pub struct UpdateIamRole {
        /// 1–255 characters.
        pub description: Option<String>,
        pub labels: Option<Labels>,
        /// `bypass-governance-retention`, `reset-iam-organization-policy`
        pub permissions: Option<Vec<String>>,
        /// Who may assume it.
        pub assume_role_policy: Option<AssumeRolePolicy>,
        /// 1–86,400 seconds.
        pub max_session_ttl: Option<i64>,
    }

    pub struct AssumeIamRole {
        /// For how many seconds; at most the role's `max-session-ttl`.
        pub ttl: i64,
        /// The organization of the role; only one's own is possible.
        pub org_id: Option<OrgId>,
    }

    pub struct AssumedIamRole {
        /// Signs requests like any API key, until it expires.
        pub key: String,
        /// The role's.
        pub name: String,
        pub org_id: OrgId,
        pub role_id: RoleId,
        /// Shown once.
        pub secret: String,
        pub expires_at: Timestamp,
    }

    pub struct ApiKeys {
        pub api_keys: Vec<ApiKey>,
    }

    pub struct ApiKey {
        /// `EXO` and 24 hexadecimal digits.
        pub key: String,
        pub name: String,
        pub role_id: RoleId,
        pub created_at: Option<Timestamp>,
        pub last_used_at: Option<Timestamp>,
        /// When it ends by itself.
        pub expires_at: Option<Timestamp>,
        /// Who made it by assuming its role: a person's address, or an API key.
        pub assumed_by: Option<String>,
    }

    pub struct CreateApiKey {
        /// 1–255 characters.
        pub name: String,
        pub role_id: RoleId,
        /// After how many days it ends by itself, 1–3,650; default never.
        pub days: Option<i64>,
    }

    #[serde(deny_unknown_fields)]
    #[derive(Default)]
    pub struct RotateApiKey {
        /// For how many hours the old key goes on, 0–720; default 24.
        pub overlap_hours: Option<i64>,
    }

    pub struct ApiKeyCreated {
        pub key: String,
        pub name: String,
        /// Shown once.
        pub secret: String,
        pub role_id: RoleId,
        /// When it ends by itself.
        pub expires_at: Option<Timestamp>,
    }

    pub struct ApiKeyRotated {
        pub key: String,
        /// The old key's.
        pub name: String,
        /// Shown once.
        pub secret: String,
        /// The old key's.
        pub role_id: RoleId,
        /// When it ends by itself.
        pub expires_at: Option<Timestamp>,
        /// Until when the old key goes on.
        pub previous_until: Timestamp,
    }

    pub struct AccessTokens {
        pub access_tokens: Vec<AccessToken>,
    }

    pub struct AccessToken {
        pub id: AccessTokenId,
        pub name: String,
        pub role_id: RoleId,
        pub created_at: Timestamp,
        pub expires_at: Timestamp,
        pub last_used_at: Option<Timestamp>,
    }

    #[serde(deny_unknown_fields)]
    pub struct CreateAccessToken {
        /// 1–255 characters.
        pub name: String,
        /// Default: one's own role.
        pub role_id: Option<RoleId>,
        /// 1–365 days; default 30.
        pub days: Option<i64>,
    }

    pub struct AccessTokenCreated {
        pub id: AccessTokenId,
        pub name: String,
        /// Shown once.
        pub token: String,
        pub expires_at: Timestamp,
    }
}
