//! The API from the outside: every test has its own platform, asks through the real router, and
//! ends with every operation drained and every invariant checked. On SQLite, or, when
//! `COULOIR_TEST_POSTGRES` names a server, on PostgreSQL.
#![allow(clippy::unwrap_used)] // A failure here is a message to a developer.

mod access;
mod admin;
mod assume;
mod assumed;
mod audit;
mod audit_changes;
mod audit_exports;
mod audit_heads;
mod audit_trail;
mod bad_input;
mod bulk_actions;
mod cancel;
mod compression;
mod database;
mod dry_run;
mod engine_down;
mod forms;
mod harness;
mod instances;
mod kept_forms;
mod keys;
mod list_exports;
mod lists;
mod matrix;
mod narrowing;
mod operations;
mod past;
mod policies;
mod preferences;
mod proven_forms;
mod quotas;
mod realms;
mod recovery;
mod roles;
mod saved_views;
mod search;
mod secrets;
mod sessions;
mod signatures;
mod single_sign_on;
mod snapshots;
mod stream;
mod templates;
mod tenants;
mod timing;
mod users;
mod webhooks;
