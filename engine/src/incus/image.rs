//! Images: made from snapshots, written to files, read from files. Always known by an alias.

use super::Incus;
use super::client::Deadline;
use super::client::failure::{self, is_already_there};
use super::{name, snapshot};
use crate::{EngineError, ImageInfo};
use bytes::Bytes;
use futures::stream;
use http::{HeaderMap, HeaderValue, Method, header};
use http_body_util::BodyExt;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::time::Duration;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const CHUNK_BYTES: usize = 256 << 10;
/// Without a byte of a download.
const SILENCE_MAX: Duration = Duration::from_secs(60);

#[derive(Deserialize)]
struct Alias {
    target: String,
}

#[derive(Deserialize)]
struct Image {
    fingerprint: String,
    size: i64,
    #[serde(default)]
    aliases: Option<Vec<NamedAlias>>,
}

#[derive(Deserialize)]
struct NamedAlias {
    name: String,
}

impl Incus {
    async fn image(&self, alias: &str) -> Result<Option<Image>, EngineError> {
        let path = format!("/1.0/images/aliases/{}", name::our_image(alias)?);
        match self.client.get::<Alias>(&path).await {
            Ok(Alias { target }) => {
                self.client.get(&format!("/1.0/images/{target}")).await.map(Some)
            }
            Err(EngineError::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn existing_image(&self, alias: &str) -> Result<Image, EngineError> {
        let image = self.image(alias).await?;
        image.ok_or_else(|| EngineError::NotFound(format!("image {alias}")))
    }

    pub(super) async fn image_of_snapshot(
        &self,
        instance: &str,
        snapshot: &str,
        alias: &str,
    ) -> Result<ImageInfo, EngineError> {
        if let Some(image) = self.image(alias).await? {
            return Ok(ImageInfo { size_bytes: image.size });
        }
        // Looked at first, for a missing snapshot is said in many ways.
        let path = snapshot::snapshot_path(instance, snapshot)?;
        self.client.get::<serde_json::Value>(&path).await?;
        let body = json!({
            "source": {"type": "snapshot", "name": format!("{instance}/{snapshot}")},
            "aliases": [{"name": alias}],
            // Makes the image one of its own, even if another was made from the same snapshot.
            "properties": {"couloir.alias": alias},
        });
        let made = self.client.act(Method::POST, "/1.0/images", Some(&body), Deadline::LONG).await;
        if let Err(error) = made
            && !is_already_there(&error)
        {
            return Err(error);
        }
        Ok(ImageInfo { size_bytes: self.existing_image(alias).await?.size })
    }

    /// Through an image that exists only meanwhile, so that the file holds this snapshot and
    /// nothing else, and can be read as an image again.
    pub(super) async fn snapshot_to_file(
        &self,
        instance: &str,
        snapshot: &str,
        file: &Path,
    ) -> Result<(), EngineError> {
        let alias = format!("{}-{}-export", name::ours(instance)?, name::snapshot(snapshot)?);
        self.image_of_snapshot(instance, snapshot, &alias).await?;
        let written = self.image_to_file(&alias, file).await;
        let removed = self.remove_image(&alias).await;
        written.and(removed)
    }

    async fn image_to_file(&self, alias: &str, file: &Path) -> Result<(), EngineError> {
        let fingerprint = self.existing_image(alias).await?.fingerprint;
        let mut body = self.client.download(&format!("/1.0/images/{fingerprint}/export")).await?;
        let part = file.with_extension("part");
        let unwritable = |error| not_written(&part, &error);
        let mut out = File::create(&part).await.map_err(unwritable)?;
        let mut hash = Sha256::new();
        loop {
            let frame = tokio::time::timeout(SILENCE_MAX, body.frame()).await;
            let Some(frame) = frame.map_err(|error| failure::unreachable(&error))? else { break };
            let frame = frame.map_err(|error| failure::unreachable(&error))?;
            if let Ok(bytes) = frame.into_data() {
                hash.update(&bytes);
                out.write_all(&bytes).await.map_err(unwritable)?;
            }
        }
        out.sync_all().await.map_err(unwritable)?;
        if hex(&hash.finalize()) != fingerprint {
            return Err(EngineError::Protocol(format!("the export of {alias} is damaged")));
        }
        tokio::fs::rename(&part, file).await.map_err(|error| not_written(file, &error))
    }

    /// An image is named by the hash of its file: what is there is not sent again.
    pub(super) async fn image_from_file(
        &self,
        alias: &str,
        file: &Path,
    ) -> Result<ImageInfo, EngineError> {
        if let Some(image) = self.image(alias).await? {
            return Ok(ImageInfo { size_bytes: image.size });
        }
        let (fingerprint, length) = hash_of(file).await.map_err(|e| not_read(file, &e))?;
        let path = format!("/1.0/images/{fingerprint}");
        match self.client.get::<Image>(&path).await {
            Ok(_) => {}
            Err(EngineError::NotFound(_)) => self.send_image(file, length).await?,
            Err(error) => return Err(error),
        }
        let body = json!({"name": alias, "target": fingerprint});
        let path = "/1.0/images/aliases";
        let named = self.client.act(Method::POST, path, Some(&body), Deadline::SHORT).await;
        if let Err(error) = named
            && !is_already_there(&error)
        {
            return Err(error);
        }
        Ok(ImageInfo { size_bytes: self.existing_image(alias).await?.size })
    }

    async fn send_image(&self, file: &Path, length: u64) -> Result<(), EngineError> {
        let mut headers = HeaderMap::new();
        let octets = HeaderValue::from_static("application/octet-stream");
        headers.insert(header::CONTENT_TYPE, octets);
        headers.insert(header::CONTENT_LENGTH, length.into());
        headers.insert("x-incus-filename", HeaderValue::from_static("couloir.tar"));
        headers.insert("x-incus-public", HeaderValue::from_static("false"));
        let source = File::open(file).await.map_err(|error| not_read(file, &error))?;
        let parts = stream::try_unfold(source, |mut source| async move {
            let part = read_part(&mut source).await?;
            Ok((!part.is_empty()).then_some((part, source)))
        });
        match self.client.upload("/1.0/images", headers, parts, Deadline::LONG).await {
            Err(error) if !is_already_there(&error) => Err(error),
            _ => Ok(()),
        }
    }

    pub(super) async fn remove_image(&self, alias: &str) -> Result<(), EngineError> {
        let Some(image) = self.image(alias).await? else { return Ok(()) };
        // The same image may be wanted under another name.
        let others = image.aliases.unwrap_or_default().into_iter().any(|one| one.name != alias);
        let path = if others {
            format!("/1.0/images/aliases/{alias}")
        } else {
            format!("/1.0/images/{}", image.fingerprint)
        };
        match self.client.act(Method::DELETE, &path, None, Deadline::LONG).await {
            Ok(_) | Err(EngineError::NotFound(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

async fn read_part(file: &mut File) -> std::io::Result<Bytes> {
    let mut part = vec![0; CHUNK_BYTES];
    let length = file.read(&mut part).await?;
    part.truncate(length);
    Ok(part.into())
}

async fn hash_of(file: &Path) -> std::io::Result<(String, u64)> {
    let mut source = File::open(file).await?;
    let (mut hash, mut length) = (Sha256::new(), 0);
    loop {
        let part = read_part(&mut source).await?;
        if part.is_empty() {
            return Ok((hex(&hash.finalize()), length));
        }
        hash.update(&part);
        length += part.len() as u64;
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn not_read(file: &Path, error: &std::io::Error) -> EngineError {
    EngineError::Refused(format!("the file {} can't be read: {error}", file.display()))
}

fn not_written(file: &Path, error: &std::io::Error) -> EngineError {
    EngineError::Refused(format!("{} can't be written: {error}", file.display()))
}
