//! What a rule editor and a simulator show: where something is wrong and what to do, what is
//! probably not meant so, and what an expression saw.

use policy::{
    Bindings, CompiledPolicy, CompiledRule, CompiledService, Decision, Expression, Fuel, Layer,
    Outcome, REQUEST, Strategy, Trace, Value, Why, explain,
};

/// Place, message and hint of what is no expression.
fn error(source: &str) -> (usize, String, String) {
    let error = Expression::parse(source).expect_err(source);
    (error.at, error.message.into_owned(), error.hint.into_owned())
}

#[test]
fn errors_say_where_what_and_what_to_do() {
    for (source, at, message, hint) in [
        ("operation = 'a'", 10, "'=' does not belong here", "=="),
        ("a & b", 2, "'&' does not belong here", "&&"),
        ("a and b", 2, "and does not belong here", "&&"),
        ("a or b", 2, "or does not belong here", "||"),
        ("operation == “a”", 13, "does not belong here", "plain quotes"),
        ("operation == 'a", 13, "this text has no end", "close it"),
        ("operation in ['a', 'b'", 13, "] is missing for what begins here", "close"),
        ("(operation == 'a'", 0, ") is missing for what begins here", "close"),
        ("a ==", 4, "the expression ends too early", "a value"),
        ("", 0, "the expression ends too early", "a value"),
        ("a == 'b')", 8, ") does not belong here", "operator"),
        ("'\\d+'", 0, "backslash", "r'…'"),
        ("has(parameters)", 0, "has() asks for one field", "has(parameters.name)"),
        ("list.all(1, true)", 9, "all() wants a name", "list.all(item"),
        ("99999999999999999999", 0, "this number is too large", "64 bits"),
        ("1st", 0, "a number goes over into a name", "quotes"),
        ("parameters.", 11, "the expression ends too early", "after a point"),
        ("while", 0, "while is a word", "['name']"),
        ("a ? b", 0, ": is missing for what begins here", "two answers"),
    ] {
        let (found_at, found_message, found_hint) = error(source);
        assert_eq!(found_at, at, "{source}: {found_message}");
        assert!(found_message.contains(message), "{source}: {found_message}");
        assert!(found_hint.contains(hint), "{source}: {found_hint}");
    }
    let error = Expression::parse("a = 1").expect_err("no expression");
    let sentence = "'=' does not belong here (at byte 2): two values are compared with ==";
    assert_eq!(error.to_string(), sentence);
}

#[test]
fn a_field_may_be_called_as_the_language_is() {
    for source in
        ["parameters.namespace", "parameters.function", "parameters.size", "a.all", "a.has"]
    {
        Expression::parse(source).expect(source);
    }
    assert_eq!(error("parameters.in").0, 11);
}

fn warnings(source: &str) -> Vec<String> {
    let expression = Expression::parse(source).expect(source);
    let warning = |warning: policy::Warning| {
        format!("{}..{} {}: {}", warning.at, warning.end, warning.message, warning.hint)
    };
    expression.lint(&REQUEST).into_iter().map(warning).collect()
}

#[test]
fn what_is_probably_not_meant_so_is_warned_of() {
    for (source, parts) in [
        ("test", &["0..4 there is no value named test", "among others: service"][..]),
        ("operaton == 'a'", &["0..8", "did you mean operation?"]),
        ("operation.startWith('get-')", &["no function startWith", "did you mean startsWith?"]),
        ("identity.keyy != null", &["0..13 identity has no field keyy", "did you mean key?"]),
        ("operation.name == 'a'", &["operation has no field name", "it has none"]),
        ("has(identity.keys)", &["identity has no field keys", "did you mean key?"]),
        ("operation.matches('[')", &["the pattern cannot be used"]),
        ("source_ip.inIpRange('10.0.0.1')", &["inIpRange cannot read '10.0.0.1'", "192.0.2.1/32"]),
        ("timestamp('today') < timestamp(now)", &["timestamp cannot read 'today'"]),
        ("timestamp(now).getHours('CET') > 8", &["getHours cannot read 'CET'", "+02:00"]),
        ("duration('1 hour') > duration('1h')", &["duration cannot read '1 hour'"]),
        ("startsWith(operation, 'get-')", &["startsWith is not called so", "value.name(…)"]),
        ("'true'", &["never true"]),
        ("parameters.size + 1", &["never true"]),
        ("[true]", &["never true"]),
    ] {
        let found = warnings(source).join("\n");
        assert!(parts.iter().all(|part| found.contains(part)), "{source}: {found}");
    }
}

#[test]
fn a_warning_is_given_once() {
    assert_eq!(warnings("has(identity.keys)").len(), 1);
    assert_eq!(warnings("operaton in ['a', 'b'] || has(parameters.a)").len(), 1);
}

#[test]
fn what_the_public_policies_write_is_not_warned_of() {
    for source in [
        "operation in ['list-sos-buckets-usage', 'list-buckets']",
        "!(parameters.bucket in ['my-test-bucket', 'my-other-bucket'])",
        "resources.dbaas_service.name != 'my-dbaas-instance'",
        "resource.sks_nodepool.name in ['prod']",
        "!parameters.has('public_ip_assignment') || parameters.public_ip_assignment != 'none'",
        "identity.key!=null || source_ip.inIpRange('2a04:c46::/32')",
        "timestamp(identity.created) < timestamp(now) - duration('1h')",
        "operation.matches('^[^-]+-object.*')",
        "type(timestamp(now)) == google.protobuf.Timestamp",
        "headers['if-match'] != null && type(zone) == string",
        "parameters.tags.all(tag, tag.startsWith('team-'))",
        "true",
        "parameters.is_public",
    ] {
        assert_eq!(warnings(source), Vec::<String>::new(), "{source}");
    }
}

#[test]
fn names_and_functions_are_listed() {
    let source = "parameters.has('a') && parameters.list.all(x, x.y == resources.z['w'].v) || \
                  size(operation) > 3 && has(identity.key) && operation.matches('a')";
    let expression = Expression::parse(source).expect(source);
    let names: Vec<_> = expression.names().into_iter().map(|name| name.text).collect();
    assert_eq!(
        names,
        [
            "parameters.has('a')",
            "parameters.list",
            "resources.z['w'].v",
            "operation",
            "has(identity.key)",
            "operation",
        ]
    );
    let functions: Vec<_> = expression.functions().into_iter().map(|call| call.text).collect();
    assert_eq!(functions, ["has", "all", "size", "has", "matches"]);
}

fn saw(source: &str) -> Vec<(String, Result<String, String>)> {
    let expression = Expression::parse(source).expect(source);
    let bindings = Bindings::new()
        .with("operation", "get-object")
        .with("identity", Value::record([("key", Value::Null)]))
        .with(
            "parameters",
            Value::record([("bucket", "b".into()), ("text", "x".repeat(999).into())]),
        );
    let mut trace = Trace::default();
    let _ = expression.evaluate_traced(&bindings, &mut Fuel::of_a_decision(), &mut trace);
    trace.seen.into_iter().map(|seen| (seen.what, seen.value)).collect()
}

#[test]
fn a_trace_has_what_was_read_and_nothing_else() {
    let ok = |what: &str, value: &str| (what.to_owned(), Ok(value.to_owned()));
    assert_eq!(
        saw("parameters.bucket == 'b' && identity.key == null && operation != 'x'"),
        [
            ok("parameters.bucket", "'b'"),
            ok("identity.key", "null"),
            ok("operation", "'get-object'")
        ]
    );
    // What was not needed was not read; what is read twice is said once.
    assert_eq!(saw("operation == 'get-object' || parameters.bucket == 'b'").len(), 1);
    assert_eq!(saw("operation + operation == 'x'").len(), 1);
    assert_eq!(saw("parameters.has('type')"), [ok("parameters.has('type')", "false")]);
    assert_eq!(saw("has(parameters.bucket)"), [ok("has(parameters.bucket)", "true")]);
    assert_eq!(saw("['a'].all(x, x == 'a')"), []);
    let absent = |what: &str, why: &str| vec![(what.to_owned(), Err(why.to_owned()))];
    assert_eq!(
        saw("parameters.type != 'TXT'"),
        absent("parameters.type", "there is no field type")
    );
    assert_eq!(
        saw("resources.a.b == 1"),
        absent("resources.a.b", "there is no value named resources")
    );
    // Long values are shortened.
    let long = saw("parameters.text == ''").remove(0).1.expect("a value");
    assert!(long.starts_with("'xxx") && long.ends_with('…') && long.len() < 130, "{long}");
}

#[test]
fn an_explanation_names_layer_rule_and_values() {
    let rules = |rules: &[(Strategy, &str)]| {
        let rules = rules.iter().map(|(action, source)| CompiledRule::new(*action, source));
        CompiledService::Rules(rules.collect())
    };
    let sos = rules(&[
        (Strategy::Deny, "parameters.bucket != 'backup'"),
        (Strategy::Allow, "not an expression"),
        (Strategy::Allow, "parameters.size"),
        (Strategy::Allow, "operation.startsWith('get-')"),
        (Strategy::Deny, "true"),
    ]);
    let role = CompiledPolicy::new(Strategy::Deny).with("sos", sos);
    let all = CompiledPolicy::new(Strategy::Allow);
    let bucket = |name: &str| {
        let parameters = Value::record([("bucket", name.into()), ("size", 7.into())]);
        Bindings::new().with("operation", "get-object").with("parameters", parameters)
    };
    let (decision, reports) = explain(&all, &role, "sos", &bucket("backup"));
    let expected =
        Decision { allowed: true, layer: Layer::Role, service: "sos".into(), why: Why::Rule(3) };
    assert_eq!(decision, expected);
    assert_eq!(
        decision.to_string(),
        "the role's policy allows the service \"sos\" (rule 4 is true)"
    );
    let outcomes: Vec<_> = reports.iter().map(|report| &report.outcome).collect();
    assert!(matches!(
        outcomes[..],
        [Outcome::False, Outcome::Invalid(_), Outcome::Other(_), Outcome::True]
    ));
    assert_eq!(reports[0].seen[0].what, "parameters.bucket");
    let (decision, reports) = explain(&all, &role, "sos", &Bindings::new());
    assert_eq!((decision.allowed, decision.why), (false, Why::Rule(4)));
    assert!(matches!(&reports[0].outcome, Outcome::Failed(error) if error.at == 0));
    let (decision, reports) = explain(&role, &all, "compute", &Bindings::new());
    assert_eq!(reports, []);
    assert_eq!(
        decision.to_string(),
        "the organization's policy refuses the service \"compute\" (it has no entry, and the default \
         strategy decides)"
    );
}
