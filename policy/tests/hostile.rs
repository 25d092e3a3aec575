//! Sources that are written to stop a process: too deep, too long, too large, too odd. Each is
//! answered on a thread with little stack, within its fuel, and allows nothing.

mod common;

use common::hostile::{bindings, refuse, with_little_stack};
use policy::{Expression, Fuel, Value, limits};

fn is_refused_when_written(source: &str) {
    let error = Expression::parse(source).expect_err("too much");
    assert!(error.at <= source.len() && source.is_char_boundary(error.at), "{error}");
    assert!(!error.hint.is_empty());
    refuse(source);
}

fn nested(open: &str, inner: &str, close: &str, times: usize) -> String {
    [open.repeat(times), inner.into(), close.repeat(times)].concat()
}

#[test]
fn brackets_within_brackets_are_refused() {
    with_little_stack(|| {
        for times in [33, 90, 100, 150, 300, 1_000, 100_000] {
            is_refused_when_written(&nested("(", "true", ")", times));
            is_refused_when_written(&nested("[", "", "]", times));
            is_refused_when_written(&nested("!(", "true", ")", times));
            is_refused_when_written(&nested("{1:", "1", "}", times));
            is_refused_when_written(&nested("a[", "0", "]", times));
            is_refused_when_written(&nested("f(", "0", ")", times));
            is_refused_when_written(&nested("true?true:", "true", "", times));
            is_refused_when_written(&nested("[1].all(x,", "true", ")", times));
            is_refused_when_written(&"(".repeat(times));
        }
    });
}

#[test]
fn chains_are_refused_when_they_are_too_long() {
    with_little_stack(|| {
        for times in [70, 1_500, 5_000, 10_000, 50_000] {
            is_refused_when_written(&format!("a{}", "[0]".repeat(times)));
            is_refused_when_written(&format!("a{}", ".b".repeat(times)));
            is_refused_when_written(&format!("'a'{}", ".trim()".repeat(times)));
            is_refused_when_written(&format!("{}1 > 0", "1 + ".repeat(times)));
            is_refused_when_written(&format!("{}true", "!".repeat(times)));
            is_refused_when_written(&format!("{}a", "-".repeat(times)));
        }
        for times in [200, 10_000, 50_000] {
            is_refused_when_written(&format!("{}false", "false || ".repeat(times)));
            is_refused_when_written(&format!("{}false", "false && ".repeat(times)));
            is_refused_when_written(&format!("[{}] == 1", "1,".repeat(times)));
        }
    });
}

/// What is just within the limits is taken, and needs no more stack than there is. These are at
/// least what CEL asks of an implementation.
#[test]
fn what_cel_asks_for_is_taken() {
    with_little_stack(|| {
        let within = limits::NESTING_MAX - 1;
        for source in [
            nested("(", "true", ")", within),
            nested("!(", "true", ")", within - within % 2),
            format!("{}true", "false || ".repeat(100)),
            format!("{}true", "true && ".repeat(100)),
            format!("{}1 == 33", "1 + ".repeat(32)),
            format!("{} == 1", nested("[", "1", "]", 30) + &"[0]".repeat(30)),
            format!("size([{}]) == 120", "1,".repeat(120)),
            format!(
                "size({{{}}}) == 32",
                (0..32).map(|n| format!("{n}: {n},")).collect::<String>()
            ),
            format!("{}1{} in [1]", "(".repeat(within), ")".repeat(within)),
            // As deep as it goes: every bracket has operators of every level in it.
            format!("{}true{}", "false||true&&1==1&&(".repeat(17), ")".repeat(17)),
            format!("{}1{} == 1", "[1].map(x, ".repeat(20), ")[0]".repeat(20)),
            format!("{}true", "true?true:".repeat(within)),
        ] {
            let expression = Expression::parse(&source).unwrap_or_else(|e| panic!("{source}: {e}"));
            let value = expression.evaluate(&bindings(), &mut Fuel::of_a_decision());
            assert_eq!(value, Ok(Value::Bool(true)), "{source}");
        }
    });
}

#[test]
fn large_literals_and_odd_characters_are_refused_or_harmless() {
    with_little_stack(|| {
        is_refused_when_written(&format!("'{}' == 'a'", "x".repeat(1 << 20)));
        is_refused_when_written(&"9".repeat(1_000));
        is_refused_when_written(&format!("1e{}", "9".repeat(100)));
        is_refused_when_written(&"é".repeat(3_000));
        is_refused_when_written(&format!("a{}", "é".repeat(3_000)));
        for source in [
            "",
            " ",
            ".",
            "..",
            "/",
            "//",
            "a.",
            ".a.",
            "'",
            "\"",
            "'''",
            "b'",
            "r'",
            "'\\",
            "'\\'",
            "'\\u12'",
            "'\\ud800'",
            "'\\U00110000'",
            "'\\400'",
            "b'\\u0041'",
            "0x",
            "0xg",
            "1a",
            "1u1",
            "1..2",
            "a b",
            "a and b",
            "a = b",
            "a & b",
            "“a”",
            "a ? b",
            "a ? b :",
            "a[",
            "a[0",
            "(",
            ")",
            "{",
            "{1",
            "{1:",
            "{1:2",
            "[1 2]",
            "f(",
            "f(1",
            "x.all(",
            "x.all(1, true)",
            "x.all(x)",
            "x.map(true, 1)",
            "has(a)",
            "has()",
            "has(a.b, c)",
            "in",
            "a in",
            "if",
            "a{b: 1}",
            "`a`",
            "a.``",
            "a.`b",
            "\u{0}",
            "\u{202e}",
            "a\u{0301}",
            "🐱",
            "!-a",
            "-!a",
            "a == == b",
        ] {
            is_refused_when_written(source);
        }
        for source in [
            "-9223372036854775808 / -1 == 0",
            "1 % 0 == 0",
            "-(-9223372036854775808) > 0",
            "double('nan') == double('nan')",
            "timestamp('0000-00-00T00:00:00Z') == null",
            "duration('999999999999h') == null",
            "bytes('a')[0] == 1",
            "int('') == 0",
            "string(b'\\xff') == ''",
            "[][-1] == 1",
            "[1][9223372036854775807] == 1",
            "[1][double('nan')] == 1",
            "[1][1e300] == 1",
            "{}[double('inf')] == 1",
            "timestamp(9223372036854775807) == null",
            "long.contains(long) && false",
            "long == long + 'a'",
            "operation.size",
            "operation()",
            "null.x",
            "true.all(x, x)",
            "timestamp(0).getHours('-99:99') == 0",
            "timestamp(0).getHours('é') == 0",
            "duration('-9223372036.854775808s') == duration('0') - duration('9223372036.854775808s')",
            "'1'.inIpRange('0.0.0.0/99')",
            "''.inIpRange('')",
            "type == 1",
            "google.protobuf.Any == 1",
        ] {
            Expression::parse(source).unwrap_or_else(|error| panic!("{source}: {error}"));
            refuse(source);
        }
    });
}
