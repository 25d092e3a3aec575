//! The commands, as data.

use super::{bootstrap, check};
use crate::{cloud::Cloud, error::Result};
use domain::{OrgId, money::Currency, quota::QuotaResource};
use serde::{Deserialize, Serialize};
use std::{path::PathBuf, sync::Arc};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "kebab-case")]
pub enum Command {
    /// The first organization; refused when there is one.
    Bootstrap {
        organization: String,
        email: String,
        currency: Currency,
    },
    OrganizationCreate {
        organization: String,
        email: String,
        currency: Currency,
    },
    /// The organization of the provider's staff.
    OperatorCreate {
        organization: String,
        email: String,
    },
    SignInLink {
        email: String,
    },
    /// Of a person who has lost them all.
    SecondFactorRemove {
        email: String,
    },
    TemplateImport {
        zone: String,
        name: String,
        default_user: String,
        file: PathBuf,
    },
    QuotaSet {
        organization: OrgId,
        resource: QuotaResource,
        limit: i64,
    },
    Check,
}

/// What a command prints: lines for people, or the JSON object.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answer {
    pub text: String,
    pub json: serde_json::Value,
}

pub async fn run(cloud: &Arc<Cloud>, command: Command) -> Result<Answer> {
    match command {
        Command::Bootstrap { organization, email, currency } => {
            bootstrap::first(cloud, &organization, &email, currency).await
        }
        Command::OrganizationCreate { organization, email, currency } => {
            bootstrap::organization(cloud, &organization, &email, currency).await
        }
        Command::OperatorCreate { organization, email } => {
            bootstrap::operator(cloud, &organization, &email).await
        }
        Command::SignInLink { email } => bootstrap::sign_in_link(cloud, &email).await,
        Command::SecondFactorRemove { email } => {
            bootstrap::remove_second_factor(cloud, &email).await
        }
        Command::TemplateImport { zone, name, default_user, file } => {
            bootstrap::import_template(cloud, &zone, &name, &default_user, &file).await
        }
        Command::QuotaSet { organization, resource, limit } => {
            bootstrap::set_quota(cloud, organization, resource, limit).await
        }
        Command::Check => check::run(cloud).await,
    }
}
