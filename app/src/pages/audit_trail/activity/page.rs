//! The page of a thing's activity.

use super::{Activity, code};
use crate::{
    live::ANY_KIND,
    load::{Ask, load},
    pages::organization::spelled_days,
    path,
    text::{Text, audit_trail as text, t, t_with},
    ui::{CodePanel, LiveNote, Loaded, PageHeader},
};
use api::{ListAuditTrail, op};
use leptos::prelude::*;

/// Who does something, in the trail, and what is said above what was done to them and by them.
#[derive(Clone, Debug)]
pub struct Doer {
    pub actor: String,
    pub to: Text,
    pub by: Text,
}

#[component]
pub fn ActivityPage(
    /// What the thing is called.
    #[prop(into)]
    name: String,
    /// Address of the thing's own page, where it has one besides its list's.
    #[prop(optional)]
    page: Option<String>,
    /// What the trail is asked about it.
    asked: ListAuditTrail,
    /// What is told when something is done to it.
    kinds: &'static [&'static str],
    /// Who it is in the trail, where it can do something itself.
    #[prop(optional)]
    doer: Option<Doer>,
) -> impl IntoView {
    let to_it = code(&asked);
    let to = doer.as_ref().map_or(text::TO_IT, |doer| doer.to);
    let (done, done_code) = doer
        .map(|Doer { actor, by, .. }| {
            let asked = ListAuditTrail { actor: Some(actor), ..Default::default() };
            let panel = view! { <CodePanel code=code(&asked) act=t(by) id="done-code" /> };
            let table = view! {
                <Activity title=by lead=text::DONE_LEAD asked=asked kinds=&[ANY_KIND] />
            };
            (table, panel)
        })
        .unzip();
    view! {
        <PageHeader
            title=t_with(text::ACTIVITY_OF, &[("name", &name)])
            about=page.map(|page| (page, name))
            lead=|| t(text::ACTIVITY_LEAD)
        >
            <LiveNote />
        </PageHeader>
        <Activity title=to lead=text::TO_IT_LEAD asked=asked kinds=kinds />
        {done}
        <Kept />
        <CodePanel code=to_it act=t(to) />
        {done_code}
    }
    .into_any()
}

/// What is not shown, and for how long the trail has it.
#[component]
pub fn Kept() -> impl IntoView {
    let organization = load(op::GetOrganization, &["organization"], Ask::all);
    view! {
        <Loaded
            answer=organization
            rows=0
            quiet=true
            view=|reply| {
                let said = match reply.body.api_call_days.unwrap_or_default() {
                    0 => t(text::READS_NOT_KEPT).to_owned(),
                    days => t_with(text::READS_KEPT, &[("time", &spelled_days(days))]),
                };
                view! {
                    <div class="stack-small">
                        <p class="hint">{said}</p>
                        <p><a href=path::organization()>{t(text::READS_SETTING)}</a></p>
                    </div>
                }
                .into_any()
            }
        />
    }
    .into_any()
}
