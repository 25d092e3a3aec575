//! `couloir admin …`: what an operator does beside the API.
//!
//! A command is one JSON request and one JSON answer. When a server runs on the data folder, the
//! request goes through its socket, so that SQLite keeps its single writer; otherwise the command
//! opens the database itself.

mod bootstrap;
pub mod check;
mod command;
pub mod socket;
mod store;

pub use command::{Answer, Command, run};
