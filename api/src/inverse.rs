//! What takes an act back, in one place: from an operation, what it was asked and how things were
//! before, to the operation that makes them so again. It is an act like any other, with permission,
//! audit event and operation of its own.

use serde_json::{Map, Value, json};

/// An operation that takes another back.
#[derive(Clone, Debug, PartialEq)]
pub struct Inverse {
    pub operation: &'static str,
    /// Values of the path's parameters.
    pub params: Vec<(&'static str, String)>,
    pub input: Value,
    /// What the thing must still be: what the act made of it. If it is not, somebody changed it
    /// since, and taking the act back would take that back, too.
    pub expect: Value,
}

/// How an operation is taken back.
enum Way {
    /// By another one on the same thing, which needs to know nothing.
    By(&'static str),
    /// By itself, with what these fields were.
    Restore(&'static [&'static str]),
    /// By itself, with all that this field was; or the thing itself, without a field.
    Replace(&'static str),
    /// What was deleted and is kept comes back, running if it ran.
    Recover,
    /// What was made is deleted.
    Delete(&'static str),
    /// What was deleted is made again, with these fields.
    Make(&'static str, &'static [&'static str]),
}

const RECOVER: &str = "recover-instance";

/// What was done, what reads the thing it is done to, and the way back.
const WAYS: &[(&str, Option<&str>, Way)] = &[
    ("start-instance", Some("get-instance"), Way::By("stop-instance")),
    ("stop-instance", Some("get-instance"), Way::By("start-instance")),
    ("soft-delete-instance", Some("get-instance"), Way::Recover),
    ("recover-instance", Some("get-instance"), Way::By("soft-delete-instance")),
    ("add-instance-protection", Some("get-instance"), Way::By("remove-instance-protection")),
    ("remove-instance-protection", Some("get-instance"), Way::By("add-instance-protection")),
    ("update-instance", Some("get-instance"), Way::Restore(&["name", "labels", "user-data"])),
    ("scale-instance", Some("get-instance"), Way::Restore(&["instance-type"])),
    ("update-template", Some("get-template"), Way::Restore(&["name", "description"])),
    (
        "update-iam-role",
        Some("get-iam-role"),
        Way::Restore(&["description", "labels", "permissions"]),
    ),
    ("update-iam-role-policy", Some("get-iam-role"), Way::Replace("policy")),
    ("update-iam-organization-policy", Some("get-iam-organization-policy"), Way::Replace("")),
    ("update-saved-view", Some("get-saved-view"), Way::Restore(&["name", "query", "shared"])),
    ("create-saved-view", None, Way::Delete("delete-saved-view")),
    (
        "delete-saved-view",
        Some("get-saved-view"),
        Way::Make("create-saved-view", &["name", "list", "query", "shared"]),
    ),
    (
        "update-organization",
        Some("get-organization"),
        Way::Restore(&[
            "instance-recovery-hours",
            "api-call-days",
            "history-days",
            "second-factor-required",
        ]),
    ),
    ("update-preferences", Some("get-preferences"), Way::Restore(&["columns"])),
];

/// What reads the thing as it is before an operation that can be taken back.
pub fn reader(operation: &str) -> Option<&'static str> {
    WAYS.iter().find(|(this, ..)| *this == operation)?.1
}

/// Whether an operation takes some other one back.
pub fn is_inverse(operation: &str) -> bool {
    WAYS.iter().any(|(this, _, way)| match way {
        Way::By(by) | Way::Delete(by) | Way::Make(by, _) => *by == operation,
        Way::Restore(_) | Way::Replace(_) => *this == operation,
        Way::Recover => operation == RECOVER,
    })
}

/// What takes back an operation that was asked `input` and has answered, when the thing was `before`.
/// Nothing when there is no way back, or nothing to take back.
pub fn inverse(
    operation: &str,
    params: &[(&'static str, String)],
    input: &Value,
    before: &Value,
    answer: &Value,
) -> Option<Inverse> {
    let (this, _, way) = WAYS.iter().find(|(this, ..)| *this == operation)?;
    let params = params.to_vec();
    let nothing = Value::Object(Map::new());
    Some(match way {
        Way::By(by) => Inverse { operation: by, params, input: nothing.clone(), expect: nothing },
        Way::Recover => {
            let input = json!({ "start": before["state"] == "running" });
            Inverse { operation: RECOVER, params, input, expect: nothing }
        }
        Way::Restore(["columns"]) => columns(input, before)?,
        Way::Restore(fields) => {
            let changed = fields.iter().filter_map(|field| {
                let (asked, was) = (&input[field], known(field, &before[field]));
                (!asked.is_null() && known(field, asked) != was).then_some((field, asked, was))
            });
            let changed: Vec<_> = changed.collect();
            if changed.is_empty() {
                return None;
            }
            let object = |pairs: Vec<(&&str, Value)>| {
                pairs.into_iter().map(|(field, value)| ((*field).to_owned(), value)).collect()
            };
            let expect = changed.iter().map(|(f, asked, _)| (*f, known(f, asked))).collect();
            let input = changed.into_iter().map(|(field, _, was)| (field, was)).collect();
            Inverse { operation: this, params, input: object(input), expect: object(expect) }
        }
        Way::Replace(field) => {
            let was = if field.is_empty() { before } else { &before[field] };
            if was == input {
                return None;
            }
            let expect = match field.is_empty() {
                true => input.clone(),
                false => json!({ *field: input }),
            };
            Inverse { operation: this, params, input: was.clone(), expect }
        }
        Way::Delete(by) => {
            let id = answer["id"].as_str()?.to_owned();
            let expect = json!({ "name": answer["name"] });
            Inverse { operation: by, params: vec![("id", id)], input: nothing, expect }
        }
        Way::Make(by, fields) => {
            let object = fields.iter().map(|field| ((*field).to_owned(), before[field].clone()));
            let (params, input) = (Vec::new(), object.collect());
            Inverse { operation: by, params, input, expect: nothing }
        }
    })
}

/// Whether a thing still is what an inverse expects of it.
pub fn is_as_expected(expect: &Value, now: &Value) -> bool {
    let Some(expect) = expect.as_object() else { return true };
    expect.iter().all(|(field, value)| known(field, &now[field]) == *value)
}

/// A field as it is asked for and compared: what is not there is empty, a type is its id.
fn known(field: &str, value: &Value) -> Value {
    match (field, value) {
        ("labels", Value::Null) => json!({}),
        ("columns", value) => value.clone(),
        (_, Value::Null) => json!(""),
        ("instance-type", value) => json!({ "id": value["id"] }),
        (_, value) => value.clone(),
    }
}

/// Columns are kept by list: those of the one that was asked for are chosen as they were, or as the
/// list usually has them.
fn columns(input: &Value, before: &Value) -> Option<Inverse> {
    let list = input["list"].as_str()?;
    let was = &before["columns"][list];
    if *was == input["columns"] {
        return None;
    }
    let mut back = json!({ "list": list });
    if !was.is_null() {
        back["columns"] = was.clone();
    }
    let expect = Value::Object(Map::new());
    Some(Inverse { operation: "update-preferences", params: Vec::new(), input: back, expect })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(operation: &str, input: Value, before: Value) -> Option<Inverse> {
        inverse(operation, &[("id", "7".to_owned())], &input, &before, &json!({ "id": "9" }))
    }

    #[test]
    fn a_policy_is_replaced_as_a_whole() {
        let (was, now) = (json!({ "services": {} }), json!({ "services": { "dns": {} } }));
        let role = json!({ "name": "Ops", "policy": was });
        let back = of("update-iam-role-policy", now.clone(), role.clone()).expect("a way back");
        assert_eq!((&back.input, back.params.len()), (&was, 1));
        assert!(is_as_expected(&back.expect, &json!({ "name": "Ops", "policy": now })));
        assert!(!is_as_expected(&back.expect, &role));
        assert_eq!(of("update-iam-role-policy", was.clone(), role), None);
        let back = of("update-iam-organization-policy", now.clone(), was.clone());
        let back = back.expect("a way back");
        assert_eq!(back.input, was);
        assert!(is_as_expected(&back.expect, &now) && !is_as_expected(&back.expect, &was));
    }

    #[test]
    fn every_way_leads_through_the_table() {
        for (operation, read, way) in WAYS {
            let mutation = crate::find(operation).expect(operation);
            assert!(mutation.is_mutation(), "{operation}");
            if let Some(read) = read {
                assert!(!crate::find(read).expect(read).is_mutation(), "{read}");
            }
            if let Way::By(by) | Way::Delete(by) | Way::Make(by, _) = way {
                assert!(crate::find(by).expect(by).is_mutation(), "{by}");
                assert!(is_inverse(by));
            }
        }
    }

    #[test]
    fn what_was_started_is_stopped() {
        let back = of("start-instance", json!({}), json!({ "state": "stopped" })).expect("a way");
        assert_eq!((back.operation, back.params[0].1.as_str()), ("stop-instance", "7"));
        assert!(is_as_expected(&back.expect, &json!({ "state": "running" })));
        assert_eq!(of("delete-template", json!({}), json!({})), None);
    }

    #[test]
    fn what_ran_when_it_was_deleted_runs_again() {
        for (state, start) in [("running", true), ("stopped", false)] {
            let before = json!({ "state": state });
            let back = of("soft-delete-instance", json!({}), before).expect("a way");
            assert_eq!((back.operation, &back.input["start"]), (RECOVER, &json!(start)));
        }
    }

    #[test]
    fn only_what_was_changed_is_changed_back() {
        let before = json!({ "name": "a", "labels": { "env": "prod" } });
        let asked = json!({ "name": "b", "labels": { "env": "prod" }, "user-data": "" });
        let back = of("update-instance", asked, before).expect("a way");
        assert_eq!(back.input, json!({ "name": "a" }));
        assert!(is_as_expected(&back.expect, &json!({ "name": "b", "labels": {} })));
        assert!(!is_as_expected(&back.expect, &json!({ "name": "c" })));
        assert_eq!(of("update-instance", json!({ "name": "a" }), json!({ "name": "a" })), None);
        let emptied = of("update-instance", json!({ "labels": { "a": "b" } }), json!({}));
        assert_eq!(emptied.map(|back| back.input), Some(json!({ "labels": {} })));
    }

    #[test]
    fn a_setting_becomes_what_it_was() {
        let (asked, before) = (json!(48), json!({ "name": "Acme", "instance-recovery-hours": 24 }));
        let asked = json!({ "instance-recovery-hours": asked });
        let back = of("update-organization", asked.clone(), before).expect("a way");
        assert_eq!(back.input, json!({ "instance-recovery-hours": 24 }));
        assert!(is_as_expected(&back.expect, &json!({ "instance-recovery-hours": 48 })));
        assert!(!is_as_expected(&back.expect, &json!({ "instance-recovery-hours": 0 })));
        assert_eq!(of("update-organization", asked.clone(), asked), None);
    }

    #[test]
    fn a_type_is_taken_back_by_its_id() {
        let before = json!({ "instance-type": { "id": "1", "size": "small" } });
        let asked = json!({ "instance-type": { "id": "2" } });
        let back = of("scale-instance", asked, before).expect("a way");
        assert_eq!(back.input, json!({ "instance-type": { "id": "1" } }));
        assert!(is_as_expected(
            &back.expect,
            &json!({ "instance-type": { "id": "2", "cpus": 2 } })
        ));
    }

    #[test]
    fn what_was_made_is_deleted_and_the_other_way_round() {
        let made = of("create-saved-view", json!({ "name": "x" }), Value::Null).expect("a way");
        assert_eq!((made.operation, made.params[0].1.as_str()), ("delete-saved-view", "9"));
        let view =
            json!({ "id": "7", "name": "x", "list": "instances", "query": "", "shared": true });
        let again = of("delete-saved-view", json!({}), view).expect("a way");
        assert_eq!(again.operation, "create-saved-view");
        assert_eq!(again.input["list"], "instances");
        assert!(again.params.is_empty());
    }

    #[test]
    fn columns_become_what_they_were() {
        let asked = json!({ "list": "instances", "columns": ["name"] });
        let back =
            of("update-preferences", asked.clone(), json!({ "columns": {} })).expect("a way");
        assert_eq!(back.input, json!({ "list": "instances" }));
        let same = json!({ "columns": { "instances": ["name"] } });
        assert_eq!(of("update-preferences", asked, same), None);
    }
}
