//! `/quotas`: every quota with what is used, what may be and what is free.

use crate::{
    as_code::as_code,
    load::{Ask, load},
    path,
    text::{Text, common, home, quotas as text, t, t_with},
    ui::{
        Card, Cell, CodeBlock, CodePanel, Column, Empty, LiveNote, Loaded, MeterBar, PageHeader,
        Row, Table, Tone, ToneChip, icons,
    },
    visit::{language, visit},
};
use api::{Nothing, Quota, op};
use domain::{
    format,
    quota::{Level, UNLIMITED, level, percent},
};
use leptos::prelude::*;

/// What changes when something is taken from a quota, or given back.
const KINDS: &[&str] = &["instance", "snapshot", "template", "api-key"];

#[component]
pub fn Quotas() -> impl IntoView {
    let quotas = load(op::ListQuotas, KINDS, Ask::all);
    let code = as_code(&visit().origin, "list-quotas", &[], &Nothing {}, &[]);
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LiveNote />
        </PageHeader>
        <Loaded
            answer=quotas
            page=true
            view=|reply| view! { <All quotas=reply.body.quotas /> }.into_any()
        />
        <CodePanel code=code />
    }
    .into_any()
}

#[component]
fn All(mut quotas: Vec<Quota>) -> impl IntoView {
    quotas.sort_by_key(|quota| std::cmp::Reverse(urgency(quota)));
    let Some(nearest) = quotas.first() else {
        return view! {
            <Card><Empty icon=icons::GAUGE title=t(text::EMPTY) lead=t(text::EMPTY_LEAD) /></Card>
        }
        .into_any();
    };
    let command = raise(nearest);
    let columns = vec![
        Column::text(t(text::RESOURCE)),
        Column::text(t(text::LEVEL)),
        Column::text(t(text::BAR)),
        Column::figures(t(text::USED)),
        Column::figures(t(text::LIMIT)),
        Column::figures(t(text::FREE)),
    ];
    view! {
        <div class="quotas">
            <Table caption=t(text::TITLE) columns=columns>
                {quotas.into_iter().map(|quota| view! { <QuotaRow quota=quota /> }).collect_view()}
            </Table>
        </div>
        <Card title=t(text::MORE) lead=t(text::MORE_LEAD)>
            <CodeBlock code=command what=t(text::MORE_COMMAND) />
        </Card>
    }
    .into_any()
}

/// The nearer to its limit, the more: what is full, by the share that is used, what has no limit.
fn urgency(quota: &Quota) -> (bool, i64) {
    let share = percent(quota.usage, quota.limit).filter(|_| quota.limit > 0);
    (level(quota.usage, quota.limit) == Level::Full, share.unwrap_or(-1))
}

/// How an operator doubles a quota.
fn raise(quota: &Quota) -> String {
    let organization = visit().me.map(|me| me.organization.id).unwrap_or_default();
    let limit = quota.limit.max(1).saturating_mul(2);
    let resource = &quota.resource;
    format!(
        "couloir admin quota set \\\n  --organization {organization} \\\n  --resource {resource} --limit {limit}"
    )
}

/// What a quota counts.
pub fn quota_name(resource: &str) -> String {
    home::quota(resource).map_or_else(|| resource.to_owned(), |text| t(text).to_owned())
}

/// Where that is listed.
fn list_of(resource: &str) -> Option<String> {
    match resource {
        "instance" | "gpu" => Some(path::instances()),
        "iam-key" => Some(path::api_keys()),
        _ => None,
    }
}

#[component]
fn QuotaRow(quota: Quota) -> impl IntoView {
    let Quota { resource, usage, limit } = quota;
    let number = |n: i64| format::integer(language(), n);
    let name = quota_name(&resource);
    let share = percent(usage, limit).filter(|_| limit > 0);
    let share = share.map(|n| t_with(text::PERCENT, &[("percent", &number(n))]));
    let spoken = [("what", name.clone()), ("used", number(usage)), ("limit", number(limit))];
    let spoken =
        t_with(text::BAR_OF, &spoken.each_ref().map(|(name, value)| (*name, value.as_str())));
    let (tone, word) = state(usage, limit);
    let (most, free) = match limit {
        UNLIMITED => (t(text::NO_LIMIT).to_owned(), t(common::NONE).to_owned()),
        limit => (number(limit), number((limit - usage).max(0))),
    };
    view! {
        <Row>
            <Cell label=t(text::RESOURCE) main=true>
                {match list_of(&resource) {
                    Some(to) => view! { <a href=to>{name}</a> }.into_any(),
                    None => view! { <span>{name}</span> }.into_any(),
                }}
            </Cell>
            <Cell label=t(text::LEVEL)><ToneChip tone=tone word=t(word) /></Cell>
            <Cell label=t(text::BAR)>
                <div class="quota-share">
                    {(limit > 0).then(|| view! { <MeterBar label=spoken used=usage limit=limit /> })}
                    <span class="figures">{share.unwrap_or_else(|| t(common::NONE).to_owned())}</span>
                </div>
            </Cell>
            <Cell label=t(text::USED) figures=true>{number(usage)}</Cell>
            <Cell label=t(text::LIMIT) figures=true>{most}</Cell>
            <Cell label=t(text::FREE) figures=true>{free}</Cell>
        </Row>
    }
    .into_any()
}

/// How a quota stands, as icon and word.
fn state(used: i64, limit: i64) -> (Tone, Text) {
    match level(used, limit) {
        Level::Fine if limit == 0 => (Tone::Neutral, text::NOT_GRANTED),
        Level::Fine => (Tone::Ok, text::FINE),
        Level::High => (Tone::Warn, text::HIGH),
        Level::Full => (Tone::Bad, text::FULL),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quota(resource: &str, usage: i64, limit: i64) -> Quota {
        Quota { resource: resource.to_owned(), usage, limit }
    }

    #[test]
    fn what_is_nearest_to_its_limit_is_first() {
        let mut all = [
            quota("unlimited", 9, UNLIMITED),
            quota("none", 0, 0),
            quota("half", 5, 10),
            quota("full", 2, 2),
            quota("nearly", 99, 100),
        ];
        all.sort_by_key(|quota| std::cmp::Reverse(urgency(quota)));
        let names: Vec<_> = all.iter().map(|quota| quota.resource.as_str()).collect();
        assert_eq!(names, ["full", "nearly", "half", "unlimited", "none"]);
    }
}
