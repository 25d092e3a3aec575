//! The same Incus over HTTPS, with a client certificate.

use super::incus_side::IncusSide;
use crate::support::throwaway::Throwaway;

pub async fn reach(_side: &IncusSide<'_>, _host: &Throwaway) {}
