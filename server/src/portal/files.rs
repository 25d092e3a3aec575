//! The portal's files, which are inside the binary.

use app::Assets;
use axum::body::Body;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, sync::LazyLock};

/// Name and content of every file.
const SITE: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/site.rs"));
const MANIFEST: &str = "manifest.json";
/// Names under this folder change with the content.
const HASHED: &str = "pkg/";

static FILES: LazyLock<HashMap<&str, &[u8]>> = LazyLock::new(|| SITE.iter().copied().collect());
/// `ETag` of every file.
static TAGS: LazyLock<HashMap<&str, String>> = LazyLock::new(|| {
    let tag = |bytes: &[u8]| format!("\"{}\"", crate::seal::hex(&Sha256::digest(bytes)));
    SITE.iter().map(|(name, bytes)| (*name, tag(bytes))).collect()
});

/// Names of script, module and styles; empty when nothing was embedded.
pub fn assets() -> Assets {
    let manifest: serde_json::Value = FILES
        .get(MANIFEST)
        .and_then(|bytes| serde_json::from_slice(bytes).ok())
        .unwrap_or_default();
    let path = |kind: &str| manifest[kind]["path"].as_str().map(str::to_owned).unwrap_or_default();
    Assets { css: path("css"), js: path("js"), loader: path("loader"), wasm: path("wasm") }
}

/// Answers with a file, if there is one of that name.
pub fn find(path: &str, asked: &HeaderMap) -> Option<Response<Body>> {
    let name = path.strip_prefix('/').filter(|name| *name != MANIFEST && !name.ends_with(".br"))?;
    let plain = *FILES.get(name)?;
    let tag = TAGS.get(name)?.as_str();
    let text = |name| asked.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    let fresh = if name.starts_with(HASHED) {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=3600"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(fresh));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::ETAG, HeaderValue::from_static(tag));
    if text(header::IF_NONE_MATCH).is_some_and(|known| known.contains(tag)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Some(response);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    let packed = FILES.get(format!("{name}.br").as_str());
    let accepts = text(header::ACCEPT_ENCODING).unwrap_or_default();
    let body = match packed.filter(|_| accepts.split(',').any(|kind| kind.trim() == "br")) {
        Some(packed) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            *packed
        }
        None => plain,
    };
    *response.body_mut() = Body::from(body);
    Some(response)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
