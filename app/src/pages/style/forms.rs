//! Forms that were refused, that somebody else was quicker with, and that were left half typed.

use super::Sample;
use crate::{
    path,
    text::{common, style as text, t},
    ui::{Button, Card, DraftNote, EditForm, Field, Form, FormCode, FormContext, Kind, TextArea},
    visit::visit,
};
use api::{
    ErrorBody, ErrorCode,
    forms::{Merge, Merged},
};
use domain::{RequestId, Uuid};
use leptos::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

#[component]
pub fn Forms() -> impl IntoView {
    view! {
        <Card title=t(text::FORMS)>
            <div class="stack">
                <div class="columns">
                    <Sample of="Form">
                        <Form operation="register-ssh-key" return_to=path::style()>
                            <Refused />
                            <div class="stack">
                                <Field name="name" label=t(common::NAME) value="-web" />
                                <div class="row"><Button label=t(text::SEND).to_owned() kind=Kind::Primary /></div>
                            </div>
                        </Form>
                    </Sample>
                    <Sample of="EditForm">
                        <EditForm
                            operation="update-template"
                            path=vec![]
                            return_to=path::style()
                            if_match="1"
                            done=t(text::SAMPLE)
                        >
                            <Overtaken />
                            <div class="stack">
                                <Field name="name" label=t(common::NAME) value="web-2" />
                                <TextArea name="description" label=t(text::NOTE) rows=2 value="Debian" />
                                <div class="row"><Button label=t(text::SEND).to_owned() kind=Kind::Primary /></div>
                            </div>
                        </EditForm>
                    </Sample>
                    <Sample of="Keeper">
                        <p class="hint">{t(text::KEEPER)}</p>
                    </Sample>
                    <Sample of="DraftNote">
                        <DraftNote at=visit().now secret=true afresh=Callback::new(|()| ()) />
                    </Sample>
                </div>
                <Sample of="FormCode">
                    <FormCode operation="register-ssh-key" start=json!({ "name": "-web" }) id="form-code" />
                </Sample>
            </div>
        </Card>
    }
    .into_any()
}

/// Gives the form around it what a refusal gives it.
#[component]
fn Refused() -> impl IntoView {
    let fields = BTreeMap::from([("name".to_owned(), t(text::WRONG).to_owned())]);
    let error = ErrorBody {
        message: t(text::REFUSED).to_owned(),
        code: ErrorCode::Invalid,
        fields,
        request_id: Some(RequestId(Uuid::nil())),
        request_access: None,
    };
    expect_context::<FormContext>().refuse(error, None);
}

/// Gives the form around it what a change of somebody else gives it.
#[component]
fn Overtaken() -> impl IntoView {
    let field = |name: &str, was: &str, theirs: &str, yours: &str| {
        let [name, was, theirs, yours] = [name, was, theirs, yours].map(str::to_owned);
        Merged { name, was, theirs, yours }
    };
    let merge = Merge {
        who: Some("ada@example.com".to_owned()),
        at: Some(visit().now),
        fields: vec![
            field("name", "web-1", "web-9", "web-2"),
            field("description", "", "Debian", ""),
        ],
        values: Vec::new(),
    };
    let error = ErrorBody {
        message: t(text::REFUSED).to_owned(),
        code: ErrorCode::PreconditionFailed,
        fields: BTreeMap::new(),
        request_id: None,
        request_access: None,
    };
    expect_context::<FormContext>().refuse(error, serde_json::to_value(merge).ok());
}
