//! Cookies of the visitor.

use axum::response::Response;
use http::{HeaderMap, HeaderValue, header, request::Parts};

/// The value of a cookie.
pub fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    pairs(headers).find(|(this, _)| *this == name).map(|(_, value)| value)
}

/// The browser gets the cookies that an answer of the API sets.
pub fn pass_on(answer: &HeaderMap, response: &mut Response) {
    for cookie in answer.get_all(header::SET_COOKIE) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
}

/// The visitor, as they will come next time: with the cookies that an answer of the API sets.
pub fn with_those_of(answer: &HeaderMap, visitor: &Parts) -> Parts {
    let lines = answer.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
    let set: Vec<(&str, &str)> =
        lines.filter_map(|line| line.split(';').next()?.trim().split_once('=')).collect();
    let others = pairs(&visitor.headers).filter(|(name, _)| set.iter().all(|(new, _)| new != name));
    let all: Vec<_> =
        others.chain(set.clone()).map(|(name, value)| format!("{name}={value}")).collect();
    let mut visitor = visitor.clone();
    match HeaderValue::from_str(&all.join("; ")) {
        Ok(cookies) => visitor.headers.insert(header::COOKIE, cookies),
        Err(_) => visitor.headers.remove(header::COOKIE),
    };
    visitor
}

/// All that a request has, by name.
fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_cookie_takes_the_place_of_the_old_one() {
        let (mut visitor, ()) = http::Request::new(()).into_parts();
        visitor.headers.append(header::COOKIE, HeaderValue::from_static("theme=dark; session=old"));
        let mut answer = HeaderMap::new();
        answer.insert(header::SET_COOKIE, HeaderValue::from_static("session=a=b; Path=/; Secure"));
        let visitor = with_those_of(&answer, &visitor);
        assert_eq!(get(&visitor.headers, "session"), Some("a=b"));
        assert_eq!(get(&visitor.headers, "theme"), Some("dark"));
        assert_eq!(pairs(&visitor.headers).count(), 2);
    }
}
