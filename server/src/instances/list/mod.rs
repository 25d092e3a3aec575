//! `list-instances`: filters, order and pages, all in the database.

mod store;

use super::wire::{Shown, show};
use crate::{
    call::Call,
    error::{Error, Result},
    page,
    view::View,
};
use api::{InstanceFilter, Instances, LIST_MAX, ListInstances};
use domain::{InstanceId, InstanceTypeId, TemplateId, instance::InstanceState};

const IDS_MAX: usize = 1_000;

/// What a list can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    CreatedAt,
    State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Order {
    column: Column,
    descending: bool,
}

impl Order {
    fn parse(text: Option<&str>) -> Result<Order> {
        let text = text.unwrap_or("-created-at");
        let (name, descending) = match text.strip_prefix('-') {
            Some(name) => (name, true),
            None => (text, false),
        };
        let column = match name {
            "name" => Column::Name,
            "created-at" => Column::CreatedAt,
            "state" => Column::State,
            _ => {
                return Err(Error::field(
                    "sort",
                    format!(
                        "is {text:?}; possible are name, created-at, state, with - before it for descending"
                    ),
                ));
            }
        };
        Ok(Order { column, descending })
    }

    fn kind(self) -> page::SortKind {
        match self.column {
            Column::CreatedAt => page::SortKind::Int,
            Column::Name | Column::State => page::SortKind::Text,
        }
    }

    fn sql(self) -> &'static str {
        match self.column {
            Column::Name => "name",
            Column::CreatedAt => "created_us",
            Column::State => "state",
        }
    }
}

/// A checked question.
pub struct Question {
    zone: Option<String>,
    state: Option<InstanceState>,
    instance_type: Option<InstanceTypeId>,
    template: Option<TemplateId>,
    ip_address: Option<String>,
    labels: Vec<(String, String)>,
    q: Option<String>,
    ids: Option<Vec<InstanceId>>,
    order: Order,
}

impl Question {
    /// Checks every parameter but `limit` and `cursor`.
    pub fn of(call: &Call, input: &ListInstances) -> Result<Question> {
        let zone = call.zone_asked(input.zone.as_deref())?;
        let instance_type = match &input.instance_type {
            None => None,
            Some(name) => Some(
                call.cloud
                    .catalogue
                    .instance_types
                    .iter()
                    .find(|t| t.name() == *name)
                    .map(|t| t.id)
                    .ok_or_else(|| {
                        Error::field(
                            "instance-type",
                            format!("is {name:?}, which is not an instance type of this platform"),
                        )
                    })?,
            ),
        };
        Ok(Question {
            zone,
            state: input.state,
            instance_type,
            template: input.template_id,
            ip_address: input.ip_address.clone(),
            labels: parse_labels(input.labels.as_deref().unwrap_or_default())?,
            q: input.q.clone().map(|q| q.trim().to_lowercase()).filter(|q| !q.is_empty()),
            ids: input.ids.as_deref().map(parse_ids).transpose()?,
            order: Order::parse(input.sort.as_deref())?,
        })
    }
}

/// Refuses what can't be asked of the list.
pub fn check_question(call: &Call, asked: &ListInstances) -> Result<()> {
    Question::of(call, asked).map(drop)
}

/// The condition of what a filter matches, as SQL on the columns of `instances`: `$1` is the
/// organization, and the values follow.
pub fn matching(call: &Call, filter: InstanceFilter) -> Result<(String, Vec<String>)> {
    let mut values = Vec::new();
    let condition = store::conditions(&Question::of(call, &filter.into())?, &mut values);
    Ok((condition, values))
}

fn parse_ids(text: &str) -> Result<Vec<InstanceId>> {
    let ids: Vec<_> = text.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
    if ids.is_empty() || ids.len() > IDS_MAX {
        return Err(Error::field("ids", format!("must be 1 to {IDS_MAX} ids")));
    }
    let parsed = ids.iter().map(|id| id.parse().map_err(|_| id));
    parsed
        .collect::<Result<_, _>>()
        .map_err(|id| Error::field("ids", format!("holds {id:?}, which is not a UUID")))
}

/// `env:prod,tier=web`
fn parse_labels(text: &str) -> Result<Vec<(String, String)>> {
    text.split(',')
        .map(str::trim)
        .filter(|pair| !pair.is_empty())
        .map(|pair| match pair.split_once([':', '=']) {
            Some((key, value)) => Ok((key.to_owned(), value.to_owned())),
            None => Err(Error::field("labels", format!("has {pair:?}; write key:value"))),
        })
        .collect()
}

/// `list-instances`
pub async fn list(view: &View, input: ListInstances) -> Result<Instances> {
    let limit = page::limit(input.limit)?;
    if input.manager_id.is_some() || input.manager_type.is_some() {
        // Nothing manages instances yet, so none matches.
        return Ok(Instances { instances: vec![], total: None, running: None, price: None });
    }
    let question = Question::of(view, &input)?;
    let name = format!("instances {}", input.sort.as_deref().unwrap_or("-created-at"));
    let after = page::decode(input.cursor.as_deref(), &name, question.order.kind())?;
    if limit.is_none() && after.is_some() {
        return Err(Error::field("cursor", "needs a limit"));
    }
    let asked = limit.unwrap_or(LIST_MAX);
    let (rows, next) = store::page(view, &question, asked, after.as_ref()).await?;
    if limit.is_none() && next.is_some() {
        return Err(Error::invalid(format!(
            "There are more than {LIST_MAX} instances: add `limit` (at most {}) and follow the Link header.",
            api::PAGE_MAX
        )));
    }
    if let Some(next) = &next {
        view.next_page(page::encode(&name, next));
    }
    let shown = Shown::of(view, &rows).await?;
    let instances = rows.iter().map(|row| show(view, row, &shown)).collect::<Result<_>>()?;
    // They take a look at every match, which clients that walk through pages should not wait for.
    if input.totals != Some(true) {
        return Ok(Instances { instances, total: None, running: None, price: None });
    }
    let totals = store::totals(view, &question).await?;
    Ok(Instances {
        instances,
        total: Some(totals.count),
        running: Some(totals.running),
        price: Some(view.price(totals.metered)?),
    })
}

/// How many instances match each of several questions, counted up to what lists count.
pub async fn counts(view: &View, questions: &[Question]) -> Result<Vec<i64>> {
    store::counts(view, questions, page::COUNT_MAX).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_and_labels_are_checked() {
        assert!(
            Order::parse(Some("-name")).is_ok_and(|o| o.descending && o.column == Column::Name)
        );
        assert!(Order::parse(None).is_ok_and(|o| o.column == Column::CreatedAt));
        assert!(Order::parse(Some("price")).is_err());
        let labels = parse_labels("env:prod, tier=web,").unwrap_or_default();
        assert_eq!(labels, [("env".into(), "prod".into()), ("tier".into(), "web".into())]);
        assert!(parse_labels("env").is_err());
    }
}
