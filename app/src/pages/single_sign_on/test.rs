//! Trying it: whether the provider answers, and which role claims come to. Provider and claims are the
//! address, so it needs no scripts.

use super::{role_name, rules::Rules};
use crate::{
    as_code::as_code,
    load::{Ask, load},
    pages::NotFound,
    path,
    text::{single_sign_on as text, t, t_with},
    ui::{Button, Card, CodePanel, Kind, Loaded, Notice, PageHeader, TextArea, Tone},
    visit::visit,
};
use api::{IamRole, IdentityProviderTest, IdentityRule, TestIdentityProvider, op};
use domain::IdentityProviderId;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde_json::{Map, Value};

const CLAIMS_CHARACTERS_MAX: u32 = 4_000;

#[component]
pub fn Test() -> impl IntoView {
    let query = use_query_map();
    let id = Memo::new(move |_| query.with(|query| query.get("id")).unwrap_or_default());
    move || match id.get().parse::<IdentityProviderId>() {
        Ok(id) => view! { <Whole id=id.to_string() /> }.into_any(),
        Err(_) => view! { <NotFound /> }.into_any(),
    }
}

#[component]
fn Whole(id: String) -> impl IntoView {
    let query = use_query_map();
    let typed = Memo::new(move |_| query.with(|query| query.get("claims")).unwrap_or_default());
    let claims = move || serde_json::from_str::<Map<String, Value>>(&typed.get());
    let asked = Memo::new(move |_| TestIdentityProvider { claims: claims().ok() });
    let wrong = move || !typed.with(|typed| typed.trim().is_empty()) && claims().is_err();
    let (origin, of_code, of_form) = (visit().origin, id.clone(), id.clone());
    let code = Signal::derive(move || {
        as_code(&origin, "test-identity-provider", &[("id", &of_code)], &asked.get(), &[])
    });
    let roles = load(op::ListIamRoles, &[], Ask::all);
    let said = load(op::TestIdentityProvider, &[], move || Ask {
        params: vec![("id", id.clone())],
        input: asked.get(),
    });
    view! {
        <PageHeader title=t(text::TEST_TITLE).to_owned() lead=|| t(text::TEST_LEAD) />
        <Card title=t(text::CLAIMS)>
            {move || wrong().then(|| view! { <Notice tone=Tone::Bad>{t(text::CLAIMS_WRONG)}</Notice> })}
            <form method="get" action=path::single_sign_on_act("test") class="stack">
                <input type="hidden" name="id" value=of_form />
                <TextArea name="claims" label=t(text::CLAIMS) hint=t(text::CLAIMS_HINT) value=typed.get_untracked() max_length=CLAIMS_CHARACTERS_MAX secret=true />
                <div class="row"><Button label=t(text::TRY).to_owned() kind=Kind::Primary /></div>
            </form>
        </Card>
        <Loaded
            answer=roles
            rows=3
            view=move |roles| view! {
                <Loaded
                    answer=said
                    rows=3
                    page=true
                    view=move |reply| view! {
                        <Outcome said=reply.body roles=roles.body.iam_roles.clone() tried=asked.get_untracked().claims.is_some() />
                    }
                    .into_any()
                />
            }
            .into_any()
        />
        <CodePanel code=code />
    }
    .into_any()
}

#[component]
fn Outcome(said: IdentityProviderTest, roles: Vec<IamRole>, tried: bool) -> impl IntoView {
    let IdentityProviderTest { error, rules, role_id, .. } = said;
    let (tone, reached) = match error {
        None => (Tone::Ok, t(text::REACHABLE).to_owned()),
        Some(why) => (Tone::Bad, t_with(text::UNREACHABLE, &[("why", &why)])),
    };
    let (fate, comes_to) = match role_id {
        Some(role) => (Tone::Ok, t_with(text::LET_IN_AS, &[("role", &role_name(&roles, role))])),
        None => (Tone::Warn, t(text::NOT_LET_IN).to_owned()),
    };
    let rules = rules
        .into_iter()
        .map(|rule| {
            (IdentityRule { expression: rule.expression, role_id: rule.role_id }, rule.holds)
        })
        .collect();
    view! {
        <section class="stack" role="status">
            <Notice tone=tone>{reached}</Notice>
            {tried.then(|| view! { <Notice tone=fate>{comes_to}</Notice> })}
            <Card title=t(text::MAPPING) lead=t(text::MAPPING_LEAD)><Rules rules=rules roles=roles /></Card>
        </section>
    }
    .into_any()
}
