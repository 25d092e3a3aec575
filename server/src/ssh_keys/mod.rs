//! SSH keys: public keys by name.

pub mod store;

use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    operations,
    view::View,
};
use api::{Nothing, Operation, RegisterSshKey, SshKey, SshKeys};
use domain::ssh_key;
use md5::{Digest, Md5};

/// SSH keys that an organization may have.
const KEYS_MAX: i64 = 1_000;

/// `list-ssh-keys`
pub async fn list(view: &View, _: Nothing) -> Result<SshKeys> {
    Ok(SshKeys { ssh_keys: store::list(view.cloud.db.reader(), view.org()?).await? })
}

/// `get-ssh-key`
pub async fn get(view: &View, _: Nothing) -> Result<SshKey> {
    let found = store::get(view.cloud.db.reader(), view.org()?, view.text_param("name")).await?;
    found.ok_or_else(|| Error::not_found("SSH key"))
}

/// `register-ssh-key`
pub async fn register(act: &mut Act, input: RegisterSshKey) -> Result<Operation> {
    ssh_key::check_name(&input.name).map_err(|e| Error::field("name", e))?;
    let key = ssh_key::parse(&input.public_key).map_err(|e| Error::field("public-key", e))?;
    if store::count(act).await? >= KEYS_MAX {
        return Err(Error::Conflict(format!(
            "There are {KEYS_MAX} SSH keys: delete one that is not used."
        )));
    }
    if !store::insert(act, &input.name, &fingerprint(&key.blob), &key.line).await? {
        return Err(Error::Conflict(format!(
            "An SSH key named {:?} already exists: choose another name, or delete that one.",
            input.name
        )));
    }
    act.about(Subject::new("ssh-key", &input.name, &input.name));
    act.changed("ssh-key", &input.name, None);
    operations::done(act).await
}

/// `delete-ssh-key`
pub async fn delete(act: &mut Act, _: Nothing) -> Result<Operation> {
    let name = act.text_param("name").to_owned();
    if !store::delete(act, &name).await? {
        return Err(Error::not_found("SSH key"));
    }
    act.about(Subject::new("ssh-key", &name, &name));
    act.changed("ssh-key", &name, Some("deleted"));
    operations::done(act).await
}

/// MD5 of the blob as `aa:bb:…`: what Exoscale's clients show and compare.
fn fingerprint(blob: &[u8]) -> String {
    let pairs: Vec<_> = Md5::digest(blob).iter().map(|b| format!("{b:02x}")).collect();
    pairs.join(":")
}
