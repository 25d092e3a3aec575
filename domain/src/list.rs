//! Lists, and what may be chosen of them: the columns and their order.

use crate::tokens::Key;

text_enum! {
    /// A list whose columns are chosen and whose questions are kept as views.
    pub enum List {
        Instances = "instances",
    }
}

text_enum! {
    /// The columns of the list of instances, in the order they have when nobody chose. As far as the
    /// list can be sorted or filtered by one, it has the name of that parameter.
    pub enum InstanceColumn {
        Name = "name",
        State = "state",
        Zone = "zone",
        Type = "instance-type",
        Address = "ip-address",
        Labels = "labels",
        Created = "created-at",
        PerHour = "per-hour",
        PerMonth = "per-month",
    }
}

text_enum! {
    /// What a list can be written as.
    pub enum ExportFormat {
        Csv = "csv",
        Json = "json",
    }
}

/// Filters that may be typed into a search box, and the parameters that they fill.
pub const INSTANCE_KEYS: &[Key] = &[
    ("state", "state"),
    ("zone", "zone"),
    ("type", "instance-type"),
    ("label", "labels"),
    ("ip", "ip-address"),
];

impl List {
    /// The names of its columns. The first says which row it is, and can't be left out.
    pub fn columns(self) -> Vec<&'static str> {
        match self {
            List::Instances => InstanceColumn::ALL.iter().map(|column| column.as_str()).collect(),
        }
    }

    /// Checks columns as they stand in an address; the error is the text for whoever wrote them.
    pub fn check_columns(self, text: &str) -> Result<(), String> {
        let possible = self.columns();
        match chosen(text, &possible) {
            Ok(_) => Ok(()),
            Err(wrong) => Err(format!(
                "has {wrong:?}; possible are {}, each once, {} first",
                possible.join(", "),
                possible.first().copied().unwrap_or_default(),
            )),
        }
    }
}

/// Columns from their names, as they stand in an address: the places of the chosen ones among all.
/// The error is the name that is unknown, there twice, or first in the place of the first column.
pub fn chosen<'a>(text: &'a str, all: &[&str]) -> Result<Vec<usize>, &'a str> {
    let mut places = Vec::new();
    for name in text.split(',') {
        let name = name.trim();
        match all.iter().position(|column| *column == name) {
            Some(place) if !places.contains(&place) && (place == 0) == places.is_empty() => {
                places.push(place);
            }
            _ => return Err(name),
        }
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_once_and_begin_with_the_name() {
        let all = List::Instances.columns();
        assert_eq!(chosen("name,zone, state", &all), Ok(vec![0, 2, 1]));
        assert_eq!(chosen("name", &all), Ok(vec![0]));
        assert_eq!(chosen("name,price", &all), Err("price"));
        assert_eq!(chosen("name,zone,zone", &all), Err("zone"));
        assert_eq!(chosen("zone,name", &all), Err("zone"));
        assert_eq!(chosen("", &all), Err(""));
        let error = List::Instances.check_columns("name,price").expect_err("no such column");
        assert!(error.contains("\"price\"") && error.contains("per-month"), "{error}");
    }
}
