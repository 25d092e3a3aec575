//! THE table: every endpoint of the platform on one page.

use crate::types::*;
use serde::{Serialize, de::DeserializeOwned};

/// HTTP methods that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::upper_case_acronyms)]
pub enum Method {
    GET,
    POST,
    PUT,
    DELETE,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Method::GET => "GET",
            Method::POST => "POST",
            Method::PUT => "PUT",
            Method::DELETE => "DELETE",
        }
    }
}

/// Name of the session cookie (RFC 6265bis section 4.1.3.2: `__Host-` pins it to this host).
pub const SESSION_COOKIE: &str = "__Host-couloir-session";

/// Who may call an endpoint at all, before any policy is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nobody needs credentials.
    Public,
    /// A session, a signature or a token.
    Anyone,
    /// A person in a browser session or with a personal token; not an API key.
    Person,
    /// A person in a session, for what neither a stolen key nor a stolen token may do.
    Session,
}

impl Access {
    /// Whether it is refused to API keys.
    pub fn is_of_people(self) -> bool {
        matches!(self, Access::Person | Access::Session)
    }
}

/// What calling it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Changes nothing.
    Read,
    /// Changes something, and has done so when it answers.
    Write,
    /// Answers with an operation; the work may go on.
    Task,
    /// Answers a question that is as long as a body, and changes nothing.
    Ask,
    /// Answers with a stream of server-sent events.
    Stream,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// API operation, IAM operation, audit event and metric label in one.
    pub operation: &'static str,
    pub method: Method,
    /// Path below `/v2`, with `{name}` for parameters.
    pub path: &'static str,
    /// IAM service whose policy entry decides; empty where a person acts on their own identity, or
    /// where the policies are asked for each part of the answer.
    pub service: &'static str,
    pub access: Access,
    pub kind: Kind,
    /// Follows Exoscale's specification: unknown fields and nulls are ignored.
    pub compatible: bool,
    /// For documents; the browser does without.
    #[cfg(feature = "schema")]
    pub summary: &'static str,
    #[cfg(feature = "schema")]
    pub input: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
    #[cfg(feature = "schema")]
    pub output: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
}

impl Endpoint {
    pub fn is_mutation(&self) -> bool {
        matches!(self.kind, Kind::Write | Kind::Task)
    }

    /// Whether somebody can be granted it beside their role.
    pub fn is_grantable(&self) -> bool {
        self.access != Access::Public
            && domain::iam::grant::is_grantable(self.service, self.is_mutation())
    }

    /// Whether nobody does it with a role that they have only assumed.
    pub fn is_closed_to_assumed(&self) -> bool {
        domain::iam::assumed::is_closed(self.operation, self.service, self.is_mutation())
    }

    /// Whether it asks a person in a browser for a fresh proof of who they are.
    pub fn is_sensitive(&self) -> bool {
        domain::assurance::is_sensitive(self.operation)
    }

    /// The parameter of the path that says what it is asked of: `id`.
    pub fn resource(&self) -> Option<&'static str> {
        self.path.split(['{', '}']).nth(1)
    }
}

/// An endpoint as a type: what goes in and what comes out.
///
/// `Input` is the query of a `GET` and the JSON body of everything else.
pub trait Call: 'static {
    const ENDPOINT: Endpoint;
    type Input: Wire;
    type Output: Wire;
}

/// What can travel.
#[cfg(not(feature = "schema"))]
pub trait Wire: Serialize + DeserializeOwned + Send + Sync + 'static {}
#[cfg(not(feature = "schema"))]
impl<T: Serialize + DeserializeOwned + Send + Sync + 'static> Wire for T {}
/// What can travel.
#[cfg(feature = "schema")]
pub trait Wire:
    Serialize + DeserializeOwned + Send + Sync + schemars::JsonSchema + 'static
{
}
#[cfg(feature = "schema")]
impl<T: Serialize + DeserializeOwned + Send + Sync + schemars::JsonSchema + 'static> Wire for T {}

/// The endpoint of an operation name.
pub fn find(operation: &str) -> Option<&'static Endpoint> {
    ENDPOINTS.iter().find(|e| e.operation == operation)
}

macro_rules! table {
    ($($name:ident $operation:literal $method:ident $path:literal $service:literal $access:ident $kind:ident
       $origin:ident $input:ty => $output:ty, $summary:literal;)*) => {
        /// One type per operation.
        pub mod op {
            $(#[doc = $summary] #[derive(Clone, Copy, Debug)] pub struct $name;)*
        }
        $(impl Call for op::$name {
            const ENDPOINT: Endpoint = Endpoint {
                operation: $operation,
                method: Method::$method,
                path: $path,
                service: $service,
                access: Access::$access,
                kind: Kind::$kind,
                compatible: table!(@ $origin),
                #[cfg(feature = "schema")]
                summary: $summary,
                #[cfg(feature = "schema")]
                input: |g| g.subschema_for::<$input>(),
                #[cfg(feature = "schema")]
                output: |g| g.subschema_for::<$output>(),
            };
            type Input = $input;
            type Output = $output;
        })*
        /// Every endpoint there is.
        pub static ENDPOINTS: &[Endpoint] = &[$(<op::$name as Call>::ENDPOINT),*];
    };
    (@ v2) => { true };
    (@ own) => { false };
}

table! {
// zones, types, templates
ListZones "list-zones" GET "/zone" "compute" Public Read v2 Nothing => Zones, "All zones, and the address where each is talked to.";
ListInstanceTypes "list-instance-types" GET "/instance-type" "compute" Anyone Read v2 Nothing => InstanceTypes, "All instance types.";
GetInstanceType "get-instance-type" GET "/instance-type/{id}" "compute" Anyone Read v2 Nothing => InstanceType, "One instance type.";
ListTemplates "list-templates" GET "/template" "compute" Anyone Read v2 ListTemplates => Templates, "Public templates, or the organization's own.";
GetTemplate "get-template" GET "/template/{id}" "compute" Anyone Read v2 Nothing => Template, "One template.";
UpdateTemplate "update-template" PUT "/template/{id}" "compute" Anyone Task v2 UpdateTemplate => Operation, "Renames or describes one of the organization's own templates.";
DeleteTemplate "delete-template" DELETE "/template/{id}" "compute" Anyone Task v2 Nothing => Operation, "Deletes one of the organization's own templates, when no instance is made from it any more.";
// SSH keys
ListSshKeys "list-ssh-keys" GET "/ssh-key" "compute" Anyone Read v2 Nothing => SshKeys, "All SSH keys.";
RegisterSshKey "register-ssh-key" POST "/ssh-key" "compute" Anyone Task v2 RegisterSshKey => Operation, "Registers a public key under a name that is not taken.";
GetSshKey "get-ssh-key" GET "/ssh-key/{name}" "compute" Anyone Read v2 Nothing => SshKey, "One SSH key.";
DeleteSshKey "delete-ssh-key" DELETE "/ssh-key/{name}" "compute" Anyone Task v2 Nothing => Operation, "Forgets a public key. Instances that have it keep it.";
// instances
ListInstances "list-instances" GET "/instance" "compute" Anyone Read v2 ListInstances => Instances, "Instances, filtered and, with `limit`, by pages.";
CreateInstance "create-instance" POST "/instance" "compute" Anyone Task v2 CreateInstance => Operation, "Creates an instance from a template and, unless `auto-start` is false, starts it.";
GetInstance "get-instance" GET "/instance/{id}" "compute" Anyone Read v2 Nothing => Instance, "One instance.";
UpdateInstance "update-instance" PUT "/instance/{id}" "compute" Anyone Task v2 UpdateInstance => Operation, "Changes name, labels or user data. User data takes effect at the next reset.";
DeleteInstance "delete-instance" DELETE "/instance/{id}" "compute" Anyone Task v2 Nothing => Operation, "Deletes an instance, its disk and its snapshots.";
SoftDeleteInstance "soft-delete-instance" PUT "/instance/{id}:soft-delete" "compute" Anyone Task own Nothing => Operation, "Stops an instance and hides it. It can be recovered for as long as the organization keeps deleted instances; its disk costs until then.";
RecoverInstance "recover-instance" PUT "/instance/{id}:recover" "compute" Anyone Task own RecoverInstance => Operation, "Brings back an instance that was soft-deleted.";
ResetInstanceField "reset-instance-field" DELETE "/instance/{id}/{field}" "compute" Anyone Task v2 Nothing => Operation, "Empties a field. Possible: labels.";
AddInstanceProtection "add-instance-protection" PUT "/instance/{id}:add-protection" "compute" Anyone Task v2 Nothing => Operation, "Protects against deletion.";
RemoveInstanceProtection "remove-instance-protection" PUT "/instance/{id}:remove-protection" "compute" Anyone Task v2 Nothing => Operation, "Removes the protection against deletion.";
StartInstance "start-instance" PUT "/instance/{id}:start" "compute" Anyone Task v2 StartInstance => Operation, "Starts a stopped instance.";
StopInstance "stop-instance" PUT "/instance/{id}:stop" "compute" Anyone Task v2 Nothing => Operation, "Asks the instance to shut down, and switches it off when it does not.";
RebootInstance "reboot-instance" PUT "/instance/{id}:reboot" "compute" Anyone Task v2 Nothing => Operation, "Restarts a running instance.";
ResetInstance "reset-instance" PUT "/instance/{id}:reset" "compute" Anyone Task v2 ResetInstance => Operation, "Replaces the disk by a fresh one from a template. What is on the disk is lost.";
ScaleInstance "scale-instance" PUT "/instance/{id}:scale" "compute" Anyone Task v2 ScaleInstance => Operation, "Changes the type of a stopped instance.";
ResizeInstanceDisk "resize-instance-disk" PUT "/instance/{id}:resize-disk" "compute" Anyone Task v2 ResizeInstanceDisk => Operation, "Grows the disk of a stopped instance.";
ResetInstancePassword "reset-instance-password" PUT "/instance/{id}:reset-password" "compute" Anyone Task v2 Nothing => Operation, "Gives the template's user a new password.";
RevealInstancePassword "reveal-instance-password" GET "/instance/{id}:password" "compute" Anyone Read v2 Nothing => InstancePassword, "Shows the password of the template's user.";
RevertInstanceToSnapshot "revert-instance-to-snapshot" POST "/instance/{instance-id}:revert-snapshot" "compute" Anyone Task v2 RevertInstanceToSnapshot => Operation, "Takes the disk back to a snapshot. What was written since is lost.";
GetReverseDnsInstance "get-reverse-dns-instance" GET "/reverse-dns/instance/{id}" "compute" Anyone Read v2 Nothing => ReverseDnsRecord, "The reverse DNS record of an instance; 404 when it has none.";
// many instances at once
CreateBulkAction "create-bulk-action" POST "/bulk-action" "compute" Anyone Task own CreateBulkAction => Operation, "Asks the same of many instances: of those that are named, or of all that match.";
ListBulkActions "list-bulk-actions" GET "/bulk-action" "compute" Anyone Read own ListBulkActions => BulkActions, "Bulk actions, the newest first.";
GetBulkAction "get-bulk-action" GET "/bulk-action/{id}" "compute" Anyone Read own Nothing => BulkAction, "How far a bulk action is.";
ListBulkItems "list-bulk-items" GET "/bulk-action/{id}/item" "compute" Anyone Read own ListBulkItems => BulkItems, "What has become of each instance of a bulk action.";
RetryBulkAction "retry-bulk-action" PUT "/bulk-action/{id}:retry" "compute" Anyone Task own Nothing => Operation, "Asks again for what failed.";
CancelBulkAction "cancel-bulk-action" PUT "/bulk-action/{id}:cancel" "compute" Anyone Task own Nothing => Operation, "Takes back what was not asked yet. What was accepted goes on.";
// snapshots
CreateSnapshot "create-snapshot" POST "/instance/{id}:create-snapshot" "compute" Anyone Task v2 Nothing => Operation, "Takes a snapshot of an instance's disk.";
ListSnapshots "list-snapshots" GET "/snapshot" "compute" Anyone Read v2 ListSnapshots => Snapshots, "All snapshots, the newest first.";
GetSnapshot "get-snapshot" GET "/snapshot/{id}" "compute" Anyone Read v2 Nothing => Snapshot, "One snapshot, with its download address once it is exported.";
DeleteSnapshot "delete-snapshot" DELETE "/snapshot/{id}" "compute" Anyone Task v2 Nothing => Operation, "Deletes a snapshot.";
ExportSnapshot "export-snapshot" POST "/snapshot/{id}:export" "compute" Anyone Task v2 Nothing => Operation, "Writes the snapshot to a file that can be downloaded for an hour.";
PromoteSnapshotToTemplate "promote-snapshot-to-template" POST "/snapshot/{id}:promote" "compute" Anyone Task v2 PromoteSnapshot => Operation, "Makes a private template of a snapshot.";
// operations
GetOperation "get-operation" GET "/operation/{id}" "compute" Anyone Read v2 Nothing => Operation, "How far an operation is.";
ListOperations "list-operations" GET "/operation" "compute" Anyone Read own ListOperations => Operations, "Operations of the organization, the newest first.";
RetryOperation "retry-operation" PUT "/operation/{id}:retry" "compute" Anyone Task own Nothing => Operation, "Asks again for what an operation that failed was to do. It is checked anew, and is an operation of its own.";
CancelOperation "cancel-operation" PUT "/operation/{id}:cancel" "compute" Anyone Task own Nothing => Operation, "Takes back an operation that nobody has begun: what it was to work on is what it was before, and what it was to make is not made. One that has begun is refused.";
// organization, quotas, events, security groups
GetOrganization "get-organization" GET "/organization" "iam" Anyone Read v2 Nothing => Organization, "The organization of the credentials.";
UpdateOrganization "update-organization" PUT "/organization" "iam" Anyone Write own UpdateOrganization => Organization, "Says for how long deleted instances, calls that changed nothing, and the past are kept, and whether everybody must sign in in two steps.";
ListQuotas "list-quotas" GET "/quota" "compute" Anyone Read v2 Nothing => Quotas, "What is counted, how much is used, how much may be.";
GetQuota "get-quota" GET "/quota/{entity}" "compute" Anyone Read v2 Nothing => Quota, "One quota.";
ListEvents "list-events" GET "/event" "iam" Anyone Read v2 ListEvents => Events, "Audit events, by default of the last 24 hours.";
ListAuditTrail "list-audit-trail" GET "/audit-trail" "iam" Anyone Read own ListAuditTrail => AuditTrail, "Every call by time, person, resource, operation, result and text, the newest first: also those that only read, were refused or failed.";
ListResourceChanges "list-resource-changes" GET "/resource-change" "" Anyone Read own ListResourceChanges => ResourceChanges, "What became of things between two instants: of what the caller may read, what was created, changed field by field, and deleted, with the events behind it.";
GetAuditHead "get-audit-head" GET "/audit-head" "iam" Anyone Read own Nothing => AuditHead, "The end of the audit trail as it is now, signed: whoever keeps it can prove later what the trail was.";
ListAuditHeads "list-audit-heads" GET "/audit-head/hourly" "iam" Anyone Read own ListAuditHeads => AuditHeads, "Signed heads as they were made each hour in which something happened, the newest first: to be noted outside.";
GetAuditKey "get-audit-key" GET "/audit-key" "" Public Read own Nothing => AuditKey, "The public key that signs heads and exports of audit trails.";
CreateAuditExport "create-audit-export" POST "/audit-export" "iam" Anyone Write own CreateAuditExport => AuditExport, "Makes an address at which the audit trail can be downloaded for an hour, as JSON lines that prove themselves: `couloir audit verify FILE`.";
GetAuditRetention "get-audit-retention" GET "/audit-retention" "iam" Anyone Read own Nothing => AuditRetention, "For how long calls that changed nothing are kept, and what shorter times would remove.";
ListWebhooks "list-webhooks" GET "/webhook" "iam" Anyone Read own Nothing => Webhooks, "Addresses that are told of events of the audit trail.";
CreateWebhook "create-webhook" POST "/webhook" "iam" Anyone Write own CreateWebhook => WebhookCreated, "Makes an address that is told of events from now on. The secret that signs is shown once, here.";
GetWebhook "get-webhook" GET "/webhook/{id}" "iam" Anyone Read own Nothing => Webhook, "One webhook, and how far it is.";
UpdateWebhook "update-webhook" PUT "/webhook/{id}" "iam" Anyone Write own UpdateWebhook => Webhook, "Changes name, address or filter of a webhook, pauses it or lets it go on.";
RotateWebhookSecret "rotate-webhook-secret" PUT "/webhook/{id}:rotate-secret" "iam" Anyone Write own Nothing => WebhookSecret, "Gives a webhook a new secret, which is shown once, here. The old one signs for a day more.";
TestWebhook "test-webhook" POST "/webhook/{id}:test" "iam" Anyone Write own Nothing => WebhookDelivery, "Sends a test, once.";
RedeliverWebhook "redeliver-webhook" PUT "/webhook/{id}:redeliver" "iam" Anyone Write own RedeliverWebhook => WebhookDelivery, "Sends the event of a delivery once more.";
ListWebhookDeliveries "list-webhook-deliveries" GET "/webhook/{id}/delivery" "iam" Anyone Read own ListWebhookDeliveries => WebhookDeliveries, "What a webhook was told and what became of it, the newest first.";
DeleteWebhook "delete-webhook" DELETE "/webhook/{id}" "iam" Anyone Write own Nothing => Done, "Deletes a webhook. What it was not told yet, it never is.";
ListSecurityGroups "list-security-groups" GET "/security-group" "compute" Anyone Read v2 ListSecurityGroups => SecurityGroups, "All security groups.";
GetSecurityGroup "get-security-group" GET "/security-group/{id}" "compute" Anyone Read v2 Nothing => SecurityGroup, "One security group.";
// IAM
GetIamOrganizationPolicy "get-iam-organization-policy" GET "/iam-organization-policy" "iam" Anyone Read v2 Nothing => IamPolicy, "What the organization allows, whatever a role says.";
UpdateIamOrganizationPolicy "update-iam-organization-policy" PUT "/iam-organization-policy" "iam" Anyone Task v2 IamPolicy => Operation, "Changes what the organization allows.";
ResetIamOrganizationPolicy "reset-iam-organization-policy" POST "/iam-organization-policy:reset" "" Anyone Task v2 Nothing => Operation, "Makes the organization allow everything again. Roles with that permission may, whatever the policies say.";
ListIamRoles "list-iam-roles" GET "/iam-role" "iam" Anyone Read v2 Nothing => IamRoles, "All roles.";
GetIamRole "get-iam-role" GET "/iam-role/{id}" "iam" Anyone Read v2 Nothing => IamRole, "One role.";
CreateIamRole "create-iam-role" POST "/iam-role" "iam" Anyone Task v2 CreateIamRole => Operation, "Makes a role, no wider than one's own.";
UpdateIamRole "update-iam-role" PUT "/iam-role/{id}" "iam" Anyone Task v2 UpdateIamRole => Operation, "Changes what a role is called for, its labels and permissions.";
UpdateIamRolePolicy "update-iam-role-policy" PUT "/iam-role/{id}:policy" "iam" Anyone Task v2 IamPolicy => Operation, "Changes what a role allows, to nothing wider than one's own.";
DeleteIamRole "delete-iam-role" DELETE "/iam-role/{id}" "iam" Anyone Task v2 Nothing => Operation, "Deletes a role that nobody has any more.";
AssumeIamRole "assume-iam-role" POST "/iam-role/{id}/assume" "iam" Anyone Write v2 AssumeIamRole => AssumedIamRole, "Makes a key that has a role for a while, when the role says that one may. Its secret is shown once, here.";
SimulateIamPolicy "simulate-iam-policy" POST "/iam-simulation" "iam" Anyone Ask own SimulateIamPolicy => IamSimulation, "What the policies would say of a call, and why: which rule decides, and what each of them saw.";
ReplayIamPolicy "replay-iam-policy" POST "/iam-replay" "iam" Anyone Ask own ReplayIamPolicy => IamReplay, "What other policies would have said of the calls of the last 30 days: which would get another answer, whose, and how often.";
ListIamPermissions "list-iam-permissions" GET "/iam-permission" "iam" Anyone Read own ListIamPermissions => IamPermissions, "What a role, a key or a person may do, operation by operation, which of it was used, and a policy of that.";
RequestAccess "request-access" POST "/access-request" "" Person Write own RequestAccess => AccessRequest, "Asks for an operation that one's role refuses, for some hours. Whoever may grant it gets a mail.";
ListAccessRequests "list-access-requests" GET "/access-request" "" Anyone Read own Nothing => AccessRequests, "Access that was asked for: one's own requests, and all of them for who may decide.";
GetAccessRequest "get-access-request" GET "/access-request/{id}" "" Anyone Read own Nothing => AccessRequest, "One request for access: one's own, or any for who may decide.";
ApproveAccessRequest "approve-access-request" PUT "/access-request/{id}:approve" "iam" Anyone Write own Nothing => AccessGrant, "Grants what was asked for, from now on and for so many hours. One's own role must always allow it.";
RefuseAccessRequest "refuse-access-request" PUT "/access-request/{id}:refuse" "iam" Anyone Write own RefuseAccessRequest => AccessRequest, "Refuses what was asked for, and says why.";
WithdrawAccessRequest "withdraw-access-request" PUT "/access-request/{id}:withdraw" "" Person Write own Nothing => AccessRequest, "Takes back what one asked for, while nobody has decided about it.";
ListAccessGrants "list-access-grants" GET "/access-grant" "" Anyone Read own Nothing => AccessGrants, "What people may do beside their roles, and could lately: one's own grants, and all of them for who may decide.";
RevokeAccessGrant "revoke-access-grant" DELETE "/access-grant/{id}" "iam" Anyone Write own Nothing => AccessGrant, "Ends a grant at once.";
ListUsers "list-users" GET "/user" "iam" Anyone Read v2 Nothing => Users, "The people of the organization, and who is invited.";
CreateUser "create-user" POST "/user" "iam" Anyone Task v2 CreateUser => Operation, "Invites somebody by mail, with a role no wider than one's own.";
UpdateUserRole "update-user-role" PUT "/user/{id}" "iam" Anyone Task v2 UpdateUserRole => Operation, "Gives somebody another role. Their access tokens that are wider than it end.";
ResendUserInvitation "resend-user-invitation" PUT "/user/{id}:resend-invitation" "iam" Anyone Task own Nothing => Operation, "Sends an invitation again, with a new link; the old one ends.";
DeleteUser "delete-user" DELETE "/user/{id}" "iam" Anyone Task v2 Nothing => Operation, "Removes somebody, or takes an invitation back. Their sessions and access tokens of the organization end; API keys stay.";
ListApiKeys "list-api-keys" GET "/api-key" "iam" Anyone Read v2 Nothing => ApiKeys, "All API keys, without their secrets.";
CreateApiKey "create-api-key" POST "/api-key" "iam" Anyone Write v2 CreateApiKey => ApiKeyCreated, "Makes an API key. Its secret is shown once, here.";
GetApiKey "get-api-key" GET "/api-key/{id}" "iam" Anyone Read v2 Nothing => ApiKey, "One API key.";
RotateApiKey "rotate-api-key" POST "/api-key/{id}:rotate" "iam" Anyone Write own RotateApiKey => ApiKeyRotated, "Makes a key of the same name and role in the place of one, which goes on for a while and then ends. The new secret is shown once, here.";
DeleteApiKey "delete-api-key" DELETE "/api-key/{id}" "iam" Anyone Task v2 Nothing => Operation, "Revokes an API key at once.";
ListAccessTokens "list-access-tokens" GET "/access-token" "iam" Person Read own Nothing => AccessTokens, "One's own personal access tokens.";
CreateAccessToken "create-access-token" POST "/access-token" "iam" Person Write own CreateAccessToken => AccessTokenCreated, "Makes a personal access token for `Authorization: Bearer`. It is shown once, here.";
DeleteAccessToken "delete-access-token" DELETE "/access-token/{id}" "iam" Person Write own Nothing => Done, "Revokes one of one's own tokens at once.";
ListIdentityProviders "list-identity-providers" GET "/identity-provider" "iam" Anyone Read own Nothing => IdentityProviders, "Who signs people of the organization in, and the addresses that belong to it.";
CreateIdentityProvider "create-identity-provider" POST "/identity-provider" "iam" Anyone Write own CreateIdentityProvider => IdentityProvider, "Lets people sign in by the organization's own identity provider, with roles no wider than one's own.";
GetIdentityProvider "get-identity-provider" GET "/identity-provider/{id}" "iam" Anyone Read own Nothing => IdentityProvider, "One identity provider, without its secret.";
UpdateIdentityProvider "update-identity-provider" PUT "/identity-provider/{id}" "iam" Anyone Write own UpdateIdentityProvider => IdentityProvider, "Changes how people sign in by it and which role they get, no wider than one's own.";
TestIdentityProvider "test-identity-provider" POST "/identity-provider/{id}:test" "iam" Anyone Ask own TestIdentityProvider => IdentityProviderTest, "Whether it can be reached, whether each rule of its mapping is one, and which role claims come to.";
DeleteIdentityProvider "delete-identity-provider" DELETE "/identity-provider/{id}" "iam" Anyone Write own Nothing => Done, "Turns single sign-on off. Sessions that it began end; people stay members, and their access tokens go on.";
// identity
FindSingleSignOn "find-single-sign-on" GET "/single-sign-on" "" Public Read own FindSingleSignOn => SingleSignOns, "Organizations that one can sign in to by their identity provider: of an e-mail address's domain, or one of them.";
BeginSingleSignOn "begin-single-sign-on" POST "/single-sign-on" "" Public Ask own BeginSingleSignOn => SingleSignOnBegun, "The way to an organization's identity provider, with what only whoever asks can come back with.";
CompleteSingleSignOn "complete-single-sign-on" POST "/single-sign-on:complete" "" Public Write own CompleteSingleSignOn => SingleSignOnCompleted, "Signs in with what the identity provider has sent back, once; answers with a session cookie.";
CreateSession "create-session" POST "/session" "" Public Write own CreateSession => Me, "Signs in with e-mail, password and, for who has a second step, a code; answers with a session cookie. A refusal never says which of them was wrong or missing.";
GetPasskeyRequestOptions "get-passkey-request-options" GET "/session/passkey-options" "" Public Read own Nothing => PasskeyOptions, "What a browser is asked for, to sign in with a passkey.";
CreatePasskeySession "create-passkey-session" POST "/session/passkey" "" Public Write own CreatePasskeySession => Me, "Signs in with a passkey, which counts as two steps; answers with a session cookie.";
RedeemSignInLink "redeem-sign-in-link" POST "/sign-in-link:redeem" "" Public Write own RedeemSignInLink => Me, "Signs in with a one-time link, and optionally sets a password.";
GetInvitation "get-invitation" GET "/invitation" "" Public Read own GetInvitation => Invitation, "What the link of an invitation is for.";
AcceptInvitation "accept-invitation" POST "/invitation:accept" "" Public Write own AcceptInvitation => Me, "Joins the organization that sent the invitation, and signs in.";
RequestPasswordReset "request-password-reset" POST "/password-reset" "" Public Write own RequestPasswordReset => Done, "Mails a link that sets a new password, if somebody has the address. The answer is always the same.";
ResetPassword "reset-password" POST "/password-reset:redeem" "" Public Write own ResetPassword => Me, "Sets a new password with a mailed link and, for who has a second step, a code; ends all sessions, and signs in.";
ListSessions "list-sessions" GET "/session" "" Person Read own Nothing => Sessions, "One's own sessions.";
DeleteSession "delete-session" DELETE "/session/{id}" "" Session Write own Nothing => Done, "Ends a session; `current` ends this one.";
GetSessionConfirmationOptions "get-session-confirmation-options" GET "/session/confirmation-options" "" Session Read own Nothing => PasskeyOptions, "What a browser is asked for, to prove with a passkey who is there. Its answer is good in the session only.";
ConfirmSession "confirm-session" PUT "/session:confirm" "" Session Write own ConfirmSession => Session, "Proves who is there: with a passkey, with a code for who has an app, else with the password. Sensitive operations ask for it; it counts for ten minutes, and the session gets a new cookie.";
GetMe "get-me" GET "/me" "" Anyone Read own Nothing => Me, "Who the credentials belong to, and where they may act.";
GetSecondFactor "get-second-factor" GET "/me/second-factor" "" Person Read own Nothing => SecondFactor, "Whether one signs in in two steps, and how many recovery codes are left. What is being set up shows in a session only.";
BeginSecondFactor "begin-second-factor" POST "/me/second-factor" "" Session Write own Nothing => SecondFactor, "Makes the secret of an authenticator app. Nothing is asked for until it is confirmed.";
ConfirmSecondFactor "confirm-second-factor" PUT "/me/second-factor:confirm" "" Session Write own SecondFactorCode => RecoveryCodes, "Turns two-step sign-in on with a code of the app, and shows recovery codes once.";
RenewRecoveryCodes "renew-recovery-codes" PUT "/me/second-factor:renew-recovery-codes" "" Session Write own SecondFactorCode => RecoveryCodes, "Makes new recovery codes, shown once; those of before end.";
RemoveSecondFactor "remove-second-factor" PUT "/me/second-factor:remove" "" Session Write own SecondFactorCode => Done, "Turns two-step sign-in off, with a code.";
ListPasskeys "list-passkeys" GET "/me/passkey" "" Person Read own Nothing => Passkeys, "One's own passkeys.";
GetPasskeyCreationOptions "get-passkey-creation-options" GET "/me/passkey-options" "" Session Read own Nothing => PasskeyOptions, "What a browser is asked for, to make a passkey.";
CreatePasskey "create-passkey" POST "/me/passkey" "" Session Write own CreatePasskey => Passkey, "Keeps a passkey that the browser has made: it signs in from now on.";
DeletePasskey "delete-passkey" DELETE "/me/passkey/{id}" "" Session Write own Nothing => Done, "Forgets a passkey: it signs in no more.";
SetPassword "set-password" PUT "/me/password" "" Session Write own SetPassword => Done, "Sets one's own password; ends all other sessions.";
SwitchOrganization "switch-organization" PUT "/me:switch-organization" "" Session Write own SwitchOrganization => Me, "Makes another organization the session's current one.";
// for the portal and for people
ListSavedViews "list-saved-views" GET "/saved-view" "compute" Anyone Read own ListSavedViews => SavedViews, "Questions to lists that the organization or oneself keeps, by name.";
CreateSavedView "create-saved-view" POST "/saved-view" "compute" Anyone Write own CreateSavedView => SavedView, "Keeps a question to a list under a name.";
GetSavedView "get-saved-view" GET "/saved-view/{id}" "compute" Anyone Read own Nothing => SavedView, "One saved view.";
UpdateSavedView "update-saved-view" PUT "/saved-view/{id}" "compute" Anyone Write own UpdateSavedView => SavedView, "Renames a saved view, changes its question, shares it or takes it back.";
DeleteSavedView "delete-saved-view" DELETE "/saved-view/{id}" "compute" Anyone Write own Nothing => Done, "Deletes a saved view.";
CreateListExport "create-list-export" POST "/list-export" "compute" Anyone Task own CreateListExport => Operation, "Writes all of a list that matches to a file, which can be downloaded for a day.";
GetListExport "get-list-export" GET "/list-export/{id}" "compute" Anyone Read own Nothing => ListExport, "An exported list, with its download address once it is written.";
GetPreferences "get-preferences" GET "/preferences" "" Person Read own Nothing => Preferences, "How one wants to see the organization.";
UpdatePreferences "update-preferences" PUT "/preferences" "" Person Write own UpdatePreferences => Preferences, "Chooses the columns of a list, or whether single keys do something.";
ListPrices "list-prices" GET "/price" "compute" Anyone Read own Nothing => Prices, "The price list besides instance types.";
GetSummary "get-summary" GET "/summary" "compute" Anyone Read own Nothing => Summary, "What there is, what it costs, what is going on.";
SearchResources "search-resources" GET "/search" "" Anyone Read own SearchResources => SearchResults, "Finds anything that the caller may list by name, id, address or label.";
Stream "stream" GET "/stream" "" Anyone Stream own StreamFrom => Change, "Changes of what the caller may list or read, as server-sent events.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_and_paths_are_unique() {
        let names: HashSet<_> = ENDPOINTS.iter().map(|e| e.operation).collect();
        let paths: HashSet<_> = ENDPOINTS.iter().map(|e| (e.method, e.path)).collect();
        assert_eq!((names.len(), paths.len()), (ENDPOINTS.len(), ENDPOINTS.len()));
    }

    #[test]
    fn reads_are_gets_and_mutations_are_not() {
        for e in ENDPOINTS {
            let is_get = matches!(e.kind, Kind::Read | Kind::Stream);
            assert_eq!(e.method == Method::GET, is_get, "{}", e.operation);
        }
    }

    /// None of these can be had for a while and then used to have more.
    #[test]
    fn what_writes_people_roles_keys_and_grants_can_not_be_granted() {
        for e in ENDPOINTS.iter().filter(|e| e.is_mutation()) {
            let about = ["user", "iam", "api-key", "access-", "organization", "webhook", "audit-"];
            if about.iter().any(|noun| e.operation.contains(noun)) {
                assert!(!e.is_grantable(), "{}", e.operation);
            }
        }
        assert!(find("stop-instance").is_some_and(Endpoint::is_grantable));
        assert!(find("list-users").is_some_and(Endpoint::is_grantable));
        assert_eq!(find("stop-instance").and_then(Endpoint::resource), Some("id"));
        assert_eq!(find("create-instance").and_then(Endpoint::resource), None);
    }

    /// What a key of an assumed role writes must not outlive it: what is open to it is known.
    #[test]
    fn what_an_assumed_role_may_write_about_access_is_known() {
        let about = |e: &&Endpoint| e.is_mutation() && e.service == "iam";
        let open = ENDPOINTS.iter().filter(about).filter(|e| !e.is_closed_to_assumed());
        let open: Vec<_> = open.map(|e| e.operation).collect();
        assert_eq!(open, domain::iam::assumed::OPEN);
        assert!(find("reset-iam-organization-policy").is_some_and(Endpoint::is_closed_to_assumed));
        assert!(find("create-instance").is_some_and(|e| !e.is_closed_to_assumed()));
    }

    #[test]
    fn what_is_open_without_a_second_step_exists_and_asks_for_no_policy() {
        for operation in domain::assurance::OPEN_WITHOUT_SECOND_FACTOR {
            assert_eq!(find(operation).map(|e| e.service), Some(""), "{operation}");
        }
    }

    #[test]
    fn what_asks_for_a_proof_exists_and_changes_something() {
        for operation in domain::assurance::SENSITIVE {
            let endpoint = find(operation).expect(operation);
            assert!(endpoint.is_mutation() && endpoint.access != Access::Public, "{operation}");
        }
        // Nobody could ever prove anything.
        assert!(find("confirm-session").is_some_and(|endpoint| !endpoint.is_sensitive()));
    }

    /// Whatever comes to the organization's people, roles, keys and trail is decided about: here, or in
    /// the list of what is sensitive.
    #[test]
    fn what_is_not_sensitive_about_access_is_known() {
        let about = ENDPOINTS.iter().filter(|e| e.is_mutation() && e.service == "iam");
        let quick: Vec<_> = about.filter(|e| !e.is_sensitive()).map(|e| e.operation).collect();
        let known = [
            "create-audit-export",
            "test-webhook",
            "redeliver-webhook",
            "refuse-access-request",
            "revoke-access-grant",
            "delete-api-key",
            "delete-access-token",
        ];
        assert_eq!(quick, known);
    }

    #[test]
    fn sixty_operations_are_compatible() {
        assert_eq!(ENDPOINTS.iter().filter(|e| e.compatible).count(), 60);
    }
}
