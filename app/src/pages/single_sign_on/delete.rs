//! The question before it is turned off.

use super::only;
use crate::{
    as_code::as_code,
    path,
    text::{single_sign_on as text, t},
    ui::{CodePanel, Confirm, KeyValue, KeyValues, PageHeader},
    visit::visit,
};
use api::{IamRole, IdentityProviders, Nothing};
use leptos::prelude::*;

pub fn page(all: IdentityProviders, _: Vec<IamRole>) -> AnyView {
    let provider = match only(all) {
        Ok(provider) => provider,
        Err(none) => return none,
    };
    let id = provider.id.to_string();
    let code =
        as_code(&visit().origin, "delete-identity-provider", &[("id", &id)], &Nothing {}, &[]);
    view! {
        <PageHeader title=t(text::DELETE_TITLE).to_owned() lead=|| t(text::DELETE_LEAD) />
        <Confirm
            operation="delete-identity-provider"
            path=vec![("id", id)]
            act=t(text::DELETE_TITLE)
            return_to=path::single_sign_on()
            cancel=path::single_sign_on()
            done=t(text::DELETED)
        >
            <KeyValues>
                <KeyValue name=t(text::NAME)><span class="break">{provider.name}</span></KeyValue>
                <KeyValue name=t(text::ISSUER)><code class="break">{provider.issuer}</code></KeyValue>
            </KeyValues>
            <ul class="consequences">
                <li>{t(text::DELETE_DIES)}</li>
                <li>{t(text::DELETE_STAYS)}</li>
                <li>{t(text::DELETE_BACK)}</li>
            </ul>
        </Confirm>
        <CodePanel code=code />
    }
    .into_any()
}
