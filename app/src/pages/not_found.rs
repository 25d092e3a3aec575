//! For addresses that lead nowhere.

use crate::{
    path,
    text::{errors, t},
    ui::{Empty, Kind, LinkButton, PageHeader, icons, page_status},
};
use api::ErrorCode;
use leptos::prelude::*;

#[component]
pub fn NotFound() -> impl IntoView {
    page_status(ErrorCode::NotFound);
    view! {
        <PageHeader title=t(errors::NOT_FOUND).to_owned() />
        <Empty icon=icons::CIRCLE_HELP title=t(errors::PAGE_NOT_FOUND) lead=t(errors::PAGE_NOT_FOUND_NEXT)>
            <LinkButton to=path::home() label=t(errors::GO_HOME) kind=Kind::Primary />
        </Empty>
    }
    .into_any()
}
