//! People: their passwords, and the organizations that they belong to.

pub mod store;
