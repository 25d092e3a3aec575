//! The question before a deleted instance comes back.

use super::{
    super::{cost, may::refusal},
    About, Head,
};
use crate::{
    pages::fate::PriceChange,
    path,
    text::{instance_acts as text, t, t_with},
    ui::{Check, Confirm, FormCode},
};
use domain::instance::Verb;
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Recover(about: About) -> impl IntoView {
    let now = about.now();
    let About { id, instance, prices, .. } = about.clone();
    let starts = RwSignal::new(true);
    let before = now.price.unwrap_or(cost::zero(prices.currency));
    let (stopped, running) =
        (cost::while_stopped(&now, &prices), cost::while_running(&now, &prices));
    view! {
        <Head about=about title=t_with(text::RECOVER_TITLE, &[("name", &now.name)]) />
        <Confirm
            operation="recover-instance"
            path=vec![("id", id.to_string())]
            act=t_with(text::RECOVER_ACT, &[("name", &now.name)])
            return_to=path::instance(id)
            cancel=path::instance(id)
            done=t(text::RECOVER_REQUESTED)
            reason=Signal::derive(move || instance.with(|instance| refusal(instance, Verb::Recover)))
        >
            <p>{t(text::RECOVER_LEAD)}</p>
            <Check name="start" label=t(text::RECOVER_START) checked=true on_change=starts />
            {move || view! { <PriceChange before=before after=if starts.get() { running } else { stopped } /> }}
        </Confirm>
        <FormCode operation="recover-instance" path=vec![("id", id.to_string())] start=json!({ "start": true }) />
    }
    .into_any()
}
