//! A form that was sent after its session had ended, or needs a proof of who is there first.
//!
//! It is carried by the form that signs in again, so the server stores nothing of it, and is given
//! back as it was when the sign-in is accepted. Nobody but a person sends it: who has signed in may
//! be somebody else, or in another organization. Who has proven that they are who sent it need not
//! send it again.

mod ask;

pub use ask::{ask, ask_for_proof};

use super::{
    Portal, cookies,
    fields::given,
    in_process::{Answer, InProcess},
    merge, page,
    question::request,
    sent::{is_secret, is_sign_out, page_of},
};
use api::{
    Access, BODY_BYTES_MAX, Endpoint,
    forms::{Fields, FormState, INPUT, KEPT, ORGANIZATION},
};
use app::text::{Text, forgive, sign_in as text};
use axum::response::Response;
use http::request::Parts;
use serde::{Deserialize, Serialize};

/// Most that is carried, in bytes as a browser sends it: the form that signs in needs some, too.
const SENT_BYTES_MAX: usize = BODY_BYTES_MAX / 2;
/// What carries it: signing in, and proving who one is.
const SIGN_IN: &str = "create-session";
const CONFIRM: &str = "confirm-session";
/// What brings the new session to where the form was filled in, and the field that says where.
const SWITCH: (&str, &str) = ("switch-organization", "organization");

/// What is kept of a form.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    operation: String,
    fields: Fields,
    /// There were secrets, and they are not.
    secrets: bool,
}

impl Kept {
    /// Nothing of a form that has what it wants when nobody is signed in, nor of an undo, whose
    /// notice is on no page any more.
    fn of(endpoint: &Endpoint, fields: Fields) -> Option<Kept> {
        if !endpoint.is_mutation()
            || endpoint.access == Access::Public
            || is_sign_out(endpoint, &fields)
            || given(&fields, INPUT).is_some()
        {
            return None;
        }
        let (secret, mut plain): (Fields, Fields) =
            merge::with_choices(fields).into_iter().partition(|(name, _)| is_secret(name));
        plain.retain(|(name, _)| name != KEPT);
        let secrets = secret.iter().any(|(_, value)| !value.is_empty());
        Some(Kept { operation: endpoint.operation.to_owned(), fields: plain, secrets })
    }

    /// As it is carried, unless it is too large for that.
    fn packed(&self) -> Option<String> {
        let text = serde_json::to_string(self).ok()?;
        let sent: usize = form_urlencoded::byte_serialize(text.as_bytes()).map(str::len).sum();
        (sent <= SENT_BYTES_MAX).then_some(text)
    }

    /// What was carried. Browsers send what they like, so it is kept anew.
    fn unpacked(text: &str) -> Option<Kept> {
        let Kept { operation, fields, secrets } = serde_json::from_str(text).ok()?;
        let kept = Kept::of(api::find(&operation)?, fields)?;
        Some(Kept { secrets: kept.secrets || secrets, ..kept })
    }

    /// Whether it can be done as it is, once its sender has proven who they are.
    fn can_go_on(&self) -> bool {
        !self.secrets && api::find(&self.operation).is_some_and(Endpoint::is_sensitive)
    }

    /// The form as it was sent.
    pub fn sent(self) -> Option<(&'static Endpoint, Fields)> {
        Some((api::find(&self.operation)?, self.fields))
    }

    /// The form's page as who has just signed in sees it, with everything filled in.
    pub async fn give_back(self, portal: &Portal, parts: &Parts, signed_in: &Answer) -> Response {
        let mut headers = signed_in.headers.clone();
        let mut parts = cookies::with_those_of(&headers, parts);
        let me: serde_json::Value = serde_json::from_str(&signed_in.body).unwrap_or_default();
        let meant = given(&self.fields, ORGANIZATION);
        let mut said = vec![text::GIVEN_BACK];
        if let Some(meant) = meant.filter(|meant| me["organization"]["id"] != **meant) {
            match switch(portal, &parts, meant).await {
                Some(switched) => {
                    // It takes the place of the cookie that the sign-in had set.
                    headers = switched.headers;
                    parts = cookies::with_those_of(&headers, &parts);
                }
                None => said = vec![text::GIVEN_BACK_ELSEWHERE],
            }
        }
        said.extend(self.secrets.then_some(forgive::NOT_SECRETS));
        let page = page_of(&self.fields);
        let state = shown(self.operation, self.fields);
        let mut response = page::show_again(portal, &parts, page, state, &said).await;
        cookies::pass_on(&headers, &mut response);
        response
    }
}

/// What the form that signs in carries.
pub fn to_give_back(endpoint: &Endpoint, fields: &Fields) -> Option<Kept> {
    carried(endpoint, fields).filter(|_| endpoint.operation == SIGN_IN)
}

/// What the form that proves who is there carries.
pub fn to_go_on(endpoint: &Endpoint, fields: &Fields) -> Option<Kept> {
    carried(endpoint, fields).filter(|_| endpoint.operation == CONFIRM)
}

/// What one of these two carries; no other form does.
fn carried(endpoint: &Endpoint, fields: &Fields) -> Option<Kept> {
    let kept = given(fields, KEPT).and_then(Kept::unpacked)?;
    match endpoint.operation {
        SIGN_IN => Some(kept),
        CONFIRM => Some(kept).filter(Kept::can_go_on),
        _ => None,
    }
}

/// The fields of a form, with nothing carried that can't be given back.
pub fn checked(endpoint: &Endpoint, mut fields: Fields) -> Fields {
    let packed = carried(endpoint, &fields).and_then(|kept| kept.packed());
    fields.retain(|(name, _)| name != KEPT);
    fields.extend(packed.map(|packed| (KEPT.to_owned(), packed)));
    fields
}

/// What to say above a form that carries another.
pub fn said(endpoint: &Endpoint, fields: &Fields) -> &'static [Text] {
    let signs_in = endpoint.operation == SIGN_IN;
    if signs_in && given(fields, KEPT).is_some() { &[text::KEPT] } else { &[] }
}

fn shown(operation: String, values: Fields) -> FormState {
    FormState { operation, values, error: None, answer: None, merge: None }
}

/// Brings the new session to the organization that a form was filled in for. It is not done for
/// those who are no member.
async fn switch(portal: &Portal, parts: &Parts, organization: &str) -> Option<Answer> {
    let fields = vec![(SWITCH.1.to_owned(), organization.to_owned())];
    let transport = InProcess::new(portal.api.clone(), parts);
    let answer = transport.call(request(api::find(SWITCH.0)?, &fields)).await.ok()?;
    answer.status.is_success().then_some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn of(operation: &str, pairs: &[(&str, &str)]) -> Option<Kept> {
        Kept::of(api::find(operation).expect(operation), fields(pairs))
    }

    fn sign_in() -> &'static Endpoint {
        api::find(SIGN_IN).expect("a way to sign in")
    }

    #[test]
    fn everything_comes_back_but_secrets() {
        let filled = [
            ("_path.id", "7"),
            ("_was.name", "web"),
            ("name", "<script>\"x\" & 'y'\r\n"),
            ("ids[]", "1"),
            ("ids[]", "2"),
            ("password", "geheim"),
        ];
        let kept = of("update-instance", &filled).expect("kept");
        let packed = kept.packed().expect("small");
        assert!(!packed.contains("geheim"), "{packed}");
        assert_eq!(kept.fields, fields(&filled[..5]));
        assert!(kept.secrets);
        assert_eq!(Kept::unpacked(&packed), Some(kept));
    }

    #[test]
    fn what_was_chosen_in_a_merge_is_what_is_filled_in() {
        let filled = [
            ("_was.name", "theirs"),
            ("name", "mine"),
            ("_yours.name", "mine"),
            ("_merge.name", "theirs"),
        ];
        let kept = of("update-instance", &filled).expect("kept");
        assert_eq!(kept.fields, fields(&[("_was.name", "theirs"), ("name", "theirs")]));
    }

    #[test]
    fn carrying_it_again_and_again_changes_nothing() {
        let kept = of("create-instance", &[("name", "a"), ("_merge.x", "yours"), ("token", "t")]);
        let once = kept.and_then(|kept| kept.packed()).expect("small");
        let sent = fields(&[("email", "me"), (KEPT, "{"), (KEPT, &once)]);
        let twice = checked(sign_in(), checked(sign_in(), sent));
        assert_eq!(twice, fields(&[("email", "me"), (KEPT, &once)]));
    }

    #[test]
    fn nothing_else_is_carried() {
        let made = |operation: &str, fields: &str| {
            format!(r#"{{"operation":"{operation}","fields":{fields},"secrets":false}}"#)
        };
        let instance = made("create-instance", "[]");
        assert!(Kept::unpacked(&instance).is_some());
        let bad = [
            "",
            "{",
            "null",
            "\u{0}",
            &made("no-such-operation", "[]"),
            &made("list-instances", "[]"),
            &made("create-session", "[]"),
            &made("redeem-sign-in-link", "[]"),
            &made("create-instance", r#"[["name"]]"#),
            &made("create-instance", r#"{"name":"a"}"#),
            &instance.replace("fields", "felder"),
            &instance.replace("}", r#","more":1}"#),
        ];
        for text in bad {
            assert_eq!(checked(sign_in(), fields(&[(KEPT, text)])), fields(&[]), "{text}");
        }
        let within = serde_json::to_string(&fields(&[(KEPT, &instance), ("name", "a")]));
        let nested = made("create-instance", &within.unwrap_or_default());
        assert_eq!(Kept::unpacked(&nested).map(|kept| kept.fields), Some(fields(&[("name", "a")])));
        // With a proof only that is done which asks for one, and only as it was.
        let prove = api::find(CONFIRM).expect("a way to prove it");
        let role = made("create-iam-role", r#"[["name","a"]]"#);
        assert_eq!(checked(prove, fields(&[(KEPT, &role)])).len(), 1);
        let secret = made("create-iam-role", r#"[["password","a"]]"#);
        for text in [&instance, &secret, &role.replace("false", "true")] {
            assert_eq!(checked(prove, fields(&[(KEPT, text)])), fields(&[]), "{text}");
        }
        let other = api::find("update-instance").expect("an operation");
        assert_eq!(checked(other, fields(&[(KEPT, &instance)])), fields(&[]));
    }

    #[test]
    fn what_is_done_or_gone_is_not_kept() {
        assert!(of("delete-session", &[("_path.id", "current")]).is_none());
        assert!(of("delete-session", &[("_path.id", "7")]).is_some());
        assert!(of("start-instance", &[("_path.id", "7"), (INPUT, "{}")]).is_none());
    }

    #[test]
    fn what_is_too_large_is_not_carried() {
        let large = |bytes: usize| of("create-instance", &[("name", &"a".repeat(bytes))]);
        assert!(large(SENT_BYTES_MAX / 2).and_then(|kept| kept.packed()).is_some());
        assert!(large(SENT_BYTES_MAX).is_some_and(|kept| kept.packed().is_none()));
        // Every letter of these is sent as three or more.
        let quotes = of("create-instance", &[("name", &"\"".repeat(SENT_BYTES_MAX / 3))]);
        assert!(quotes.is_some_and(|kept| kept.packed().is_none()));
    }
}
