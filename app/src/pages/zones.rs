//! Zones that do not answer, said where it matters.

use crate::{
    live::Live,
    load::{Ask, Asked, load},
    text::{Text, t, t_with, zones as text},
    ui::{Loaded, Notice, Tone},
    visit::language,
};
use api::{Zone, op};
use domain::format;
use leptos::prelude::*;

/// Asks for the zones. Nothing tells of them, but operations move, or no longer do, when one goes
/// or comes.
pub fn asked() -> Asked<api::Zones> {
    load(op::ListZones, &["operation"], Ask::all)
}

/// A notice for each zone that does not answer.
#[component]
pub fn AwayZones(
    zones: Asked<api::Zones>,
    /// The only zone that matters here; none: all of them.
    #[prop(optional, into)]
    only: MaybeProp<String>,
) -> impl IntoView {
    let view = move |reply: api::Reply<api::Zones>| {
        let away: Vec<_> = reply.body.zones.into_iter().filter(is_away).collect();
        let notices = move || {
            let only = only.get();
            let matters = |zone: &&Zone| only.as_ref().is_none_or(|only| *only == zone.name);
            away.iter().filter(matters).map(|zone| notice(zone, text::AWAY_MEANS)).collect_view()
        };
        notices.into_any()
    };
    view! { <Loaded answer=zones rows=0 quiet=true view=view /> }.into_any()
}

/// Whether a zone does not answer.
pub fn is_away(zone: &Zone) -> bool {
    zone.available == Some(false)
}

/// That a zone does not answer, since when, and what follows.
pub fn notice(zone: &Zone, means: Text) -> AnyView {
    let live = expect_context::<Live>();
    let title = t_with(text::AWAY, &[("zone", &zone.name)]);
    let since = zone.unavailable_since.map(|at| {
        move || {
            let time = format::ago(language(), at, live.now());
            view! { <span>{t_with(text::AWAY_SINCE, &[("time", &time)])}</span>" " }
        }
    });
    view! {
        <Notice tone=Tone::Warn>
            <strong>{title}</strong>
            <p>{since}{t(means)}</p>
        </Notice>
    }
    .into_any()
}
