//! One instance in the list.

use super::{
    super::{
        cost,
        may::refusal,
        state::{Simulated, State},
    },
    Latest,
    choice::Choose,
    columns::label,
    question::{Question, address},
};
use crate::{
    path,
    text::{Text, bulk, common, instances as text, t, t_with},
    ui::{Ago, Cell, CopyButton, Form, Icon, Menu, MenuLink, MenuSubmit, Row, icons},
    visit::language,
};
use api::{Instance, OperationDetail};
use domain::{
    format,
    instance::{InstanceState, Verb},
    list::InstanceColumn,
};
use leptos::prelude::*;

/// Letters of an id that are shown.
const SHORT: usize = 8;
/// Labels that are shown.
const LABELS: usize = 3;

#[component]
pub fn InstanceRow(
    first: Instance,
    columns: Vec<InstanceColumn>,
    latest: Memo<Latest>,
    operations: Signal<Vec<OperationDetail>>,
    question: Memo<Question>,
) -> impl IntoView {
    let id = first.id;
    // What left the list is shown as it was until its row is gone.
    let row = Memo::new(move |before: Option<&Instance>| {
        latest.with(|latest| {
            let found = latest.instances().iter().find(|instance| instance.id == id);
            found.or(before).unwrap_or(&first).clone()
        })
    });
    let name = move || row.with(|row| row.name.clone());
    let zone = move || row.with_untracked(|row| row.zone.clone().unwrap_or_default());
    let engine = move || row.with_untracked(|row| row.engine.clone());
    let price = move |shown: fn(api::Price) -> String| {
        row.with(|row| row.price.map_or_else(|| t(common::NONE).to_owned(), shown))
    };
    let cell = move |column| {
        match column {
        InstanceColumn::Name => view! {
            <Cell label=label(column) main=true>
                <a href=path::instance(id)>{name}</a>
                <span class="second">
                    <code class="nowrap" title=id.to_string()>{id.to_string().chars().take(SHORT).collect::<String>()}{"…"}</code>
                    <CopyButton text=id.to_string() what=t(common::ID) />
                </span>
            </Cell>
        }
        .into_any(),
        InstanceColumn::State => view! {
            <Cell label=label(column)><State instance=row operations=operations /></Cell>
        }
        .into_any(),
        InstanceColumn::Zone => view! {
            <Cell label=label(column)>
                <span class="two-lines">
                    <span class="nowrap">{zone()}</span>
                    <Simulated engine=engine() />
                </span>
            </Cell>
        }
        .into_any(),
        InstanceColumn::Type => view! {
            <Cell label=label(column)>{move || row.with(|row| view! { <OfType instance=row.clone() /> })}</Cell>
        }
        .into_any(),
        InstanceColumn::Address => view! {
            <Cell label=label(column)>
                {move || row.with(|row| match row.public_ip.clone() {
                    Some(address) => view! { <code class="nowrap">{address}</code> }.into_any(),
                    None => t(common::NONE).into_any(),
                })}
            </Cell>
        }
        .into_any(),
        InstanceColumn::Labels => view! {
            <Cell label=label(column) minor=true>
                {move || view! { <Labels instance=row.get() question=question /> }}
            </Cell>
        }
        .into_any(),
        InstanceColumn::Created => view! {
            <Cell label=label(column) minor=true>
                <span class="nowrap"><Ago at=row.with_untracked(|row| row.created_at) /></span>
            </Cell>
        }
        .into_any(),
        InstanceColumn::PerHour => view! {
            <Cell label=label(column) figures=true>{move || price(amount_per_hour)}</Cell>
        }
        .into_any(),
        InstanceColumn::PerMonth => view! {
            <Cell label=label(column) figures=true><strong>{move || price(amount_per_month)}</strong></Cell>
        }
        .into_any(),
    }
    };
    // Menus are most of what a row is made of, and hardly one is opened: each is made then.
    let opened = RwSignal::new(false);
    let menu = move || match opened.get() {
        true => view! { <Actions instance=row.get() question=question /> }.into_any(),
        false => {
            view! { <MenuLink to=path::instance(id) label=t(text::ACTIONS_THERE) /> }.into_any()
        }
    };
    view! {
        <Row>
            <Cell label=t(bulk::CHOOSE) boxes=true>
                <Choose id=id.to_string() name=row.with_untracked(|row| row.name.clone()) />
            </Cell>
            {columns.into_iter().map(cell).collect_view()}
            <Cell label=t(common::ACTIONS) actions=true>
                <Menu label=t_with(text::ACTIONS_OF, &[("name", &row.with_untracked(|row| row.name.clone()))]) icon=icons::ELLIPSIS icon_only=true right=true opened=opened>
                    {menu}
                </Menu>
            </Cell>
        </Row>
    }
    .into_any()
}

/// Per hour, without the currency, which stands in the head.
fn amount_per_hour(price: api::Price) -> String {
    format::per_hour(language(), price.nano_per_hour)
}

fn amount_per_month(price: api::Price) -> String {
    format::minor(language(), price.nano_per_hour.minor_per_month())
}

#[component]
fn OfType(instance: Instance) -> impl IntoView {
    let of = &instance.instance_type;
    view! {
        <span class="two-lines">
            <span class="nowrap">{of.name()}</span>
            <span class="hint nowrap">{cost::size_short(&instance)}</span>
        </span>
    }
    .into_any()
}

/// Labels that narrow the list when chosen.
#[component]
fn Labels(instance: Instance, question: Memo<Question>) -> impl IntoView {
    let more = instance.labels.len().saturating_sub(LABELS);
    let tags = instance.labels.iter().take(LABELS).map(|(key, value)| {
        let pair = format!("{key}={value}");
        let labels = Some(pair.clone());
        let narrowed = question.with_untracked(|now| now.with(|asked| asked.labels = labels));
        view! { <a class="tag mono" href=address(&narrowed)>{pair}</a> }
    });
    view! {
        <span class="tags">
            {tags.collect_view()}
            {(more > 0).then(|| view! { <a class="tag" href=path::instance(instance.id)>{format!("+{more}")}</a> })}
        </span>
    }
    .into_any()
}

/// A question of a page of its own: its name there, and how it stands in the menu.
type Asking = (&'static str, Text, Icon, Verb);

/// What can be done; what can't says why.
#[component]
fn Actions(instance: Instance, question: Memo<Question>) -> impl IntoView {
    let id = instance.id;
    let here = address(&question.get_untracked());
    let links: &[Asking] = match instance.state {
        InstanceState::Destroyed => &[
            ("recover", text::RECOVER, icons::UNDO_2, Verb::Recover),
            ("delete-for-good", text::DELETE_FOR_GOOD, icons::TRASH_2, Verb::Delete),
        ],
        _ => &[
            ("stop", text::STOP, icons::SQUARE, Verb::Stop),
            ("reboot", text::REBOOT, icons::ROTATE_CW, Verb::Reboot),
            ("delete", text::DELETE, icons::TRASH_2, Verb::Delete),
        ],
    };
    let start = match refusal(&instance, Verb::Start) {
        None => view! {
            <Form operation="start-instance" path=vec![("id", id.to_string())] return_to=here done=t(text::START_REQUESTED)>
                <MenuSubmit label=t(text::START) icon=icons::PLAY />
            </Form>
        }
        .into_any(),
        reason => view! { <MenuLink to=String::new() label=t(text::START) icon=icons::PLAY reason=reason /> }.into_any(),
    };
    let links = links.iter().map(|(act, label, icon, verb)| {
        let (to, reason) = (path::instance_confirm(id, act), refusal(&instance, *verb));
        view! { <MenuLink to=to label=t(*label) icon=*icon danger=*verb == Verb::Delete reason=reason /> }
            .into_any()
    });
    std::iter::once(start).chain(links).collect::<Vec<_>>()
}
