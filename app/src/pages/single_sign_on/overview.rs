//! What there is; or, where there is nothing, the form that sets it up.

use super::{fields::Fields, role_name, rules::Rules};
use crate::{
    as_code::as_code,
    path,
    text::{audit_trail, common, security, single_sign_on as text, t},
    ui::{
        Ago, Button, Card, CodePanel, CopyButton, Form, FormCode, KeyValue, KeyValues, Kind,
        LinkButton, PageHeader,
    },
    visit::visit,
};
use api::{IamRole, IdentityProvider, IdentityProviders, Nothing};
use leptos::prelude::*;
use serde_json::json;

pub fn page(all: IdentityProviders, roles: Vec<IamRole>) -> AnyView {
    let code = as_code(&visit().origin, "list-identity-providers", &[], &Nothing {}, &[]);
    let IdentityProviders { identity_providers, redirect_url, sign_in_url } = all;
    let content = match identity_providers.into_iter().next() {
        Some(provider) => view! {
            <Provider provider=provider roles=roles redirect_url=redirect_url sign_in_url=sign_in_url />
        }
        .into_any(),
        None => view! { <SetUp roles=roles redirect_url=redirect_url /> }.into_any(),
    };
    view! {
        {content}
        <CodePanel code=code />
    }
    .into_any()
}

#[component]
fn Url(name: &'static str, url: String) -> impl IntoView {
    view! {
        <KeyValue name=name>
            <code class="break">{url.clone()}</code>
            <CopyButton text=url what=name />
        </KeyValue>
    }
    .into_any()
}

#[component]
fn SetUp(roles: Vec<IamRole>, redirect_url: String) -> impl IntoView {
    let start = json!({ "domains": [], "mapping": {}, "two-step-trusted": false });
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD) />
        <Card title=t(text::REDIRECT) lead=t(text::REDIRECT_LEAD)>
            <KeyValues><Url name=t(text::REDIRECT) url=redirect_url /></KeyValues>
        </Card>
        <Card title=t(text::SET_UP) lead=t(text::SET_UP_LEAD)>
            <Form operation="create-identity-provider" return_to=path::single_sign_on() done=t(text::SAVED)>
                <div class="stack">
                    <Fields roles=roles />
                    <div class="row"><Button label=t(text::SET_UP).to_owned() kind=Kind::Primary /></div>
                </div>
            </Form>
            <FormCode operation="create-identity-provider" start=start id="create-code" />
        </Card>
    }
    .into_any()
}

#[component]
fn Provider(
    provider: IdentityProvider,
    roles: Vec<IamRole>,
    redirect_url: String,
    sign_in_url: String,
) -> impl IntoView {
    let IdentityProvider { id, name, issuer, client_id, domains, mapping, created_at, .. } =
        provider;
    let domains =
        if domains.is_empty() { t(text::ANY_DOMAIN).to_owned() } else { domains.join(", ") };
    let trusted = if provider.two_step_trusted { security::ON } else { security::OFF };
    let otherwise = mapping.default_role_id.map(|role| role_name(&roles, role));
    let otherwise = otherwise.unwrap_or_else(|| t(text::NOT_LET_IN).to_owned());
    let rules = mapping.rules.into_iter().map(|rule| (rule, None)).collect();
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LinkButton to=path::single_sign_on_act("activity") label=t(audit_trail::ACTIVITY) />
            <LinkButton to=path::single_sign_on_test(id) label=t(text::TEST) />
            <LinkButton to=path::single_sign_on_act("edit") label=t(text::EDIT) />
            <LinkButton to=path::single_sign_on_act("delete") label=t(text::DELETE) />
        </PageHeader>
        <Card>
            <KeyValues>
                <KeyValue name=t(common::NAME)><span class="break">{name}</span></KeyValue>
                <KeyValue name=t(text::ISSUER)><code class="break">{issuer}</code></KeyValue>
                <KeyValue name=t(text::CLIENT_ID)><code class="break">{client_id}</code></KeyValue>
                <Url name=t(text::REDIRECT) url=redirect_url />
                <Url name=t(text::SIGN_IN_URL) url=sign_in_url />
                <KeyValue name=t(text::DOMAINS)><span class="break">{domains}</span></KeyValue>
                <KeyValue name=t(text::TWO_STEP)>{t(trusted)}</KeyValue>
                <KeyValue name=t(common::CREATED)><Ago at=created_at /></KeyValue>
            </KeyValues>
        </Card>
        <Card title=t(text::MAPPING) lead=t(text::MAPPING_LEAD)>
            <Rules rules=rules roles=roles />
            <KeyValues><KeyValue name=t(text::OTHERS)>{otherwise}</KeyValue></KeyValues>
        </Card>
    }
    .into_any()
}
