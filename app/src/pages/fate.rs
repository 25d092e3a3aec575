//! What dies, what stays, what stops costing.

use super::instances::cost;
use crate::{
    text::{Text, instance_acts as text, t, t_with},
    ui::{Icon, IconView, icons},
};
use api::Price;
use leptos::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Dies,
    Stays,
    Saves,
}

impl Kind {
    fn parts(self) -> (Text, Icon) {
        match self {
            Kind::Dies => (text::DIES, icons::CIRCLE_X),
            Kind::Stays => (text::STAYS, icons::CIRCLE_CHECK),
            Kind::Saves => (text::SAVES, icons::WALLET),
        }
    }
}

#[component]
fn Part(kind: Kind, children: Children) -> impl IntoView {
    let (title, icon) = kind.parts();
    let class = match kind {
        Kind::Dies => "dies",
        Kind::Stays => "stays",
        Kind::Saves => "saves",
    };
    view! {
        <div>
            <h2><IconView icon=icon class=class />{t(title)}</h2>
            <ul class="lines-plain">{children()}</ul>
        </div>
    }
    .into_any()
}

/// All three. `dies` are lines, some with names under them.
#[component]
pub fn Fate(
    dies: Vec<(String, Vec<String>)>,
    stays: Vec<&'static str>,
    #[prop(optional_no_strip)] saves: Option<Price>,
) -> impl IntoView {
    view! {
        <div class="fate">
            <Part kind=Kind::Dies>
                {dies
                    .into_iter()
                    .map(|(line, names)| view! {
                        <li>
                            {line}
                            {(!names.is_empty()).then(|| view! {
                                <ul class="lines-plain">
                                    {names.into_iter().map(|name| view! { <li><code class="break">{name}</code></li> }).collect_view()}
                                </ul>
                            })}
                        </li>
                    })
                    .collect_view()}
            </Part>
            <Part kind=Kind::Stays>
                {stays.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
            </Part>
            {saves.map(|price| view! {
                <Part kind=Kind::Saves><li class="figures">{cost::both(price)}</li></Part>
            })}
        </div>
    }
    .into_any()
}

/// From one price to another.
#[component]
pub fn PriceChange(before: Price, after: Price) -> impl IntoView {
    let (before, after) = (cost::both(before), cost::both(after));
    view! {
        <p class="figures">{t_with(text::PRICE_FROM_TO, &[("before", &before), ("after", &after)])}</p>
    }
    .into_any()
}
