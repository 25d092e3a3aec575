//! Bindings from JSON.

use policy::{Unbindable, Value, from_json, from_parameters};
use serde_json::{Map, Value as Json, json};

fn object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        _ => panic!("an object"),
    }
}

#[test]
fn json_becomes_values() {
    let json = json!({"a-b": [1, -1, 1.5, 18_446_744_073_709_551_615_u64, null, true, "x"]});
    let items = [
        Value::Int(1),
        Value::Int(-1),
        Value::Double(1.5),
        Value::Uint(u64::MAX),
        Value::Null,
        Value::Bool(true),
        "x".into(),
    ];
    assert_eq!(from_json(&json), Ok(Value::record([("a-b", Value::list(items))])));
}

#[test]
fn parameters_have_underscores_on_the_outside() {
    let parameters = object(json!({"public-ip-assignment": "none", "labels": {"a-b": "c"}}));
    let labels = Value::record([("a-b", Value::from("c"))]);
    let expected = Value::record([("public_ip_assignment", "none".into()), ("labels", labels)]);
    assert_eq!(from_parameters(&parameters), Ok(expected));
}

/// Whoever asks must not choose which of two a rule sees.
#[test]
fn names_that_become_one_are_refused() {
    let both = object(json!({"public-ip-assignment": "inet4", "public_ip_assignment": "none"}));
    assert_eq!(from_parameters(&both), Err(Unbindable::Ambiguous));
}

#[test]
fn what_is_too_deep_is_refused() {
    let nested = |levels: usize| {
        let text = format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        serde_json::from_str::<Json>(&text).expect("JSON")
    };
    assert!(from_json(&nested(31)).is_ok());
    assert_eq!(from_json(&nested(32)), Err(Unbindable::TooDeep));
    assert_eq!(from_json(&nested(120)), Err(Unbindable::TooDeep));
    let mut parameters = Map::new();
    parameters.insert("a".into(), nested(31));
    assert_eq!(from_parameters(&parameters), Err(Unbindable::TooDeep));
}
