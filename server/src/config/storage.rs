//! Settings of where things are kept.

use super::File;
use crate::{db::Connections, error::Result};
use clap::Args;
use std::path::PathBuf;

const DEFAULT_DATA: &str = "data";

/// Where things are kept: what every command takes.
#[derive(Args, Clone, Debug, Default)]
pub struct StorageArgs {
    /// sqlite:PATH (made when absent) or postgres://… [default: sqlite:DATA/couloir.db]
    #[arg(long, env = "COULOIR_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// Connections to PostgreSQL that this process has at most; SQLite has its own [default: 32]
    #[arg(
        long,
        env = "COULOIR_DATABASE_CONNECTIONS",
        value_parser = clap::value_parser!(u32).range(2..=1_000)
    )]
    pub database_connections: Option<u32>,
    /// Folder of the key file, exports, admin socket and lock [default: data]
    #[arg(long, env = "COULOIR_DATA")]
    pub data: Option<PathBuf>,
    /// 32 bytes in base64 that seal secrets, instead of DATA/key
    #[arg(long, env = "COULOIR_KEY", hide_env_values = true)]
    pub key: Option<String>,
}

/// Where things are kept, decided.
#[derive(Clone, Debug)]
pub struct Storage {
    pub database: String,
    pub connections: Connections,
    pub data: PathBuf,
    pub key: Option<String>,
}

impl Storage {
    pub fn of(args: &StorageArgs) -> Result<Storage> {
        Ok(Storage::decide(args, &File::read()?))
    }

    pub(super) fn decide(args: &StorageArgs, file: &File) -> Storage {
        let data = args.data.clone().or(file.data.clone()).unwrap_or_else(|| DEFAULT_DATA.into());
        let database = args.database.clone().or(file.database.clone());
        let database =
            database.unwrap_or_else(|| format!("sqlite:{}", data.join("couloir.db").display()));
        let connections = args.database_connections.or(file.database_connections);
        let connections = connections.map_or_else(Connections::default, Connections::of);
        Storage { database, connections, data, key: args.key.clone() }
    }
}
