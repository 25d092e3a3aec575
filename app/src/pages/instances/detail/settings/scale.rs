//! Another type. Only those are offered that this instance may become.

use super::super::{
    super::{cost, may::refusal},
    Seen,
};
use crate::{
    as_code::scaled,
    load::{Ask, load},
    path,
    text::{instance as text, t, t_with},
    ui::{Button, Card, Entry, Form, FormCode, Loaded, Select, Terraform, stay},
    visit::language,
};
use api::{Instance, InstanceType, op};
use domain::{format, instance::Verb, instance_type::InstanceType as Rules, money::NanoPerHour};
use leptos::prelude::*;
use serde_json::json;
use std::sync::Arc;

#[component]
pub fn Scale(seen: Seen) -> impl IntoView {
    let types = load(op::ListInstanceTypes, &[], Ask::all);
    let Seen { id, instance, .. } = seen;
    let lead = instance.with_untracked(|i| {
        t_with(text::SCALE_LEAD, &[("name", &i.instance_type.name()), ("size", &cost::size(i))])
    });
    view! {
        <Card title=t(text::SCALE) lead=lead>
            <Form
                operation="scale-instance"
                path=vec![("id", id.to_string())]
                return_to=path::instance_tab(id, "settings")
                done=t(text::SCALE_REQUESTED)
                on_answer=stay()
            >
                <div class="stack">
                    <Loaded
                        answer=types
                        rows=1
                        view=move |reply| {
                            let options = instance.with_untracked(|i| options(i, &reply.body.instance_types));
                            view! { <Select name="instance-type.id" label=t(text::NEW_TYPE) options=options required=true /> }.into_any()
                        }
                    />
                    <div class="row">
                        <Button
                            label=t(text::SCALE_BUTTON).to_owned()
                            reason=Signal::derive(move || instance.with(|i| refusal(i, Verb::Scale)))
                        />
                    </div>
                </div>
            </Form>
            <Loaded answer=types rows=0 quiet=true view=move |reply| view! { <Code seen=seen types=reply.body.instance_types /> }.into_any() />
        </Card>
    }
    .into_any()
}

/// The first type is chosen when nobody chooses.
#[component]
fn Code(seen: Seen, types: Vec<InstanceType>) -> impl IntoView {
    let first = seen.instance.with_untracked(|i| options(i, &types)).into_iter().next();
    let start = first.map(|entry| json!({ "instance-type": { "id": entry.value } }));
    let names: Vec<_> = types.iter().map(|of| (of.id.to_string(), of.name())).collect();
    let called = names.clone();
    let terraform: Terraform = Arc::new(move |body| {
        let id = body.pointer("/instance-type/id")?.as_str()?;
        let (_, name) = called.iter().find(|(of, _)| of == id)?;
        Some(seen.instance.with(|i| scaled(i, name)))
    });
    view! {
        <FormCode
            operation="scale-instance"
            path=vec![("id", seen.id.to_string())]
            start=start.unwrap_or_else(|| json!({}))
            names=names
            terraform=terraform
            id="scale-code"
        />
    }
    .into_any()
}

/// The types that the instance may become.
fn options(instance: &Instance, types: &[InstanceType]) -> Vec<Entry> {
    let from = rules(&instance.instance_type);
    let zone = instance.zone.clone().unwrap_or_default();
    types
        .iter()
        .filter(|to| to.authorized && to.zones.contains(&zone))
        .filter(|to| from.check_scale(&rules(to), instance.disk_size).is_ok())
        .map(|to| Entry::new(to.id.to_string(), line(to)))
        .collect()
}

fn line(of: &InstanceType) -> String {
    let language = language();
    let price = of.price.map(cost::both).unwrap_or_default();
    t_with(
        text::TYPE_LINE,
        &[
            ("name", &of.name()),
            ("cpus", &format::integer(language, of.cpus)),
            ("memory", &format::memory(language, of.memory >> 20)),
            ("price", &price),
        ],
    )
}

/// A type as the rules know it.
fn rules(of: &InstanceType) -> Rules {
    Rules {
        id: of.id,
        family: of.family,
        size: of.size,
        cpus: of.cpus,
        gpus: of.gpus.unwrap_or_default(),
        memory_mib: of.memory >> 20,
        disk_gib_min: of.disk_size_min.unwrap_or_default(),
        disk_gib_max: of.disk_size_max.unwrap_or(i64::MAX),
        authorized: of.authorized,
        price: of.price.map_or(NanoPerHour(0), |price| price.nano_per_hour),
    }
}
