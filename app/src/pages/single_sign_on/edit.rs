//! The form of what there is.

use super::{fields::Fields, only};
use crate::{
    path,
    text::{common, single_sign_on as text, t},
    ui::{Button, Form, FormCode, Kind, LinkButton, PageHeader},
};
use api::{IamRole, IdentityProviders};
use leptos::prelude::*;
use serde_json::json;

pub fn page(all: IdentityProviders, roles: Vec<IamRole>) -> AnyView {
    let provider = match only(all) {
        Ok(provider) => provider,
        Err(none) => return none,
    };
    let path = vec![("id", provider.id.to_string())];
    let mut start = json!({
        "name": provider.name, "client-id": provider.client_id, "domains": provider.domains,
        "two-step-trusted": provider.two_step_trusted, "mapping": provider.mapping,
    });
    // No row of the form says that there are none.
    if let (true, Some(mapping)) =
        (provider.mapping.rules.is_empty(), start["mapping"].as_object_mut())
    {
        mapping.remove("rules");
    }
    let version = format!("\"{}\"", provider.version);
    view! {
        <PageHeader title=t(text::EDIT_TITLE).to_owned() lead=|| t(text::EDIT_LEAD) />
        <section class="card">
            <Form
                operation="update-identity-provider"
                path=path.clone()
                return_to=path::single_sign_on()
                if_match=Signal::stored(Some(version))
                done=t(text::SAVED)
            >
                <div class="stack">
                    <Fields roles=roles now=provider />
                    <div class="confirm-actions">
                        <LinkButton to=path::single_sign_on() label=t(common::CANCEL) />
                        <Button label=t(common::SAVE).to_owned() kind=Kind::Primary />
                    </div>
                </div>
            </Form>
        </section>
        <FormCode operation="update-identity-provider" path=path start=start />
    }
    .into_any()
}
