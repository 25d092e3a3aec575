//! What the simulations share.

#[path = "../../database/mod.rs"]
mod database;
mod gate;
mod kind;
mod sign;
mod watched;
mod world;

pub use database::Database;
pub use gate::Gate;
pub use kind::{Kind, On};
pub use sign::authorization;
pub use world::{Folder, Pick, World};
