//! What a browser sends with a form: its fields, the page it stands on, and what of it is secret.

use super::fields::given;
use api::{
    BODY_BYTES_MAX, Endpoint, ErrorBody, ErrorCode,
    forms::{self, Fields},
};
use app::path;
use axum::body::{Body, to_bytes};
use std::collections::BTreeMap;

/// What ends the present session: operation, field and its value.
const SIGN_OUT: (&str, &str, &str) = ("delete-session", "_path.id", "current");

pub async fn read(body: Body) -> Result<Fields, ErrorBody> {
    let bytes = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| ErrorBody {
        message: format!("The form is larger than {BODY_BYTES_MAX} bytes, or was cut off."),
        code: ErrorCode::TooLarge,
        fields: BTreeMap::new(),
        request_id: None,
        request_access: None,
    })?;
    Ok(form_urlencoded::parse(&bytes).into_owned().collect())
}

/// The page a form stands on.
pub fn page_of(fields: &Fields) -> String {
    let page = given(fields, forms::PAGE).filter(|page| path::is_local(page));
    page.map_or_else(path::home, str::to_owned)
}

/// What is never written back into a page.
pub fn is_secret(name: &str) -> bool {
    let secrets = ["password", "current", "token", "secret"];
    name == "code" || !forms::is_flag(name) && secrets.iter().any(|secret| name.contains(secret))
}

/// Whether it ends the session that it is sent with.
pub fn is_sign_out(endpoint: &Endpoint, fields: &Fields) -> bool {
    endpoint.operation == SIGN_OUT.0 && given(fields, SIGN_OUT.1) == Some(SIGN_OUT.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whether_there_is_a_password_is_no_secret() {
        for secret in ["password", "current", "new-password", "_x.token", "secret", "code"] {
            assert!(is_secret(secret), "{secret}");
        }
        for plain in ["password-enabled", "name", "_confirm", "_kept", "postcode"] {
            assert!(!is_secret(plain), "{plain}");
        }
    }

    #[test]
    fn a_form_leads_to_no_other_site() {
        let on = |page: &str| page_of(&vec![(forms::PAGE.to_owned(), page.to_owned())]);
        assert_eq!((on("/a?b=c").as_str(), on("//evil.example").as_str()), ("/a?b=c", "/"));
    }
}
