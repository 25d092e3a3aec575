//! Tables that become cards on narrow screens. Roles are spelled out, because a table that is laid
//! out as cards is no table to assistive technology any more.

use super::attribute::DataLabel;
use leptos::{attr::custom::custom_attribute, prelude::*};

/// The head of a column.
#[derive(Clone, Debug)]
pub struct Column {
    label: Signal<String>,
    class: &'static str,
    hidden: bool,
    sort: Option<Sort>,
}

/// A head that sorts: where it leads, and how the list is sorted now.
#[derive(Clone, Debug)]
struct Sort {
    to: Signal<String>,
    now: Signal<Option<&'static str>>,
}

impl Column {
    pub fn text(label: impl Into<Signal<String>>) -> Self {
        Column { label: label.into(), class: "", hidden: false, sort: None }
    }

    /// Figures, set to the right.
    pub fn figures(label: impl Into<Signal<String>>) -> Self {
        Column { class: "figures", ..Column::text(label) }
    }

    /// A column of buttons, whose head is only read out.
    pub fn actions(label: impl Into<Signal<String>>) -> Self {
        Column { hidden: true, class: "actions", ..Column::text(label) }
    }

    /// A column of boxes to tick, whose head is only read out.
    pub fn boxes(label: impl Into<Signal<String>>) -> Self {
        Column { hidden: true, class: "boxes", ..Column::text(label) }
    }

    /// A link that sorts; `now` is `ascending` or `descending` when the list is sorted by it.
    pub fn sorted(
        self,
        to: impl Into<Signal<String>>,
        now: impl Into<Signal<Option<&'static str>>>,
    ) -> Self {
        Column { sort: Some(Sort { to: to.into(), now: now.into() }), ..self }
    }

    /// The first thing to go when there is little room.
    pub fn minor(self) -> Self {
        Column { class: "minor", ..self }
    }
}

#[component]
pub fn Table(
    /// Read out: what the table holds.
    caption: &'static str,
    columns: Vec<Column>,
    #[prop(optional)] footer: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-frame">
            <table role="table" aria-label=caption>
                <thead role="rowgroup">
                    <tr role="row">
                        {columns
                            .into_iter()
                            .map(|column| view! { <Head column=column /> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">{children()}</tbody>
            </table>
            {footer.map(|footer| view! { <div class="table-footer">{footer}</div> })}
        </div>
    }
    .into_any()
}

#[component]
fn Head(column: Column) -> impl IntoView {
    let label = if column.hidden { "sr-only" } else { "" };
    let now = column.sort.as_ref().map(|sort| sort.now);
    let now = move || now.and_then(|now| now.get());
    view! {
        <th role="columnheader" scope="col" class=column.class aria-sort=now>
            {match column.sort {
                Some(sort) => view! {
                    <a class="sort" data-sort=now href=sort.to>{column.label}</a>
                }
                .into_any(),
                None => view! { <span class=label>{column.label}</span> }.into_any(),
            }}
        </th>
    }
    .into_any()
}

#[component]
pub fn Row(children: Children) -> impl IntoView {
    view! { <tr role="row">{children()}</tr> }
}

/// A cell; `label` is what stands before it on a card.
#[component]
pub fn Cell(
    label: &'static str,
    #[prop(optional)] figures: bool,
    #[prop(optional)] actions: bool,
    /// The cell that names the row.
    #[prop(optional)]
    main: bool,
    /// The first to go when there is little room.
    #[prop(optional)]
    minor: bool,
    /// A box to tick.
    #[prop(optional)]
    boxes: bool,
    children: Children,
) -> impl IntoView {
    let class = match (main, figures, actions, minor) {
        (true, ..) => "main",
        (_, true, ..) => "figures",
        (_, _, true, _) => "actions",
        (.., true) => "minor",
        _ if boxes => "boxes",
        _ => "",
    };
    view! {
        <td role="cell" {..custom_attribute(DataLabel, label)} class=class>
            {children()}
        </td>
    }
    .into_any()
}
