//! Who has a role.

use super::is_of_platform;
use crate::{
    load::{Ask, load},
    path,
    text::{roles as text, t, t_count, t_with},
    ui::{Card, KeyValue, KeyValues, Loaded},
};
use api::{IamRole, RoleUsers, op};
use domain::RoleId;
use leptos::prelude::*;

/// “2 people, 1 API key”; nothing when nobody has it.
pub fn named(users: RoleUsers) -> Option<String> {
    let counts = [
        (users.people, text::ONE_PERSON, text::PEOPLE),
        (users.api_keys, text::ONE_KEY, text::KEYS),
        (users.access_tokens, text::ONE_TOKEN, text::TOKENS),
    ];
    let said = counts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| t_count(one, many, count));
    let said: Vec<_> = said.collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// Why a role can't be deleted now.
pub fn no_delete(role: &IamRole) -> Option<String> {
    if is_of_platform(role) {
        return Some(t(text::OF_PLATFORM_REASON).to_owned());
    }
    let who = named(role.used_by.unwrap_or_default())?;
    Some(t_with(text::IN_USE, &[("who", &who)]))
}

#[component]
pub fn UsedBy(role: RoleId, users: RoleUsers) -> impl IntoView {
    let keys = load(op::ListApiKeys, &["api-key"], Ask::all);
    view! {
        <Card title=t(text::USED_BY)>
            <div class="stack">
                <p class=if named(users).is_none() { "muted" } else { "" }>
                    {named(users).unwrap_or_else(|| t(text::UNUSED).to_owned())}
                </p>
                {(users.api_keys > 0).then(|| view! {
                    <KeyValues>
                        <KeyValue name=t(text::ITS_KEYS)>
                            <Loaded
                                answer=keys
                                rows=1
                                view=move |reply| {
                                    let own = reply.body.api_keys.into_iter().filter(move |key| key.role_id == role);
                                    let names: Vec<_> = own.map(|key| key.name).collect();
                                    view! { <span class="break">{names.join(", ")}</span> }.into_any()
                                }
                            />
                        </KeyValue>
                    </KeyValues>
                    <p><a href=path::api_keys()>{t(text::SEE_KEYS)}</a></p>
                })}
            </div>
        </Card>
    }
    .into_any()
}
