//! The trail as a file, written while it is downloaded: as lines that prove themselves, or as a table.

mod table;

use super::{
    proof::{Begin, End, FORMAT, Link, SigningKey, signed_head},
    store,
};
use crate::{
    act::{Act, Subject},
    cloud::Cloud,
    error::{Error, Result},
    view::View,
};
use api::{AuditExport, AuditHead, AuditKey, CreateAuditExport, Nothing};
use domain::{OrgId, audit::AuditFormat};
use futures::{Stream, stream::try_unfold};
use std::{sync::Arc, time::Duration};
use subtle::ConstantTimeEq;
use tokio::sync::OwnedSemaphorePermit;

/// How long a download can begin.
const ADDRESS_LIFETIME: Duration = Duration::from_secs(3_600);
/// Downloads that this process serves at once.
pub const DOWNLOADS_MAX: usize = 4;

/// `get-audit-head`
pub async fn head(view: &View, _: Nothing) -> Result<AuditHead> {
    let org = view.org()?;
    let head = store::head(view.cloud.db.reader(), &org.to_string()).await?;
    Ok(signed_head(&SigningKey::of(&view.cloud.sealer), org, head, view.cloud.now()))
}

/// `get-audit-key`
pub async fn key(view: &View, _: Nothing) -> Result<AuditKey> {
    let key = SigningKey::of(&view.cloud.sealer).public();
    let algorithm = "ed25519".to_owned();
    Ok(AuditKey { id: key.id(), algorithm, public_key: key.text(), pem: key.pem() })
}

/// `create-audit-export`
pub async fn create(act: &mut Act, input: CreateAuditExport) -> Result<AuditExport> {
    let org = act.org()?;
    if let (Some(from), Some(to)) = (input.from, input.to)
        && from > to
    {
        return Err(Error::field("from", "is after to"));
    }
    let found = store::range(act.db(), org, input.from, input.to).await?;
    let (first, last) =
        found.ok_or_else(|| Error::field("from", "and to have no event between them"))?;
    act.about(Subject::new("organization", org, "audit trail"));
    let expires_at = act.at().plus(ADDRESS_LIFETIME);
    let format = input.format.unwrap_or(AuditFormat::JsonLines);
    let asked = Asked { format, first, last, expires: expires_at.unix_seconds() };
    let url = format!(
        "{}/export/audit/{org}/{}?first={first}&last={last}&expires={}&signature={}",
        act.cloud.origin,
        format.file_name(),
        asked.expires,
        asked.signature(&act.cloud, org)
    );
    Ok(AuditExport { url, format, expires_at, first, last })
}

/// What a download address says besides its signature.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub format: AuditFormat,
    pub first: i64,
    pub last: i64,
    pub expires: i64,
}

impl Asked {
    fn signature(self, cloud: &Cloud, org: OrgId) -> String {
        let Asked { format, first, last, expires } = self;
        cloud.sealer.sign(&format!("audit export {format} {org} {first} {last} {expires}"))
    }

    /// Whether we made the address, and it is still good.
    pub fn is_good(self, cloud: &Cloud, org: OrgId, signature: &str) -> bool {
        let right = self.signature(cloud, org);
        let same = bool::from(right.as_bytes().ct_eq(signature.as_bytes()));
        same && self.expires > cloud.now().unix_seconds()
    }
}

/// A download on its way.
struct Writing {
    cloud: Arc<Cloud>,
    format: AuditFormat,
    key: SigningKey,
    begin: Begin,
    /// Number and hash of the last event that was written.
    last: Option<(i64, String)>,
    ended: bool,
    _permit: OwnedSemaphorePermit,
}

/// The file, piece by piece. A piece that fails cuts it off before its signature, which shows.
pub fn stream(
    cloud: Arc<Cloud>,
    org: OrgId,
    asked: Asked,
) -> Result<impl Stream<Item = Result<String>>> {
    let permit = cloud.audit_downloads.clone().try_acquire_owned().map_err(|_| {
        Error::Unavailable(format!(
            "{DOWNLOADS_MAX} audit trails are being downloaded already: try again in a minute."
        ))
    })?;
    let key = SigningKey::of(&cloud.sealer);
    let mut begin = Begin {
        couloir_audit_export: FORMAT,
        organization: org,
        origin: cloud.origin.clone(),
        made_at: cloud.now(),
        first: asked.first,
        last: asked.last,
        public_key: key.public().text(),
        signature: String::new(),
    };
    begin.signature = key.sign(&begin.signed());
    let (format, last, ended) = (asked.format, None, false);
    let writing = Writing { cloud, format, key, begin, last, ended, _permit: permit };
    Ok(try_unfold(writing, |mut writing| async move {
        let piece = writing.piece().await?;
        Ok(piece.map(|piece| (piece, writing)))
    }))
}

impl Writing {
    async fn piece(&mut self) -> Result<Option<String>> {
        if self.ended {
            return Ok(None);
        }
        let Begin { organization, first, last, .. } = self.begin;
        let written = self.last.as_ref().map_or(first - 1, |(sequence, _)| *sequence);
        if written == last {
            self.ended = true;
            return match self.format {
                AuditFormat::JsonLines => self.end().await.map(Some),
                AuditFormat::Csv => Ok(None),
            };
        }
        let pool = self.cloud.db.reader();
        let links = store::links(pool, &organization.to_string(), written, last).await?;
        let is_first = self.last.is_none();
        let mut piece = if is_first { self.begin()? } else { String::new() };
        match self.format {
            AuditFormat::Csv => piece.push_str(&table::rows(&links)?),
            AuditFormat::JsonLines => {
                for link in &links {
                    piece.push_str(&link.line()?);
                    piece.push('\n');
                }
            }
        }
        let end = links.last().ok_or_else(|| Error::internal("events of the trail are gone"))?;
        self.last = Some((end.sequence, end.hash.clone()));
        Ok(Some(piece))
    }

    fn begin(&self) -> Result<String> {
        match self.format {
            AuditFormat::JsonLines => line(&self.begin),
            AuditFormat::Csv => table::head(),
        }
    }

    async fn end(&mut self) -> Result<String> {
        let org = self.begin.organization;
        // Before it is looked how many there are: every head that was signed until then is of one of them.
        let at = self.cloud.now();
        let (newest, _) = store::head(self.cloud.db.reader(), &org.to_string()).await?;
        let last = self.last.take().unwrap_or_default();
        let head = signed_head(&self.key, org, last, at);
        let mut end = End { newest, head, signature: String::new() };
        end.signature = self.key.sign(&end.signed(&self.begin));
        line(&end)
    }
}

fn line(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map(|line| line + "\n").map_err(Error::internal)
}
