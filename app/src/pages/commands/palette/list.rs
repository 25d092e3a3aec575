//! The options and the one that Enter means: a listbox whose focus stays in the field.

use super::entries::{Entry, Group};
use crate::{
    text::{search as text, t, t_with},
    ui::IconView,
    visit::language,
};
use domain::format;
use leptos::prelude::*;

/// The id of the option that Enter means.
pub const SELECTED: &str = "palette-selected";

/// Options in groups, and which is meant.
#[derive(Clone, Copy)]
pub struct List {
    groups: Signal<Vec<Group>, LocalStorage>,
    at: RwSignal<usize>,
}

impl List {
    pub fn new(groups: impl Fn() -> Vec<Group> + 'static) -> List {
        let at = RwSignal::new(0);
        let groups = Signal::derive_local(groups);
        // What came or went may have moved it: the best is meant again.
        Effect::new(move |_| {
            groups.track();
            at.set(0);
        });
        List { groups, at }
    }

    fn count(self) -> usize {
        self.groups.with(|groups| groups.iter().map(|group| group.entries.len()).sum())
    }

    pub fn any(self) -> bool {
        self.count() > 0
    }

    pub fn step(self, by: isize) {
        let count = self.count();
        if count > 0 {
            let from = self.at.get_untracked() + count;
            self.at.set(from.saturating_add_signed(by) % count);
        }
    }

    pub fn first(self) {
        self.at.set(0);
    }

    pub fn last(self) {
        self.at.set(self.count().saturating_sub(1));
    }

    pub fn chosen(self) -> Option<Entry> {
        let at = self.at.get_untracked();
        self.groups.with_untracked(|groups| {
            groups.iter().flat_map(|group| group.entries.iter()).nth(at).cloned()
        })
    }

    /// How many there are, that there are none, or that more may come.
    pub fn says(self, waits: bool) -> String {
        match (waits, self.count()) {
            (true, _) => t(text::WAIT).to_owned(),
            (false, 0) => t(text::NOTHING).to_owned(),
            (false, count) => {
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                t_with(text::COUNT, &[("count", &format::integer(language(), count))])
            }
        }
    }
}

#[component]
pub fn Options(id: &'static str, list: List, choose: Callback<Entry>) -> impl IntoView {
    Effect::new(move |_| {
        list.at.track();
        show_selected();
    });
    let groups = move || {
        let mut place = 0;
        let group = |Group { title, entries }: Group| {
            let options: Vec<_> = entries
                .into_iter()
                .map(|entry| {
                    place += 1;
                    option(entry, place - 1, list, choose)
                })
                .collect();
            view! {
                <div role="group" aria-label=t(title)>
                    <p class="menu-title" aria-hidden="true">{t(title)}</p>
                    {options}
                </div>
            }
            .into_any()
        };
        list.groups.get().into_iter().map(group).collect::<Vec<_>>()
    };
    view! { <div id=id class="palette-list" role="listbox" aria-label=t(text::PALETTE) tabindex="-1">{groups}</div> }
        .into_any()
}

fn option(entry: Entry, place: usize, list: List, choose: Callback<Entry>) -> AnyView {
    let Entry { label, hint, icon, .. } = entry.clone();
    let selected = move || list.at.get() == place;
    let entry = StoredValue::new_local(entry);
    view! {
        <div
            class="menu-item"
            role="option"
            id=move || selected().then_some(SELECTED)
            aria-selected=move || selected().to_string()
            on:click=move |_| choose.run(entry.get_value())
        >
            <IconView icon=icon />
            <span>{label}</span>
            <span class="hint">{hint}</span>
        </div>
    }
    .into_any()
}

/// Brings the option that is meant into sight, once it is drawn.
fn show_selected() {
    request_animation_frame(|| {
        let Some(option) = document().get_element_by_id(SELECTED) else { return };
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&options);
    });
}
