//! The order of answers: what a path names and is not there is 404 before anything is said of what was
//! sent, so that a wrong body tells nobody whether there is something.

use super::handlers::{HANDLERS, Handler};
use crate::{call::Call, error::Error, iam::decision::resources, view::View};
use http::StatusCode;

/// Operations look at what was sent when it suits them, and this puts their answers into order.
pub async fn object_first(call: &Call, error: Error) -> Error {
    if error.status().0 != StatusCode::BAD_REQUEST {
        return error;
    }
    for (getter, param, id) in resources::named_by_path(call) {
        let Some(Handler::Read(serve)) = HANDLERS.get(getter.operation) else { continue };
        // An id that can't be one is wrong content itself.
        if id.contains('\0') {
            continue;
        }
        let view = View::new(call.to_look_at(getter, vec![(param, id)]));
        if let Err(missing @ Error::NotFound(_)) = serve(&view, &[]).await {
            return missing;
        }
    }
    error
}
