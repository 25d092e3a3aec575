//! The portal: pages rendered on the server, the adapter of their forms, and the files they load.
//!
//! It calls the API's own router in-process with what the visitor sent, so it can do nothing that
//! the API cannot.

mod before;
mod confirmation;
mod cookies;
mod detour;
mod fields;
mod files;
mod form;
mod in_process;
mod kept;
mod merge;
mod organization;
mod page;
mod preferences;
mod question;
mod sent;
mod single_sign_on;
mod try_it;
mod undo;

use crate::cloud::Cloud;
use axum::{
    Router,
    extract::{Request, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::{Method, StatusCode};
use std::sync::Arc;

/// What serving pages takes.
struct Portal {
    cloud: Arc<Cloud>,
    api: Router,
    assets: app::Assets,
}

/// Everything that is not the API: pages, forms, files.
pub fn router(cloud: Arc<Cloud>, api: Router) -> Router {
    page::start();
    let portal = Arc::new(Portal { cloud, api, assets: files::assets() });
    Router::new()
        .route("/form/{operation}", post(form::submit))
        .route("/api/{operation}", get(page_or_file).post(try_it::submit))
        .route("/preferences", post(preferences::set))
        .route("/sign-in/answer/{organization}", get(single_sign_on::answered))
        .fallback(page_or_file)
        .with_state(portal)
}

async fn page_or_file(State(portal): State<Arc<Portal>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let (parts, _) = request.into_parts();
    if let Some(file) = files::find(parts.uri.path(), &parts.headers) {
        return file;
    }
    page::show(&portal, &parts).await
}
