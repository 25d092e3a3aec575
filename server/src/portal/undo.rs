//! Undo: the form that takes back what was just done. With scripts it comes with the answer; without
//! them a cookie carries it to the page that is shown next, once.

use super::{
    before::{Before, params},
    cookies,
    fields::given,
};
use api::{
    Endpoint, ErrorBody, ErrorCode,
    forms::{
        EXPECT, Fields, IDEMPOTENCY_KEY, INPUT, ORGANIZATION, PAGE, PATH_PREFIX, RETURN_TO, Undo,
    },
    inverse,
};
use http::{HeaderMap, HeaderValue, header};
use serde_json::Value;

const COOKIE: &str = "couloir-undo";
/// Longest cookie; what takes more to undo is undone by hand.
const COOKIE_BYTES_MAX: usize = 3_500;
/// How long the way back waits for the next page.
const COOKIE_SECONDS: u32 = 120;
/// What is never put into a cookie, since it may hold secrets.
const SECRET_INPUT: &str = "user-data";
/// What ends with a whole new page even with scripts.
const LOADS_A_PAGE: &[&str] = &["update-preferences", "update-organization"];

/// How the act is taken back that a form has just done.
pub fn of(
    endpoint: &Endpoint,
    fields: &Fields,
    input: &Value,
    before: Option<&Before>,
    answer: &Value,
    key: String,
) -> Option<Undo> {
    let nothing = Value::Null;
    let thing = before.map_or(&nothing, |before| &before.thing);
    if before.is_none() && inverse::reader(endpoint.operation).is_some() {
        return None;
    }
    // Parameters have the names that the table has them by.
    let sent = params(fields);
    let names = endpoint.path.split(['{', '}']).skip(1).step_by(2);
    let params: Vec<(&'static str, String)> = names
        .filter_map(|name| Some((name, sent.iter().find(|(this, _)| *this == name)?.1.clone())))
        .collect();
    let back = inverse::inverse(endpoint.operation, &params, input, thing, answer)?;
    let mut form: Fields = vec![
        (IDEMPOTENCY_KEY.to_owned(), key),
        (INPUT.to_owned(), back.input.to_string()),
        (EXPECT.to_owned(), back.expect.to_string()),
    ];
    form.extend(
        back.params.into_iter().map(|(name, value)| (format!("{PATH_PREFIX}{name}"), value)),
    );
    for name in [ORGANIZATION, PAGE, RETURN_TO] {
        form.extend(given(fields, name).map(|value| (name.to_owned(), value.to_owned())));
    }
    let name = thing["name"].as_str().or(answer["name"].as_str()).unwrap_or_default();
    Some(Undo {
        done: endpoint.operation.to_owned(),
        name: name.to_owned(),
        operation: back.operation.to_owned(),
        fields: form,
    })
}

/// Sees to it that the next page offers it. `by_script`: the answer does.
pub fn carry(headers: &mut HeaderMap, undo: &Undo, by_script: bool) {
    if by_script && !LOADS_A_PAGE.contains(&undo.done.as_str()) {
        return;
    }
    let text = serde_json::to_string(undo).unwrap_or_default();
    let value = api::encode(&text);
    let secret = given(&undo.fields, INPUT).is_some_and(|input| input.contains(SECRET_INPUT));
    if secret || value.len() > COOKIE_BYTES_MAX {
        return;
    }
    set(headers, &value, COOKIE_SECONDS);
}

/// Always `Secure`, as the session's cookie is: browsers take `http://localhost` for secure, too.
fn set(headers: &mut HeaderMap, value: &str, seconds: u32) {
    let cookie =
        format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

/// What the request carries. Only what takes something back is believed.
pub fn carried(headers: &HeaderMap) -> Option<Undo> {
    let text = api::decode(cookies::get(headers, COOKIE)?)?;
    let undo: Undo = serde_json::from_str(&text).ok()?;
    inverse::is_inverse(&undo.operation).then_some(undo)
}

/// It is offered once.
pub fn drop_carried(headers: &mut HeaderMap) {
    set(headers, "", 0);
}

/// Why an act can't be taken back any more: somebody changed what it changed.
pub fn too_late(fields: &Fields, now: &Before) -> Option<ErrorBody> {
    let expect: Value = serde_json::from_str(given(fields, EXPECT)?).ok()?;
    (!inverse::is_as_expected(&expect, &now.thing)).then(|| ErrorBody {
        message: "It was changed since, so it can't be undone any more: look at it as it is now."
            .to_owned(),
        code: ErrorCode::PreconditionFailed,
        fields: Default::default(),
        request_id: None,
        request_access: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn undo() -> Undo {
        let endpoint = api::find("update-instance").expect("an operation");
        let fields = vec![("_path.id".to_owned(), "7".to_owned())];
        let before = Before { thing: json!({ "name": "a" }), etag: None };
        let input = json!({ "name": "b" });
        of(endpoint, &fields, &input, Some(&before), &json!({}), "key".to_owned())
            .expect("a way back")
    }

    #[test]
    fn the_way_back_is_a_form() {
        let undo = undo();
        assert_eq!((undo.operation.as_str(), undo.name.as_str()), ("update-instance", "a"));
        assert_eq!(given(&undo.fields, "_path.id"), Some("7"));
        assert_eq!(given(&undo.fields, "_input"), Some(r#"{"name":"a"}"#));
        let now = |name| Before { thing: json!({ "name": name }), etag: None };
        assert!(too_late(&undo.fields, &now("b")).is_none());
        assert!(too_late(&undo.fields, &now("c")).is_some());
    }

    #[test]
    fn it_travels_in_a_cookie_unless_scripts_have_it() {
        let mut headers = HeaderMap::new();
        carry(&mut headers, &undo(), true);
        assert!(headers.is_empty());
        carry(&mut headers, &undo(), false);
        let cookie =
            headers.get(header::SET_COOKIE).and_then(|c| c.to_str().ok()).expect("a cookie");
        assert!(cookie.contains("; Secure; HttpOnly; SameSite=Strict"), "{cookie}");
        let pair = cookie.split(';').next().expect("a pair");
        let mut request = HeaderMap::new();
        request.insert(header::COOKIE, pair.parse().expect("a header"));
        assert_eq!(carried(&request), Some(undo()));
        let mut dropped = HeaderMap::new();
        drop_carried(&mut dropped);
        let cookie = dropped.get(header::SET_COOKIE).and_then(|c| c.to_str().ok());
        assert!(cookie.is_some_and(|c| c.contains("; Max-Age=0; Secure;")), "{cookie:?}");
    }
}
