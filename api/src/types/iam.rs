//! Roles, API keys and personal access tokens.

use domain::{AccessTokenId, RoleId, Timestamp, iam::Policy, labels::Labels};

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
        #[cfg_attr(feature = "schema", schemars(with = "Option<serde_json::Value>"))]
        pub policy: Option<Policy>,
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
    }

    pub struct CreateApiKey {
        /// 1–255 characters.
        pub name: String,
        pub role_id: RoleId,
    }

    pub struct ApiKeyCreated {
        pub key: String,
        pub name: String,
        /// Shown once.
        pub secret: String,
        pub role_id: RoleId,
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
