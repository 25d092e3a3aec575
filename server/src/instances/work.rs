//! An instance as its engine knows it: what it is to be, and what is asked of the engine. What the
//! engine claims to have done is looked at before it is believed.

use super::{InstanceRow, password, store, template_of};
use crate::{
    error::Error,
    operations::job::{Job, StepError},
    templates::TemplateRow,
};
use domain::{InstanceId, instance_type::InstanceType, name, operation::Reason, user_data};
use engine::{Engine, EngineError, InstanceSpec, Observed, Power, Size, Stopped};
use std::{sync::Arc, time::Duration};

/// How long a started instance may take to get an address before it is shown without one.
const ADDRESS_WAIT: Duration = Duration::from_secs(5);
const ADDRESS_POLL: Duration = Duration::from_millis(40);

/// What every step needs.
pub struct Work {
    pub row: InstanceRow,
    pub template: TemplateRow,
    pub of: InstanceType,
    pub engine: Arc<dyn Engine>,
}

impl Work {
    pub async fn of(job: &Job) -> Result<Work, StepError> {
        let id: InstanceId = job.subject()?;
        let mut db = job.cloud.db.read().await?;
        let row = store::get(&mut db, job.task.org, id).await?;
        let row = row.ok_or_else(|| {
            StepError::Impossible(Reason::NotFound, "the instance is gone".into())
        })?;
        let template = template_of(&mut db, &row).await?;
        let of = job.cloud.catalogue.find(row.instance_type).cloned();
        let of = of.ok_or_else(|| {
            StepError::Impossible(
                Reason::Incorrect,
                "its type is not in the catalogue any more".into(),
            )
        })?;
        Ok(Work { row, template, of, engine: job.engine()? })
    }

    pub fn size(&self) -> Size {
        Size { cpus: self.of.cpus, memory_mib: self.of.memory_mib, disk_gib: self.row.disk_gib }
    }

    pub fn spec(&self, job: &Job) -> Result<InstanceSpec, StepError> {
        let row = &self.row;
        let password = match &row.password_sealed {
            Some(sealed) => {
                let bytes = job.cloud.sealer.unseal(&password::seal_scope(row.id), sealed)?;
                Some(String::from_utf8(bytes).map_err(Error::internal)?)
            }
            None => None,
        };
        let user_data = match &row.user_data {
            Some(base64) => Some(user_data::decode(base64).map_err(Error::internal)?),
            None => None,
        };
        Ok(InstanceSpec {
            name: row.engine_name.clone(),
            display_name: row.name.clone(),
            host_name: name::host_name(&row.name),
            image: self.template.image.clone(),
            size: self.size(),
            ssh_keys: row.ssh_keys.iter().map(|k| k.line.clone()).collect(),
            default_user: self.template.default_user.clone(),
            password,
            user_data,
            public_ipv4: row.public_ip_assignment != domain::instance::PublicIpAssignment::None,
            public_ipv6: row.public_ip_assignment == domain::instance::PublicIpAssignment::Dual,
        })
    }

    /// What the engine says of what it just made.
    pub async fn made(&self) -> Result<Observed, StepError> {
        let seen = self.engine.observe(&self.row.engine_name).await?;
        Ok(seen.ok_or_else(|| {
            EngineError::Protocol("it said that it made the instance, and did not".into())
        })?)
    }

    /// What the engine says now; that it does not know the instance is worth another try.
    pub async fn seen(&self, expected: Power) -> Result<Observed, StepError> {
        let name = &self.row.engine_name;
        let seen = self.engine.observe(name).await?.ok_or_else(|| {
            EngineError::Protocol(format!("it said that {name} is there, and it is not"))
        })?;
        if seen.power != expected {
            return Err(EngineError::Protocol(format!(
                "it said that {name} is {expected:?}, and it is {:?}",
                seen.power
            ))
            .into());
        }
        Ok(seen)
    }

    /// Limits and disk, and that the engine really has them.
    pub async fn resize(&self, size: &Size) -> Result<(), StepError> {
        let name = &self.row.engine_name;
        self.engine.resize(name, size).await?;
        match self.engine.observe(name).await? {
            Some(seen) if seen.size == *size => Ok(()),
            Some(seen) => {
                let what =
                    format!("it said that {name} is now {size:?}, and it is {:?}", seen.size);
                Err(EngineError::Protocol(what).into())
            }
            None => {
                let what = format!("it said that {name} has a new size, and it is not there");
                Err(EngineError::Protocol(what).into())
            }
        }
    }

    /// Starts it, and waits a little for its address.
    pub async fn boot(&self) -> Result<Observed, StepError> {
        self.engine.start(&self.row.engine_name).await?;
        let mut seen = self.seen(Power::Running).await?;
        let wants_address =
            self.row.public_ip_assignment != domain::instance::PublicIpAssignment::None;
        let mut waited = Duration::ZERO;
        while wants_address && seen.ipv4.is_none() && waited < ADDRESS_WAIT {
            tokio::time::sleep(ADDRESS_POLL).await;
            waited += ADDRESS_POLL;
            seen = self.seen(Power::Running).await?;
        }
        Ok(seen)
    }

    pub async fn halt(&self) -> Result<Stopped, StepError> {
        let polite = u32::try_from(self.template.stop_polite_seconds).unwrap_or(10);
        Ok(self.engine.stop(&self.row.engine_name, polite).await?)
    }
}
