//! What the palette offers: this page, resources and what can be done with them, pages, everywhere.

use super::{harvest::Harvest, recent};
use crate::{
    pages::search::{acts, found, typed},
    path,
    shell::navigation,
    text::{Text, home, keys, search as text, t},
    ui::{Icon, icons},
};
use api::{ErrorBody, Reply, SearchHit, SearchResults};
use domain::search::Fit;
use send_wrapper::SendWrapper;
use web_sys::HtmlElement;

/// What Enter does.
#[derive(Clone)]
pub enum Does {
    Go(String),
    /// Presses what is on the page, which asks what it always asks.
    Press(SendWrapper<HtmlElement>),
    /// Shows the keys.
    Keys,
}

#[derive(Clone)]
pub struct Entry {
    pub label: String,
    pub hint: String,
    pub icon: Icon,
    pub does: Does,
}

#[derive(Clone)]
pub struct Group {
    pub title: Text,
    pub entries: Vec<Entry>,
}

pub fn entry(label: impl Into<String>, icon: Icon, does: Does) -> Entry {
    Entry { label: label.into(), hint: String::new(), icon, does }
}

/// All that a text can mean. Hits of another text than this one are left out: they are late.
pub fn all(text: &str, page: &Harvest, results: Option<SearchResults>) -> Vec<Group> {
    let wanted = text.trim().to_lowercase();
    let fits = |entry: &Entry| {
        let label = entry.label.to_lowercase();
        wanted.split_whitespace().all(|word| label.contains(word))
    };
    let typed = typed::read(text);
    let results = results.filter(|results| results.q == typed.q);
    let resources = results.map(|results| resources(results, &typed)).unwrap_or_default();
    let used = if wanted.is_empty() { recent::entries() } else { Vec::new() };
    let that_fit = |entries: Vec<Entry>| entries.into_iter().filter(fits).collect::<Vec<_>>();
    let mut everywhere = that_fit(global(page));
    if !typed.q.is_empty() {
        let all = Does::Go(path::search_for(text.trim()));
        everywhere.push(entry(t(text::ALL_RESULTS), icons::SEARCH, all));
    }
    let groups = [
        (text::RECENT, used),
        (text::THIS_PAGE, that_fit(page.on_page.clone())),
        (text::RESOURCES, resources),
        (text::PAGES, that_fit(pages())),
        (text::EVERYWHERE, everywhere),
    ];
    let groups = groups.into_iter().map(|(title, entries)| Group { title, entries });
    groups.filter(|group| !group.entries.is_empty()).collect()
}

/// Whether what is found for a text is still to come.
pub fn waits(text: &str, answer: Option<Result<Reply<SearchResults>, ErrorBody>>) -> bool {
    let wanted = typed::read(text).q;
    match answer {
        Some(Ok(reply)) => reply.body.q != wanted,
        Some(Err(_)) => false,
        None => true,
    }
}

/// Finds; before each what was asked to be done with it, after one that is surely meant all that can
/// be done.
fn resources(results: SearchResults, typed: &typed::Typed) -> Vec<Entry> {
    let mut entries = Vec::new();
    let sure = results.hits.len() == 1;
    for (place, hit) in results.hits.iter().enumerate() {
        let named = acts::of(hit).filter(|act| typed.acts.contains(act));
        entries.extend(named.map(|act| done(hit, act)));
        let does = Does::Go(found::to(hit));
        let hint = found::hint(hit);
        entries.push(Entry { hint, ..entry(found::name(hit), found::icon(hit.kind), does) });
        if sure || place == 0 && matches!(hit.fit, Fit::Id | Fit::Name) {
            let rest = acts::of(hit).filter(|act| !typed.acts.contains(act));
            entries.extend(rest.map(|act| done(hit, act)));
        }
    }
    entries
}

fn done(hit: &SearchHit, act: &acts::Act) -> Entry {
    entry(act.says(hit), act.icon, Does::Go(act.to(hit)))
}

fn pages() -> Vec<Entry> {
    let all = navigation::groups().into_iter().flat_map(|(_, links)| links);
    all.map(|of| entry(t(of.label), of.icon, Does::Go(of.to))).collect()
}

fn global(page: &Harvest) -> Vec<Entry> {
    let create = Does::Go(path::instance_create());
    let mut entries = vec![entry(t(home::CREATE_INSTANCE), icons::PLUS, create)];
    entries.extend(page.in_header.iter().cloned());
    entries.push(entry(t(keys::TITLE), icons::KEYBOARD, Does::Keys));
    entries
}
