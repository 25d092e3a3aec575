//! The list of operations, by noun.

use super::{Described, all, given, prose};
use crate::{
    path,
    text::{common, reference as text, t, t_with},
    ui::{Cell, Chip, Column, Empty, IconView, Row, Table, icons},
};
use domain::format;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Longest search that is taken, in characters.
const SEARCH_CHARACTERS_MAX: usize = 100;

pub fn list(asked: &str) -> AnyView {
    let Some(given) = given() else { return ().into_any() };
    let asked: String = asked.trim().chars().take(SEARCH_CHARACTERS_MAX).collect();
    let words: Vec<_> = asked.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut nouns: BTreeMap<String, Vec<Described>> = BTreeMap::new();
    for operation in all(given.document).into_iter().filter(|one| is_meant(one, &words)) {
        nouns.entry(operation.noun().to_owned()).or_default().push(operation);
    }
    let count: usize = nouns.values().map(Vec::len).sum();
    let number =
        format::integer(crate::visit::language(), i64::try_from(count).unwrap_or_default());
    view! {
        <search class="filters" aria-label=t(text::SEARCH)>
            <form method="get" action=path::reference()>
                <label class="search">
                    <span class="sr-only">{t(text::SEARCH)}</span>
                    <IconView icon=icons::SEARCH />
                    <input class="control" type="search" name="q" value=asked placeholder=t(text::SEARCH) maxlength=SEARCH_CHARACTERS_MAX.to_string() />
                </label>
                <button class="button" type="submit">{t(text::FIND)}</button>
            </form>
        </search>
        <p class="hint" role="status">{t_with(text::COUNT, &[("count", &number)])}</p>
        {match count {
            0 => view! {
                <section class="card compact">
                    <Empty icon=icons::SEARCH title=t(text::NONE) lead=t(text::NONE_NEXT)>
                        <a class="button" href=path::reference() rel="external">{t(common::CLEAR_FILTERS)}</a>
                    </Empty>
                </section>
            }
            .into_any(),
            _ => nouns.into_iter().map(|(noun, operations)| group(noun, operations)).collect_view().into_any(),
        }}
    }
    .into_any()
}

/// Every word stands somewhere in it.
fn is_meant(operation: &Described, words: &[String]) -> bool {
    let Described { name, method, path, .. } = operation;
    let text = format!("{name} {method} {path} {}", operation.summary()).to_lowercase();
    words.iter().all(|word| text.contains(word))
}

fn group(noun: String, operations: Vec<Described>) -> AnyView {
    let columns = vec![
        Column::text(t(text::OPERATION)),
        Column::text(t(text::METHOD)),
        Column::text(t(text::PATH)),
        Column::text(t(text::WHAT)),
    ];
    let id = noun.clone();
    view! {
        <section class="stack-small" id=id>
            <h2><code>{noun}</code></h2>
            <Table caption=t(text::TITLE) columns=columns>
                {operations.into_iter().map(row).collect_view()}
            </Table>
        </section>
    }
    .into_any()
}

fn row(operation: Described) -> AnyView {
    let summary = operation.summary();
    let Described { name, method, path, .. } = operation;
    let to = path::reference_of(&name);
    view! {
        <Row>
            <Cell label=t(text::OPERATION) main=true>
                <a href=to rel="external"><code>{name}</code></a>
            </Cell>
            <Cell label=t(text::METHOD)><span class="nowrap"><Chip>{method}</Chip></span></Cell>
            <Cell label=t(text::PATH)><code>{path}</code></Cell>
            <Cell label=t(text::WHAT)><span lang="en">{prose(summary)}</span></Cell>
        </Row>
    }
    .into_any()
}
