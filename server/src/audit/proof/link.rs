//! A link of the chain: what of an event is hashed, and the line that it is in an exported trail.

use crate::{
    error::{Error, Result},
    seal::sha256,
};
use serde::{Deserialize, Serialize};

/// Where the event begins in a line. It can't stand in what is before: quotes are escaped there.
const EVENT: &str = ",\"event\":";

/// An event as it is stored. As a line its event stands behind the rest, as JSON, byte by byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub sequence: i64,
    pub hash: String,
    pub previous: String,
    pub org: String,
    pub project: String,
    pub at_us: i64,
    pub operation: String,
    pub subject_id: String,
    pub operation_id: String,
    pub actor: String,
    pub request_id: String,
    pub status: i64,
    #[serde(skip)]
    pub data: String,
}

/// Everything that a row says, in the order in which it is hashed. All of it is hashed, because all
/// of it is read.
#[derive(Serialize)]
struct Hashed<'a> {
    org: &'a str,
    project: &'a str,
    sequence: i64,
    at_us: i64,
    operation: &'a str,
    subject_id: &'a str,
    operation_id: &'a str,
    actor: &'a str,
    request_id: &'a str,
    status: i64,
    data: &'a str,
    previous: &'a str,
}

impl Link {
    /// The hash of what it says, whatever hash it bears.
    pub fn computed(&self) -> Result<String> {
        let hashed = Hashed {
            org: &self.org,
            project: &self.project,
            sequence: self.sequence,
            at_us: self.at_us,
            operation: &self.operation,
            subject_id: &self.subject_id,
            operation_id: &self.operation_id,
            actor: &self.actor,
            request_id: &self.request_id,
            status: self.status,
            data: &self.data,
            previous: &self.previous,
        };
        serde_json::to_string(&hashed).map(|text| sha256(&text)).map_err(Error::internal)
    }

    /// Whether it is what was written behind `previous`.
    pub fn follows(&self, previous: &str) -> Result<bool> {
        Ok(self.previous == previous && self.hash == self.computed()?)
    }

    /// The line, without its end.
    pub fn line(&self) -> Result<String> {
        let mut line = serde_json::to_string(self).map_err(Error::internal)?;
        line.pop();
        line.push_str(EVENT);
        line.push_str(&self.data);
        line.push('}');
        Ok(line)
    }

    /// Reads a line. One that says the same in other bytes is none.
    pub fn read(line: &str) -> Option<Link> {
        let (before, event) = line.split_once(EVENT)?;
        let link: Link = serde_json::from_str(&format!("{before}}}")).ok()?;
        let link = Link { data: event.strip_suffix('}')?.to_owned(), ..link };
        (link.line().ok()? == line).then_some(link)
    }
}
