//! The state of an instance: icon, word and, while it moves, how far it is.

use crate::{
    pages::operations::name,
    text::{states, t},
    ui::{IconView, Tone, ToneChip, icons},
};
use api::{Instance, OperationDetail};
use domain::{instance::InstanceState, operation::OperationState};
use leptos::prelude::*;

fn tone(state: InstanceState) -> Tone {
    match state {
        InstanceState::Running => Tone::Ok,
        InstanceState::Error => Tone::Bad,
        InstanceState::Stopped | InstanceState::Destroyed => Tone::Neutral,
        _ => Tone::Busy,
    }
}

/// The operation that works on an instance, if it is among these.
pub fn at_work<'a>(
    instance: &Instance,
    operations: &'a [OperationDetail],
) -> Option<&'a OperationDetail> {
    let id = instance.operation?;
    operations.iter().find(|o| o.id == id && o.state == OperationState::Pending)
}

#[component]
pub fn State(
    #[prop(into)] instance: Signal<Instance>,
    #[prop(into)] operations: Signal<Vec<OperationDetail>>,
) -> impl IntoView {
    let shown = Memo::new(move |_| {
        instance.with(|instance| {
            let work = operations.with(|operations| at_work(instance, operations).cloned());
            (instance.state, instance.operation.is_some(), work)
        })
    });
    move || {
        let (state, busy, work) = shown.get();
        let word = t(states::instance(state));
        let tone = if busy && state != InstanceState::Error { Tone::Busy } else { tone(state) };
        match work {
            Some(work) => view! {
                <span class="state">
                    <ToneChip tone=tone word=word progress=work.progress />
                    {(!state.is_moving()).then(|| view! { <span class="hint">{name(&work.operation)}</span> })}
                </span>
            }
            .into_any(),
            None => view! { <ToneChip tone=tone word=word /> }.into_any(),
        }
    }
}

/// Says that nothing real runs there.
#[component]
pub fn Simulated(#[prop(into)] engine: Option<String>) -> impl IntoView {
    (engine.as_deref() == Some("sim")).then(|| {
        view! {
            <span class="simulated"><IconView icon=icons::INFO />{t(crate::text::common::SIMULATED)}</span>
        }
    })
}
