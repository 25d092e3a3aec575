//! The file of an exported list: on its way, there to be downloaded or copied, or why not.

use crate::{
    as_code::as_code,
    load::{Ask, load},
    path,
    text::{exports as text, t, t_with},
    ui::{
        Card, CodePanel, CopyFile, Followed, IconView, LinkButton, Notice, PageHeader, Skeleton,
        Tone, icons,
    },
    visit::{language, visit},
};
use api::{ListExport, Nothing, Reply, op};
use domain::{format, list::List};
use leptos::prelude::*;

/// Largest file that is copied: a browser holds it in memory more than once to do that.
const COPY_BYTES_MAX: i64 = 5 * 1_024 * 1_024;

#[component]
pub fn Exported(list: List, id: String) -> impl IntoView {
    let code = as_code(&visit().origin, "get-list-export", &[("id", &id)], &Nothing {}, &[]);
    let answer = load(op::GetListExport, &["list-export"], move || Ask::of("id", id.clone()));
    view! {
        <PageHeader title=t(text::TITLE).to_owned() />
        <Followed
            answer=answer
            page=true
            rows=2
            view=move |latest| view! { <Shown latest=latest /> }.into_any()
        />
        <div class="row"><LinkButton to=path::list(list) label=t(text::TO_LIST) icon=icons::UNDO_2 /></div>
        <CodePanel code=Signal::stored(code) />
    }
    .into_any()
}

#[component]
fn Shown(latest: Memo<Reply<ListExport>>) -> impl IntoView {
    view! {
        <Card>
            <div role="status">
                {move || {
                    let export = latest.get().body;
                    match (export.reason.clone(), export.rows, export.url.clone()) {
                        (Some(reason), ..) => view! {
                            <Notice tone=Tone::Bad>{t(text::FAILED)}" "<span lang="en">{reason}</span></Notice>
                        }
                        .into_any(),
                        (None, None, _) => view! {
                            <p>{t(text::WRITING)}</p>
                            <Skeleton rows=1 />
                        }
                        .into_any(),
                        (None, Some(_), None) => view! { <p>{t(text::OVER)}</p> }.into_any(),
                        (None, Some(_), Some(url)) => view! { <Ready export=export url=url /> }.into_any(),
                    }
                }}
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn Ready(export: ListExport, url: String) -> impl IntoView {
    let language = language();
    let number = |n: Option<i64>| format::integer(language, n.unwrap_or_default());
    let until = export.expires_at.map(|at| format::date_time(language, at)).unwrap_or_default();
    let copies = export.size.is_some_and(|size| size <= COPY_BYTES_MAX);
    let most = number(Some(COPY_BYTES_MAX));
    let parameters =
        [("rows", number(export.rows)), ("size", number(export.size)), ("time", until)];
    let parameters = parameters.each_ref().map(|(name, value)| (*name, value.as_str()));
    view! {
        <div class="stack">
            <p>{t_with(text::READY, &parameters)}</p>
            <div class="row">
                <a class="button button-primary" href=url.clone() rel="external" download="">
                    <IconView icon=icons::DOWNLOAD />{t(text::DOWNLOAD)}
                </a>
                {copies.then(|| view! { <CopyFile url=url label=t(text::COPY) /> })}
            </div>
            {(!copies).then(|| view! {
                <p class="hint">{t_with(text::COPY_TOO_LARGE, &[("size", &most)])}</p>
            })}
        </div>
    }
    .into_any()
}
