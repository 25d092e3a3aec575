//! Which columns the list has, and in which order: as the address says.

use super::question::Question;
use crate::{
    pages::address::wrong,
    text::{common, instances as text, t, t_with},
    visit::visit,
};
use api::ErrorBody;
use domain::list::{InstanceColumn, List, chosen};

/// Columns as they stand in an address. One that is not there is said, not passed over.
pub fn read(names: &str) -> Result<Vec<InstanceColumn>, ErrorBody> {
    let all: Vec<_> = InstanceColumn::ALL.iter().map(|column| column.as_str()).collect();
    match chosen(names, &all) {
        Ok(places) => Ok(places.into_iter().map(|place| InstanceColumn::ALL[place]).collect()),
        Err(name) => {
            let parameters = [("value", name), ("possible", &all.join(", "))];
            Err(wrong("cols", t_with(text::BAD_COLUMN, &parameters)))
        }
    }
}

/// The same as text.
pub fn write(columns: &[InstanceColumn]) -> String {
    let names: Vec<_> = columns.iter().map(|column| column.as_str()).collect();
    names.join(",")
}

/// The columns that the visitor has chosen.
pub fn own() -> Result<Option<Vec<InstanceColumn>>, ErrorBody> {
    let columns = visit().me.and_then(|me| me.columns.get(List::Instances.as_str()).cloned());
    columns.map(|columns| read(&columns)).transpose()
}

/// The columns to show.
pub fn shown(question: &Question) -> Vec<InstanceColumn> {
    let own = || own().ok().flatten();
    question.columns.clone().or_else(own).unwrap_or_else(|| InstanceColumn::ALL.to_vec())
}

/// What a column is called.
pub fn label(column: InstanceColumn) -> &'static str {
    t(match column {
        InstanceColumn::Name => common::NAME,
        InstanceColumn::State => common::STATE,
        InstanceColumn::Zone => common::ZONE,
        InstanceColumn::Type => text::TYPE,
        InstanceColumn::Address => text::ADDRESS,
        InstanceColumn::Labels => text::LABELS,
        InstanceColumn::Created => common::CREATED,
        InstanceColumn::PerHour => text::PER_HOUR,
        InstanceColumn::PerMonth => text::PER_MONTH,
    })
}
