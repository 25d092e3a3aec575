//! Small sources with endless work: loops, growth, patterns, policies of them. Each is answered on a
//! thread with little stack, within its fuel, and allows nothing.

mod common;

use common::hostile::{bindings, refuse, with_little_stack};
use policy::{
    CompiledPolicy, CompiledRule, CompiledService, ErrorKind, Expression, Fuel, Strategy, Why,
    decide, limits,
};

#[test]
fn loops_within_loops_run_out_of_fuel() {
    with_little_stack(|| {
        for depth in [5, 6, 7, 8] {
            let list = "[0,1,2,3,4,5,6,7,8,9]";
            let loops: String = (0..depth).map(|n| format!("{list}.all(v{n},")).collect();
            let source = format!("{loops}true{}", ")".repeat(depth));
            let rules = vec![
                CompiledRule::new(Strategy::Allow, &source),
                CompiledRule::new(Strategy::Allow, "true"),
            ];
            let role =
                CompiledPolicy::new(Strategy::Allow).with("sos", CompiledService::Rules(rules));
            let all = CompiledPolicy::new(Strategy::Allow);
            // What follows does not make up for it: nothing is allowed that was not looked at.
            let decision = decide(&all, &role, "sos", &bindings());
            let why = if source.len() < 2_048 && Expression::parse(&source).is_ok() {
                Why::OutOfFuel(0)
            } else {
                Why::Rule(1)
            };
            assert_eq!((decision.allowed, decision.why), (why == Why::Rule(1), why), "{depth}");
            refuse(&source);
        }
    });
}

#[test]
fn nothing_grows_beyond_the_fuel() {
    with_little_stack(|| {
        for times in [10, 20, 24, 30] {
            for (start, step) in [
                ("['0123456789']", ".map(v, v + v)"),
                ("[[1, 2, 3]]", ".map(v, v + v)"),
                ("[b'0123456789']", ".map(v, v+v)"),
                ("[1, 2]", ".map(v, [v, v])"),
                ("[1]", ".map(v, {1: v, 2: v})"),
            ] {
                let source = format!("{start}{} == [1]", step.repeat(times));
                refuse(&source);
                let Ok(expression) = Expression::parse(&source) else { continue };
                let mut fuel = Fuel::of_a_decision();
                let value = expression.evaluate(&bindings(), &mut fuel);
                let is_out = matches!(&value, Err(error) if error.is_out_of_fuel());
                // Twenty times twice as much is a million times as much; unless it is shared.
                assert_eq!(is_out, times >= 20 && step.contains('+'), "{source}");
                assert_eq!(is_out, fuel.left() == 0, "{source}");
            }
        }
        // Twenty times twice itself shares its parts: small in memory, larger than time to look at.
        let twins = format!("[1]{}", ".map(v, [v, v])".repeat(20));
        let compared = Expression::parse(&format!("[{twins}].all(t, t == t)")).expect("short");
        let value = compared.evaluate(&bindings(), &mut Fuel::of_a_decision());
        assert_eq!(value.map_err(|error| error.kind), Err(ErrorKind::OutOfFuel));
        let value = Expression::parse(&twins).expect("it is short");
        let mut trace = policy::Trace::default();
        let mut fuel = Fuel::of_a_decision();
        let value = value.evaluate_traced(&bindings(), &mut fuel, &mut trace).expect("small");
        assert!(policy::shown(&value).len() <= limits::TRACE_TEXT_MAX + '…'.len_utf8());
    });
}

#[test]
fn patterns_are_small_and_paid_for() {
    with_little_stack(|| {
        for pattern in [
            "(a+)+$",
            "(a|a)*$",
            "(.*)*b$",
            "a{1000}{1000}",
            "((a{100}){100}){100}",
            "(?:){4294967295}",
            "(?:a{0}){4294967295}",
            r"(?:\b){1000000000}",
            r"\pL{200}",
            r"\w{200}x",
            "(?i)[\\x{0}-\\x{10FFFF}]{500}",
            "((((((((((((((((((((((((((((((((((((((((a))))))))))))))))))))))))))))))))))))))))",
            "[",
            "(?P<n>",
            "x{2,1}",
            "\u{0}",
        ] {
            for text in ["'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'", "long"] {
                refuse(&format!("{text}.matches(r'{pattern}') && false"));
                refuse(&format!("{text}.matches(r'{pattern}' + '') && false"));
            }
        }
        let dots = ".".repeat(limits::PATTERN_BYTES_MAX + 1);
        let source = format!("operation.matches('{dots}')");
        let expression = Expression::parse(&source).expect("a pattern is a text");
        let value = expression.evaluate(&bindings(), &mut Fuel::of_a_decision());
        assert!(matches!(value.map_err(|error| error.kind), Err(ErrorKind::Pattern(_))));
        // A megabyte of text is more than a decision may look through.
        let expression = Expression::parse("long.matches('b')").expect("an expression");
        let value = expression.evaluate(&bindings(), &mut Fuel::of_a_decision());
        assert_eq!(value.map_err(|error| error.kind), Err(ErrorKind::OutOfFuel));
        // Patterns that are made anew each time cost what making them costs.
        refuse("[1,2,3,4,5,6,7,8,9,10,11].all(x, 'a'.matches('a' + ''))");
    });
}

/// Rules share the fuel of their decision: fifty long ones are fine, thousands are not.
#[test]
fn a_policy_is_bounded_too() {
    with_little_stack(|| {
        let rules = |count: usize, source: &str| {
            let rules = (0..count).map(|_| CompiledRule::new(Strategy::Allow, source)).collect();
            CompiledPolicy::new(Strategy::Allow).with("compute", CompiledService::Rules(rules))
        };
        let names = (0..100).map(|n| format!("'operation-{n}'")).collect::<Vec<_>>().join(",");
        let source = format!("operation in [{names}]");
        let all = CompiledPolicy::new(Strategy::Allow);
        let why = |count| decide(&all, &rules(count, &source), "compute", &bindings()).why;
        assert_eq!(why(50), Why::NoRule);
        assert!(matches!(why(5_000), Why::OutOfFuel(_)));
    });
}
