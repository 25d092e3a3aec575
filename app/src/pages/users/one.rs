//! One person: another role, or the question before they are removed. There is no endpoint for one, so
//! they are looked for among all.

use super::{OWNER, invite::RoleSelect};
use crate::{
    as_code::as_code,
    load::{Ask, load},
    pages::audit_trail::activity::{self, ActivityPage, Doer},
    path,
    text::{audit_trail, t, t_with, users as text},
    ui::{
        Button, Card, CodePanel, Confirm, Empty, Form, FormCode, KeyValue, KeyValues, Kind,
        LinkButton, Loaded, PageHeader, icons,
    },
    visit::visit,
};
use api::{ErrorCode, IamRole, Nothing, User, op};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde_json::json;

#[component]
pub fn One() -> impl IntoView {
    let params = use_params_map();
    let param = move |name| params.with(|params| params.get(name)).unwrap_or_default();
    let users = load(op::ListUsers, &[], Ask::all);
    let roles = load(op::ListIamRoles, &[], Ask::all);
    let show = move |all: Vec<User>| {
        let owners = all.iter().filter(|user| !user.pending && user.role.name == OWNER).count();
        let Some(user) = all.into_iter().find(|user| user.id.to_string() == param("id")) else {
            return view! { <Gone /> }.into_any();
        };
        let last = owners == 1 && !user.pending && user.role.name == OWNER;
        let reason = last.then(|| t_with(text::LAST_OWNER, &[("email", &user.email)]));
        match param("act").as_str() {
            "role" => view! {
                <Loaded
                    answer=roles
                    rows=3
                    view=move |reply| view! {
                        <Role user=user.clone() roles=reply.body.iam_roles reason=reason.clone() />
                    }
                    .into_any()
                />
            }
            .into_any(),
            "activity" => view! { <Acts user=user /> }.into_any(),
            "delete" => view! { <Remove user=user reason=reason /> }.into_any(),
            _ => view! { <Gone /> }.into_any(),
        }
    };
    view! { <Loaded answer=users page=true view=move |reply| show(reply.body.users) /> }.into_any()
}

/// What was done to them, and by them.
#[component]
fn Acts(user: User) -> impl IntoView {
    let doer = Doer {
        actor: user.email.clone(),
        to: audit_trail::TO_PERSON,
        by: audit_trail::DONE_BY_PERSON,
    };
    view! {
        <ActivityPage name=user.email asked=activity::about(user.id) kinds=&["user"] doer=doer />
    }
    .into_any()
}

#[component]
fn Gone() -> impl IntoView {
    crate::ui::page_status(ErrorCode::NotFound);
    view! {
        <PageHeader title=t(text::GONE).to_owned() />
        <section class="card">
            <Empty icon=icons::USER_ROUND title=t(text::GONE) lead=t(text::GONE_NEXT)>
                <LinkButton to=path::users() label=t(text::TITLE) kind=Kind::Primary />
            </Empty>
        </section>
    }
    .into_any()
}

#[component]
fn Role(user: User, roles: Vec<IamRole>, reason: Option<String>) -> impl IntoView {
    let (id, role) = (user.id.to_string(), user.role.id.to_string());
    let names = roles.iter().map(|role| (role.id.to_string(), role.name.clone())).collect();
    let start = json!({ "role": { "id": role } });
    let of_form = vec![("id", id)];
    let of_code = of_form.clone();
    view! {
        <PageHeader
            title=t_with(text::CHANGE_ROLE_OF, &[("email", &user.email)])
            lead=|| t(text::CHANGE_ROLE_LEAD)
        />
        <Card>
            <Form operation="update-user-role" path=of_form return_to=path::users() done=t(text::ROLE_CHANGED)>
                <div class="stack">
                    <RoleSelect roles=roles value=role />
                    <div class="row">
                        <Button label=t(text::CHANGE_ROLE).to_owned() kind=Kind::Primary reason=Signal::stored(reason) />
                    </div>
                </div>
            </Form>
        </Card>
        <FormCode operation="update-user-role" path=of_code start=start names=names />
    }
    .into_any()
}

#[component]
fn Remove(user: User, reason: Option<String>) -> impl IntoView {
    let id = user.id.to_string();
    let words = [("email", user.email.as_str())];
    let code = as_code(&visit().origin, "delete-user", &[("id", &id)], &Nothing {}, &[]);
    let act = match user.pending {
        true => t_with(text::TAKE_BACK_NAMED, &words),
        false => t_with(text::REMOVE_NAMED, &words),
    };
    let consequences: &[_] = match user.pending {
        true => &[text::TAKE_BACK_DIES, text::REMOVE_BACK],
        false => &[text::REMOVE_DIES, text::REMOVE_STAYS, text::REMOVE_BACK],
    };
    view! {
        <PageHeader title=act.clone() lead=|| t(text::REMOVE_LEAD) />
        <Confirm
            operation="delete-user"
            path=vec![("id", id)]
            act=act
            return_to=path::users()
            cancel=path::users()
            done=t(text::REMOVED)
            reason=Signal::stored(reason)
        >
            <KeyValues>
                <KeyValue name=t(text::EMAIL)>{user.email}</KeyValue>
                <KeyValue name=t(text::ROLE)>{user.role.name}</KeyValue>
            </KeyValues>
            <ul class="consequences">
                {consequences.iter().map(|text| view! { <li>{t(*text)}</li> }).collect_view()}
            </ul>
        </Confirm>
        <CodePanel code=code />
    }
    .into_any()
}
