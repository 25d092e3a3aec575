//! Filters of a list: a form that fills the address, and a chip for each one that is on. A real form
//! without scripts; with them a choice applies at once, and the page stays.

use super::icons::{self, IconView};
use crate::text::{common, lists as text, t, t_with};
use leptos::{ev, html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::{collections::BTreeMap, sync::Arc};
use wasm_bindgen::JsCast;

/// Values and what they are called.
type Options = Vec<(String, String)>;

#[derive(Clone)]
enum Control {
    Search,
    Choice(Arc<dyn Fn() -> Options + Send + Sync>),
    /// Comes from a link and is only taken off here.
    Given,
}

/// One parameter of the address.
#[derive(Clone)]
pub struct Filter {
    name: &'static str,
    label: &'static str,
    control: Control,
    value: Signal<Option<String>>,
}

impl Filter {
    /// Text that is typed.
    pub fn search(
        name: &'static str,
        label: &'static str,
        value: impl Into<Signal<Option<String>>>,
    ) -> Self {
        Filter { name, label, control: Control::Search, value: value.into() }
    }

    /// One of several values. `options` may wait for an answer.
    pub fn choice(
        name: &'static str,
        label: &'static str,
        options: impl Fn() -> Options + Send + Sync + 'static,
        value: impl Into<Signal<Option<String>>>,
    ) -> Self {
        Filter { name, label, control: Control::Choice(Arc::new(options)), value: value.into() }
    }

    /// What only a link asks for.
    pub fn given(
        name: &'static str,
        label: &'static str,
        value: impl Into<Signal<Option<String>>>,
    ) -> Self {
        Filter { name, label, control: Control::Given, value: value.into() }
    }

    /// The present value in words.
    fn spoken(&self, value: &str) -> String {
        let options = match &self.control {
            Control::Choice(options) => options(),
            _ => Vec::new(),
        };
        let found = options.into_iter().find(|(of, _)| of == value);
        format!("{}: {}", self.label, found.map_or_else(|| value.to_owned(), |(_, label)| label))
    }
}

/// The form and the chips of the list at `to`.
#[component]
pub fn Filters(
    /// Read out: what is filtered.
    label: &'static str,
    #[prop(into)] to: String,
    filters: Vec<Filter>,
) -> impl IntoView {
    let form = NodeRef::<html::Form>::new();
    let go = use_navigate();
    let names: Vec<_> = filters.iter().map(|filter| filter.name).collect();
    let here = to.clone();
    let apply = move || {
        let Some(chosen) = form.get_untracked().and_then(|form| chosen(&form, &names)) else {
            return;
        };
        go(&address(&here, &chosen), NavigateOptions { scroll: false, ..Default::default() });
    };
    let submit = apply.clone();
    let controls = filters.clone();
    view! {
        <search class="filters" aria-label=label>
            <form
                node_ref=form
                method="get"
                action=to.clone()
                on:submit=move |event| {
                    event.prevent_default();
                    submit();
                }
                on:change=move |event: ev::Event| {
                    // Text waits for Enter; a choice is meant at once.
                    let target = event.target();
                    if target.is_some_and(|target| target.has_type::<web_sys::HtmlSelectElement>()) {
                        apply();
                    }
                }
            >
                <Transition fallback=|| ()>
                    {controls.clone().into_iter().map(control).collect_view()}
                </Transition>
                <button type="submit" class="button">{t(text::APPLY)}</button>
            </form>
            <Transition fallback=|| ()>
                {
                    let (to, filters) = (to.clone(), filters.clone());
                    move || chips(&to, &filters)
                }
            </Transition>
        </search>
    }
    .into_any()
}

/// A text to filter by. It follows the address, but what was typed before the page came alive stays.
#[component]
pub fn FilterText(
    name: &'static str,
    kind: &'static str,
    label: &'static str,
    placeholder: &'static str,
    #[prop(into)] value: Signal<Option<String>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |before: Option<()>| {
        let now = value.get().unwrap_or_default();
        if let (Some(()), Some(input)) = (before, input.get_untracked()) {
            input.set_value(&now);
        }
    });
    view! {
        <input node_ref=input class="control" type=kind name=name aria-label=label placeholder=placeholder value=value.get_untracked() />
    }
    .into_any()
}

fn control(filter: Filter) -> AnyView {
    let Filter { name, label, control, value } = filter;
    match control {
        Control::Search => view! {
            <div class="search">
                <IconView icon=icons::SEARCH />
                <FilterText name=name kind="search" label=label placeholder=label value=value />
            </div>
        }
        .into_any(),
        Control::Choice(options) => {
            let any = t_with(text::ANY, &[("what", label)]);
            view! {
                <select class="control select" name=name aria-label=label prop:value=move || value.get().unwrap_or_default()>
                    <option value="">{any}</option>
                    {move || {
                        options()
                            .into_iter()
                            .map(|(of, label)| {
                                let this = of.clone();
                                let selected = move || value.with(|now| now.as_deref() == Some(this.as_str()));
                                view! { <option value=of selected=selected>{label}</option> }
                            })
                            .collect_view()
                    }}
                </select>
            }
            .into_any()
        }
        Control::Given => (move || {
            value.get().map(|value| view! { <input type="hidden" name=name value=value /> })
        })
        .into_any(),
    }
}

/// What is filtered by, each with a way to take it off.
fn chips(to: &str, filters: &[Filter]) -> Option<AnyView> {
    let on: Vec<_> =
        filters.iter().filter_map(|filter| Some((filter, filter.value.get()?))).collect();
    let without = |left_out: &str| {
        let rest = on.iter().filter(|(filter, _)| filter.name != left_out);
        address(to, &rest.map(|(filter, value)| (filter.name, value.clone())).collect())
    };
    let links: Vec<_> = on
        .iter()
        .map(|(filter, value)| {
            view! {
                <li>
                    <a class="filter-chip" href=without(filter.name)>
                        <span class="sr-only">{t(text::REMOVE_FILTER)}</span>
                        {filter.spoken(value)}
                        <IconView icon=icons::X />
                    </a>
                </li>
            }
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! {
            <ul class="filter-chips" aria-label=t(text::FILTERS_ON)>
                {links}
                <li><a class="filter-clear" href=to.to_owned()>{t(common::CLEAR_FILTERS)}</a></li>
            </ul>
        }
        .into_any()
    })
}

/// The list's address with what is asked for; what says nothing is left out.
fn address(to: &str, asked: &BTreeMap<&str, String>) -> String {
    format!("{to}{}", api::forms::query(asked))
}

/// What is chosen in the form, as the browser would send it.
fn chosen(
    form: &web_sys::HtmlFormElement,
    names: &[&'static str],
) -> Option<BTreeMap<&'static str, String>> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    let value = |name: &&'static str| {
        let value = data.get(name).as_string().unwrap_or_default().trim().to_owned();
        (!value.is_empty()).then_some((*name, value))
    };
    Some(names.iter().filter_map(value).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_only_what_is_asked() {
        let asked = BTreeMap::from([("zone", "ch-gva-2".to_owned()), ("q", "a b".to_owned())]);
        assert_eq!(address("/templates", &asked), "/templates?q=a%20b&zone=ch-gva-2");
        assert_eq!(address("/templates", &BTreeMap::new()), "/templates");
    }
}
