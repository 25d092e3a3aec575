//! The one process that does I/O: the public API, the portal and the operations worker.
//!
//! [`cloud::Cloud`] is what every operation receives; [`act::Act`] is the only way to write and
//! [`view::View`] the way to read; a noun is a folder with its operations, its rows (`store`) and,
//! where work takes time, its steps (`jobs`).

pub mod act;
pub mod admin;
pub mod audit;
pub mod bulk_actions;
pub mod call;
pub mod changes;
pub mod clock;
pub mod cloud;
pub mod config;
pub mod db;
pub mod download;
pub mod error;
pub mod housekeeping;
pub mod http;
pub mod iam;
pub mod identity_providers;
pub mod instance_types;
pub mod instances;
pub mod last_used;
pub mod list_exports;
pub mod mail;
pub mod metrics;
pub mod operations;
pub mod organization;
pub mod outbound;
pub mod page;
pub mod past;
pub mod portal;
pub mod preferences;
pub mod principal;
pub mod quotas;
pub mod random;
pub mod reconcile;
pub mod saved_views;
pub mod seal;
pub mod search;
pub mod serve;
pub mod sessions;
pub mod single_sign_on;
pub mod snapshots;
mod spreadsheet;
pub mod ssh_keys;
pub mod templates;
pub mod usage;
pub mod users;
pub mod view;
pub mod webhooks;
pub mod zones;
