//! Checks a file of an exported trail, offline: whether it is whole, and if not, where it is broken.

use super::{Begin, End, FORMAT, Link, PublicKey, exactly, head_text};
use api::AuditHead;
use domain::{OrgId, Timestamp};
use std::io::{BufRead, Read};

/// A line of the platform is never longer: an event's parameters are bounded.
const LINE_BYTES_MAX: u64 = 1 << 20;

/// What a whole file proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    pub organization: OrgId,
    pub origin: String,
    pub first: i64,
    pub last: i64,
    /// How many events the trail had when the file was made.
    pub newest: i64,
    /// The times of the earliest and the latest event.
    pub span: (Timestamp, Timestamp),
    pub signed_at: Timestamp,
    pub key: PublicKey,
    /// Heads that were kept from before, and whether the file reaches as far as them.
    pub heads: Vec<(AuditHead, bool)>,
}

/// Where a file is broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("broken at line {line}{}: {what}", event.map(|e| format!(", event {e}")).unwrap_or_default())]
pub struct Broken {
    /// From 1.
    pub line: u64,
    /// The number of the event that should stand there.
    pub event: Option<i64>,
    pub what: String,
}

/// Reads line after line, remembering which.
struct Lines<R> {
    from: R,
    line: u64,
    event: Option<i64>,
}

impl<R: BufRead> Lines<R> {
    fn broken(&self, what: impl Into<String>) -> Broken {
        Broken { line: self.line, event: self.event, what: what.into() }
    }

    fn next(&mut self) -> Result<String, Broken> {
        self.line += 1;
        let mut bytes = Vec::new();
        let read = self.from.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut bytes);
        read.map_err(|e| self.broken(format!("it can't be read: {e}")))?;
        if bytes.is_empty() {
            return Err(self.broken("the file ends before its signature: it was cut off"));
        }
        if bytes.pop() != Some(b'\n') {
            return Err(self.broken("the line is cut off, or is none of this platform"));
        }
        String::from_utf8(bytes).map_err(|_| self.broken("the line is no text"))
    }
}

/// Checks everything that the file says, and that it agrees with `heads`, which were kept from before.
/// `pinned` is the key that must have signed.
pub fn verify(
    from: impl BufRead,
    pinned: Option<&PublicKey>,
    heads: &[AuditHead],
) -> Result<Proven, Broken> {
    let mut lines = Lines { from, line: 0, event: None };
    let begin: Begin = exactly(&lines.next()?)
        .filter(|begin: &Begin| begin.couloir_audit_export == FORMAT && begin.first >= 1)
        .ok_or_else(|| lines.broken("this is no exported audit trail of this format"))?;
    let key =
        PublicKey::read(&begin.public_key).ok_or_else(|| lines.broken("the public key is none"))?;
    if pinned.is_some_and(|pinned| *pinned != key) {
        return Err(lines.broken(format!("it is signed by another key, {}", key.id())));
    }
    if !key.has_signed(&begin.signed(), &begin.signature) {
        return Err(lines.broken("what the file says of itself is not what was signed"));
    }
    check_heads(heads, &begin, &key).map_err(|what| lines.broken(what))?;
    let org = begin.organization.to_string();
    let mut previous: Option<String> = (begin.first == 1).then(String::new);
    let mut span = (Timestamp(i64::MAX), Timestamp(i64::MIN));
    let mut reached: Vec<_> = heads.iter().map(|head| (head.clone(), false)).collect();
    for sequence in begin.first..=begin.last {
        lines.event = Some(sequence);
        let line = lines.next()?;
        let link = Link::read(&line)
            .ok_or_else(|| lines.broken("this is not the line of an event, or was changed"))?;
        if (link.sequence, &link.org) != (sequence, &org) {
            let what = format!(
                "event {} of {} stands here: events were removed, added or put in another order",
                link.sequence, link.org
            );
            return Err(lines.broken(what));
        }
        if link.computed().ok().as_ref() != Some(&link.hash) {
            return Err(lines.broken("the event was changed: its hash is another one"));
        }
        if previous.as_ref().is_some_and(|previous| *previous != link.previous) {
            return Err(
                lines.broken("it does not follow the event before it: one of them was changed")
            );
        }
        for (head, reached) in reached.iter_mut().filter(|(head, _)| head.sequence == sequence) {
            if head.hash != link.hash {
                let what = format!(
                    "the head that was signed at {} says that it was another event",
                    head.at
                );
                return Err(lines.broken(what));
            }
            *reached = true;
        }
        span = (span.0.min(Timestamp(link.at_us)), span.1.max(Timestamp(link.at_us)));
        previous = Some(link.hash);
    }
    lines.event = None;
    let end: End = exactly(&lines.next()?).ok_or_else(|| {
        lines.broken("the signature should stand here: lines were added, or it was changed")
    })?;
    let signed = key.has_signed(&end.signed(&begin), &end.signature) && is_signed(&end.head, &key);
    if !signed || end.head.organization != begin.organization {
        return Err(lines.broken("the signature does not belong to this file"));
    }
    if (end.head.sequence, Some(&end.head.hash)) != (begin.last, previous.as_ref()) {
        let (line, event) = (lines.line - 1, Some(begin.last));
        let what = "it is not the event that was signed as the last one".to_owned();
        return Err(Broken { line, event, what });
    }
    let cut = |head: &&AuditHead| head.sequence > end.newest && head.at <= end.head.at;
    if let Some(head) = heads.iter().find(cut) {
        return Err(lines.broken(format!(
            "the trail had {} events when this file was made, and the head that was signed before that, at \
             {}, is of event {}: its end was removed",
            end.newest, head.at, head.sequence
        )));
    }
    lines.line += 1;
    if lines.from.fill_buf().map_or(true, |rest| !rest.is_empty()) {
        return Err(lines.broken("something stands behind the signature"));
    }
    Ok(Proven {
        organization: begin.organization,
        origin: begin.origin,
        first: begin.first,
        last: begin.last,
        newest: end.newest,
        span,
        signed_at: end.head.at,
        key,
        heads: reached,
    })
}

/// Heads that were kept must be this platform's, of this organization.
fn check_heads(heads: &[AuditHead], begin: &Begin, key: &PublicKey) -> Result<(), String> {
    let wrong =
        |head: &&AuditHead| head.organization != begin.organization || !is_signed(head, key);
    match heads.iter().find(wrong) {
        None => Ok(()),
        Some(head) => {
            Err(format!("the head of {} is not signed by its key for its organization", head.at))
        }
    }
}

fn is_signed(head: &AuditHead, key: &PublicKey) -> bool {
    head.public_key == key.text() && key.has_signed(&head_text(head), &head.signature)
}
