//! What an instance is and what it costs.

use super::{
    super::{cost, state::at_work},
    Seen,
};
use crate::{
    load::{Ask, load},
    pages::operations::name,
    text::{common, instance as text, instances as all, t, t_with},
    ui::{Card, CopyButton, Instant, KeyValue, KeyValues, Loaded, Notice, Tone},
    visit::language,
};
use api::{Instance, Prices, op};
use domain::format;
use leptos::prelude::*;

#[component]
pub fn Overview(seen: Seen) -> impl IntoView {
    let prices = load(op::ListPrices, &[], Ask::all);
    view! {
        <Notices seen=seen />
        <div class="detail">
            <Card title=t(text::PROPERTIES)><Properties seen=seen /></Card>
            <Card title=t(text::COST) lead=t(text::COST_HELP)>
                <Loaded
                    answer=prices
                    rows=2
                    view=move |reply| view! { <Costs seen=seen prices=reply.body /> }.into_any()
                />
            </Card>
        </div>
    }
    .into_any()
}

/// What needs attention first: an error, work that goes on, a simulation.
#[component]
fn Notices(seen: Seen) -> impl IntoView {
    let Seen { instance, .. } = seen;
    let operations = seen.operations();
    let simulated = instance.with_untracked(|i| i.engine.as_deref() == Some("sim"));
    let next = move || match instance.with(|i| i.missing) {
        Some(true) => text::IN_ERROR_MISSING_NEXT,
        _ => text::IN_ERROR_NEXT,
    };
    view! {
        {move || instance.with(|i| i.reason.clone()).map(|reason| view! {
            <Notice tone=Tone::Bad>
                <strong>{t(text::IN_ERROR)}</strong>
                <p lang="en">{reason}</p>
                <p class="muted">{t(next())}</p>
            </Notice>
        })}
        <Transition fallback=|| ()>
            {move || {
                let work = instance.with(|i| operations.with(|all| at_work(i, all).cloned()));
                work.map(|work| {
                    let percent = format::integer(language(), work.progress);
                    let what = t_with(text::AT_WORK, &[("operation", &name(&work.operation)), ("percent", &percent)]);
                    let step = work.step.as_deref().map(|step| {
                        let attempt = format::integer(language(), work.attempt + 1);
                        t_with(text::STEP, &[("step", step), ("attempt", &attempt)])
                    });
                    view! {
                        <Notice tone=Tone::Busy>
                            <div class="work">
                                <strong>{what.clone()}</strong>
                                <progress class="progress" max="100" value=work.progress.to_string() aria-label=what></progress>
                                <span class="hint">{step}</span>
                                {work.message.map(|why| view! { <span class="why" lang="en">{why}</span> })}
                            </div>
                        </Notice>
                    }
                })
            }}
        </Transition>
        {simulated.then(|| view! { <Notice tone=Tone::Neutral><p>{t(text::SIMULATED_NOTICE)}</p></Notice> })}
    }
    .into_any()
}

#[component]
fn Properties(seen: Seen) -> impl IntoView {
    let Seen { instance, .. } = seen;
    let read = move |get: fn(&Instance) -> String| move || instance.with(get);
    let address = move |get: fn(&Instance) -> Option<&String>| {
        move || {
            match instance.with(|instance| get(instance).cloned()) {
            Some(address) => view! { <code>{address.clone()}</code><CopyButton text=address what=t(all::ADDRESS) /> }.into_any(),
            None => view! { <span class="muted">{t(common::NONE)}</span> }.into_any(),
        }
        }
    };
    view! {
        <KeyValues>
            <KeyValue name=t(all::TYPE)>{read(|i| i.instance_type.name())}</KeyValue>
            <KeyValue name=t(text::SIZE)>{read(cost::size)}</KeyValue>
            <KeyValue name=t(text::TEMPLATE)>{read(|i| i.template.name.clone())}</KeyValue>
            <KeyValue name=t(text::IPV4)>{address(|i| i.public_ip.as_ref())}</KeyValue>
            <KeyValue name=t(text::IPV6)>{address(|i| i.ipv6_address.as_ref())}</KeyValue>
            <KeyValue name=t(text::MAC)>{address(|i| i.mac_address.as_ref())}</KeyValue>
            <KeyValue name=t(all::LABELS)>{move || instance.with(|i| view! { <Tags instance=i.clone() /> })}</KeyValue>
            <KeyValue name=t(text::SSH_KEYS)>{read(keys)}</KeyValue>
            <KeyValue name=t(text::SECURITY_GROUPS)>{read(groups)}</KeyValue>
            <KeyValue name=t(text::PROTECTION)>
                {read(|i| t(if i.protected == Some(true) { text::PROTECTED } else { text::UNPROTECTED }).to_owned())}
            </KeyValue>
            <KeyValue name=t(common::CREATED)><Instant at=instance.with_untracked(|i| i.created_at) /></KeyValue>
            <KeyValue name=t(text::ENGINE)>{read(|i| i.engine.clone().unwrap_or_default())}</KeyValue>
        </KeyValues>
    }
    .into_any()
}

fn keys(instance: &Instance) -> String {
    let names: Vec<_> = instance.ssh_keys.iter().map(|key| key.name.as_str()).collect();
    if names.is_empty() { t(text::NO_KEYS).to_owned() } else { names.join(", ") }
}

fn groups(instance: &Instance) -> String {
    let names: Vec<_> = instance.security_groups.iter().map(|group| group.name.as_str()).collect();
    if names.is_empty() { t(common::NONE).to_owned() } else { names.join(", ") }
}

#[component]
fn Tags(instance: Instance) -> impl IntoView {
    if instance.labels.is_empty() {
        return view! { <span class="muted">{t(text::NO_LABELS)}</span> }.into_any();
    }
    let tags = instance.labels.into_iter().map(|(key, value)| {
        let asked =
            api::ListInstances { labels: Some(format!("{key}={value}")), ..Default::default() };
        view! { <a class="tag mono" href=crate::path::instances_where(&asked)>{format!("{key}={value}")}</a> }
    });
    view! { <span class="tags">{tags.collect_view()}</span> }.into_any()
}

/// Now, while it runs, while it is stopped.
#[component]
fn Costs(seen: Seen, prices: Prices) -> impl IntoView {
    let Seen { instance, .. } = seen;
    move || {
        let instance = instance.get();
        let running = cost::while_running(&instance, &prices);
        let stopped = cost::while_stopped(&instance, &prices);
        let snapshots = instance.snapshots.as_deref().unwrap_or_default().len();
        let count = format::integer(language(), i64::try_from(snapshots).unwrap_or(i64::MAX));
        let amounts = |price: Option<api::Price>| {
            price.map(|price| view! {
                <span class="price-change">
                    <strong>{t_with(common::PER_HOUR, &[("amount", &cost::per_hour(price))])}</strong>
                    <span class="muted">{t_with(common::PER_MONTH, &[("amount", &cost::per_month(price))])}</span>
                </span>
            })
        };
        view! {
            <KeyValues>
                <KeyValue name=t(text::NOW)>{amounts(instance.price)}</KeyValue>
                <KeyValue name=t(text::WHILE_RUNNING)>{amounts(Some(running))}</KeyValue>
                <KeyValue name=t(text::WHILE_STOPPED)>{amounts(Some(stopped))}</KeyValue>
            </KeyValues>
            {(snapshots > 0).then(|| view! {
                <p class="hint"><a href=crate::path::instance_tab(instance.id, "snapshots")>{t_with(text::ITS_SNAPSHOTS, &[("count", &count)])}</a></p>
            })}
        }
    }
}
