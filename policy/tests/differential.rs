//! The same expressions by this crate and by `cel`, which nobody here has written. Where both have a
//! value it is the same one; where only one has, the reason stands below.

mod common;

use cel::objects::{Key as TheirKey, Map as TheirMap};
use cel::{Context, Program, Value as Theirs};
use common::{bindings, conditions, grammar, numbers, texts, times};
use policy::{Expression, Fuel, Key, Timestamp, Value};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::HashMap;
use std::sync::Arc;

const NAMES: [&str; 6] = ["operation", "source_ip", "now", "parameters", "identity", "list"];

fn to_theirs(value: &Value) -> Theirs {
    match value {
        Value::Bool(is) => Theirs::Bool(*is),
        Value::Int(number) => Theirs::Int(*number),
        Value::Uint(number) => Theirs::UInt(*number),
        Value::Double(number) => Theirs::Float(*number),
        Value::String(text) => Theirs::String(Arc::new(text.to_string())),
        Value::Bytes(bytes) => Theirs::Bytes(Arc::new(bytes.to_vec())),
        Value::List(items) => Theirs::List(Arc::new(items.iter().map(to_theirs).collect())),
        Value::Map(map) => {
            let entry = |(key, value): &(Key, Value)| match key {
                Key::String(name) => (TheirKey::from(&**name), to_theirs(value)),
                _ => unreachable!("bindings have names"),
            };
            let map: HashMap<TheirKey, Theirs> = map.entries().iter().map(entry).collect();
            Theirs::Map(TheirMap { map: Arc::new(map) })
        }
        _ => Theirs::Null,
    }
}

/// Their value as ours, if we have such values.
fn to_ours(value: &Theirs) -> Option<Value> {
    Some(match value {
        Theirs::Null => Value::Null,
        Theirs::Bool(is) => Value::Bool(*is),
        Theirs::Int(number) => Value::Int(*number),
        Theirs::UInt(number) => Value::Uint(*number),
        Theirs::Float(number) => Value::Double(*number),
        Theirs::String(text) => text.as_str().into(),
        Theirs::Bytes(bytes) => Value::Bytes(bytes.as_slice().into()),
        Theirs::List(items) => Value::List(items.iter().map(to_ours).collect::<Option<_>>()?),
        Theirs::Map(map) => {
            let entry = |(key, value): (&TheirKey, &Theirs)| {
                let key = match key {
                    TheirKey::Int(number) => Key::Int(*number),
                    TheirKey::Uint(number) => Key::Uint(*number),
                    TheirKey::Bool(is) => Key::Bool(*is),
                    TheirKey::String(text) => Key::String(text.as_str().into()),
                };
                Some((key, to_ours(value)?))
            };
            Value::Map(Arc::new(map.map.iter().map(entry).collect::<Option<_>>()?))
        }
        Theirs::Timestamp(instant) => Value::Timestamp(Timestamp::from_unix(
            instant.timestamp(),
            instant.timestamp_subsec_nanos(),
        )?),
        Theirs::Duration(span) => {
            Value::Duration(policy::Duration::from_nanos(span.num_nanoseconds()?))
        }
        _ => return None,
    })
}

/// A value as text; types are texts for them.
fn text(value: &Value) -> String {
    fn plain(value: &Value) -> Value {
        match value {
            Value::Type(kind) => kind.name().into(),
            Value::List(items) => Value::list(items.iter().map(plain)),
            Value::Map(map) => {
                let entry = |(key, value): &(Key, Value)| (key.clone(), plain(value));
                Value::Map(Arc::new(map.entries().iter().map(entry).collect()))
            }
            other => other.clone(),
        }
    }
    format!("{:?}", plain(value))
}

#[derive(Debug, PartialEq)]
enum Both {
    Same,
    Neither,
    Different(String),
    OnlyOurs(String),
    OnlyTheirs(String),
}

fn compare(source: &str) -> Both {
    let ours = Expression::parse(source).map_err(|error| error.to_string());
    let ours = ours.and_then(|expression| {
        let value = expression.evaluate(&bindings(), &mut Fuel::new(1_000_000));
        value.map_err(|error| error.to_string())
    });
    let theirs = Program::compile(source).map_err(|error| error.to_string()).and_then(|program| {
        let mut context = Context::default();
        let known = bindings();
        for name in NAMES {
            context.add_variable_from_value(name, to_theirs(known.get(name).expect(name)));
        }
        program.execute(&context).map_err(|error| error.to_string())
    });
    match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => match to_ours(&theirs) {
            Some(theirs) if text(&ours) == text(&theirs) => Both::Same,
            Some(theirs) => Both::Different(format!("{} and {}", text(&ours), text(&theirs))),
            None => Both::Neither,
        },
        (Ok(ours), Err(error)) => Both::OnlyOurs(format!("{} and {error}", text(&ours))),
        (Err(error), Ok(theirs)) => Both::OnlyTheirs(format!("{error} and {theirs:?}")),
        (Err(_), Err(_)) => Both::Neither,
    }
}

/// Where `cel` 0.15 differs, and why that is not followed. What stands here is looked for in the
/// source and in what was found.
const KNOWN: [(&str, &str, &str); 5] = [
    // Its parser takes two `!` away without looking at what they stand before.
    ("!!", "OnlyTheirs", "two negations need a condition, too"),
    // Exoscale's functions, which nobody else has.
    (".has(", "OnlyOurs", "Exoscale's function"),
    (".inIpRange(", "OnlyOurs", "Exoscale's function"),
    // For Go no name is UTC; the language definition has no such zone.
    (".get", "not a time zone", "a time zone has a name"),
    // What can be no key is in no map; cel-go says so as well.
    (" in ", "found no matching overload for '@in'", "what can be no key is in no map"),
];

fn is_known(source: &str, both: &Both) -> bool {
    let found = format!("{both:?}");
    KNOWN.iter().any(|(word, error, _)| source.contains(word) && found.contains(error))
}

/// So many expressions of a kind; the answer is how many of them had the same value.
fn check(expressions: &impl Strategy<Value = String>, count: usize) -> usize {
    let mut runner = TestRunner::deterministic();
    let mut same = 0;
    let mut unknown = Vec::new();
    for _ in 0..count {
        let source = expressions.new_tree(&mut runner).expect("a tree").current();
        match compare(&source) {
            Both::Same => same += 1,
            Both::Neither => {}
            both if is_known(&source, &both) => {}
            both => unknown.push(format!("{source}\n    {both:?}")),
        }
    }
    unknown.sort_by_key(String::len);
    unknown.truncate(20);
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
    same
}

#[test]
fn conditions_are_the_same() {
    assert!(check(&conditions(), 3_000) > 2_000);
}

#[test]
fn whatever_the_types_it_is_the_same() {
    let same = check(&grammar(1), 3_000) + check(&grammar(2), 3_000) + check(&grammar(6), 1_000);
    assert!(same > 1_000, "{same}");
}

#[test]
fn numbers_texts_and_times_are_the_same() {
    assert!(check(&numbers(), 1_000) > 300);
    assert!(check(&texts(), 500) > 400);
    assert!(check(&times(), 1_000) > 600);
}
