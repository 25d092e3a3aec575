//! How the trail proves itself: a chain of hashes, its end signed, and files of it that are checked
//! with nothing but the platform's public key.
//!
//! A file has a line for what it is ([`Begin`]), one for each event ([`Link`]) and one that signs all of
//! that ([`End`]). Each is JSON, in the one way that this platform writes it.

mod key;
mod link;
#[cfg(test)]
mod tests;
mod verify;

pub use key::{PublicKey, SigningKey};
pub use link::Link;
pub use verify::{Broken, Proven, verify};

use api::AuditHead;
use domain::{OrgId, Timestamp};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// The first line of a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Begin {
    /// The version of the format.
    pub couloir_audit_export: u8,
    pub organization: OrgId,
    pub origin: String,
    pub made_at: Timestamp,
    pub first: i64,
    pub last: i64,
    pub public_key: String,
    /// Over [`Begin::signed`].
    pub signature: String,
}

impl Begin {
    pub fn signed(&self) -> String {
        let Begin { couloir_audit_export: version, organization, origin, made_at, .. } = self;
        let Begin { first, last, public_key, .. } = self;
        format!(
            "couloir audit export {version} begin\n{organization}\n{origin}\n{made_at}\n{first}\n{last}\n\
             {public_key}\n"
        )
    }
}

/// The last line of a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct End {
    /// How many events the trail had when this was written.
    pub newest: i64,
    /// The chain as far as this file goes.
    pub head: AuditHead,
    /// Over [`End::signed`].
    pub signature: String,
}

impl End {
    pub fn signed(&self, begin: &Begin) -> String {
        let End { newest, head, .. } = self;
        format!(
            "couloir audit export {FORMAT} end\n{}\n{newest}\n{}\n",
            begin.signature, head.signature
        )
    }
}

pub const FORMAT: u8 = 1;

/// Signs that the chain of an organization has this hash at this number.
pub fn signed_head(
    key: &SigningKey,
    organization: OrgId,
    (sequence, hash): (i64, String),
    at: Timestamp,
) -> AuditHead {
    let (public_key, signature) = (key.public().text(), String::new());
    let mut head = AuditHead { organization, sequence, hash, at, public_key, signature };
    head.signature = key.sign(&head_text(&head));
    head
}

/// The lines that the signature of a head is over.
pub fn head_text(head: &AuditHead) -> String {
    let AuditHead { organization, sequence, hash, at, .. } = head;
    format!("couloir audit head 1\n{organization}\n{sequence}\n{hash}\n{at}\n")
}

/// Reads what this platform wrote as a line; the same in other bytes is something else.
fn exactly<T: Serialize + DeserializeOwned>(line: &str) -> Option<T> {
    let value: T = serde_json::from_str(line).ok()?;
    (serde_json::to_string(&value).ok()? == line).then_some(value)
}
