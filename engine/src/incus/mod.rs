//! Incus: system containers through its REST API, one machine or a cluster.
//!
//! What is ours is known by [`crate::NAME_PREFIX`]; nothing else is ever changed, and a pool or a
//! network is made only where there is none. Abilities are looked up in the server's list of API
//! extensions, never guessed from its version.
//!
//! Instances get addresses of the network they are on, on a managed bridge before they first run
//! (`address.rs`); whether an address is public is up to that network. `public_ipv4` and
//! `public_ipv6` are therefore not asked of Incus.

mod address;
mod client;
mod cloud_init;
mod engine;
mod events;
mod exec;
mod image;
mod instance;
mod name;
mod observe;
mod place;
mod power;
mod rebuild;
mod server;
mod snapshot;
mod template;

use crate::EngineError;
use address::Addresses;
use client::Client;
use events::Events;
use place::Place;
use std::sync::Arc;

/// A zone's compute on Incus.
pub struct Incus {
    client: Arc<Client>,
    place: Place,
    addresses: Addresses,
    events: Events,
}

impl Incus {
    /// Of the Incus at `url`, which need not be up: nothing is asked of it yet. Either
    /// `unix:///var/lib/incus/unix.socket`, or
    /// `https://host:8443?cert=client.crt&key=client.key&server=server.crt` with the PEM files of
    /// a client certificate that the server trusts, its key, and the server's own certificate;
    /// both with or without `incus:` before it.
    pub fn connect(url: &str) -> Result<Incus, EngineError> {
        let client = Arc::new(Client::new(url)?);
        Ok(Incus {
            events: Events::new(client.clone()),
            client,
            place: Place::default(),
            addresses: Addresses::default(),
        })
    }
}
