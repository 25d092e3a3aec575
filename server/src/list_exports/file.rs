//! The file of an exported list: CSV as in RFC 4180, or a JSON array of what the API would answer.

use crate::{
    error::{Error, Result},
    spreadsheet::{self, text},
};
use api::Instance;
use domain::{
    list::{ExportFormat, InstanceColumn},
    money::{HOURS_PER_MONTH, NanoPerHour},
};
use std::io::Write;

/// Writes rows.
pub enum Writer<W: Write> {
    Csv { to: Box<csv::Writer<W>>, columns: Vec<InstanceColumn>, count: i64 },
    Json { to: W, count: i64 },
}

impl<W: Write> Writer<W> {
    pub fn begin(format: ExportFormat, columns: &[String], mut to: W) -> Result<Self> {
        Ok(match format {
            ExportFormat::Json => {
                to.write_all(b"[").map_err(Error::internal)?;
                Writer::Json { to, count: 0 }
            }
            ExportFormat::Csv => {
                let known = columns.iter().map(|name| name.parse());
                let columns =
                    known.collect::<std::result::Result<Vec<_>, _>>().map_err(Error::internal)?;
                let mut to = spreadsheet::writer(to);
                let names = columns.iter().map(|column: &InstanceColumn| column.as_str());
                to.write_record(["id"].into_iter().chain(names)).map_err(Error::internal)?;
                Writer::Csv { to: Box::new(to), columns, count: 0 }
            }
        })
    }

    pub fn count(&self) -> i64 {
        match self {
            Writer::Csv { count, .. } | Writer::Json { count, .. } => *count,
        }
    }

    pub fn rows(&mut self, instances: &[Instance]) -> Result<()> {
        for instance in instances {
            match self {
                Writer::Csv { to, columns, count } => {
                    let cells = columns.iter().map(|column| cell(instance, *column));
                    let id = instance.id.to_string();
                    to.write_record([id].into_iter().chain(cells)).map_err(Error::internal)?;
                    *count += 1;
                }
                Writer::Json { to, count } => {
                    let between: &[u8] = if *count == 0 { b"\n" } else { b",\n" };
                    to.write_all(between).map_err(Error::internal)?;
                    serde_json::to_writer(&mut *to, instance).map_err(Error::internal)?;
                    *count += 1;
                }
            }
        }
        Ok(())
    }

    pub fn end(self) -> Result<()> {
        match self {
            Writer::Csv { mut to, .. } => to.flush().map_err(Error::internal),
            Writer::Json { mut to, .. } => {
                to.write_all(b"\n]\n").and_then(|()| to.flush()).map_err(Error::internal)
            }
        }
    }
}

fn cell(instance: &Instance, column: InstanceColumn) -> String {
    let price = |of: fn(NanoPerHour) -> NanoPerHour| match instance.price {
        Some(price) => format!("{} {}", of(price.nano_per_hour).decimal(), price.currency),
        None => String::new(),
    };
    match column {
        InstanceColumn::Name => text(&instance.name),
        InstanceColumn::State => instance.state.to_string(),
        InstanceColumn::Zone => instance.zone.clone().unwrap_or_default(),
        InstanceColumn::Type => instance.instance_type.name(),
        InstanceColumn::Address => instance.public_ip.clone().unwrap_or_default(),
        InstanceColumn::Labels => {
            let pairs = instance.labels.iter().map(|(key, value)| format!("{key}={value}"));
            text(&pairs.collect::<Vec<_>>().join(","))
        }
        InstanceColumn::Created => instance.created_at.to_string(),
        InstanceColumn::PerHour => price(|hour| hour),
        InstanceColumn::PerMonth => price(|hour| hour.times(HOURS_PER_MONTH)),
    }
}
