//! What a policy would change, before it is saved: the calls of the last 30 days, decided by it.

use super::editor::Draft;
use crate::{
    load::{Ask, load},
    text::{policy as text, t, t_count, t_with},
    ui::{
        Ago, Button, Cell, Column, FormContext, Loaded, Notice, Row, Table, Tone, ToneChip, icons,
    },
    visit::language,
};
use api::{
    IamFlip, IamReplay, ReplayIamPolicy,
    forms::RESHAPE,
    op,
    policy_form::{Lines, REPLAY},
};
use domain::{RoleId, format, iam::Policy};
use leptos::prelude::*;

#[component]
pub fn WouldChange(
    draft: Draft,
    /// Whose policy it is; none: the organization's.
    role: Option<RoleId>,
) -> impl IntoView {
    let now = move || draft.lines.with(Lines::policy);
    // Without scripts the form comes back with its page.
    let sent = expect_context::<FormContext>().kept(RESHAPE).as_deref() == Some(REPLAY);
    let asked = RwSignal::new(sent.then(|| untrack(now)));
    let other = move || asked.with(|asked| asked.as_ref().is_some_and(|asked| *asked != now()));
    view! {
        <div class="stack-small">
            <div class="row">
                <Button
                    label=t(text::WOULD_CHANGE).to_owned()
                    icon=icons::CLOCK
                    sends=(RESHAPE, REPLAY.to_owned())
                    on_press=Callback::new(move |()| asked.set(Some(untrack(now))))
                />
            </div>
            <p class="hint">{t(text::WOULD_CHANGE_HINT)}</p>
            {move || other().then(|| view! { <Notice tone=Tone::Warn><p>{t(text::CHANGED_SINCE)}</p></Notice> })}
            {move || asked.get().map(|policy| view! { <Replay policy=policy role=role /> })}
        </div>
    }
    .into_any()
}

#[component]
fn Replay(policy: Policy, role: Option<RoleId>) -> impl IntoView {
    let question = match role {
        Some(_) => ReplayIamPolicy { role_id: role, policy: Some(policy), ..Default::default() },
        None => ReplayIamPolicy { organization_policy: Some(policy), ..Default::default() },
    };
    let said = load(op::ReplayIamPolicy, &[], move || Ask::with(question.clone()));
    view! {
        <Loaded
            answer=said
            rows=3
            view=move |reply| view! { <Said said=reply.body of_all=role.is_none() /> }.into_any()
        />
    }
    .into_any()
}

#[component]
fn Said(said: IamReplay, of_all: bool) -> impl IntoView {
    let number = |n: i64| format::integer(language(), n);
    let since = format::date_time(language(), said.since);
    let lead = match said.calls {
        0 => t_with(text::NO_CALLS, &[("since", &since)]),
        calls => t_with(
            text::CALLS_SINCE,
            &[
                ("calls", &number(calls)),
                ("since", &since),
                ("before", &number(said.allowed_before)),
                ("after", &number(said.allowed_after)),
            ],
        ),
    };
    let notes = [
        said.more.then(|| t(text::MORE_CALLS).to_owned()),
        (said.reads_kept_days == 0).then(|| t(text::READS_NOT_KEPT).to_owned()),
        (said.undecided > 0).then(|| t_count(text::UNDECIDED_ONE, text::UNDECIDED, said.undecided)),
        (said.flips_left_out > 0)
            .then(|| t_count(text::FLIP_LEFT_OUT, text::FLIPS_LEFT_OUT, said.flips_left_out)),
    ];
    let same = said.calls > 0 && said.flips.is_empty();
    view! {
        <section class="stack-small" role="status">
            <p>{lead}</p>
            {notes.into_iter().flatten().map(|note| view! { <p class="hint">{note}</p> }).collect_view()}
            {same.then(|| view! { <Notice tone=Tone::Ok><p>{t(text::NOTHING_FLIPS)}</p></Notice> })}
            {(!said.flips.is_empty()).then(|| view! { <Flips flips=said.flips of_all=of_all /> })}
        </section>
    }
    .into_any()
}

#[component]
fn Flips(flips: Vec<IamFlip>, of_all: bool) -> impl IntoView {
    let mut columns = vec![
        Column::text(t(text::WOULD_BE)),
        Column::text(t(text::FLIP_OPERATION)),
        Column::text(t(text::FLIP_WHO)),
    ];
    if of_all {
        columns.push(Column::text(t(text::FLIP_ROLE)));
    }
    columns.extend([Column::figures(t(text::FLIP_COUNT)), Column::text(t(text::FLIP_LAST))]);
    let row = move |flip: IamFlip| {
        let (tone, word) = match flip.allowed {
            true => (Tone::Ok, text::WOULD_ALLOW),
            false => (Tone::Bad, text::WOULD_REFUSE),
        };
        view! {
            <Row>
                <Cell label=t(text::WOULD_BE)><ToneChip tone=tone word=t(word) /></Cell>
                <Cell label=t(text::FLIP_OPERATION) main=true>
                    <span class="two-lines">
                        <code class="break">{flip.operation}</code>
                        <span class="hint break" lang="en">{flip.message}</span>
                    </span>
                </Cell>
                <Cell label=t(text::FLIP_WHO)><span class="break">{flip.actor}</span></Cell>
                {of_all.then(|| view! { <Cell label=t(text::FLIP_ROLE)><span class="break">{flip.role}</span></Cell> })}
                <Cell label=t(text::FLIP_COUNT) figures=true>{format::integer(language(), flip.count)}</Cell>
                <Cell label=t(text::FLIP_LAST)><Ago at=flip.last_at /></Cell>
            </Row>
        }
    };
    view! {
        <Table caption=t(text::WOULD_CHANGE) columns=columns>
            {flips.into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}
