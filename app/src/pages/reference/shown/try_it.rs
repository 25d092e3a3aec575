//! Trying an operation: a form made of its schema, which the server sends on as the visitor, and what
//! came of it. It needs no scripts.

use super::{
    Described, Tried,
    schema::{Field, Shape},
};
use crate::{
    as_code::is_secret,
    path,
    text::{reference as text, security, t, t_with},
    ui::{Card, LinkButton, Notice, Tone, escaped},
    visit::{language, visit},
};
use api::{
    ErrorCode,
    forms::{Fields, ORGANIZATION, PATH_PREFIX},
};
use domain::format;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The button that only asks what would happen.
pub const DRY_RUN: &str = "_dry-run";

pub fn try_it(
    operation: &Described,
    parameters: &[(&'static str, Field)],
    body: &[Field],
    tried: Option<Tried>,
) -> AnyView {
    if let Some(why) = refused(operation) {
        return view! { <Card title=t(text::TRY)><p class="hint">{t(why)}</p></Card> }.into_any();
    }
    let kept = tried.as_ref().map(|tried| tried.values.clone());
    // What changes something can be tried without doing it.
    let is_dry_run = |(place, field): &(&str, Field)| *place == "query" && field.path == "dry-run";
    let reads = !parameters.iter().any(is_dry_run);
    let asked = parameters.iter().filter(|(place, field)| match *place {
        "path" => true,
        "query" => field.path != "dry-run",
        _ => false,
    });
    let path_fields = asked.map(|(place, field)| {
        let name = match *place {
            "path" => format!("{PATH_PREFIX}{}", field.path),
            _ => field.path.clone(),
        };
        control(name, field, kept.as_ref())
    });
    // What only holds other fields is filled in by those.
    let fillable = body.iter().filter(|field| field.shape != Shape::Object);
    let fields: Vec<_> = path_fields
        .chain(fillable.map(|field| control(field.path.clone(), field, kept.as_ref())))
        .collect();
    let to = path::reference_of(&operation.name);
    let organization = visit().me.map(|me| me.organization.id);
    view! {
        <Card title=t(text::TRY) lead=t(if reads { text::TRY_READ } else { text::TRY_WRITE })>
            <form class="stack" method="post" action=to.clone()>
                {organization.map(|id| view! { <input type="hidden" name=ORGANIZATION value=id /> })}
                {(!fields.is_empty()).then(|| view! { <div class="columns">{fields}</div> })}
                {match reads {
                    true => view! {
                        <div class="row"><button class="button button-primary" type="submit">{t(text::SEND)}</button></div>
                    }
                    .into_any(),
                    false => view! {
                        <Notice tone=Tone::Warn><p>{t(text::REAL)}</p></Notice>
                        <div class="row">
                            <button class="button button-primary" type="submit" name=DRY_RUN value="true">{t(text::DRY_RUN)}</button>
                            <button class="button button-danger" type="submit">{t(text::SEND_REALLY)}</button>
                        </div>
                    }
                    .into_any(),
                }}
            </form>
            {tried.map(|tried| outcome(to, tried))}
        </Card>
    }
    .into_any()
}

/// What can't be tried in a page.
fn refused(operation: &Described) -> Option<crate::text::Text> {
    match operation.name.as_str() {
        "stream" => Some(text::NO_TRY_STREAM),
        "create-session" | "redeem-sign-in-link" => Some(text::NO_TRY_SIGN_IN),
        _ => None,
    }
}

fn control(name: String, field: &Field, kept: Option<&Fields>) -> AnyView {
    let value = match kept {
        Some(kept) => kept.iter().rev().find(|(of, _)| *of == name).map(|(_, value)| value.clone()),
        None => use_query_map().with_untracked(|query| query.get(&field.path)),
    };
    let value = value.unwrap_or_default();
    let id = format!("try-{}", name.replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
    let secret = is_secret(&field.path);
    let options: Vec<String> = match field.shape {
        Shape::Flag => vec!["true".to_owned(), "false".to_owned()],
        Shape::Text => field.values.clone(),
        _ => Vec::new(),
    };
    let needed = field.required;
    let input = match field.shape {
        _ if !options.is_empty() => view! {
            <select class="control select" id=id.clone() name=name required=needed>
                <option value=""></option>
                {options
                    .into_iter()
                    .map(|option| {
                        let selected = option == value;
                        let label = option.clone();
                        view! { <option value=option selected=selected>{label}</option> }
                    })
                    .collect_view()}
            </select>
        }
        .into_any(),
        Shape::Lines | Shape::Map => view! {
            <textarea class="control mono" id=id.clone() name=name rows="3" required=needed spellcheck="false" inner_html=escaped(&value)></textarea>
        }
        .into_any(),
        _ if field.path.contains("[]") => view! {
            <textarea class="control mono" id=id.clone() name=name rows="3" spellcheck="false" inner_html=escaped(&value)></textarea>
        }
        .into_any(),
        shape => {
            let kind = match shape {
                Shape::Number => "number",
                _ if secret => "password",
                _ => "text",
            };
            view! { <input class="control mono" id=id.clone() type=kind name=name value=value required=needed autocomplete="off" /> }.into_any()
        }
    };
    let hint = match field.shape {
        Shape::Map => Some(text::MAP_HINT),
        _ if field.path.contains("[]") => Some(text::LINES_HINT),
        _ => None,
    };
    view! {
        <div class="field">
            <label for=id><code>{field.path.clone()}</code></label>
            {input}
            {hint.map(|hint| view! { <p class="hint">{t(hint)}</p> })}
        </div>
    }
    .into_any()
}

/// Where a proof is given, if that is what the answer asks for, and from where it is tried again with
/// all that was filled in; secrets are not kept.
fn asked_for_proof(here: &str, tried: &Tried) -> Option<String> {
    let error: api::ErrorBody = serde_json::from_str(&tried.body).ok()?;
    let plain = |(name, value): &(String, String)| {
        let name = name.strip_prefix(PATH_PREFIX).unwrap_or(name);
        (!name.starts_with('_') && !value.is_empty()).then(|| (name.to_owned(), value.clone()))
    };
    let kept: Vec<_> = tried.values.iter().filter_map(plain).collect();
    let kept: Vec<_> = kept.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let asks = error.code == ErrorCode::StepUpRequired;
    asks.then(|| path::confirm_then(&path::with_query(here.to_owned(), &kept)))
}

/// What the API answered.
fn outcome(here: String, tried: Tried) -> AnyView {
    let proof = asked_for_proof(&here, &tried);
    let Tried { request, status, millis, headers, body, cut, .. } = tried;
    let tone = if status < 400 { Tone::Ok } else { Tone::Bad };
    let took = format::integer(language(), millis);
    let said = t_with(text::OUTCOME, &[("status", &status.to_string()), ("millis", &took)]);
    let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    view! {
        <section class="stack" id="outcome" role="status">
            <Notice tone=tone>
                <p><strong>{said}</strong></p>
                <p><code class="break">{request}</code></p>
                {proof.map(|to| view! { <LinkButton to=to label=t(security::PROVE) /> })}
            </Notice>
            {(!lines.is_empty()).then(|| view! { <div class="code"><pre tabindex="0" aria-label=t(text::HEADERS)><code>{lines}</code></pre></div> })}
            <div class="code"><pre tabindex="0" aria-label=t(text::ANSWER)><code>{body}</code></pre></div>
            {cut.map(|most| {
                let most = format::integer(language(), i64::try_from(most).unwrap_or_default());
                view! { <p class="hint">{t_with(text::CUT, &[("most", &most)])}</p> }
            })}
        </section>
    }
    .into_any()
}
