//! One snapshot.

use super::actions::Actions;
use crate::{
    pages::instances::cost,
    path,
    text::{common, instance as text, instances as all, states, t, t_with},
    ui::{Ago, Cell, CopyButton, Menu, Row, Tone, ToneChip, icons},
    visit::language,
};
use api::{InstanceRef, Prices, Snapshot, SnapshotExport};
use domain::{Timestamp, format, snapshot::SnapshotState};
use leptos::prelude::*;

#[component]
pub fn SnapshotRow(
    first: Snapshot,
    /// All that are shown.
    snapshots: Memo<Vec<Snapshot>>,
    prices: Signal<Option<Prices>>,
    /// The page it is shown on.
    #[prop(into)]
    page: String,
    /// Why its instance can't go back to it now, where that is known.
    #[prop(optional, into)]
    no_revert: Signal<Option<String>>,
    /// Names the instance, and where it is.
    #[prop(optional)]
    says_instance: bool,
) -> impl IntoView {
    let of = says_instance.then(|| {
        let zone = first.zone.clone();
        first.instance.clone().map(|instance| view! { <Of instance=instance zone=zone /> })
    });
    let id = first.id;
    let (name, created, size) = (first.name.clone(), first.created_at, first.size);
    // What left the list is shown as it was until its row is gone.
    let row = Memo::new(move |before: Option<&Snapshot>| {
        snapshots.with(|all| all.iter().find(|s| s.id == id).or(before).unwrap_or(&first).clone())
    });
    let actions = t_with(all::ACTIONS_OF, &[("name", &name)]);
    let language = language();
    let gib = t_with(text::GIB, &[("size", &format::integer(language, size))]);
    let price = move || prices.get().map(|prices| cost::per_month(cost::snapshot(size, &prices)));
    view! {
        <Row>
            <Cell label=t(text::SNAPSHOT) main=true>
                <span class="break">{name}</span>
                <span class="second"><code>{id.to_string()}</code><CopyButton text=id.to_string() what=t(common::ID) /></span>
                {move || row.with(|row| row.export.clone()).map(|export| view! { <Exported export=export /> })}
            </Cell>
            {of}
            <Cell label=t(common::STATE)>
                {move || row.with(|row| view! {
                    <ToneChip tone=tone(row.state) word=t(states::snapshot(row.state)) />
                    {row.reason.clone().map(|reason| view! { <p class="hint" lang="en">{reason}</p> })}
                })}
            </Cell>
            <Cell label=t(text::DISK_SIZE) figures=true>{gib}</Cell>
            <Cell label=t(common::CREATED)><Ago at=created /></Cell>
            <Cell label=t(all::PER_MONTH) figures=true>{price}</Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                <Menu label=actions icon=icons::ELLIPSIS icon_only=true right=true>
                    {move || view! { <Actions snapshot=row.get() page=page.clone() no_revert=no_revert /> }}
                </Menu>
            </Cell>
        </Row>
    }
    .into_any()
}

/// The instance that it was taken of.
#[component]
fn Of(instance: InstanceRef, zone: Option<String>) -> impl IntoView {
    let name = instance.name.unwrap_or_else(|| instance.id.to_string());
    view! {
        <Cell label=t(text::INSTANCE)>
            <span class="two-lines">
                <a class="break" href=path::instance_tab(instance.id, "snapshots")>{name}</a>
                <span class="hint">{zone}</span>
            </span>
        </Cell>
    }
    .into_any()
}

fn tone(state: SnapshotState) -> Tone {
    match state {
        SnapshotState::Ready | SnapshotState::Exported => Tone::Ok,
        SnapshotState::Error => Tone::Bad,
        SnapshotState::Deleted => Tone::Neutral,
        _ => Tone::Busy,
    }
}

/// The file, for as long as it is there.
#[component]
fn Exported(export: SnapshotExport) -> impl IntoView {
    let md5 = export.md5sum.map(|md5| view! {
        <span class="second"><span class="key">{t(text::MD5)}</span><code>{md5.clone()}</code><CopyButton text=md5 what=t(text::MD5) /></span>
    });
    let file = match export.presigned_url {
        Some(address) => {
            let until = expiry(&address).map(|until| {
                let time = format::date_time(language(), until);
                view! { <span class="hint">{t_with(text::DOWNLOAD_UNTIL, &[("time", &time)])}</span> }
            });
            view! {
                <span class="row"><a href=address rel="external" download="">{t(text::DOWNLOAD)}</a>{until}</span>
            }
            .into_any()
        }
        None => view! { <span class="hint">{t(text::DOWNLOAD_OVER)}</span> }.into_any(),
    };
    view! {
        {file}
        {md5}
    }
    .into_any()
}

/// Until when a signed address is good: it says so itself.
fn expiry(address: &str) -> Option<Timestamp> {
    let (_, query) = address.split_once('?')?;
    let seconds = query.split('&').find_map(|pair| pair.strip_prefix("expires="))?;
    seconds.parse().ok().map(Timestamp::from_unix_seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_address_says_until_when() {
        let at = expiry("x?expires=1795229160&signature=abc");
        assert_eq!(at, Some(Timestamp::from_unix_seconds(1_795_229_160)));
        assert_eq!(expiry("x"), None);
    }
}
