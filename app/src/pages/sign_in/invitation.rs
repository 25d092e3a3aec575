//! Accepting an invitation: who has an account enters its password, who has none chooses one.

use super::{Gate, SecondStep, token};
use crate::{
    load::{Ask, load},
    path,
    text::{t, t_with, users as text},
    ui::{Button, Field, Form, Hidden, Kind, Loaded},
};
use api::{GetInvitation, Invitation, op};
use leptos::prelude::*;

#[component]
pub fn Join() -> impl IntoView {
    let token = token();
    let asked = GetInvitation { token: token.clone() };
    let invitation = load(op::GetInvitation, &[], move || Ask::with(asked.clone()));
    view! {
        <Gate title=t(text::JOIN_PAGE) lead="">
            <Loaded
                answer=invitation
                page=true
                rows=3
                view=move |reply| view! { <JoinForm invitation=reply.body token=token.clone() /> }.into_any()
            />
            <p class="hint"><a href=path::sign_in()>{t(text::BACK)}</a></p>
        </Gate>
    }
    .into_any()
}

#[component]
fn JoinForm(invitation: Invitation, token: String) -> impl IntoView {
    let Invitation { email, organization, has_password, .. } = invitation;
    let (what, label, autocomplete) = match has_password {
        true => (text::JOIN_KNOWN, text::PASSWORD, "current-password"),
        false => (text::JOIN_NEW, text::NEW_PASSWORD, "new-password"),
    };
    let hint = if has_password { "" } else { t(text::NEW_PASSWORD_HINT) };
    view! {
        <h2>{t_with(text::JOIN_TITLE, &[("organization", &organization)])}</h2>
        <p>{t_with(text::JOIN_LEAD, &[("email", &email)])}" "{t(what)}</p>
        <Form operation="accept-invitation" return_to=path::home() full_page=true>
            <Hidden name="token" value=token />
            <div class="stack">
                <Field
                    name="password"
                    label=t(label)
                    hint=hint
                    kind="password"
                    required=true
                    autocomplete=autocomplete
                    max_length=1_024
                />
                <SecondStep />
                <Button label=t(text::JOIN_SUBMIT).to_owned() kind=Kind::Primary />
            </div>
        </Form>
        {has_password.then(|| view! { <p class="hint"><a href=path::password_reset()>{t(text::FORGOTTEN)}</a></p> })}
    }
    .into_any()
}
