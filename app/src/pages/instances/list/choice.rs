//! Choosing rows, and what can be asked of those chosen. Boxes and buttons belong to one form that
//! leads to the question, so it works without scripts; those count, and tick a whole page.

use super::{
    super::recovery,
    question::{self, Question},
};
use crate::{
    path,
    text::{bulk as text, t, t_with},
    visit::language,
};
use domain::{bulk::BulkVerb, format, instance::InstanceState};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The form that boxes and buttons belong to.
pub const FORM: &str = "bulk";
/// The boxes of rows, and the one for all that match.
const ROWS: &str = "input.choose";
const ALL: &str = "input[name=all]";

/// A box for one row.
#[component]
pub fn Choose(id: String, name: String) -> impl IntoView {
    view! {
        <input class="choose" type="checkbox" name="id" form=FORM value=id aria-label=t_with(text::CHOOSE_ONE, &[("name", &name)]) />
    }
}

/// Boxes in a frame.
#[derive(Clone, Copy)]
pub struct Choice {
    frame: NodeRef<html::Div>,
    count: RwSignal<usize>,
    /// All that match are meant, not those that are ticked.
    all: RwSignal<bool>,
}

impl Choice {
    pub fn new(frame: NodeRef<html::Div>) -> Choice {
        Choice { frame, count: RwSignal::new(0), all: RwSignal::new(false) }
    }

    fn boxes(self, selector: &str) -> Vec<HtmlInputElement> {
        let Some(frame) = self.frame.get_untracked() else { return Vec::new() };
        let Ok(found) = frame.query_selector_all(selector) else { return Vec::new() };
        (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
    }

    /// Looks what is ticked, also what was before the page came alive.
    pub fn look(self) {
        let ticked = |selector| self.boxes(selector).iter().filter(|one| one.checked()).count();
        self.count.set(ticked(ROWS));
        self.all.set(ticked(ALL) > 0);
    }

    /// Ticks all, or none.
    fn tick_all(self) {
        let boxes = self.boxes(ROWS);
        let all = boxes.iter().all(HtmlInputElement::checked);
        boxes.iter().for_each(|one| one.set_checked(!all));
        self.look();
    }
}

/// What can be asked of what the list shows.
fn verbs(question: &Question) -> &'static [BulkVerb] {
    use BulkVerb::*;
    match (question.state, recovery::is_on()) {
        (Some(InstanceState::Destroyed), _) => &[Recover, Delete],
        (_, true) => &[Start, Stop, Reboot, SoftDelete],
        (_, false) => &[Start, Stop, Reboot, Delete],
    }
}

/// How many are chosen, all that match, and what can be asked. It comes before the rows in the
/// document and is shown below them.
#[component]
pub fn Bar(choice: Choice, question: Memo<Question>, total: Signal<i64>) -> impl IntoView {
    let number = |count: i64| format::integer(language(), count);
    let chosen = move || match (choice.all.get(), choice.count.get()) {
        (true, _) => t_with(text::CHOSEN, &[("count", &number(total.get()))]),
        (_, 0) => t(text::WITH_CHOSEN).to_owned(),
        (_, count) => {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            t_with(text::CHOSEN, &[("count", &number(count))])
        }
    };
    view! {
        <form id=FORM class="bulk-bar" method="get" action=path::instances_bulk() aria-label=t(text::TITLE)>
            <button class="button button-small tick-page" type="button" on:click=move |_| choice.tick_all()>
                {t(text::CHOOSE_PAGE)}
            </button>
            <span class="figures" role="status">{chosen}</span>
            <label class="bulk-all">
                <input type="checkbox" name="all" value="true" />
                {move || t_with(text::ALL_THAT_MATCH, &[("count", &number(total.get()))])}
            </label>
            <input type="hidden" name="filter" value=move || question.with(question::query) />
            <span class="row">
                {move || question.with(verbs)
                    .iter()
                    .map(|verb| view! {
                        <button class="button button-small" name="act" value=verb.as_str()>{t(text::verb(*verb))}</button>
                    })
                    .collect_view()}
            </span>
        </form>
    }
    .into_any()
}
