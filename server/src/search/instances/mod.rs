//! Instances: first by what an index leads to, then by parts of names and labels while there is room.

mod store;

use super::{Search, can};
use crate::{error::Result, instances::InstanceRow};
use api::SearchHit;
use domain::search::{Fit, SearchKind};
use store::How;

pub async fn find(search: &Search<'_>) -> Result<Vec<SearchHit>> {
    let needle = &search.needle;
    let mut ways: Vec<How> = Vec::new();
    if let Some((least, greatest)) = needle.ids() {
        ways.push(How::Ids(least.to_owned(), greatest.to_owned()));
    }
    ways.push(How::Name(needle.text().to_owned()));
    if let Some(address) = needle.address() {
        ways.extend([How::Ipv4(address.clone()), How::Ipv6(address)]);
    }
    let mut rows: Vec<InstanceRow> = Vec::new();
    for how in ways {
        add(&mut rows, store::find(search, &how).await?);
    }
    // Whoever pastes an id, or has found enough, looks for nothing else.
    let known = needle.ids().is_some_and(|(least, greatest)| least == greatest);
    if !known && (rows.len() as i64) < search.most {
        let label = needle.label().map(|(key, value)| (key.to_owned(), value.to_owned()));
        add(&mut rows, store::find(search, &How::Part(needle.text().to_owned(), label)).await?);
    }
    rows.iter().map(|row| hit(search, row)).collect()
}

fn add(rows: &mut Vec<InstanceRow>, found: Vec<InstanceRow>) {
    for row in found {
        if rows.iter().all(|known| known.id != row.id) {
            rows.push(row);
        }
    }
}

fn hit(search: &Search<'_>, row: &InstanceRow) -> Result<SearchHit> {
    let (id, name) = (row.id.to_string(), row.name.clone());
    let addresses: Vec<&str> = [&row.ipv4, &row.ipv6].into_iter().flatten().map(|a| &**a).collect();
    let fit = search.needle.fit(&id, &name, &addresses);
    // What was found by a label says which one; by an address, that address.
    let of = |text: &str| text.to_lowercase().contains(search.needle.text());
    let pairs = row.labels.iter().filter(|_| fit == Fit::Part && !of(&name));
    let mut pairs = pairs.map(|(key, value)| (format!("{key}={value}"), format!("{key}:{value}")));
    let label = pairs.find(|(equals, colon)| of(equals) || of(colon)).map(|(equals, _)| equals);
    let by_v6 = fit == Fit::Address && row.ipv4.as_ref().is_none_or(|v4| !of(v4));
    let address = if by_v6 { row.ipv6.clone() } else { row.ipv4.clone() };
    Ok(SearchHit {
        fit,
        state: Some(row.state.to_string()),
        zone: Some(row.zone.clone()),
        detail: label.or(address),
        can: can::instance(row),
        ..search.hit(SearchKind::Instance, id, name)
    })
}
