//! The functions there are: CEL's standard ones (language definition, "List of Standard
//! Definitions") and the two that Exoscale's IAM guide adds, `inIpRange` and `has`.

use std::ops::RangeInclusive;

/// A part of a timestamp or duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    FullYear,
    Month,
    Date,
    DayOfMonth,
    DayOfWeek,
    DayOfYear,
    Hours,
    Minutes,
    Seconds,
    Milliseconds,
}

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Size,
    StartsWith,
    EndsWith,
    Contains,
    Matches,
    InIpRange,
    HasKey,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Bool,
    Type,
    Dyn,
    Timestamp,
    Duration,
    Get(Part),
}

/// How many values a function takes, the receiver not counted; nothing, if it cannot be called so.
type Takes = Option<RangeInclusive<usize>>;

/// A function's name, and how it is called: `name(…)` and `value.name(…)`.
#[derive(Debug)]
pub(crate) struct Entry {
    pub name: &'static str,
    pub function: Function,
    pub alone: Takes,
    pub on_a_value: Takes,
}

const fn alone(name: &'static str, function: Function) -> Entry {
    Entry { name, function, alone: Some(1..=1), on_a_value: None }
}

const fn on_a_value(name: &'static str, function: Function) -> Entry {
    Entry { name, function, alone: None, on_a_value: Some(1..=1) }
}

const fn part(name: &'static str, part: Part) -> Entry {
    Entry { name, function: Function::Get(part), alone: None, on_a_value: Some(0..=1) }
}

/// All of them. The macros are the parser's: they bind a name.
pub(crate) const FUNCTIONS: [Entry; 27] = [
    Entry { name: "size", function: Function::Size, alone: Some(1..=1), on_a_value: Some(0..=0) },
    Entry {
        name: "matches",
        function: Function::Matches,
        alone: Some(2..=2),
        on_a_value: Some(1..=1),
    },
    on_a_value("startsWith", Function::StartsWith),
    on_a_value("endsWith", Function::EndsWith),
    on_a_value("contains", Function::Contains),
    on_a_value("inIpRange", Function::InIpRange),
    on_a_value("has", Function::HasKey),
    alone("int", Function::Int),
    alone("uint", Function::Uint),
    alone("double", Function::Double),
    alone("string", Function::String),
    alone("bytes", Function::Bytes),
    alone("bool", Function::Bool),
    alone("type", Function::Type),
    alone("dyn", Function::Dyn),
    alone("timestamp", Function::Timestamp),
    alone("duration", Function::Duration),
    part("getFullYear", Part::FullYear),
    part("getMonth", Part::Month),
    part("getDate", Part::Date),
    part("getDayOfMonth", Part::DayOfMonth),
    part("getDayOfWeek", Part::DayOfWeek),
    part("getDayOfYear", Part::DayOfYear),
    part("getHours", Part::Hours),
    part("getMinutes", Part::Minutes),
    part("getSeconds", Part::Seconds),
    part("getMilliseconds", Part::Milliseconds),
];

/// A macro that goes through a list, or through the keys of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Macro {
    All,
    Exists,
    ExistsOne,
    Map,
    Filter,
}

/// Their names.
pub(crate) const MACROS: [(&str, Macro); 5] = [
    ("all", Macro::All),
    ("exists", Macro::Exists),
    ("exists_one", Macro::ExistsOne),
    ("map", Macro::Map),
    ("filter", Macro::Filter),
];

/// The entry of a function.
pub(crate) fn entry(name: &str) -> Option<&'static Entry> {
    FUNCTIONS.iter().find(|entry| entry.name == name)
}

impl Entry {
    /// Whether it can be called with so many values, the receiver among them.
    pub fn takes(&self, has_receiver: bool, values: usize) -> bool {
        match (has_receiver, &self.alone, &self.on_a_value) {
            (false, Some(takes), _) => takes.contains(&values),
            (true, _, Some(takes)) => takes.contains(&values.saturating_sub(1)),
            _ => false,
        }
    }
}

impl Function {
    /// Its name, as an error says it.
    pub fn name(self) -> &'static str {
        FUNCTIONS.iter().find(|entry| entry.function == self).map_or("", |entry| entry.name)
    }
}
