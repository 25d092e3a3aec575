//! Single sign-on: an organization's identity provider, and signing in by it.

use domain::{IdentityProviderId, OrgId, RoleId, Timestamp};
use serde_json::{Map, Value};

wire! {
    pub struct IdentityProviders {
        /// One, or none.
        pub identity_providers: Vec<IdentityProvider>,
        /// Where the provider sends people back to: register it there.
        pub redirect_url: String,
        /// Where people of the organization begin to sign in by it.
        pub sign_in_url: String,
    }

    /// Who signs people of the organization in, by OpenID Connect.
    pub struct IdentityProvider {
        pub id: IdentityProviderId,
        pub name: String,
        /// As the provider writes it in its discovery document.
        pub issuer: String,
        pub client_id: String,
        /// Only addresses in these domains are let in, and who types one is led here; none: any.
        pub domains: Vec<String>,
        pub mapping: IdentityMapping,
        /// The provider asks everybody for a second step, whether it says so (`amr` has `mfa`) or not.
        pub two_step_trusted: bool,
        pub created_at: Timestamp,
        pub version: i64,
    }

    /// Which role somebody gets, at each sign-in: that of the first rule that is true.
    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    pub struct IdentityMapping {
        #[serde(default)]
        pub rules: Vec<IdentityRule>,
        /// For whom no rule is true; without one they are not let in.
        pub default_role_id: Option<RoleId>,
    }

    #[serde(deny_unknown_fields)]
    pub struct IdentityRule {
        /// In the language of policies, over `claims`: `'admins' in claims.groups`.
        pub expression: String,
        pub role_id: RoleId,
    }

    #[serde(deny_unknown_fields)]
    pub struct CreateIdentityProvider {
        pub name: String,
        /// `https://…`, at a public address.
        pub issuer: String,
        pub client_id: String,
        /// Kept sealed, and never shown.
        pub client_secret: String,
        /// Each must be that of a member who was invited or came with the organization.
        pub domains: Option<Vec<String>>,
        /// With roles no wider than one's own. Without one nobody is let in.
        pub mapping: Option<IdentityMapping>,
        pub two_step_trusted: Option<bool>,
    }

    /// The issuer stays: people of another one are others.
    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    pub struct UpdateIdentityProvider {
        pub name: Option<String>,
        pub client_id: Option<String>,
        pub client_secret: Option<String>,
        /// All of them.
        pub domains: Option<Vec<String>>,
        /// The whole mapping.
        pub mapping: Option<IdentityMapping>,
        pub two_step_trusted: Option<bool>,
    }

    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    pub struct TestIdentityProvider {
        /// Claims to try the mapping with, as an ID token has them.
        pub claims: Option<Map<String, Value>>,
    }

    pub struct IdentityProviderTest {
        /// Its discovery document and its keys can be read, and are in order.
        pub reachable: bool,
        /// What is wrong, where they are not.
        pub error: Option<String>,
        /// Each rule of the mapping, in its order.
        pub rules: Vec<IdentityRuleTest>,
        /// The role that the claims come to; without claims that of whom no rule is about.
        pub role_id: Option<RoleId>,
    }

    pub struct IdentityRuleTest {
        pub expression: String,
        pub role_id: RoleId,
        /// Why it is no expression, or can't be what was meant. Such a rule is never true.
        pub problem: Option<String>,
        /// Whether it is true of the claims.
        pub holds: Option<bool>,
    }

    pub struct FindSingleSignOn {
        /// An e-mail address: organizations whose provider speaks for its domain.
        pub email: Option<String>,
        /// One organization.
        pub organization: Option<OrgId>,
    }

    pub struct SingleSignOns {
        pub single_sign_ons: Vec<SingleSignOn>,
    }

    /// A way to sign in.
    pub struct SingleSignOn {
        /// Its organization.
        pub organization: OrgId,
        pub organization_name: String,
        /// What the organization calls it.
        pub provider: String,
        /// Where people are sent to.
        pub host: String,
    }

    #[serde(deny_unknown_fields)]
    pub struct BeginSingleSignOn {
        pub organization: OrgId,
        /// The portal's page to go to afterwards.
        pub return_to: Option<String>,
    }

    /// The way to the provider, for whoever asked, within ten minutes.
    pub struct SingleSignOnBegun {
        pub authorization_url: String,
        /// What only this browser or program knows, to be shown when the provider has answered.
        pub binding: String,
        /// The host of the address.
        pub host: String,
        pub organization_name: String,
    }

    /// What the provider has sent back.
    #[serde(deny_unknown_fields)]
    pub struct CompleteSingleSignOn {
        /// Whose redirect address was called.
        pub organization: OrgId,
        pub binding: String,
        pub state: String,
        pub code: Option<String>,
        /// The parameter `iss`, where the provider sends it.
        pub issuer: Option<String>,
        /// The parameter `error`, in the place of a code.
        pub error: Option<String>,
    }

    pub struct SingleSignOnCompleted {
        pub organization: OrgId,
        /// What was said when it began.
        pub return_to: Option<String>,
    }
}
