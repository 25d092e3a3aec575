//! Two people change one thing: what each of them changed, what can be put together, and what
//! somebody has to choose. The form says what its fields had when it was opened (`_was.name`), the
//! API says what is there now.

use super::{
    before::Before,
    fields::{given, lines},
    in_process::InProcess,
};
use api::{
    RawRequest,
    forms::{
        EXPECT, Fields, IF_MATCH, MERGE_PREFIX, Merge, Merged, THEIRS, WAS_PREFIX, YOURS_PREFIX,
    },
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;

/// What somebody else changed since the form was opened, unless it is what the form asks for anyway.
pub fn merge(fields: &Fields, now: &Before) -> Option<Merge> {
    let mut merged = Vec::new();
    let mut values: Fields = Vec::new();
    for (name, was) in fields.iter().filter_map(|(n, v)| Some((n.strip_prefix(WAS_PREFIX)?, v))) {
        let (Some(theirs), Some(yours)) = (shown(&now.thing, name), given(fields, name)) else {
            continue;
        };
        let (was, yours) = (plain(&now.thing, name, was), plain(&now.thing, name, yours));
        if theirs == was || theirs == yours {
            continue;
        }
        values.push((format!("{WAS_PREFIX}{name}"), theirs.clone()));
        let field = Merged { name: name.to_owned(), was, theirs, yours };
        if !field.is_conflict() {
            values.push((name.to_owned(), field.theirs.clone()));
        }
        merged.push(field);
    }
    values.extend(now.etag.clone().map(|etag| (IF_MATCH.to_owned(), etag)));
    (!merged.is_empty()).then_some(Merge { who: None, at: None, fields: merged, values })
}

/// The fields with what was chosen: theirs is what is there now, unless the field was changed once
/// more after the choice.
pub fn with_choices(fields: Fields) -> Fields {
    let chosen = |name: &str| {
        let written = |text: &str| written(name, text);
        given(&fields, &format!("{MERGE_PREFIX}{name}")) == Some(THEIRS)
            && given(&fields, &format!("{YOURS_PREFIX}{name}")).map(written)
                == given(&fields, name).map(written)
    };
    let theirs = |name: &str| given(&fields, &format!("{WAS_PREFIX}{name}")).map(str::to_owned);
    let replaced = |(name, value): &(String, String)| {
        let value = Some(value.clone());
        (name.clone(), if chosen(name) { theirs(name).or(value) } else { value })
    };
    fields
        .iter()
        .map(replaced)
        .map(|(name, value)| (name, value.unwrap_or_default()))
        .filter(|(name, _)| !name.starts_with(MERGE_PREFIX) && !name.starts_with(YOURS_PREFIX))
        .collect()
}

/// The fields as the form shows them again.
pub fn applied(fields: Fields, merge: &Merge) -> Fields {
    let mut kept: Fields =
        fields.into_iter().filter(|(name, _)| given(&merge.values, name).is_none()).collect();
    kept.extend(merge.values.iter().cloned());
    kept
}

/// Whether the form says how things were, so that a version in between does no harm.
pub fn compares(fields: &Fields) -> bool {
    let expects = given(fields, EXPECT).is_some_and(|expect| expect != "{}");
    expects || fields.iter().any(|(name, _)| name.starts_with(WAS_PREFIX))
}

/// Sets the version that is expected.
pub fn expect(fields: &mut Fields, etag: &str) {
    fields.retain(|(name, _)| name != IF_MATCH);
    fields.push((IF_MATCH.to_owned(), etag.to_owned()));
}

/// Says who changed it last, and when, as far as the visitor may read that.
pub async fn attribute(transport: &InProcess, merge: &mut Merge, thing: &Value) {
    let (Some(id), Some(read)) = (thing["id"].as_str(), api::find("list-events")) else { return };
    let request = RawRequest {
        method: read.method,
        path_and_query: format!("/v2{}?subject-id={}", read.path, api::encode(id)),
        headers: Vec::new(),
        body: None,
    };
    let Ok(answer) = transport.call(request).await else { return };
    let events: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let names: Vec<_> = merge.fields.iter().map(|field| base(&field.name)).collect();
    let changed_it = |event: &&Value| {
        event["status"].as_i64().is_some_and(|status| status < 300)
            && names.iter().any(|name| !event["body-params"][*name].is_null())
    };
    let Some(last) = events.as_array().and_then(|events| events.iter().find(changed_it)) else {
        return;
    };
    let who = last["iam-user"]["email"].as_str().or(last["iam-api-key"]["name"].as_str());
    merge.who = who.map(str::to_owned);
    merge.at = serde_json::from_value(last["timestamp"].clone()).ok();
}

/// The operation's field that a form's field is for.
fn base(name: &str) -> &str {
    match name.split([':', '.']).next().unwrap_or(name) {
        "" => WHOLE,
        base => base,
    }
}

/// A field that a policy has, and whoever changes one names, where the whole input is one field.
const WHOLE: &str = "services";
/// How fields end that hold JSON.
const JSON: &str = ":json";

/// JSON as it is compared: written alike whoever wrote it.
fn alike(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// A field of a thing as the form shows it; `None` when it can't be shown.
fn shown(thing: &Value, name: &str) -> Option<String> {
    let (path, encoding) = name.split_once(':').unwrap_or((name, ""));
    if encoding == "json" {
        // The whole input of an operation is the thing, or the part of it that is a policy.
        let whole = thing.get("policy").unwrap_or(thing);
        return Some(alike(if path.is_empty() { whole } else { &thing[path] }));
    }
    let value = path.split('.').fold(thing, |value, part| &value[part]);
    Some(match value {
        Value::Null => String::new(),
        Value::String(text) if encoding.starts_with("base64") => {
            unix(&String::from_utf8(STANDARD.decode(text).ok()?).ok()?)
        }
        Value::String(text) => text.clone(),
        Value::Object(map) => listed(map),
        Value::Array(_) => return None,
        other => other.to_string(),
    })
}

/// What the form has, written as [`shown`] writes it.
fn plain(thing: &Value, name: &str, text: &str) -> String {
    match &thing[base(name)] {
        Value::Object(_) if !name.ends_with(JSON) => match lines(text) {
            Value::Object(map) => listed(&map),
            _ => unix(text),
        },
        _ => written(name, text),
    }
}

/// What is typed into a field, so that it can be compared.
fn written(name: &str, text: &str) -> String {
    let value = name.ends_with(JSON).then(|| serde_json::from_str::<Value>(text).ok()).flatten();
    value.map_or_else(|| unix(text), |value| alike(&value))
}

fn listed(map: &serde_json::Map<String, Value>) -> String {
    let lines = map.iter().map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or("")));
    let mut lines: Vec<_> = lines.collect();
    lines.sort_unstable();
    lines.join("\n")
}

/// Browsers send lines as Windows ends them.
fn unix(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn now(thing: Value) -> Before {
        Before { thing, etag: Some("\"8\"".to_owned()) }
    }

    #[test]
    fn what_only_one_changed_is_taken_over() {
        let form = fields(&[
            ("_if-match", "\"5\""),
            ("_was.name", "web"),
            ("name", "web"),
            ("_was.labels", "a=1\r\nb=2"),
            ("labels", "a=1\r\nb=3"),
            ("_was.user-data:base64-or-empty", ""),
            ("user-data:base64-or-empty", ""),
        ]);
        let thing = json!({ "name": "api", "labels": { "b": "2", "a": "1" } });
        let found = merge(&form, &now(thing)).expect("they renamed it");
        assert_eq!(found.fields.len(), 1);
        assert!(!found.fields[0].is_conflict());
        let again = applied(form, &found);
        assert_eq!(given(&again, "name"), Some("api"));
        assert_eq!(given(&again, "_was.name"), Some("api"));
        assert_eq!(given(&again, "labels"), Some("a=1\r\nb=3"));
        assert_eq!(given(&again, "_if-match"), Some("\"8\""));
    }

    #[test]
    fn what_both_changed_has_to_be_chosen() {
        let form = fields(&[("_was.name", "web"), ("name", "mine")]);
        let found = merge(&form, &now(json!({ "name": "theirs" }))).expect("a conflict");
        assert!(found.fields[0].is_conflict());
        let mut again = applied(form, &found);
        assert_eq!(given(&again, "name"), Some("mine"));
        again.extend(fields(&[("_yours.name", "mine"), ("_merge.name", "theirs")]));
        assert_eq!(given(&with_choices(again.clone()), "name"), Some("theirs"));
        // What was typed after the choice counts.
        again.push(("name".to_owned(), "newer".to_owned()));
        let chosen = with_choices(again);
        assert_eq!(given(&chosen, "name"), Some("newer"));
        assert!(chosen.iter().all(|(name, _)| !name.starts_with("_merge.")));
    }

    #[test]
    fn policies_are_compared_as_what_they_say() {
        let form = |yours: &str| {
            fields(&[("_was.:json", "{ \"services\": {\"a\": 1} }"), (":json", yours)])
        };
        let role =
            |services: Value| now(json!({ "name": "Ops", "policy": { "services": services } }));
        assert_eq!(merge(&form("{}"), &role(json!({ "a": 1 }))), None);
        let found = merge(&form("{}"), &role(json!({ "b": 1 }))).expect("both changed it");
        assert!(found.fields[0].is_conflict() && found.fields[0].theirs.contains("\"b\": 1"));
        let organization = now(json!({ "services": { "b": 1 } }));
        assert!(merge(&form("{}"), &organization).is_some());
    }

    #[test]
    fn what_nobody_changed_or_both_alike_is_no_merge() {
        let form =
            fields(&[("_was.name", "web"), ("name", "same"), ("_was.query", "a"), ("query", "b")]);
        assert_eq!(merge(&form, &now(json!({ "name": "same", "query": "a" }))), None);
    }
}
