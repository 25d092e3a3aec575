//! `couloir audit …`: what anybody does with an exported trail, on a machine of their own.

use super::proof::{Proven, PublicKey, verify};
use crate::error::{Error, Result};
use api::{AuditHead, AuditHeads};
use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

#[derive(clap::Subcommand)]
pub enum Audit {
    /// Verifies an exported audit trail offline, and says where it is broken
    Verify {
        /// The downloaded file
        file: PathBuf,
        /// The platform's public key, as a PEM file, or in base64: no other may have signed
        #[arg(long)]
        key: Option<String>,
        /// Heads that were kept from before, as get-audit-head or list-audit-heads answered them: the
        /// trail must still say so
        #[arg(long = "head")]
        heads: Vec<PathBuf>,
    },
}

/// What it found, in lines for people.
pub fn run(command: Audit) -> Result<String> {
    let Audit::Verify { file, key, heads } = command;
    let key = key.as_deref().map(read_key).transpose()?;
    let heads = heads.iter().map(|path| read_heads(path)).collect::<Result<Vec<_>>>()?.concat();
    let opened = File::open(&file).map_err(|e| failed(&file, e))?;
    let proven = verify(BufReader::new(opened), key.as_ref(), &heads)
        .map_err(|broken| failed(&file, broken))?;
    Ok(said(&proven, key.is_some()))
}

fn failed(path: &Path, what: impl std::fmt::Display) -> Error {
    Error::Startup(format!("{}: {what}", path.display()))
}

/// A key is a file when there is one of that name.
fn read_key(text: &str) -> Result<PublicKey> {
    let read = std::fs::read_to_string(text).unwrap_or_else(|_| text.to_owned());
    let no_key = || Error::Startup("the key is neither a PEM file nor 32 bytes in base64".into());
    PublicKey::read(&read).ok_or_else(no_key)
}

/// One head, or a list of them.
fn read_heads(path: &Path) -> Result<Vec<AuditHead>> {
    let text = std::fs::read_to_string(path).map_err(|e| failed(path, e))?;
    let list = serde_json::from_str(&text).map(|AuditHeads { audit_heads }| audit_heads);
    let heads = list.or_else(|_| serde_json::from_str(&text).map(|head| vec![head]));
    heads.map_err(|e| failed(path, format!("this is neither a head nor a list of heads: {e}")))
}

fn said(proven: &Proven, pinned: bool) -> String {
    let Proven { organization, origin, first, last, newest, span, signed_at, key, heads } = proven;
    let mut text = format!(
        "whole: {} events of organization {organization}, number {first} to {last}\n\
         from {} to {}\nsigned by key {} of {origin} at {signed_at}",
        last - first + 1,
        span.0,
        span.1,
        key.id()
    );
    if !pinned {
        text.push_str(&format!(
            "\nWhose key that is, this file can't prove: compare it with {origin}/v2/audit-key, or give --key."
        ));
    }
    if *first > 1 {
        text.push_str(&format!(
            "\nIt begins in the middle: that nothing before event {first} was changed is proven only \
             by an export that begins at 1."
        ));
    }
    if newest > last {
        text.push_str(&format!(
            "\nThe trail had {newest} events then; later than this file: {}.",
            newest - last
        ));
    }
    for (head, reached) in heads {
        let (number, at) = (head.sequence, head.at);
        text.push_str(&match reached {
            true => format!("\nThe head of {at} agrees: event {number} is what it was."),
            false => format!("\nThe head of {at} is of event {number}, which is not in this file."),
        });
    }
    text
}
