//! What several test files share: expressions by the grammar, and what they read.

// Each test file uses a part of it.
#![allow(dead_code)]

pub mod hostile;

use policy::{Bindings, Value};
use proptest::prelude::*;

/// What the expressions below can read.
pub fn bindings() -> Bindings {
    Bindings::new()
        .with("operation", "get-object")
        .with("source_ip", "192.0.2.7")
        .with("now", "2026-11-21T08:00:00Z")
        .with("parameters", Value::record([("name", "web".into()), ("size", 50.into())]))
        .with("identity", Value::record([("key", Value::Null)]))
        .with("list", Value::list([1.into(), "a".into(), Value::Null, Value::list([])]))
}

/// Expressions by the grammar, with whatever types, in so many levels.
pub fn grammar(levels: u32) -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "1",
        "0",
        "-1",
        "2u",
        "1.5",
        "0.0",
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551615u",
        "1e300",
        "'a'",
        "''",
        "'get-object'",
        "b'\\xff'",
        "r'^[a-z]+$'",
        "true",
        "false",
        "null",
        "operation",
        "parameters",
        "parameters.name",
        "parameters.missing",
        "identity.key",
        "source_ip",
        "list",
        "now",
        "missing",
        "x",
        "y",
        "[]",
        "{}",
        "int",
        "'1h'",
        "'2026-11-21T08:00:00Z'",
        "'192.0.2.0/24'",
        "'+01:00'",
        "timestamp(now)",
        "duration('1h')",
        "timestamp('9999-12-31T23:59:59Z')",
        "duration('2000000h')",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(levels, 60, 4, |inner| {
        let operator = prop::sample::select(vec![
            "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||",
        ]);
        let method = prop::sample::select(vec![
            "startsWith",
            "endsWith",
            "contains",
            "matches",
            "inIpRange",
            "has",
            "size",
            "getHours",
            "getDayOfYear",
            "getMilliseconds",
            "unknown",
        ]);
        let function = prop::sample::select(vec![
            "int",
            "uint",
            "double",
            "string",
            "bytes",
            "bool",
            "type",
            "dyn",
            "timestamp",
            "duration",
            "size",
            "unknown",
        ]);
        let macros = prop::sample::select(vec!["all", "exists", "exists_one", "map", "filter"]);
        let variable = prop::sample::select(vec!["x", "y"]);
        prop_oneof![
            (inner.clone(), operator, inner.clone())
                .prop_map(|(a, op, b)| format!("({a} {op} {b})")),
            (inner.clone(), method, inner.clone()).prop_map(|(a, f, b)| format!("({a}).{f}({b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a})[{b}]")),
            (function, inner.clone()).prop_map(|(f, a)| format!("{f}({a})")),
            (inner.clone(), macros, variable, inner.clone())
                .prop_map(|(a, m, x, b)| format!("({a}).{m}({x}, {b})")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("[{a}, {b}]")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{{a}: {b}}}")),
            inner.clone().prop_map(|a| format!("!{a}")),
            inner.prop_map(|a| format!("-({a})")),
        ]
    })
}

/// Expressions that mostly have a value: conditions.
pub fn conditions() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["true", "false", "missing", "has(parameters.name)"]);
    leaf.prop_map(str::to_owned).prop_recursive(4, 40, 4, |inner| {
        let relation =
            prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]).prop_map(str::to_owned);
        let test = prop::sample::select(vec!["startsWith", "endsWith", "contains"]);
        let over = prop::sample::select(vec!["all", "exists", "exists_one"]);
        prop_oneof![
            (numbers(), relation.clone(), numbers()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
            (texts(), relation.clone(), texts()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
            (times(), relation, times()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
            (texts(), test, texts()).prop_map(|(a, f, b)| format!("{a}.{f}({b})")),
            (numbers(), prop::collection::vec(numbers(), 0..4))
                .prop_map(|(a, list)| format!("{a} in [{}]", list.join(", "))),
            (texts(), prop::collection::vec(texts(), 0..4))
                .prop_map(|(a, list)| format!("{a} in [{}]", list.join(", "))),
            (prop::collection::vec(numbers(), 0..4), over, inner.clone(), numbers()).prop_map(
                |(list, over, a, b)| {
                    format!("[{}].{over}(v, v == {b} || {a})", list.join(", "))
                }
            ),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} && {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} || {b})")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            inner.prop_map(|a| format!("!({a})")),
        ]
    })
}

/// Integers, some of them out of range.
pub fn numbers() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        (-20_i64..20).prop_map(|number| number.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        prop::sample::select(vec![
            "parameters.size",
            "list.size()",
            "size('πέντε')",
            "int('12')",
            "int(3.7)",
            "-9223372036854775808",
            "9223372036854775807",
        ])
        .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 10, 2, |inner| {
        let operator = prop::sample::select(vec!["+", "-", "*", "/", "%"]);
        (inner.clone(), operator, inner).prop_map(|(a, op, b)| format!("({a} {op} {b})"))
    })
    .boxed()
}

/// Texts.
pub fn texts() -> BoxedStrategy<String> {
    let leaf = prop::sample::select(vec![
        "''",
        "'get-'",
        "'get-object'",
        "'é🐱'",
        "operation",
        "parameters.name",
        "string(12)",
        "string(true)",
        "parameters['name']",
    ]);
    let leaf = leaf.prop_map(str::to_owned);
    leaf.prop_recursive(2, 4, 2, |inner| {
        (inner.clone(), inner).prop_map(|(a, b)| format!("({a} + {b})"))
    })
    .boxed()
}

/// Timestamps.
pub fn times() -> BoxedStrategy<String> {
    let leaf = (-2_000_000_000_i64..20_000_000_000).prop_map(|seconds| {
        let instant = policy::Timestamp::from_unix(seconds, 0).expect("in range");
        format!("timestamp('{instant}')")
    });
    let leaf = prop_oneof![leaf, Just("timestamp(now)".to_owned())];
    let span = prop::sample::select(vec!["1h", "90s", "1h30m", "-2.5h", "100ms", "2000000h"]);
    let operator = prop::sample::select(vec!["+", "-"]);
    prop_oneof![
        leaf.clone(),
        (leaf, operator, span).prop_map(|(at, op, span)| format!("({at} {op} duration('{span}'))")),
    ]
    .boxed()
}
