//! Choosing the columns of a list and their order, by buttons: without scripts the page comes again
//! for each press, with what was chosen so far.

mod lines;

use super::title;
use crate::{
    pages::instances::column_label,
    path,
    text::{common, saved_views as text, t, t_with},
    ui::{Button, Card, Form, FormCode, Hidden, Kind, LinkButton, PageHeader, icons},
    visit::visit,
};
use api::forms::RESHAPE;
use domain::list::{InstanceColumn, List};
use leptos::prelude::*;
use lines::{Line, Lines};
use serde_json::json;
use wasm_bindgen::JsCast;

const OPERATION: &str = "update-preferences";

#[component]
pub fn Columns(list: List, query: String) -> impl IntoView {
    let (query, asked) = lines::without_columns(&query);
    let kept = visit().form.filter(|form| form.operation == OPERATION);
    let own = visit().me.and_then(|me| me.columns.get(list.as_str()).cloned());
    let lines = RwSignal::new(match kept {
        Some(form) => Lines::again(list, &form.values),
        None => Lines::of(list, asked.or(own).as_deref()),
    });
    let start = lines.with_untracked(|lines| {
        let shown = lines.0.iter().filter(|line| line.shown).map(|line| line.name);
        json!({ "list": list, "columns": shown.collect::<Vec<_>>() })
    });
    let back = path::list_asking(list, &query);
    let once = move || path::list_asking(list, &lines.with(|lines| lines.added_to(&query)));
    let moved = RwSignal::new(String::new());
    view! {
        <PageHeader
            title=t(text::COLUMNS).to_owned()
            lead=move || t_with(text::COLUMNS_LEAD, &[("list", title(list))])
        />
        <Card>
            <Form operation=OPERATION return_to=back.clone() full_page=true done=t(text::COLUMNS_SAVED)>
                <div class="stack">
                    <Hidden name="list" value=list.to_string() />
                    <ol class="column-lines">
                        <For each=move || lines.get().0 key=|line| line.name let(line)>
                            <ColumnLine list=list line=line lines=lines moved=moved />
                        </For>
                    </ol>
                    <p class="sr-only" role="status">{moved}</p>
                    <div class="row">
                        <Button label=t(text::COLUMNS_SAVE).to_owned() kind=Kind::Primary />
                        <a class="button" href=once>{t(text::COLUMNS_ONCE)}</a>
                        <Button
                            label=t(text::COLUMNS_RESET).to_owned()
                            sends=(RESHAPE, lines::RESET.to_owned())
                            on_press=Callback::new(move |()| lines.update(|lines| lines.reshape(list, lines::RESET)))
                        />
                        <LinkButton to=back label=t(common::CANCEL) />
                    </div>
                    <p class="hint">{t(text::COLUMNS_ONCE_HINT)}</p>
                </div>
            </Form>
        </Card>
        <FormCode operation=OPERATION start=start />
    }
    .into_any()
}

#[component]
fn ColumnLine(
    list: List,
    line: Line,
    lines: RwSignal<Lines>,
    /// What was moved where, to be read out.
    moved: RwSignal<String>,
) -> impl IntoView {
    let name = line.name;
    let label = label(list, name);
    let place = move || lines.with(|lines| lines.place(name));
    let shown =
        move || lines.with(|lines| lines.0.iter().any(|line| line.name == name && line.shown));
    let first = place() == 0;
    let button = move |up: bool| {
        let (what, icon, said, end) = match up {
            true => ("up", icons::ARROW_UP, text::UP, text::AT_TOP),
            false => ("down", icons::ARROW_DOWN, text::DOWN, text::AT_BOTTOM),
        };
        let change = format!("{what} {name}");
        let sends = (RESHAPE, change.clone());
        let reason = Signal::derive(move || {
            let at_end =
                if up { place() == 1 } else { place() + 1 == lines.with(|lines| lines.0.len()) };
            at_end.then(|| t(end).to_owned())
        });
        let press = Callback::new(move |()| {
            lines.update(|lines| lines.reshape(list, &change));
            let (place, all) =
                ((place() + 1).to_string(), lines.with(|lines| lines.0.len()).to_string());
            moved.set(t_with(text::MOVED, &[("name", label), ("place", &place), ("all", &all)]));
            focus_again(format!("{what}-{name}"));
        });
        view! {
            <span id=format!("{what}-{name}")>
                <Button label=t_with(said, &[("name", label)]) icon=icon icon_only=true small=true sends=sends reason=reason on_press=press />
            </span>
        }
        .into_any()
    };
    view! {
        <li>
            <input type="hidden" name=lines::ORDER value=name />
            {match first {
                true => view! {
                    <input type="hidden" name=lines::SHOWN value=name />
                    <span>{label}</span>
                    <span class="hint">{t(text::COLUMN_FIRST)}</span>
                }
                .into_any(),
                false => view! {
                    <label class="check">
                        <input
                            type="checkbox"
                            name=lines::SHOWN
                            value=name
                            checked=shown()
                            prop:checked=shown
                            on:change=move |event| lines.update(|lines| lines.show(name, event_target_checked(&event)))
                        />
                        <span class="check-label">{label}</span>
                    </label>
                    <span class="row">{button(true)}{button(false)}</span>
                }
                .into_any(),
            }}
        </li>
    }
    .into_any()
}

/// A line that is moved in the page takes the focus from its buttons.
fn focus_again(id: String) {
    request_animation_frame(move || {
        let button =
            document().get_element_by_id(&id).and_then(|at| at.query_selector("button").ok()?);
        if let Some(button) =
            button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok())
        {
            // A button that has vanished meanwhile needs no focus.
            let _ = button.focus();
        }
    });
}

fn label(list: List, name: &str) -> &'static str {
    match list {
        List::Instances => name.parse::<InstanceColumn>().map(column_label).unwrap_or_default(),
    }
}
