//! All migrations in their order. One that was released is never edited.

use super::Dialect;
use crate::error::Error;
use sqlx::{
    AnyPool, SqlSafeStr,
    migrate::{MigrateError, Migration, MigrationType, Migrator},
};

macro_rules! migration {
    ($version:literal, $name:literal) => {
        ($version, $name, include_str!(concat!("../../migrations/", $name, ".sql")))
    };
    ($version:literal, $name:literal, $dialect:literal) => {
        ($version, $name, include_str!(concat!("../../migrations/", $name, ".", $dialect, ".sql")))
    };
}

fn migrator(dialect: Dialect) -> Migrator {
    let append_only = match dialect {
        Dialect::Sqlite => migration!(2, "0002_audit_append_only", "sqlite"),
        Dialect::Postgres => migration!(2, "0002_audit_append_only", "postgres"),
    };
    let search = match dialect {
        Dialect::Sqlite => migration!(7, "0007_search", "sqlite"),
        Dialect::Postgres => migration!(7, "0007_search", "postgres"),
    };
    let files = [
        migration!(1, "0001_foundation"),
        append_only,
        migration!(3, "0003_bulk_actions"),
        migration!(4, "0004_instances_by_template"),
        migration!(5, "0005_saved_views"),
        migration!(6, "0006_soft_delete"),
        search,
        migration!(8, "0008_list_exports"),
        migration!(9, "0009_cancel"),
        migration!(10, "0010_totals"),
        migration!(11, "0011_roles"),
        migration!(12, "0012_calls"),
        migration!(13, "0013_users"),
        migration!(14, "0014_second_factor"),
        migration!(15, "0015_uses"),
        migration!(16, "0016_access"),
        migration!(17, "0017_audit_out"),
        migration!(18, "0018_second_factor_required"),
        migration!(19, "0019_access_requests"),
        migration!(20, "0020_confirmed_sessions"),
        migration!(21, "0021_past"),
        migration!(22, "0022_single_sign_on"),
        migration!(23, "0023_passkeys"),
        migration!(24, "0024_open_versions"),
        migration!(25, "0025_withdrawn_requests"),
        migration!(26, "0026_operations_to_run"),
        migration!(27, "0027_realms"),
        migration!(28, "0028_shut_out"),
        migration!(29, "0029_trail_by_two"),
    ];
    let migrations = files
        .into_iter()
        .map(|(version, name, sql)| {
            let kind = MigrationType::Simple;
            Migration::new(version, name.into(), kind, sql.into_sql_str(), false)
        })
        .collect();
    Migrator::with_migrations(migrations)
}

/// Brings a database up to date; one that a newer version wrote is refused.
pub async fn migrate(dialect: Dialect, writer: &AnyPool) -> Result<(), Error> {
    migrator(dialect).run(writer).await.map_err(|e| {
        Error::Startup(match e {
            MigrateError::VersionMissing(version) => format!(
                "the database was written by a newer version of couloir (migration {version} \
                     is unknown here): start that version, or restore a backup from before"
            ),
            MigrateError::VersionMismatch(version) => format!(
                "migration {version} of the database is not the one this version has: it was \
                     written by another build; restore a backup or start that build"
            ),
            other => format!("the database could not be brought up to date: {other}"),
        })
    })
}
