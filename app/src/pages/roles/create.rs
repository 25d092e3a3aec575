//! `/roles/create`: a new role. What it allows begins as something that is known, and is edited next.

use super::permissions::Permissions;
use crate::{
    load::{Ask, load},
    pages::permissions::whose,
    path,
    text::{common, roles as text, t, t_with},
    ui::{
        Button, Entry, Field, Form, FormCode, Kind, LinkButton, Loaded, Notice, PageHeader, Select,
        TextArea, Tone,
    },
};
use api::{IamPermissions, IamPolicy, IamRole, op};
use domain::iam::{Rule, ServicePolicy, Strategy};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde_json::json;

const NAME_CHARACTERS_MAX: u32 = 191;
pub const DESCRIPTION_CHARACTERS_MAX: u32 = 255;

#[component]
pub fn Create() -> impl IntoView {
    let roles = load(op::ListIamRoles, &[], Ask::all);
    let query = use_query_map();
    let given = move |name: &str| query.with_untracked(|query| query.get(name)).unwrap_or_default();
    let form = move |used: Option<IamPermissions>| {
        view! {
            <Loaded
                answer=roles
                page=true
                view=move |reply| {
                    let (from, roles) = (given("from"), reply.body.iam_roles);
                    let from = roles.iter().find(|role| role.id.to_string() == from).cloned();
                    view! { <NewRole roles=roles from=from used=used.clone() /> }.into_any()
                }
            />
        }
        .into_any()
    };
    let whole = match whose(&given("used"), &given("id")) {
        None => form(None),
        Some(whose) => {
            let used = load(op::ListIamPermissions, &[], move || Ask::with(whose.clone()));
            view! { <Loaded answer=used page=true view=move |reply| form(Some(reply.body)) /> }
                .into_any()
        }
    };
    view! {
        <PageHeader title=t(text::CREATE).to_owned() lead=|| t(text::CREATE_LEAD) />
        {whole}
    }
    .into_any()
}

#[component]
fn NewRole(
    roles: Vec<IamRole>,
    /// The one that is duplicated.
    from: Option<IamRole>,
    /// What somebody has really used.
    used: Option<IamPermissions>,
) -> impl IntoView {
    let reading = Rule {
        action: Strategy::Allow,
        expression: "operation.startsWith('list-') || operation.startsWith('get-')".to_owned(),
    };
    let mut readers = IamPolicy::deny_all();
    readers.services.insert("compute".to_owned(), ServicePolicy::Rules { rules: vec![reading] });
    let mut offered = vec![
        Entry::new(json(&IamPolicy::deny_all()), t(text::STARTS_EMPTY)),
        Entry::new(json(&readers), t(text::STARTS_READING)),
    ];
    let proposed = used.as_ref().map(|used| json(&used.proposed));
    let who = used.map(|used| used.who.unwrap_or(used.role)).unwrap_or_default();
    if let Some(proposed) = &proposed {
        offered
            .insert(0, Entry::new(proposed.clone(), t_with(text::STARTS_USED, &[("who", &who)])));
    }
    // The one that is duplicated first: others may allow the same.
    let copied = from.iter().chain(&roles);
    for role in copied {
        let policy = role.policy.as_ref().map(json).unwrap_or_default();
        if !offered.iter().any(|entry| entry.value == policy) {
            offered.push(Entry::new(policy, t_with(text::STARTS_COPY, &[("name", &role.name)])));
        }
    }
    let policy = from.as_ref().and_then(|role| role.policy.as_ref());
    let policy = policy.map_or_else(|| json(&IamPolicy::deny_all()), json);
    let is_proposed = proposed.is_some();
    let policy = proposed.unwrap_or(policy);
    let mut start = json!({
        "permissions": from.as_ref().and_then(|role| role.permissions.clone()).unwrap_or_default(),
        "policy": serde_json::from_str::<serde_json::Value>(&policy).unwrap_or_default(),
        "labels": from.as_ref().and_then(|role| role.labels.clone()).unwrap_or_default(),
    });
    let copy = from.is_some();
    let (name, description, permissions, labels) = match from {
        Some(role) => (
            t_with(text::COPY_NAME, &[("name", &role.name)]),
            role.description,
            role.permissions,
            super::edit::lines(role.labels),
        ),
        None if is_proposed => {
            (t_with(text::USED_NAME, &[("who", &who)]), None, None, String::new())
        }
        None => (String::new(), None, None, String::new()),
    };
    for (field, value) in [("name", Some(name.as_str())), ("description", description.as_deref())] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            start[field] = json!(value);
        }
    }
    view! {
        <section class="card confirm">
            {copy.then(|| view! { <Notice tone=Tone::Neutral><p>{t(text::COPY_WIDER)}</p></Notice> })}
            {is_proposed.then(|| view! { <Notice tone=Tone::Neutral><p>{t(text::USED_ONLY)}</p></Notice> })}
            <Form
                operation="create-iam-role"
                return_to=path::role_act("{reference}", "policy")
                done=t(text::CREATED)
            >
                <div class="stack">
                    <Field
                        name="name"
                        label=t(common::NAME)
                        hint=t(text::NAME_HINT)
                        value=name
                        required=true
                        max_length=NAME_CHARACTERS_MAX
                        autocomplete="off"
                    />
                    <TextArea
                        name="description"
                        label=t(text::DESCRIPTION)
                        hint=t(text::DESCRIPTION_HINT)
                        value=description.unwrap_or_default()
                        optional=true
                        rows=2
                        max_length=DESCRIPTION_CHARACTERS_MAX
                    />
                    <Select
                        name="policy:json"
                        label=t(text::STARTS_AS)
                        hint=t(text::STARTS_AS_HINT)
                        options=offered
                        value=policy
                        required=true
                    />
                    <TextArea name="labels" label=t(text::LABELS) hint=t(text::LABELS_HINT) value=labels optional=true rows=3 />
                    <Permissions has=permissions.unwrap_or_default() />
                    <div class="confirm-actions">
                        <LinkButton to=path::roles() label=t(common::CANCEL) />
                        <Button label=t(text::CREATE_SUBMIT).to_owned() kind=Kind::Primary />
                    </div>
                </div>
            </Form>
        </section>
        <FormCode operation="create-iam-role" start=start />
    }
    .into_any()
}

fn json(policy: &IamPolicy) -> String {
    serde_json::to_string(policy).unwrap_or_default()
}
