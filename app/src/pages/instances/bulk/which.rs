//! Which instances it is, and which of them can't now.

use super::super::{may::refusal, state::State};
use crate::{
    load::Asked,
    path,
    text::{bulk as text, common, t, t_with},
    ui::{Cell, Column, Loaded, Row, Table},
    visit::language,
};
use api::{Instance, Instances};
use domain::{bulk::BulkVerb, format};
use leptos::prelude::*;

#[component]
pub fn Which(answer: Asked<Instances>, total: i64, verb: BulkVerb) -> impl IntoView {
    view! {
        <Loaded answer=answer view=move |reply| view! { <Named instances=reply.body.instances total=total verb=verb /> }.into_any() />
    }
    .into_any()
}

#[component]
fn Named(instances: Vec<Instance>, total: i64, verb: BulkVerb) -> impl IntoView {
    let columns = vec![
        Column::text(t(common::NAME)),
        Column::text(t(common::STATE)),
        Column::text(t(common::ZONE)),
        Column::text(t(text::NOW)),
    ];
    let more = total - i64::try_from(instances.len()).unwrap_or(total);
    let more = (more > 0).then(|| {
        let more = format::integer(language(), more);
        view! { <p class="muted">{t_with(text::AND_MORE, &[("count", &more)])}</p> }
    });
    view! {
        <Table caption=t(text::WHICH) columns=columns>
            {instances.into_iter().map(|instance| view! { <One instance=instance verb=verb /> }).collect_view()}
        </Table>
        {more}
    }
    .into_any()
}

#[component]
fn One(instance: Instance, verb: BulkVerb) -> impl IntoView {
    let why = refusal(&instance, verb.verb());
    let zone = instance.zone.clone().unwrap_or_default();
    let (id, name) = (instance.id, instance.name.clone());
    view! {
        <Row>
            <Cell label=t(common::NAME) main=true><a href=path::instance(id)>{name}</a></Cell>
            <Cell label=t(common::STATE)><State instance=instance operations=Vec::new() /></Cell>
            <Cell label=t(common::ZONE)><span class="nowrap">{zone}</span></Cell>
            <Cell label=t(text::NOW)>
                {match why {
                    Some(why) => view! { <span class="why">{t_with(common::NOT_NOW, &[("reason", &why)])}</span> }.into_any(),
                    None => t(text::CAN).into_any(),
                }}
            </Cell>
        </Row>
    }
    .into_any()
}
