//! The keys, as a dialog and as a page, and the switch for single ones.

use super::keys::{GROUPS, Key};
use crate::{
    path,
    text::{common, keys as text, t},
    ui::{Button, Card, Form, Hidden, IconView, PageHeader, icons},
    visit::visit,
};
use leptos::{html, prelude::*};

/// `/keyboard`
#[component]
pub fn Keyboard() -> impl IntoView {
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD) />
        <Card><Keys return_to=path::keyboard() /></Card>
    }
    .into_any()
}

#[component]
pub fn Sheet(open: RwSignal<bool>) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    super::palette::follow(dialog, open);
    let here = leptos_router::hooks::use_location().pathname;
    view! {
        <dialog node_ref=dialog class="card dialog" aria-labelledby="sheet-title" on:close=move |_| super::palette::closed(dialog, open)>
            {move || open.get().then(|| view! {
                <header class="card-head row">
                    <h2 id="sheet-title">{t(text::TITLE)}</h2>
                    <button type="button" class="icon-button" on:click=move |_| open.set(false)>
                        <IconView icon=icons::X />
                        <span class="sr-only">{t(common::CLOSE)}</span>
                    </button>
                </header>
                <p class="hint">{t(text::LEAD)}</p>
                <Keys return_to=here.get_untracked() />
            })}
        </dialog>
    }
    .into_any()
}

/// All keys by groups, and the switch.
#[component]
fn Keys(return_to: String) -> impl IntoView {
    let on = visit().me.is_some_and(|me| me.single_keys);
    let (says, turns) = match on {
        true => (text::ON, text::TURN_OFF),
        false => (text::OFF, text::TURN_ON),
    };
    view! {
        <div class="columns">
            {GROUPS
                .iter()
                .map(|(title, keys)| view! {
                    <section class="stack-small">
                        <h3>{t(*title)}</h3>
                        <dl class="key-lines">{keys.iter().map(line).collect_view()}</dl>
                    </section>
                })
                .collect_view()}
        </div>
        <Form operation="update-preferences" return_to=return_to full_page=true>
            <Hidden name="single-keys" value=(!on).to_string() />
            <div class="row">
                <span class="hint">{t(says)}</span>
                <Button label=t(turns).to_owned() small=true />
            </div>
        </Form>
    }
    .into_any()
}

fn line(key: &'static Key) -> AnyView {
    let keys = key.keys.split(' ').enumerate().map(|(at, key)| {
        view! {
            {(at > 0).then_some(" ")}
            <kbd>{key}</kbd>
        }
    });
    view! {
        <div>
            <dt>{t(key.what)}</dt>
            <dd>{keys.collect_view()}</dd>
        </div>
    }
    .into_any()
}
