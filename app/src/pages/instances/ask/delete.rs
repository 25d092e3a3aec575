//! The question before an instance is deleted.

use super::{
    super::{cost, may::refusal, recovery},
    About, Head, code,
};
use crate::{
    pages::fate::{Fate, PriceChange},
    path,
    text::{instance_acts as text, t, t_with},
    ui::{CodePanel, Confirm, LinkButton, icons},
    visit::language,
};
use domain::{
    format,
    instance::{InstanceState, Verb},
};
use leptos::prelude::*;
use serde_json::Value;

/// The first question: it is kept for a while, where the organization wants that.
#[component]
pub fn Delete(about: About) -> impl IntoView {
    let now = about.now();
    let has_something_to_keep = !now.missing.unwrap_or_default();
    if recovery::is_on() && has_something_to_keep && now.state != InstanceState::Destroyed {
        return view! { <Softly about=about /> }.into_any();
    }
    view! { <ForGood about=about /> }.into_any()
}

#[component]
fn Softly(about: About) -> impl IntoView {
    let now = about.now();
    let About { id, instance, prices, .. } = about.clone();
    let hours = recovery::hours_shown();
    let disk = format::integer(language(), now.disk_size);
    let before = now.price.unwrap_or(cost::zero(prices.currency));
    let after = cost::while_stopped(&now, &prices);
    let key = id.to_string();
    let code = code(&about, "soft-delete-instance", &[("id", &key)], &Value::Null);
    view! {
        <Head about=about title=t_with(text::DELETE_TITLE, &[("name", &now.name)]) />
        <Confirm
            operation="soft-delete-instance"
            path=vec![("id", id.to_string())]
            act=t_with(text::DELETE_ACT, &[("name", &now.name)])
            return_to=path::instances()
            cancel=path::instance(id)
            done=t(text::DELETE_REQUESTED)
            reason=Signal::derive(move || instance.with(|instance| refusal(instance, Verb::SoftDelete)))
        >
            <p>{t_with(text::SOFT_LEAD, &[("hours", &hours)])}</p>
            <Fate
                dies=vec![(t_with(text::DIES_LATER, &[("size", &disk), ("hours", &hours)]), Vec::new())]
                stays=vec![t(text::DISK_STAYS), t(text::SNAPSHOTS_STAY), t(text::ADDRESS_STAYS)]
            />
            <PriceChange before=before after=after />
        </Confirm>
        <div class="row">
            <span class="muted">{t(text::NOT_KEPT)}</span>
            <LinkButton to=path::instance_confirm(id, "delete-for-good") label=t(text::FOR_GOOD_NOW) icon=icons::TRASH_2 />
        </div>
        <CodePanel code=code />
    }
    .into_any()
}

/// The question before nothing is left.
#[component]
pub fn ForGood(about: About) -> impl IntoView {
    let now = about.now();
    let About { id, instance, prices, snapshots, .. } = about.clone();
    let number = |n: i64| format::integer(language(), n);
    let disk = t_with(text::DISK_DIES, &[("size", &number(now.disk_size))]);
    let names: Vec<_> = snapshots.iter().map(|snapshot| snapshot.name.clone()).collect();
    let mut dies = vec![(disk, Vec::new())];
    dies.push(match names.len() {
        0 => (t(text::NO_SNAPSHOTS_DIE).to_owned(), names),
        1 => (t(text::SNAPSHOT_DIES).to_owned(), names),
        many => {
            let count = number(i64::try_from(many).unwrap_or(i64::MAX));
            (t_with(text::SNAPSHOTS_DIE, &[("count", &count)]), names)
        }
    });
    if let Some(address) = &now.public_ip {
        dies.push((t_with(text::ADDRESS_DIES, &[("address", address)]), Vec::new()));
    }
    let saves = snapshots
        .iter()
        .map(|snapshot| cost::snapshot(snapshot.size, &prices))
        .fold(now.price.unwrap_or(cost::zero(prices.currency)), cost::plus);
    let key = id.to_string();
    let code = code(&about, "delete-instance", &[("id", &key)], &Value::Null);
    view! {
        <Head about=about title=t_with(text::FOR_GOOD_TITLE, &[("name", &now.name)]) />
        <Confirm
            operation="delete-instance"
            path=vec![("id", id.to_string())]
            act=t_with(text::FOR_GOOD_ACT, &[("name", &now.name)])
            return_to=path::instances()
            cancel=path::instance(id)
            type_name=now.name
            reason=Signal::derive(move || instance.with(|instance| refusal(instance, Verb::Delete)))
        >
            <p>{t(text::DELETE_LEAD)}</p>
            <Fate dies=dies stays=vec![t(text::TEMPLATES_STAY), t(text::KEYS_STAY)] saves=Some(saves) />
        </Confirm>
        <CodePanel code=code />
    }
    .into_any()
}
