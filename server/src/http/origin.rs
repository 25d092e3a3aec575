//! The origin check: a browser's cookie works for our own pages only.

use crate::{
    cloud::Cloud,
    error::{Error, Result},
};
use http::{HeaderMap, header};

/// Refuses what a browser sends for another site. A request without any of these headers is no
/// browser's, and has no cookie that it did not put there itself.
pub fn check(cloud: &Cloud, headers: &HeaderMap) -> Result<()> {
    let text = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or("unreadable"));
    let site = text("sec-fetch-site");
    let origin = text(header::ORIGIN.as_str());
    let foreign_site = site.is_some_and(|s| !matches!(s, "same-origin" | "none"));
    let foreign_origin = origin.is_some_and(|o| o != cloud.origin);
    if foreign_site || foreign_origin {
        return Err(Error::Forbidden(format!(
            "The request comes from another site. This platform's own pages are at {}.",
            cloud.origin
        )));
    }
    if site.is_none() && origin.is_none() && headers.contains_key(header::COOKIE) {
        return Err(Error::Forbidden(
            "A request with a cookie that changes something needs an Origin header.".into(),
        ));
    }
    Ok(())
}
