//! What is asked: the address, and the form that fills it.

use crate::{
    load::{Ask, load},
    pages::address,
    path,
    text::{Text, simulator as text, t},
    ui::{Button, Card, Entry, Field, Kind, Loaded, Select, TextArea},
};
use api::{ENDPOINTS, ErrorBody, SimulateIamPolicy, op};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use serde_json::{Map, Value};

/// Most that parameters are typed in.
const PARAMETERS_CHARACTERS_MAX: u32 = 4_000;

/// Reads the address.
pub fn read(query: &ParamsMap) -> Result<SimulateIamPolicy, ErrorBody> {
    let mut asked = SimulateIamPolicy::default();
    address::read(query, |name, value| {
        let text = Some(value.to_owned());
        match name {
            "operation" => asked.operation = value.to_owned(),
            "role-id" => {
                let wrong = |_| address::not_an_id(name, value);
                asked.role_id = Some(value.parse().map_err(wrong)?);
            }
            "user-id" => {
                let wrong = |_| address::not_an_id(name, value);
                asked.user_id = Some(value.parse().map_err(wrong)?);
            }
            "api-key" => asked.api_key = text,
            "parameters" => asked.parameters = Some(parameters(value)),
            "zone" => asked.zone = text,
            "source-ip" => asked.source_ip = text,
            "at" => {
                let wrong = |_| address::wrong(name, t(text::BAD_TIME).to_owned());
                let time = Value::String(value.to_owned());
                asked.at = Some(serde_json::from_value(time).map_err(wrong)?);
            }
            _ => return Err(address::unknown(name)),
        }
        Ok(())
    })?;
    Ok(asked)
}

/// `name=value`, a line each. What reads as JSON is that: numbers, flags, lists.
fn parameters(lines: &str) -> Map<String, Value> {
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (name, value) = line.split_once('=').unwrap_or((line, ""));
            let value = value.trim();
            let json = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.into()));
            (name.trim().to_owned(), json)
        })
        .collect()
}

/// The other way round.
pub fn typed(parameters: &Map<String, Value>) -> String {
    let line = |(name, value): (&String, &Value)| match value {
        Value::String(text) => format!("{name}={text}"),
        other => format!("{name}={other}"),
    };
    parameters.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[component]
pub fn Question(asked: SimulateIamPolicy) -> impl IntoView {
    let roles = load(op::ListIamRoles, &[], Ask::all);
    let users = load(op::ListUsers, &[], Ask::all);
    let keys = load(op::ListApiKeys, &[], Ask::all);
    let zones = load(op::ListZones, &[], Ask::all);
    let SimulateIamPolicy {
        operation,
        parameters,
        role_id,
        user_id,
        api_key,
        zone,
        source_ip,
        at,
        ..
    } = asked;
    let role = role_id.map(|id| id.to_string()).unwrap_or_default();
    let user = user_id.map(|id| id.to_string()).unwrap_or_default();
    let (key, zone) = (api_key.unwrap_or_default(), zone.unwrap_or_default());
    let at = at.and_then(|at| serde_json::to_value(at).ok());
    let at = at.and_then(|at| at.as_str().map(str::to_owned)).unwrap_or_default();
    view! {
        <Card title=t(text::QUESTION)>
            <form method="get" action=path::simulator() class="stack">
                <div class="field">
                    <label for="operation">{t(text::OPERATION)}</label>
                    <input
                        class="control mono"
                        id="operation"
                        name="operation"
                        list="operations"
                        value=operation
                        required=true
                        autocomplete="off"
                        maxlength="100"
                        aria-describedby="operation-hint"
                    />
                    <p class="hint" id="operation-hint">{t(text::OPERATION_HINT)}</p>
                    <datalist id="operations">
                        {ENDPOINTS.iter().map(|one| view! { <option value=one.operation></option> }).collect_view()}
                    </datalist>
                </div>
                <Loaded
                    answer=users
                    rows=1
                    view=move |reply| {
                        let members = reply.body.users.into_iter().filter(|one| !one.pending);
                        let all = members.map(|one| Entry::new(one.id.to_string(), one.email)).collect();
                        pick("user-id", text::PERSON, text::MYSELF, all, user.clone())
                    }
                />
                <Loaded
                    answer=keys
                    rows=1
                    view=move |reply| {
                        let all = reply.body.api_keys.into_iter();
                        let all = all.map(|one| Entry::new(one.key, one.name)).collect();
                        pick("api-key", text::KEY, text::NO_KEY, all, key.clone())
                    }
                />
                <Loaded
                    answer=roles
                    rows=1
                    view=move |reply| {
                        let all = reply.body.iam_roles.into_iter();
                        let all = all.map(|role| Entry::new(role.id.to_string(), role.name)).collect();
                        pick("role-id", text::ROLE, text::OWN_ROLE, all, role.clone())
                    }
                />
                <TextArea
                    name="parameters"
                    label=t(text::PARAMETERS)
                    hint=t(text::PARAMETERS_HINT)
                    value=parameters.map(|given| typed(&given)).unwrap_or_default()
                    optional=true
                    rows=3
                    max_length=PARAMETERS_CHARACTERS_MAX
                />
                <Loaded
                    answer=zones
                    rows=1
                    view=move |reply| {
                        let all = reply.body.zones.into_iter();
                        let all = all.map(|zone| Entry::new(zone.name.to_string(), zone.name.to_string()));
                        pick("zone", text::ZONE, text::ANY_ZONE, all.collect(), zone.clone())
                    }
                />
                <Field name="source-ip" label=t(text::SOURCE) hint=t(text::SOURCE_HINT) value=source_ip.unwrap_or_default() optional=true mono=true max_length=45 autocomplete="off" />
                <Field name="at" label=t(text::AT) hint=t(text::AT_HINT) value=at optional=true mono=true max_length=40 autocomplete="off" />
                <div class="row"><Button label=t(text::ASK).to_owned() kind=Kind::Primary /></div>
            </form>
        </Card>
    }
    .into_any()
}

/// One of these, or what holds where none is chosen.
fn pick(name: &'static str, label: Text, none: Text, all: Vec<Entry>, value: String) -> AnyView {
    let options = std::iter::once(Entry::new("", t(none))).chain(all).collect::<Vec<_>>();
    view! { <Select name=name label=t(label) options=options value=value /> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parameters_are_typed_a_line_each() {
        let given =
            parameters("id = 7a\r\n\n disk-size=50\nlabels={\"a\":\"b=c\"}\nauto-start=true");
        let expected =
            json!({ "id": "7a", "disk-size": 50, "labels": { "a": "b=c" }, "auto-start": true });
        assert_eq!(Value::Object(given.clone()), expected);
        assert_eq!(parameters(&typed(&given)), given);
    }
}
