//! What the address asks of the list.

use crate::pages::address;
use api::{ErrorBody, ListSnapshots};
use domain::snapshot::SnapshotState;
use leptos_router::params::ParamsMap;

/// Reads the address.
pub fn read(query: &ParamsMap) -> Result<ListSnapshots, ErrorBody> {
    let mut asked = ListSnapshots::default();
    address::read(query, |name, value| {
        match name {
            "zone" => asked.zone = Some(value.to_owned()),
            "q" => asked.q = Some(value.to_owned()),
            "state" => {
                let possible = SnapshotState::ALL.iter().map(|state| state.as_str());
                let wrong = |_| address::not_one_of(name, value, possible);
                asked.state = Some(value.parse().map_err(wrong)?);
            }
            "instance-id" => {
                let wrong = |_| address::not_an_id(name, value);
                asked.instance_id = Some(value.parse().map_err(wrong)?);
            }
            _ => return Err(address::unknown(name)),
        }
        Ok(())
    })?;
    Ok(asked)
}
