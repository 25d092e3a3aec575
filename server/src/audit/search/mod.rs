//! Finding calls in the trail: by time, person, resource, operation, result and text, the newest first.
//!
//! Time, person, operation, resource's id and result are found by indexes. Its kind and free text are
//! looked for among what these leave, so many at a time, and the answer says how far it has looked.

mod matching;
mod store;

pub use matching::{decided_by, kind_of, kinds};

use crate::{
    error::{Error, Result},
    page::{self, After, SortKind, SortValue},
    view::View,
};
use api::{AuditTrail, Event, ListAuditTrail};
use domain::{Timestamp, audit::AuditCalls};
use store::Source;

/// What the cursor belongs to.
const LIST: &str = "audit-trail";
/// So many are looked at for one answer.
const LOOKED_AT_MAX: usize = 20_000;
/// So many are read at once when most may not be what is looked for.
const READ_AT_ONCE: usize = 1_000;
const QUESTION_CHARACTERS_MAX: usize = 200;
/// Digits of the largest number.
const DIGITS: usize = 19;

/// Where something stands in the trail. What is later is greater.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    at: Timestamp,
    /// Events of one instant stand before calls of it, by their first letter.
    id: String,
    is_event: bool,
}

impl Place {
    fn event(at: Timestamp, sequence: i64) -> Place {
        Place { at, id: format!("~{sequence:0DIGITS$}"), is_event: true }
    }

    fn call(at: Timestamp, id: String) -> Place {
        Place { at, id, is_event: false }
    }

    fn source(&self) -> Source {
        if self.is_event { Source::Events } else { Source::Calls }
    }

    fn sequence(&self) -> i64 {
        self.id.trim_start_matches('~').parse().unwrap_or_default()
    }

    fn after(&self) -> After {
        After { value: SortValue::Int(self.at.0), id: self.id.clone() }
    }

    fn of(After { value, id }: After) -> Option<Place> {
        let SortValue::Int(at) = value else { return None };
        let is_event = id.starts_with('~');
        Some(Place { at: Timestamp(at), id, is_event })
    }
}

pub struct Found {
    place: Place,
    event: Event,
}

/// `list-audit-trail`
pub async fn list(view: &View, input: ListAuditTrail) -> Result<AuditTrail> {
    check(&input)?;
    let limit = page::limit(input.limit)?.unwrap_or(api::PAGE_DEFAULT) as usize;
    let cursor = page::decode(input.cursor.as_deref(), LIST, SortKind::Int)?;
    let mut behind = cursor.and_then(Place::of);
    let (looks, read_at_once) = match matching::is_asked(&input) {
        true => (LOOKED_AT_MAX, READ_AT_ONCE),
        false => (limit + 1, limit + 1),
    };
    let (mut found, mut looked_at, mut all) = (Vec::new(), 0, false);
    while found.len() <= limit && looked_at < looks && !all {
        let (read, is_all) = read(view, &input, behind.as_ref(), read_at_once).await?;
        all = is_all;
        for one in read {
            looked_at += 1;
            behind = Some(one.place.clone());
            if matching::is(&input, &one.event) {
                found.push(one);
            }
            if found.len() > limit {
                break;
            }
        }
    }
    let mut searched_to = None;
    if found.len() > limit {
        found.truncate(limit);
        view.next_page(page::encode(LIST, &found[limit - 1].place.after()));
    } else if let (false, Some(place)) = (all, behind) {
        searched_to = Some(place.at);
        view.next_page(page::encode(LIST, &place.after()));
    }
    let events = found.into_iter().map(|one| one.event).collect();
    Ok(AuditTrail { events, searched_to })
}

/// The next in the trail's order, and whether there are no more.
async fn read(
    view: &View,
    input: &ListAuditTrail,
    behind: Option<&Place>,
    limit: usize,
) -> Result<(Vec<Found>, bool)> {
    let span = (input.from.unwrap_or(Timestamp(0)), input.to.unwrap_or(Timestamp(i64::MAX)));
    let sources = match input.calls {
        None => &[Source::Events, Source::Calls][..],
        Some(AuditCalls::Changes) => &[Source::Events],
        Some(AuditCalls::Reads) => &[Source::Calls],
    };
    let (mut read, mut known_to) = (Vec::new(), None);
    for source in sources {
        let page =
            store::page(&view.cloud.db, view.org()?, *source, span, input, behind, limit).await?;
        if page.len() == limit {
            // Behind its last row there may be more that come before the other table's.
            known_to = known_to.max(page.last().map(|one| one.place.clone()));
        }
        read.extend(page);
    }
    read.sort_by(|a, b| b.place.cmp(&a.place));
    if let Some(known_to) = &known_to {
        read.retain(|one| one.place >= *known_to);
    }
    Ok((read, known_to.is_none()))
}

/// The newest calls of all kinds since a time, and whether there are more.
pub async fn newest(view: &View, since: Timestamp, count: usize) -> Result<(Vec<Event>, bool)> {
    let input = ListAuditTrail { from: Some(since), ..ListAuditTrail::default() };
    let (mut events, mut behind) = (Vec::new(), None);
    loop {
        let (read, all) = read(view, &input, behind.as_ref(), READ_AT_ONCE).await?;
        behind = read.last().map(|one| one.place.clone()).or(behind);
        events.extend(read.into_iter().map(|one| one.event));
        if all || events.len() > count {
            let more = events.len() > count;
            events.truncate(count);
            return Ok((events, more));
        }
    }
}

fn check(input: &ListAuditTrail) -> Result<()> {
    if let (Some(from), Some(to)) = (input.from, input.to)
        && from > to
    {
        return Err(Error::field("from", "is after to"));
    }
    if let Some(operation) = &input.operation
        && operation != super::COMPLETED
        && api::find_act(operation).is_none()
    {
        return Err(Error::field("operation", format!("is {operation:?}, which there is not")));
    }
    if let Some(resource) = &input.resource
        && !matching::kinds().any(|kind| kind == resource)
    {
        return Err(Error::field(
            "resource",
            format!("is {resource:?}, which no operation is about"),
        ));
    }
    if input.q.as_ref().is_some_and(|q| q.chars().count() > QUESTION_CHARACTERS_MAX) {
        return Err(Error::field(
            "q",
            format!("has more than {QUESTION_CHARACTERS_MAX} characters"),
        ));
    }
    Ok(())
}
