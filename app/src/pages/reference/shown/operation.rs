//! One operation: what goes in, what comes out, who may call it.

use super::{
    Described, Given, all, given, prose,
    schema::{Field, field, fields},
    try_it::try_it,
};
use crate::{
    text::{Text, common, reference as text, t, t_with},
    ui::{Card, Cell, Chip, Column, KeyValue, KeyValues, Notice, Row, Table, Tone},
    visit::visit,
};
use leptos::prelude::*;
use serde_json::Value;

/// What it is, and trying it.
pub fn operation(name: &str) -> AnyView {
    let Some((given, found)) = find(name) else { return ().into_any() };
    let form = try_it(
        &found,
        &parameters(given.document, &found),
        &body(given.document, &found),
        given.tried,
    );
    view! {
        <p class="lead" lang="en">{prose(found.summary())}</p>
        {facts(&found, given.policy.as_ref())}
        {form}
    }
    .into_any()
}

/// What goes in and what comes out.
pub fn documents(name: &str) -> AnyView {
    let Some((Given { document, .. }, found)) = find(name) else { return ().into_any() };
    let parameters = parameters(document, &found).into_iter();
    let parameters = parameters.map(|(place, field)| (Some(place), field)).collect();
    let body = body(document, &found);
    let answer = fields(document, schema_of(&found.content["responses"]["200"]));
    let error = document.pointer("/components/responses/error").unwrap_or(&Value::Null);
    let error = fields(document, schema_of(error));
    view! {
        <Card title=t(text::PARAMETERS)>{table(text::PARAMETERS, parameters)}</Card>
        {(!body.is_empty()).then(|| view! { <Card title=t(text::BODY)>{table(text::BODY, unplaced(body))}</Card> })}
        <Card title=t(text::ANSWER)>{table(text::ANSWER, unplaced(answer))}</Card>
        <Card title=t(text::ERRORS) lead=t(text::ERRORS_LEAD)>{table(text::ERRORS, unplaced(error))}</Card>
    }
    .into_any()
}

fn find(name: &str) -> Option<(Given, Described)> {
    let given = given()?;
    let found = all(given.document).into_iter().find(|one| one.name == name)?;
    Some((given, found))
}

/// The schema of what stands below `content`.
fn schema_of(holder: &Value) -> &Value {
    let content = holder["content"].as_object().and_then(|content| content.values().next());
    content.map_or(&Value::Null, |content| &content["schema"])
}

fn parameters(document: &'static Value, operation: &Described) -> Vec<(&'static str, Field)> {
    let given = operation.content["parameters"].as_array().into_iter().flatten();
    let one = |parameter: &'static Value| {
        let name = parameter["name"].as_str().unwrap_or_default();
        let required = parameter["required"] == true;
        let place = parameter["in"].as_str().unwrap_or_default();
        (place, field(document, name, &parameter["schema"], required))
    };
    given.map(one).collect()
}

fn body(document: &Value, operation: &Described) -> Vec<Field> {
    fields(document, schema_of(&operation.content["requestBody"]))
}

fn facts(operation: &Described, policy: Option<&domain::iam::Policy>) -> AnyView {
    let waits = operation.content["x-asynchronous"] == true;
    let asks = operation.content["x-asks-for-proof"] == true;
    let security = operation.content["security"].as_array().into_iter().flatten();
    let ways: Vec<_> = security.filter_map(|way| way.as_object()?.keys().next().cloned()).collect();
    let with = match ways.is_empty() {
        true => t(text::PUBLIC).to_owned(),
        false => ways.join(", "),
    };
    let role = visit().me.map(|me| me.role.name).unwrap_or_default();
    let may = operation.service().zip(policy).map(|(service, policy)| policy.always(service));
    let line = format!("{} /v2{}", operation.method, operation.path);
    view! {
        <Card>
            <KeyValues>
                <KeyValue name=t(text::REQUEST)><code class="break">{line}</code></KeyValue>
                <KeyValue name=t(text::CREDENTIALS)>{with}</KeyValue>
                {asks.then(|| view! { <KeyValue name=t(text::PROOF)>{t(text::ASKS_FOR_PROOF)}</KeyValue> })}
                <KeyValue name=t(text::ANSWERS)>{t(if waits { text::LATER } else { text::AT_ONCE })}</KeyValue>
            </KeyValues>
            {may.map(|may| {
                let (tone, says) = match may {
                    Some(true) => (Tone::Ok, text::MAY),
                    Some(false) => (Tone::Bad, text::MAY_NOT),
                    None => (Tone::Neutral, text::MAY_BY_RULES),
                };
                view! { <Notice tone=tone><p>{t_with(says, &[("role", &role)])}</p></Notice> }
            })}
        </Card>
    }
    .into_any()
}

/// Fields, each with where it stands if it is a parameter.
fn table(caption: Text, lines: Vec<(Option<&'static str>, Field)>) -> AnyView {
    if lines.is_empty() {
        return view! { <p class="hint">{t(common::NONE)}</p> }.into_any();
    }
    let columns = vec![
        Column::text(t(text::FIELD)),
        Column::text(t(text::KIND)),
        Column::text(t(text::WHAT)),
    ];
    view! {
        <Table caption=t(caption) columns=columns>
            {lines.into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}

fn unplaced(fields: Vec<Field>) -> Vec<(Option<&'static str>, Field)> {
    fields.into_iter().map(|field| (None, field)).collect()
}

fn row((place, field): (Option<&'static str>, Field)) -> AnyView {
    let Field { path, kind, required, values, what, .. } = field;
    view! {
        <Row>
            <Cell label=t(text::FIELD) main=true>
                <span class="row"><code>{path}</code>{required.then(|| view! { <Chip>{t(text::REQUIRED)}</Chip> })}</span>
            </Cell>
            <Cell label=t(text::KIND)>
                <code>{kind}</code>{place.map(|place| view! { " "<span class="hint">{t_with(text::IN, &[("place", place)])}</span> })}
            </Cell>
            <Cell label=t(text::WHAT)>
                <span lang="en">{prose(&what)}</span>
                {(!values.is_empty()).then(|| view! {
                    <span class="row">{values.into_iter().map(|value| view! { <code>{value}</code> }).collect_view()}</span>
                })}
            </Cell>
        </Row>
    }
    .into_any()
}
