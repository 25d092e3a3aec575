//! Every component in every state, by its name, to look at and to test. What is said here is sample
//! text; what is sent goes nowhere, because nothing is named that it could be done to.

mod acts;
mod code;
mod facts;
mod fields;
mod forms;
mod lists;
mod look;
mod trouble;

use crate::{
    text::{style as text, t},
    ui::PageHeader,
};
use leptos::prelude::*;

#[component]
pub fn Style() -> impl IntoView {
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD) />
        <div class="stack">
            <look::Look />
            <acts::Acts />
            <facts::Facts />
            <fields::Fields />
            <forms::Forms />
            <lists::Lists />
            <trouble::Trouble />
            <code::Codes />
        </div>
    }
    .into_any()
}

/// A component, or some that are only used together, under the name.
#[component]
fn Sample(of: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="stack-small" data-component=of>
            <h3 class="hint mono">{of}</h3>
            <div class="stack">{children()}</div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    /// The text of the files of a folder below `app/src`.
    fn sources(folder: &str) -> String {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder);
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        let files = entries.map(|entry| match entry.path() {
            path if path.is_dir() => sources(&path.to_string_lossy()),
            path => fs::read_to_string(path).unwrap_or_default(),
        });
        files.collect()
    }

    /// What `ui` gives to pages, of that what is a component.
    fn components() -> Vec<String> {
        let ui = sources("ui");
        let is_component = |name: &&str| {
            let named = format!("pub fn {name}(");
            let generic = format!("pub fn {name}<");
            (ui.split("#[component]\n").skip(1))
                .any(|after| after.starts_with(&named) || after.starts_with(&generic))
        };
        let exports = include_str!("../../ui/mod.rs").lines();
        let names = exports.filter(|line| line.starts_with("pub use ")).flat_map(|line| {
            line.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        });
        names.filter(is_component).map(str::to_owned).collect()
    }

    #[test]
    fn every_component_is_shown_by_its_name() {
        let page = sources("pages/style");
        let samples =
            page.split("<Sample of=\"").skip(1).filter_map(|after| after.split('"').next());
        let shown: Vec<_> = samples.flat_map(|names| names.split(", ")).collect();
        let components = components();
        assert!(components.len() > 40, "the components are found: {components:?}");
        for name in components {
            assert!(shown.contains(&name.as_str()), "{name} has no sample");
        }
    }
}
