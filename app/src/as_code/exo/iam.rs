//! IAM for the `exo` command line: roles, API keys and the organization's policy. What its commands send is
//! in `clients/exo_iam.toml`.

use super::{Facts, NoExo, quoted};
use serde_json::Value;

/// The line; nothing for an operation of something else.
pub fn line(facts: &Facts<'_>) -> Option<Result<String, NoExo>> {
    let role = |act: &str| Some(format!("exo iam role {act} {}", facts.word("id")?));
    let line = match facts.endpoint.operation {
        "list-iam-roles" => Some("exo iam role list".to_owned()),
        "get-iam-role" => role("show"),
        "create-iam-role" => return Some(create_role(facts)),
        "update-iam-role" => return Some(update_role(facts)),
        "update-iam-role-policy" => {
            role("update").map(|line| line + &flag("policy", &facts.input.to_string()))
        }
        "delete-iam-role" => role("delete --force"),
        // It asks for nothing without a time.
        "assume-iam-role" => {
            role("assume").zip(facts.word("ttl")).map(|(line, ttl)| format!("{line} --ttl {ttl}"))
        }
        "list-api-keys" => Some("exo iam api-key list".to_owned()),
        "create-api-key" => return Some(create_key(facts)),
        "delete-api-key" => {
            facts.word("id").map(|key| format!("exo iam api-key delete --force {key}"))
        }
        "get-iam-organization-policy" => Some("exo iam org-policy show".to_owned()),
        "update-iam-organization-policy" => {
            Some(format!("exo iam org-policy update {}", quoted(&facts.input.to_string())))
        }
        "reset-iam-organization-policy" => return Some(Err(NoExo::AsksPolicies)),
        _ => return None,
    };
    Some(line.ok_or(NoExo::NotSaid))
}

fn create_key(facts: &Facts<'_>) -> Result<String, NoExo> {
    if facts.get("days").is_some() {
        return Err(NoExo::NeverEnds);
    }
    let (name, role) = facts.word("name").zip(facts.word("role-id")).ok_or(NoExo::NotSaid)?;
    Ok(format!("exo iam api-key create {name} {role}"))
}

fn create_role(facts: &Facts<'_>) -> Result<String, NoExo> {
    let name = facts.word("name").ok_or(NoExo::NotSaid)?;
    Ok(format!("exo iam role create {name}{}", flags(facts)?))
}

fn update_role(facts: &Facts<'_>) -> Result<String, NoExo> {
    if empties(facts) {
        return Err(NoExo::LeavesOutEmpty);
    }
    let id = facts.word("id").ok_or(NoExo::NotSaid)?;
    Ok(format!("exo iam role update {id}{}", flags(facts)?))
}

/// On a line of its own, ` --flag value`.
fn flag(name: &str, value: &str) -> String {
    format!(" \\\n  --{name} {}", quoted(value))
}

/// Whether something is taken away altogether: `exo` leaves out what is empty, so it would stay.
fn empties(facts: &Facts<'_>) -> bool {
    let is_empty = |value: &Value| match value {
        Value::String(text) => text.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    ["description", "labels", "permissions"]
        .into_iter()
        .filter(|key| facts.input.get(key).is_some_and(is_empty))
        .any(|key| !facts.was.get(key).is_some_and(is_empty))
}

/// What a role has beside its name.
fn flags(facts: &Facts<'_>) -> Result<String, NoExo> {
    let mut flags = String::new();
    for key in ["description", "max-session-ttl"] {
        flags.extend(facts.get(key).map(|value| flag(key, &value)));
    }
    if facts.input.get("editable") == Some(&Value::Bool(false)) {
        flags.push_str(" \\\n  --editable=false");
    }
    for (key, value) in facts.input.get("labels").and_then(Value::as_object).into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        // It reads both as signs of its own.
        if [key, value].iter().any(|text| text.contains(['=', '"'])) {
            return Err(NoExo::SignsInLabels);
        }
        flags.push_str(&flag("label", &format!("{key}={value}")));
    }
    let permissions =
        facts.input.get("permissions").and_then(Value::as_array).into_iter().flatten();
    for permission in permissions.filter_map(Value::as_str) {
        flags.push_str(&flag("permissions", permission));
    }
    for key in ["policy", "assume-role-policy"] {
        flags.extend(facts.input.get(key).map(|policy| flag(key, &policy.to_string())));
    }
    Ok(flags)
}

#[cfg(test)]
mod tests {
    use super::{
        super::super::{as_code, as_code_of_change},
        NoExo,
    };
    use serde_json::{Value, json};

    const ORIGIN: &str = "https://cloud.example";

    fn line(operation: &str, input: &Value) -> Result<String, NoExo> {
        as_code(ORIGIN, operation, &[("id", "7")], input, &[]).exo
    }

    #[test]
    fn a_role_is_made_with_all_its_flags() {
        let input = json!({
            "name": "ops", "editable": false, "description": "it's theirs", "max-session-ttl": 600,
            "labels": {"team": "a b"}, "permissions": ["bypass-governance-retention"],
            "policy": {"default-service-strategy": "deny", "services": {}},
            "assume-role-policy": {"rules": []},
        });
        let flags = [
            r"--description 'it'\''s theirs'",
            "--max-session-ttl 600",
            "--editable=false",
            "--label 'team=a b'",
            "--permissions bypass-governance-retention",
            r#"--policy '{"default-service-strategy":"deny","services":{}}'"#,
            r#"--assume-role-policy '{"rules":[]}'"#,
        ];
        let wanted = format!("exo iam role create ops \\\n  {}", flags.join(" \\\n  "));
        assert_eq!(line("create-iam-role", &input), Ok(wanted));
        let plain = json!({"name": "ops", "editable": true, "labels": {}, "permissions": []});
        assert_eq!(line("create-iam-role", &plain), Ok("exo iam role create ops".to_owned()));
    }

    #[test]
    fn what_exo_would_do_otherwise_has_no_line_and_a_reason() {
        for (operation, input, why) in [
            ("create-iam-role", json!({"name": "a", "labels": {"a": "b=c"}}), NoExo::SignsInLabels),
            ("create-iam-role", json!({"name": "a", "labels": {"a": "\"b"}}), NoExo::SignsInLabels),
            ("create-iam-role", json!({}), NoExo::NotSaid),
            ("update-iam-role", json!({"description": ""}), NoExo::LeavesOutEmpty),
            ("update-iam-role", json!({"labels": {}}), NoExo::LeavesOutEmpty),
            ("update-iam-role", json!({"permissions": []}), NoExo::LeavesOutEmpty),
            ("assume-iam-role", json!({}), NoExo::NotSaid),
            ("create-api-key", json!({"name": "a", "role-id": "7", "days": 30}), NoExo::NeverEnds),
            ("reset-iam-organization-policy", json!({}), NoExo::AsksPolicies),
        ] {
            assert_eq!(line(operation, &input), Err(why), "{operation} {input}");
        }
        let endless = json!({"name": "a", "role-id": "7"});
        assert_eq!(line("create-api-key", &endless), Ok("exo iam api-key create a 7".to_owned()));
    }

    #[test]
    fn what_was_empty_may_stay_so() {
        let was = json!({"description": "a", "labels": {}, "permissions": []});
        let changed = |input: Value| {
            as_code_of_change(ORIGIN, "update-iam-role", &[("id", "7")], &input, &was, &[]).exo
        };
        let described = json!({"description": "b", "labels": {}, "permissions": []});
        let wanted = "exo iam role update 7 \\\n  --description b";
        assert_eq!(changed(described), Ok(wanted.to_owned()));
        let emptied = json!({"description": "", "labels": {}, "permissions": []});
        assert_eq!(changed(emptied), Err(NoExo::LeavesOutEmpty));
    }

    #[test]
    fn policies_go_as_json() {
        let policy = json!({"default-service-strategy": "allow", "services": {}});
        let text = r#"'{"default-service-strategy":"allow","services":{}}'"#;
        assert_eq!(
            line("update-iam-role-policy", &policy),
            Ok(format!("exo iam role update 7 \\\n  --policy {text}"))
        );
        assert_eq!(
            line("update-iam-organization-policy", &policy),
            Ok(format!("exo iam org-policy update {text}"))
        );
        let assumed = line("assume-iam-role", &json!({"ttl": 60}));
        assert_eq!(assumed, Ok("exo iam role assume 7 --ttl 60".to_owned()));
    }

    #[test]
    fn what_is_there_is_shown_and_deleted() {
        for (operation, wanted) in [
            ("list-iam-roles", "exo iam role list"),
            ("get-iam-role", "exo iam role show 7"),
            ("delete-iam-role", "exo iam role delete --force 7"),
            ("list-api-keys", "exo iam api-key list"),
            ("delete-api-key", "exo iam api-key delete --force 7"),
            ("get-iam-organization-policy", "exo iam org-policy show"),
        ] {
            assert_eq!(line(operation, &json!({})).as_deref(), Ok(wanted));
        }
    }
}
