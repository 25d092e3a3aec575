//! Pages, a folder for each noun. A page is: parameters, what to ask, how to show it.

pub mod access;
mod address;
pub mod api_keys;
pub mod audit_trail;
pub mod bulk_actions;
pub mod commands;
mod fate;
mod home;
pub mod instances;
pub mod later;
pub mod lists;
mod not_found;
pub mod operations;
mod organization;
pub mod organization_policy;
pub mod permissions;
mod policy;
mod quotas;
pub mod reference;
pub mod roles;
pub mod search;
pub mod security;
pub mod sign_in;
pub mod simulator;
pub mod snapshots;
pub mod ssh_keys;
mod style;
pub mod templates;
pub mod users;
pub mod webhooks;
mod zones;

use home::Home;
pub use not_found::NotFound;
use organization::Organization;
use quotas::Quotas;
use style::Style;
