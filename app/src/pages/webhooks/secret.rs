//! A secret, shown once, with how a receiver verifies what it gets.

use crate::{
    pages::api_keys::once::{Once, Secret},
    text::{api_keys, t_with, webhooks as text},
    ui::{KeyValue, KeyValues},
};
use api::{WebhookCreated, WebhookSecret};
use leptos::prelude::*;

/// What a receiver written in Python does.
const VERIFY: &str = "import base64, hashlib, hmac, time

def is_ours(secret, headers, body: bytes):
    key = base64.b64decode(secret.removeprefix(\"whsec_\"))
    at = headers[\"webhook-timestamp\"]
    signed = f\"{headers['webhook-id']}.{at}.\".encode() + body
    right = \"v1,\" + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = headers[\"webhook-signature\"].split()
    return abs(time.time() - int(at)) < 300 and any(hmac.compare_digest(right, one) for one in given)";

#[component]
pub fn OfNew(made: WebhookCreated) -> impl IntoView {
    let title = t_with(text::READY, &[("name", &made.name)]);
    view! { <Signing title=title secret=made.secret /> }
}

#[component]
pub fn OfRotated(made: WebhookSecret) -> impl IntoView {
    let until = made.previous_until.to_string();
    view! { <Signing title=t_with(text::ROTATED, &[("time", &until)]) secret=made.secret /> }
}

#[component]
fn Signing(title: String, secret: String) -> impl IntoView {
    let uses = vec![(api_keys::PYTHON, VERIFY.to_owned())];
    view! {
        <Once title=title uses=uses>
            <KeyValues>
                <KeyValue name=crate::text::t(api_keys::SECRET)><Secret value=secret what=api_keys::SECRET /></KeyValue>
            </KeyValues>
        </Once>
    }
    .into_any()
}
