//! `/permissions/{kind}/{id}`: what a role, a key or a person may do, operation by operation, and what of it
//! was used. The filters are in the address.

mod groups;
mod question;
mod rows;

use crate::{
    as_code::as_code,
    load::{Ask, load},
    pages::{NotFound, address::Wrong},
    path,
    text::{permissions as text, t, t_with},
    ui::{CodePanel, Empty, Filter, Filters, Kind, LinkButton, Loaded, PageHeader, icons},
    visit::{language, visit},
};
use api::{IamPermission, IamPermissions, ListIamPermissions, op};
use domain::format;
use groups::Groups;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
pub use question::whose;
use question::{Asked, OUTCOMES, UNUSED, read};

#[component]
pub fn Permissions() -> impl IntoView {
    let params = use_params_map();
    let of = move |name: &str| params.with(|params| params.get(name).unwrap_or_default());
    let place = Memo::new(move |_| (of("of"), of("id")));
    move || {
        let (kind, id) = place.get();
        match whose(&kind, &id) {
            Some(whose) => {
                view! { <Of whose=whose here=path::permissions(&kind, &id) /> }.into_any()
            }
            None => view! { <NotFound /> }.into_any(),
        }
    }
}

#[component]
fn Of(whose: ListIamPermissions, here: String) -> impl IntoView {
    let query = use_query_map();
    let read = Memo::new(move |_| query.with(read));
    let asked = Memo::new(move |_| read.get().unwrap_or_default());
    // Other filters are the same page: what they are chosen in stays.
    let wrong = Memo::new(move |_| read.get().err());
    let code = as_code(&visit().origin, "list-iam-permissions", &[], &whose, &[]);
    let question = whose.clone();
    let said = load(op::ListIamPermissions, &["iam-role", "organization"], move || {
        Ask::with(question.clone())
    });
    view! {
        {move || match wrong.get() {
            Some(error) => view! { <Wrong error=error all=here.clone() /> }.into_any(),
            None => {
                let (whose, here) = (whose.clone(), here.clone());
                view! {
                    <Loaded
                        answer=said
                        page=true
                        view=move |reply| view! {
                            <Whole said=reply.body asked=asked whose=whose.clone() here=here.clone() />
                        }
                        .into_any()
                    />
                }
                .into_any()
            }
        }}
        <CodePanel code=code />
    }
    .into_any()
}

#[component]
fn Whole(
    said: IamPermissions,
    asked: Memo<Asked>,
    whose: ListIamPermissions,
    here: String,
) -> impl IntoView {
    let who = said.who.clone().unwrap_or_else(|| said.role.clone());
    let (role, id, since) = (said.role.clone(), said.role_id, said.since);
    let lead = move || {
        let since = t_with(text::SINCE, &[("since", &format::date_time(language(), since))]);
        view! { {t_with(text::LEAD, &[("role", &role)])}" "{since} }.into_any()
    };
    let unused = said.proposed.services.is_empty().then(|| t(text::NOTHING_USED).to_owned());
    view! {
        <PageHeader title=t_with(text::TITLE_OF, &[("who", &who)]) lead=lead about=(path::role(id), said.role.clone())>
            <LinkButton to=path::simulator_of(id) label=t(text::SIMULATE) icon=icons::PLAY />
            <LinkButton to=path::role_create_used(&whose) label=t(text::PROPOSE) icon=icons::SHIELD kind=Kind::Primary reason=unused />
        </PageHeader>
        <Controls asked=asked operations=said.operations.clone() here=here />
        {move || {
            let asked = asked.get();
            let shown = said.operations.iter().filter(|one| asked.is_met_by(one, since));
            let shown: Vec<_> = shown.cloned().collect();
            match shown.is_empty() {
                true => view! {
                    <section class="card compact">
                        <Empty icon=icons::SEARCH title=t(text::NONE_MATCHES) lead=t(text::NONE_MATCHES_NEXT) />
                    </section>
                }
                .into_any(),
                false => view! { <Groups shown=shown said=said.clone() open=asked.is_some() /> }.into_any(),
            }
        }}
    }
    .into_any()
}

#[component]
fn Controls(asked: Memo<Asked>, operations: Vec<IamPermission>, here: String) -> impl IntoView {
    let mut services: Vec<_> = operations.into_iter().map(|one| one.service).collect();
    services.retain(|service| !service.is_empty());
    services.sort();
    services.dedup();
    let of = move |part: fn(&Asked) -> Option<String>| Signal::derive(move || asked.with(part));
    let services = move || services.iter().map(|one| (one.clone(), one.clone())).collect();
    let outcomes = || {
        let all = OUTCOMES.iter().chain([&UNUSED]);
        all.map(|(value, label)| ((*value).to_owned(), t(*label).to_owned())).collect()
    };
    let filters = vec![
        Filter::search("q", t(text::OPERATION), of(|asked| asked.q.clone())),
        Filter::choice("service", t(text::SERVICE), services, of(|asked| asked.service.clone())),
        Filter::choice("may", t(text::MAY), outcomes, of(|asked| asked.may.clone())),
    ];
    view! { <Filters label=t(text::FILTER) to=here filters=filters /> }.into_any()
}
