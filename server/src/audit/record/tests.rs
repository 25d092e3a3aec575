use super::*;

fn known(names: &[&'static str]) -> HashSet<&'static str> {
    names.iter().copied().collect()
}

#[test]
fn secrets_are_replaced_at_any_depth() {
    let sent = json!({"name": "a", "password": "p", "x": [{"token": "t"}], "key": 7});
    let expected = json!({"name": "a", "password": "…", "x": [{"token": "…"}], "key": "…"});
    assert_eq!(Value::Object(body(&sent, &known(&["name", "password", "x", "key"]))), expected);
    assert_eq!(params([("token", "t")].into_iter())["token"], "…");
}

#[test]
fn of_what_an_operation_does_not_take_only_the_name_is_known() {
    let sent = json!({"name": "a", "new-password": "p", "NAME": "b"});
    let expected = json!({"name": "a", "new-password": "…", "NAME": "…"});
    assert_eq!(Value::Object(body(&sent, &known(&["name"]))), expected);
    let sent = ["state", "passwort", "dry-run"].map(|name| (name.to_owned(), "p".to_owned()));
    let found = Value::Object(query(&sent, &known(&["state"])));
    assert_eq!(found, json!({"state": "p", "passwort": "…", "dry-run": "p"}));
}

#[test]
fn user_data_is_recognized_and_not_shown() {
    let sent = json!({"user-data": "IyE=", "in": {"user-data": ["IyE="]}});
    let sent = body(&sent, &known(&["user-data", "in"]));
    assert_eq!(sent["user-data"], format!("4 characters, SHA-256 {}", sha256("IyE=")));
    assert_eq!(sent["in"]["user-data"], HIDDEN);
}

#[test]
fn of_an_address_only_where_it_is_can_be_read() {
    let of = |url: &str| params([("url", url)].into_iter())["url"].clone();
    for same in ["https://a.example", "https://a.example/", "nonsense", ""] {
        assert_eq!(of(same), same);
    }
    for url in
        ["https://a.example:8/hook/T0P", "https://a.example:8?key=T0P", "https://a.example:8#T0P"]
    {
        let shown = of(url);
        let expected = format!("https://a.example:8/… ({})", hashed(url));
        assert_eq!(shown, expected, "{url}");
    }
}

#[test]
fn changes_say_what_was_and_what_is_without_secrets() {
    let before =
        json!({"name": "a", "labels": {"x": "1"}, "password": "p", "gone": 1, "version": 1});
    let after =
        json!({"name": "b", "labels": {"x": "1"}, "password": "q", "gone": null, "version": 2});
    let found: Vec<_> = changes(before, after)
        .into_iter()
        .map(|FieldChange { field, before, after }| (field, before, after))
        .collect();
    let expected = [
        ("gone", Some(json!(1)), None),
        ("name", Some(json!("a")), Some(json!("b"))),
        ("password", Some(json!("…")), Some(json!("…"))),
    ];
    assert_eq!(found, expected.map(|(field, was, is)| (field.to_owned(), was, is)));
}

#[test]
fn two_values_that_differ_far_behind_their_beginning_are_shown_to_differ() {
    let rule = |end: &str| json!({"policy": {"expression": "x".repeat(2_000) + end}});
    let change = changes(rule("a"), rule("b")).remove(0);
    assert_eq!(change.before.as_ref(), rule("a").get("policy"));
    assert_eq!(change.after.as_ref(), rule("b").get("policy"));
    let long = |end: &str| json!({"policy": vec!["rule"; 20_000], "end": end});
    let change = changes(json!({"it": long("a")}), json!({"it": long("b")})).remove(0);
    assert!(change.after.as_ref().is_some_and(|value| value.to_string().contains("SHA-256")));
    assert_ne!(change.before, change.after);
}

#[test]
fn long_texts_and_long_bodies_are_cut() {
    let long = "é".repeat(TEXT_CHARACTERS_MAX);
    assert_eq!(text(&long), long);
    assert_eq!(text(&format!("{long}!")), format!("{long}… (257 characters)"));
    let of = |name: &str| body(&json!({"name": name}), &known(&["name"]))["name"].clone();
    assert_eq!(of(&long), long);
    assert_ne!(of(&format!("{long}!")), of(&format!("{long}?")));
    let many = body(&json!({"labels": vec![1; BODY_BYTES_MAX]}), &known(&["labels"]));
    assert_eq!(many.keys().collect::<Vec<_>>(), [HIDDEN]);
}
