//! What is pressed: buttons, menus, and the three ways of asking first.

use super::Sample;
use crate::{
    path,
    text::{common, forgive, style as text, t},
    ui::{
        Button, Card, Confirm, Form, Kind, LinkButton, Menu, MenuLink, MenuSubmit, Toasts, icons,
    },
};
use api::forms::Undo;
use domain::Uuid;
use leptos::prelude::*;

#[component]
pub fn Acts() -> impl IntoView {
    view! {
        <Card title=t(text::BUTTONS)>
            <div class="stack">
                <Buttons />
                <Menus />
            </div>
        </Card>
        <Card title=t(text::CONFIRMS)>
            <Confirms />
        </Card>
    }
    .into_any()
}

#[component]
fn Buttons() -> impl IntoView {
    view! {
        <Sample of="Button">
            <div class="row">
                <Button label=t(text::PRIMARY).to_owned() kind=Kind::Primary icon=icons::PLUS plain=true />
                <Button label=t(text::SECONDARY).to_owned() plain=true />
                <Button label=t(text::QUIET).to_owned() kind=Kind::Quiet plain=true />
                <Button label=t(text::DANGER).to_owned() kind=Kind::Danger icon=icons::TRASH_2 plain=true />
                <Button label=t(text::SMALL).to_owned() small=true plain=true />
                <Button label=t(text::ICON_ONLY).to_owned() icon=icons::PENCIL icon_only=true plain=true />
                <Button label=t(text::DISABLED).to_owned() reason=Some(t(text::REASON).to_owned()) plain=true />
            </div>
        </Sample>
        <Sample of="LinkButton">
            <div class="row">
                <LinkButton to=path::style() label=t(common::CREATE) kind=Kind::Primary icon=icons::PLUS />
                <LinkButton to=path::style() label=t(text::OPEN) />
                <LinkButton to=path::style() label=t(text::OPEN) small=true about="web-1" />
                <LinkButton to=path::style() label=t(text::DISABLED) reason=t(text::REASON).to_owned() />
            </div>
        </Sample>
    }
    .into_any()
}

#[component]
fn Menus() -> impl IntoView {
    view! {
        <Sample of="Menu, MenuLink, MenuSubmit">
            <Menu label=t(common::ACTIONS).to_owned() icon=icons::CHEVRON_DOWN>
                <MenuLink to=path::style() label=t(text::OPEN) icon=icons::ARROW_RIGHT />
                <MenuLink to=path::style() label=t(text::DISABLED) reason=Some(t(text::REASON).to_owned()) />
                <Form operation="reboot-instance" return_to=path::style()>
                    <MenuSubmit label=t(text::SEND) icon=icons::CHECK />
                </Form>
                <MenuLink to=path::style() label=t(text::DANGER) icon=icons::TRASH_2 danger=true />
            </Menu>
        </Sample>
    }
    .into_any()
}

/// What can be taken back is offered to be taken back; what can't easily is asked; what can't at all
/// asks for the name.
#[component]
fn Confirms() -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let say = Callback::new(move |()| toasts.say(t(text::SAMPLE)));
    let undo = Callback::new(move |()| toasts.offer("", serde_json::to_value(sample_undo()).ok()));
    view! {
        <div class="columns">
            <Sample of="ToastRegion">
                <p class="hint">{t(text::TOAST_HINT)}</p>
                <div class="row">
                    <Button label=t(text::TOAST).to_owned() plain=true on_press=say />
                    <Button label=t(forgive::UNDO).to_owned() plain=true on_press=undo />
                </div>
            </Sample>
            <Sample of="Confirm">
                <Confirm operation="stop-instance" path=vec![] act=t(text::OPEN) return_to=path::style() cancel=path::style() focus=false>
                    <p>{t(text::ASKS)}</p>
                </Confirm>
                <Confirm
                    operation="delete-instance"
                    path=vec![]
                    act=t(text::DANGER)
                    return_to=path::style()
                    cancel=path::style()
                    focus=false
                    type_name="web-1".to_owned()
                >
                    <p>{t(text::ASKS_NAME)}</p>
                </Confirm>
                <Confirm
                    operation="delete-template"
                    path=vec![]
                    act=t(text::DISABLED)
                    return_to=path::style()
                    cancel=path::style()
                    focus=false
                    reason=Some(t(text::REASON).to_owned())
                >
                    <p>{t(text::ASKS_NOT)}</p>
                </Confirm>
            </Sample>
        </div>
    }
    .into_any()
}

/// Of nothing that is there: who presses it is told so.
fn sample_undo() -> Undo {
    Undo {
        done: "stop-instance".to_owned(),
        name: "web-1".to_owned(),
        operation: "start-instance".to_owned(),
        fields: vec![(format!("{}id", api::forms::PATH_PREFIX), Uuid::nil().to_string())],
    }
}
