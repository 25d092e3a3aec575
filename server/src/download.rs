//! Exported snapshots and lists: files in the data folder behind an address that only we can make and
//! that is good for a while.

use crate::{
    cloud::Cloud,
    error::{Error, Result},
};
use domain::{Timestamp, Uuid};
use md5::{Digest, Md5};
use std::path::PathBuf;
use subtle::ConstantTimeEq;
use tokio::io::AsyncReadExt;

fn folder(cloud: &Cloud) -> PathBuf {
    cloud.data.join("exports")
}

pub fn file(cloud: &Cloud, id: Uuid) -> PathBuf {
    folder(cloud).join(id.to_string())
}

/// The file's path, with its folder made.
pub async fn prepare(cloud: &Cloud, id: Uuid) -> Result<PathBuf> {
    tokio::fs::create_dir_all(folder(cloud)).await.map_err(Error::internal)?;
    Ok(file(cloud, id))
}

/// Forgets a file. That there is none is fine.
pub async fn remove(cloud: &Cloud, id: Uuid) {
    let path = file(cloud, id);
    match tokio::fs::remove_file(&path).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(%error, path = %path.display(), "an exported file could not be removed");
        }
        _ => {}
    }
}

fn signed(cloud: &Cloud, id: Uuid, expires: i64) -> String {
    cloud.sealer.sign(&format!("export {id} {expires}"))
}

/// The download address of a file that is there until `until`; `name` is what follows its id: empty, or
/// `/instances.csv`.
pub fn address(cloud: &Cloud, id: Uuid, name: &str, until: Timestamp) -> String {
    let expires = until.unix_seconds();
    format!(
        "{}/export/{id}{name}?expires={expires}&signature={}",
        cloud.origin,
        signed(cloud, id, expires)
    )
}

/// Whether an address is one that we made and is still good.
pub fn is_good(cloud: &Cloud, id: Uuid, expires: i64, signature: &str) -> bool {
    let right = signed(cloud, id, expires);
    let same = bool::from(right.as_bytes().ct_eq(signature.as_bytes()));
    same && expires > cloud.now().unix_seconds()
}

/// MD5 of a file, in hexadecimal.
pub async fn md5(path: &std::path::Path) -> Result<String> {
    let mut file = tokio::fs::File::open(path).await.map_err(Error::internal)?;
    let (mut hash, mut buffer) = (Md5::new(), vec![0; 1 << 16]);
    loop {
        let n = file.read(&mut buffer).await.map_err(Error::internal)?;
        if n == 0 {
            return Ok(crate::seal::hex(&hash.finalize()));
        }
        hash.update(&buffer[..n]);
    }
}
