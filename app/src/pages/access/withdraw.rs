//! `/access-requests/{id}/withdraw`: the question before one's own request is taken back.

use super::decide::Asked;
use crate::{
    as_code::as_code,
    path,
    text::{access as text, t, t_with},
    ui::{CodePanel, Confirm, PageHeader},
    visit::visit,
};
use api::{AccessRequest, Nothing};
use leptos::prelude::*;

#[component]
pub fn Withdraw(one: AccessRequest) -> impl IntoView {
    let id = one.id.to_string();
    let words = [("what", one.operation.as_str())];
    let title = t_with(text::WITHDRAW_NAMED, &words);
    let follows = [text::WITHDRAW_DIES, text::WITHDRAW_STAYS, text::WITHDRAW_BACK]
        .map(|text| t_with(text, &words));
    let code =
        as_code(&visit().origin, "withdraw-access-request", &[("id", &id)], &Nothing {}, &[]);
    view! {
        <PageHeader title=title lead=|| t(text::WITHDRAW_LEAD) />
        <Confirm
            operation="withdraw-access-request"
            path=vec![("id", id)]
            act=t(text::WITHDRAW)
            return_to=path::access_requests()
            cancel=path::access_requests()
            done=t(text::WITHDRAW_DONE)
        >
            <Asked one=one />
            <ul class="consequences">
                {follows.map(|text| view! { <li class="break">{text}</li> }).collect_view()}
            </ul>
        </Confirm>
        <CodePanel code=Signal::stored(code) />
    }
    .into_any()
}
