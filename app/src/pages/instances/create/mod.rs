//! `/instances/create`: one page, with a rail that says what it will cost.

mod access;
mod disk;
mod draft;
mod options;
mod panes;
mod place;
mod quota;
mod rail;
mod refusal;
mod section;
mod stock;
mod types;
mod user_data;

use crate::{
    path,
    text::{create as text, t},
    ui::{Empty, ErrorPanel, Form, FormContext, PageHeader, Skeleton, icons},
};
use draft::Draft;
use leptos::prelude::*;
use stock::{Asking, Stock};

#[component]
pub fn Create() -> impl IntoView {
    let asking = Asking::start();
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD) />
        <Transition fallback=|| view! { <Skeleton rows=8 /> }>
            {move || Suspend::new(async move {
                match asking.answers().await {
                    Ok(stock) if stock.zones.is_empty() => view! {
                        <section class="card">
                            <Empty icon=icons::MAP_PIN title=t(text::NO_ZONES) lead=t(text::NO_ZONES_NEXT) />
                        </section>
                    }
                    .into_any(),
                    Ok(stock) => view! { <CreateForm stock=stock /> }.into_any(),
                    Err(error) => view! { <ErrorPanel error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn CreateForm(stock: Stock) -> impl IntoView {
    view! {
        <Form operation="create-instance" return_to=path::instance("{reference}") done=t(text::DONE) class="with-rail">
            <Fields stock=stock />
        </Form>
    }
    .into_any()
}

/// Inside the form, so that values it had before are found.
#[component]
fn Fields(stock: Stock) -> impl IntoView {
    let draft = Draft::new(stock, expect_context::<FormContext>());
    view! {
        // Enter in a field creates the instance, rather than pressing the first button in sight.
        <button type="submit" class="sr-only" tabindex="-1" aria-hidden="true"></button>
        <div class="card sections">
            <place::Place draft=draft />
            <types::Types draft=draft />
            <disk::Disk draft=draft />
            <access::Access draft=draft />
            <options::Network draft=draft />
            <user_data::UserData draft=draft />
            <options::Options draft=draft />
        </div>
        <rail::Rail draft=draft />
    }
    .into_any()
}
