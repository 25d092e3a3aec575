//! What holds for whatever is written: the parser and the evaluator answer, stay within their fuel,
//! and say the same thing twice. What a fuzzer would ask, from grammar, from noise and from both.

mod common;

use common::{bindings, grammar};
use policy::{Expression, Fuel, REQUEST, limits, shown};
use proptest::prelude::*;

/// Whatever it is: it is answered, twice the same, and paid for.
fn answer(source: &str) {
    let expression = match Expression::parse(source) {
        Ok(expression) => expression,
        Err(error) => {
            assert!(error.at <= source.len() && source.is_char_boundary(error.at), "{error}");
            assert!(!error.message.is_empty() && !error.hint.is_empty());
            return;
        }
    };
    assert_eq!(expression.source(), source);
    for warning in expression.lint(&REQUEST) {
        assert!(source.get(warning.at..warning.end).is_some(), "{warning:?}");
    }
    for name in expression.names().iter().chain(&expression.functions()) {
        assert!(source.get(name.at..).is_some(), "{name:?}");
    }
    let bindings = bindings();
    let mut fuel = Fuel::of_a_decision();
    let value = expression.evaluate(&bindings, &mut fuel);
    let used = limits::DECISION_FUEL - fuel.left();
    let mut trace = policy::Trace::default();
    let again = expression.evaluate_traced(&bindings, &mut Fuel::of_a_decision(), &mut trace);
    assert_eq!(format!("{value:?}"), format!("{again:?}"));
    assert!(trace.seen.len() <= limits::TRACE_MAX);
    if let Ok(value) = &value {
        shown(value);
        // Exactly that much is enough, and less is not.
        let is_enough = expression.evaluate(&bindings, &mut Fuel::new(used)).is_ok();
        let is_less_enough = expression.evaluate(&bindings, &mut Fuel::new(used - 1)).is_ok();
        assert!(is_enough && !is_less_enough, "{used} units: {source}");
    }
}

/// Words of the language in any order.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ".",
        ",",
        ":",
        "?",
        "!",
        "-",
        "+",
        "==",
        "&&",
        "||",
        "in",
        "1",
        "'a'",
        "r'\\",
        "b'",
        "a",
        "has(",
        "all(",
        "map(x,",
        "x",
        "true",
        "null",
        "//",
        "\n",
        "0x",
        "1e",
        "\\u",
        "\"\"\"",
        "matches('(')",
        "🐱",
        "`",
        "google.protobuf.Duration",
    ]);
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn expressions_by_the_grammar_are_answered(source in grammar(6)) {
        answer(&source);
    }

    #[test]
    fn words_in_any_order_are_answered(source in words()) {
        answer(&source);
        answer(&source.replace(' ', ""));
    }

    #[test]
    fn any_text_is_answered(source in any::<String>()) {
        answer(&source);
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        answer(&String::from_utf8_lossy(&bytes));
        let latin: String = bytes.iter().map(|byte| char::from(byte & 0x7f)).collect();
        answer(&latin);
    }

    /// A good expression with one place that is not.
    #[test]
    fn a_slip_is_answered(source in grammar(6), at in any::<prop::sample::Index>(), slip in words()) {
        let mut places: Vec<usize> = source.char_indices().map(|(at, _)| at).collect();
        places.push(source.len());
        let at = *at.get(&places);
        answer(&[&source[..at], &slip, &source[at..]].concat());
        answer(&source[..at]);
    }

    /// Conditions do not depend on their order, but for which error they name.
    #[test]
    fn conditions_commute(a in grammar(6), b in grammar(6)) {
        for operator in ["&&", "||"] {
            let value = |left: &str, right: &str| {
                let expression = Expression::parse(&format!("({left}) {operator} ({right})")).ok()?;
                let value = expression.evaluate(&bindings(), &mut Fuel::new(1_000_000));
                Some(value.ok().map(|value| shown(&value)))
            };
            prop_assert_eq!(value(&a, &b), value(&b, &a));
        }
    }
}
