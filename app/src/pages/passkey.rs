//! Forms that a passkey fills in: the browser asks the device, and what it answers is sent as the form.

use crate::{
    text::{Text, passkeys as text, t},
    ui::{ErrorText, Notice, Tone},
};
use api::{Client, ErrorBody, Nothing, PasskeyOptions, op};
use js_sys::{Function, JSON, Object, Promise, Reflect};
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What the browser is asked for (WebAuthn Level 3, sections 5.1.3 and 5.1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceremony {
    /// A new passkey.
    Create,
    /// Any that is there.
    Get,
    /// One's own, to prove who is in the session.
    Prove,
}

/// Why there is no answer.
#[derive(Clone, Debug)]
enum Trouble {
    Browser(Text),
    Api(ErrorBody),
}

/// Around a form with nothing but what the operation needs beside the passkey.
#[component]
pub fn WithPasskey(ceremony: Ceremony, children: Children) -> impl IntoView {
    let client = use_context::<Client>();
    let trouble = RwSignal::new(None::<Trouble>);
    let filled = RwSignal::new(false);
    let ask = move |event: ev::SubmitEvent| {
        // Filled in, it goes like every form. If it is refused, the next press asks anew.
        if filled.get_untracked() {
            filled.set(false);
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        let form = event.target().and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
        let (Some(form), Some(client)) = (form, client.clone()) else { return };
        trouble.set(None);
        spawn_local(async move {
            match answer(ceremony, &client).await {
                Ok((state, credential)) => {
                    fill(&form, "state", &state);
                    fill(&form, "credential:json", &credential);
                    filled.set(true);
                    // A form that has left the page needs no answer.
                    let _ = form.request_submit();
                }
                Err(what) => trouble.set(Some(what)),
            }
        });
    };
    view! {
        <p class="hint without-scripts">{t(text::NEEDS_SCRIPTS)}</p>
        <div class="stack needs-scripts" on:submit:capture=ask>
            {children()}
            {move || trouble.get().map(|what| view! {
                <Notice tone=Tone::Warn>
                    {match what {
                        Trouble::Browser(said) => t(said).into_any(),
                        Trouble::Api(error) => view! { <ErrorText error=error /> }.into_any(),
                    }}
                </Notice>
            })}
        </div>
    }
    .into_any()
}

fn fill(form: &web_sys::HtmlFormElement, name: &str, value: &str) {
    let field = form.query_selector(&format!("input[name='{name}']")).ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok())
    {
        field.set_value(value);
    }
}

/// What the platform asks, and what the browser answers.
async fn answer(ceremony: Ceremony, client: &Client) -> Result<(String, String), Trouble> {
    let reply = match ceremony {
        Ceremony::Create => client.call(op::GetPasskeyCreationOptions, &[], &Nothing {}).await,
        Ceremony::Get => client.call(op::GetPasskeyRequestOptions, &[], &Nothing {}).await,
        Ceremony::Prove => client.call(op::GetSessionConfirmationOptions, &[], &Nothing {}).await,
    };
    let PasskeyOptions { state, options } = reply.map_err(Trouble::Api)?.body;
    let credential = ask_browser(ceremony, &options.to_string()).await.map_err(Trouble::Browser)?;
    Ok((state, credential))
}

/// The credential, as its `toJSON()` writes it.
async fn ask_browser(ceremony: Ceremony, options: &str) -> Result<String, Text> {
    let (read, act) = match ceremony {
        Ceremony::Create => ("parseCreationOptionsFromJSON", "create"),
        Ceremony::Get | Ceremony::Prove => ("parseRequestOptionsFromJSON", "get"),
    };
    // Not there: an old browser, or a page that did not come by HTTPS.
    let none = |_: JsValue| text::NO_BROWSER;
    let kind = Reflect::get(&window(), &"PublicKeyCredential".into()).map_err(none)?;
    let read: Function = member(&kind, read).map_err(none)?;
    let credentials = member(window().navigator().as_ref(), "credentials").map_err(none)?;
    let act: Function = member::<Function>(&credentials, act).map_err(none)?;
    let options = JSON::parse(options).map_err(none)?;
    let request = Object::new();
    let key = read.call1(&kind, &options).map_err(none)?;
    Reflect::set(&request, &"publicKey".into(), &key).map_err(none)?;
    let promise: Promise = act.call1(&credentials, &request).map_err(none)?.unchecked_into();
    let made = JsFuture::from(promise).await.map_err(|error| why(&error))?;
    JSON::stringify(&made).map(String::from).map_err(none)
}

fn member<T: JsCast>(of: &JsValue, name: &str) -> Result<T, JsValue> {
    Reflect::get(of, &name.into())?.dyn_into()
}

/// Browsers say little, so that pages learn nothing about who has which passkey.
fn why(error: &JsValue) -> Text {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("InvalidStateError") => text::HAS_ONE,
        Some("SecurityError") => text::OTHER_HOST,
        _ => text::NOT_ANSWERED,
    }
}
