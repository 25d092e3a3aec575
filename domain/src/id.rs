//! Identifiers: one type per kind of thing, so that a template id can't be passed for an instance id.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
pub use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map($name)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                $name(id)
            }
        }
    )*};
}

ids! {
    /// An organization: the tenant, owner of everything but people.
    OrgId,
    /// A project inside an organization. There is one, `default`, until projects have pages.
    ProjectId,
    /// A person, who may be a member of several organizations.
    UserId,
    /// A person in an organization, or one who is invited: somebody in two has two.
    MemberId,
    /// An IAM role.
    RoleId,
    /// An instance.
    InstanceId,
    /// An instance type (a row of the catalogue).
    InstanceTypeId,
    /// A template: what an instance's disk is made from.
    TemplateId,
    /// A snapshot of an instance's disk.
    SnapshotId,
    /// A long-running operation.
    OperationId,
    /// One verb asked of many instances.
    BulkActionId,
    /// A security group.
    SecurityGroupId,
    /// Somebody who is told of events.
    WebhookId,
    /// Something that a webhook is told.
    WebhookDeliveryId,
    /// Who signs people of an organization in.
    IdentityProviderId,
    /// A question to a list that people keep.
    SavedViewId,
    /// A list that was written to a file.
    ListExportId,
    /// Access that somebody asked for; approved, it is a grant with the same id.
    AccessRequestId,
    /// A browser session.
    SessionId,
    /// A passkey of a person.
    PasskeyId,
    /// A personal access token.
    AccessTokenId,
    /// One request, from the first byte to the last log line it caused.
    RequestId,
}
