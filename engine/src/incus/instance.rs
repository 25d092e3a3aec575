//! Making, changing and removing instances.

use super::address::Subnet;
use super::client::Deadline;
use super::client::failure::{is_already_there, says};
use super::place::Names;
use super::{Incus, cloud_init, name, template};
use crate::{EngineError, InstanceSpec, NAME_PREFIX, Power, Size};
use http::Method;
use serde_json::{Value, json};

impl Incus {
    /// One request with everything in it.
    pub(super) async fn create_instance(&self, spec: &InstanceSpec) -> Result<(), EngineError> {
        name::ours(&spec.name)?;
        name::our_image(&spec.image)?;
        let place = self.names_of_place().await?;
        let body = request(spec, &place)?;
        let made = match place.subnet {
            Some(subnet) => self.post_with_address(spec, &place.network, subnet, body).await,
            None => self.post_instance(spec, &body).await,
        };
        match made {
            Err(error) if is_already_there(&error) => self.check_is_there(&spec.name, error).await,
            Err(error) => {
                self.place.forget();
                Err(error)
            }
            Ok(()) => Ok(()),
        }
    }

    /// Makes it with an address, and another one if that turns out to be somebody's: it can't run
    /// yet, so nobody has seen the first.
    async fn post_with_address(
        &self,
        spec: &InstanceSpec,
        network: &str,
        subnet: Subnet,
        mut body: Value,
    ) -> Result<(), EngineError> {
        let mut promise = self.promise_address(&spec.name, network, subnet).await?;
        let mut card = body["devices"]["eth0"].take();
        card["ipv4.address"] = json!(promise.address);
        body["devices"]["eth0"] = card.clone();
        let (made, leases) = tokio::join!(self.post_instance(spec, &body), self.leases(network));
        made?;
        if leases?.contradict(&promise, &spec.name) {
            promise = self.promise_address(&spec.name, network, subnet).await?;
            card["ipv4.address"] = json!(promise.address);
            self.patch(&spec.name, &json!({"devices": {"eth0": card}})).await?;
        }
        promise.keep();
        Ok(())
    }

    async fn post_instance(&self, spec: &InstanceSpec, body: &Value) -> Result<(), EngineError> {
        let with_source = |source| {
            let mut body = body.clone();
            body["source"] = source;
            body
        };
        self.post_with_image("/1.0/instances", &spec.image, with_source).await
    }

    /// Asks with the image that is here, and if it is not, with the one of the image server.
    pub(super) async fn post_with_image(
        &self,
        path: &str,
        image: &str,
        body: impl Fn(Value) -> Value,
    ) -> Result<(), EngineError> {
        let post = async |source| {
            let body = body(source);
            self.client.act(Method::POST, path, Some(&body), Deadline::LONG).await.map(drop)
        };
        let done = post(template::local(image)).await;
        match other_source(&done, image) {
            Some(source) => post(source).await,
            None => done,
        }
    }

    /// What already exists need not be the instance: its leftovers may be in the way.
    async fn check_is_there(&self, name: &str, error: EngineError) -> Result<(), EngineError> {
        match self.look_at(name).await? {
            Some(_) => Ok(()),
            None => Err(error),
        }
    }

    pub(super) async fn delete_instance(&self, name: &str) -> Result<(), EngineError> {
        let path = format!("/1.0/instances/{}", name::ours(name)?);
        let mut deleted = self.client.act(Method::DELETE, &path, None, Deadline::LONG).await;
        if let Err(error) = &deleted
            && says(error, "running")
            && !matches!(error, EngineError::Busy(_))
        {
            self.force_off(name).await?;
            deleted = self.client.act(Method::DELETE, &path, None, Deadline::LONG).await;
        }
        match deleted {
            Ok(_) => Ok(()),
            // What was not found need not be the instance.
            Err(EngineError::NotFound(text)) => match self.look_at(name).await? {
                None => Ok(()),
                Some(_) => Err(EngineError::Protocol(text)),
            },
            Err(error) => Err(error),
        }
    }

    pub(super) async fn resize_instance(&self, name: &str, size: &Size) -> Result<(), EngineError> {
        let now = self.existing(name).await?;
        if now.observed.size == *size {
            return Ok(());
        }
        if now.observed.power != Power::Stopped {
            return Err(EngineError::Refused("the instance has to be stopped".into()));
        }
        if size.disk_gib < now.observed.size.disk_gib {
            return Err(EngineError::Refused("a disk can't shrink".into()));
        }
        self.set_size(name, size, now.root).await
    }

    /// `root` is the device as it is: a device is only ever replaced as a whole.
    pub(super) async fn set_size(
        &self,
        name: &str,
        size: &Size,
        mut root: Value,
    ) -> Result<(), EngineError> {
        root["size"] = json!(format!("{}GiB", size.disk_gib));
        let body = json!({"config": limits(size), "devices": {"root": root}});
        self.patch(name, &body).await
    }

    pub(super) async fn patch(&self, name: &str, body: &Value) -> Result<(), EngineError> {
        let path = format!("/1.0/instances/{}", name::ours(name)?);
        self.client.act(Method::PATCH, &path, Some(body), Deadline::SHORT).await.map(drop)
    }
}

/// Where else to get the image from, if what was not found is the image.
fn other_source(done: &Result<(), EngineError>, image: &str) -> Option<Value> {
    match done {
        Err(error @ EngineError::NotFound(_)) if says(error, "image") => template::remote(image),
        _ => None,
    }
}

fn request(spec: &InstanceSpec, place: &Names) -> Result<Value, EngineError> {
    Ok(json!({
        "name": spec.name,
        "type": "container",
        // Nothing is inherited: what an instance is like is decided here alone.
        "profiles": [],
        "config": config(spec)?,
        "devices": {
            "root": {
                "type": "disk",
                "path": "/",
                "pool": place.pool,
                "size": format!("{}GiB", spec.size.disk_gib),
            },
            "eth0": {
                "type": "nic",
                "name": "eth0",
                "network": place.network,
                // Nobody speaks in a neighbour's name.
                "security.mac_filtering": "true",
            },
        },
    }))
}

fn limits(size: &Size) -> Value {
    json!({
        "limits.cpu": size.cpus.to_string(),
        "limits.memory": format!("{}MiB", size.memory_mib),
    })
}

pub(super) fn config(spec: &InstanceSpec) -> Result<Value, EngineError> {
    let mut config = limits(&spec.size);
    let id = spec.name.strip_prefix(NAME_PREFIX).unwrap_or(&spec.name);
    // Neighbours share no user, so neither their limits of processes nor what one could break.
    config["security.idmap.isolated"] = json!("true");
    config["user.couloir.id"] = json!(id);
    config["user.couloir.name"] = json!(spec.display_name);
    config["cloud-init.vendor-data"] = json!(cloud_init::vendor_data(spec));
    if let Some(text) = cloud_init::user_data(spec)? {
        config["cloud-init.user-data"] = json!(text);
    }
    Ok(config)
}
