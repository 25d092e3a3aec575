//! Why an instance type can't be chosen.

use super::stock::{Stock, needed};
use crate::{
    text::{create as text, t, t_with},
    visit::language,
};
use api::{InstanceType, Template};
use domain::{
    format,
    quota::{self, QuotaResource},
};

/// The first thing that speaks against a type; `None` when nothing does.
pub fn refusal(
    of: &InstanceType,
    zone: &str,
    template: Option<&Template>,
    stock: &Stock,
) -> Option<String> {
    if !of.authorized {
        return Some(t(text::NOT_AUTHORIZED).to_owned());
    }
    if !of.zones.iter().any(|this| this == zone) {
        return Some(t_with(text::NOT_IN_ZONE, &[("zone", zone)]));
    }
    let gib = |gib| format::memory(language(), gib * 1024);
    let (needed, max) =
        (template.map(needed).unwrap_or_default(), of.disk_size_max.unwrap_or(i64::MAX));
    if needed > max {
        return Some(t_with(text::TOO_SMALL, &[("max", &gib(max)), ("needed", &gib(needed))]));
    }
    let gpus = of.gpus.unwrap_or_default();
    let limit = stock.quota(QuotaResource::Gpu)?;
    let exceeded = quota::check(QuotaResource::Gpu, limit.limit, limit.usage, gpus).err()?;
    let number = |n| format::integer(language(), n);
    let left = (exceeded.limit - exceeded.used).max(0);
    let parameters =
        [("left", number(left)), ("limit", number(exceeded.limit)), ("needed", number(gpus))];
    let parameters = parameters.each_ref().map(|(name, value)| (*name, value.as_str()));
    Some(t_with(text::GPU_QUOTA, &parameters))
}
