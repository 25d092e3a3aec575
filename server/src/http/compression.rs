//! Compression of what is made anew for each request: pages, and what is read from the API.
//!
//! Only what its maker allows is compressed. The length of a compressed answer tells what is in it
//! to somebody who can put guesses beside it (BREACH, CVE-2013-3587), so what holds a secret is sent
//! as it is. So is everything else: answers to mutations, files that are packed already, exports,
//! and the event stream, which would wait in the compressor.

use axum::{Router, middleware::map_response, response::Response};
use http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version, header};
use tower_http::{
    CompressionLevel,
    compression::{CompressionLayer, Predicate, predicate::SizeAbove},
};

/// Smaller answers fit into one packet anyway.
const BYTES_MIN: u16 = 1_024;
/// Of brotli and gzip alike: beyond it pages take longer to compress than they save on the way.
const QUALITY: i32 = 4;

/// Whoever made the answer says that it holds no secret.
#[derive(Clone, Copy)]
struct Allowed;

pub fn allow(response: &mut Response) {
    response.extensions_mut().insert(Allowed);
}

pub fn is_allowed(response: &Response) -> bool {
    response.extensions().get::<Allowed>().is_some()
}

/// The same routes, their answers compressed where that is allowed and asked for.
pub fn compressed(router: Router) -> Router {
    let allowed = |_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions| {
        extensions.get::<Allowed>().is_some()
    };
    let layer = CompressionLayer::new()
        .quality(CompressionLevel::Precise(QUALITY))
        .compress_when(SizeAbove::new(BYTES_MIN).and(allowed));
    router.layer(layer).layer(map_response(weaken))
}

/// A strong tag promises the same bytes (RFC 9110 section 8.8.1), and these differ from those that
/// were not compressed. `If-Match` takes both: it compares versions.
async fn weaken(mut response: Response) -> Response {
    if is_allowed(&response)
        && response.headers().contains_key(header::CONTENT_ENCODING)
        && let Some(tag) = response.headers().get(header::ETAG)
        && let Ok(weak) = HeaderValue::from_bytes(&[b"W/", tag.as_bytes()].concat())
    {
        response.headers_mut().insert(header::ETAG, weak);
    }
    response
}
