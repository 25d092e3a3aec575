//! `/simulator`: what policies would say of a call that is not made. The question is the address, so it
//! can be shared, and needs no scripts.

pub mod answer;
pub mod question;

use crate::{
    as_code::as_code,
    load::{Ask, load},
    pages::address::Wrong,
    path,
    text::{simulator as text, t},
    ui::{Card, CodePanel, Empty, Loaded, PageHeader, icons},
    visit::visit,
};
use answer::Answer;
use api::{SimulateIamPolicy, op};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use question::{Question, read};

#[component]
pub fn Simulator() -> impl IntoView {
    let query = use_query_map();
    let read = Memo::new(move |_| query.with(read));
    let asked = Memo::new(move |_| read.get().unwrap_or_default());
    let origin = visit().origin;
    let code =
        Signal::derive(move || as_code(&origin, "simulate-iam-policy", &[], &asked.get(), &[]));
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD) />
        {move || match read.get() {
            Err(error) => view! { <Wrong error=error all=path::simulator() /> }.into_any(),
            Ok(asked) => view! { <Whole asked=asked /> }.into_any(),
        }}
        <CodePanel code=code />
    }
    .into_any()
}

#[component]
fn Whole(asked: SimulateIamPolicy) -> impl IntoView {
    let answer = match asked.operation.is_empty() {
        true => view! {
            <Card><Empty icon=icons::SHIELD title=t(text::START) lead=t(text::START_NEXT) /></Card>
        }
        .into_any(),
        false => {
            let ask = asked.clone();
            let said = load(op::SimulateIamPolicy, &["iam-role", "organization"], move || {
                Ask::with(ask.clone())
            });
            view! {
                <Loaded answer=said view=|reply| view! { <Answer said=reply.body /> }.into_any() />
            }
            .into_any()
        }
    };
    view! {
        <div class="simulator">
            <Question asked=asked />
            <div class="stack">{answer}</div>
        </div>
    }
    .into_any()
}
