//! What an instance costs: now, while it runs, while it is stopped.

use crate::{
    text::{Text, common, instances as text, t_with},
    visit::language,
};
use api::{Instance, Price, Prices};
use domain::{
    format,
    money::{Currency, NanoPerHour},
};

/// `CHF 0.0467`
pub fn per_hour(price: Price) -> String {
    format!("{}\u{a0}{}", price.currency, format::per_hour(language(), price.nano_per_hour))
}

/// `CHF 33.60`
pub fn per_month(price: Price) -> String {
    format::money(language(), price.currency, price.nano_per_hour.minor_per_month())
}

/// “CHF 0.0467 per hour · CHF 33.60 per month”
pub fn both(price: Price) -> String {
    let hour = t_with(common::PER_HOUR, &[("amount", &per_hour(price))]);
    let month = t_with(common::PER_MONTH, &[("amount", &per_month(price))]);
    format!("{hour} · {month}")
}

/// Nothing at all.
pub fn zero(currency: Currency) -> Price {
    Price { currency, nano_per_hour: NanoPerHour(0) }
}

/// What it costs while stopped: its disk.
pub fn while_stopped(instance: &Instance, prices: &Prices) -> Price {
    disk(instance.disk_size, prices)
}

/// What a disk of so many GiB costs.
pub fn disk(gib: i64, prices: &Prices) -> Price {
    Price { currency: prices.currency, nano_per_hour: prices.disk_gib.times(gib) }
}

/// What a snapshot of so many GiB costs.
pub fn snapshot(gib: i64, prices: &Prices) -> Price {
    Price { currency: prices.currency, nano_per_hour: prices.snapshot_gib.times(gib) }
}

/// What a template of one's own of so many GiB costs.
pub fn template(gib: i64, prices: &Prices) -> Price {
    Price { currency: prices.currency, nano_per_hour: prices.template_gib.times(gib) }
}

/// What it costs while it runs: its type and its disk.
pub fn while_running(instance: &Instance, prices: &Prices) -> Price {
    let of_type = instance.instance_type.price.map_or(NanoPerHour(0), |price| price.nano_per_hour);
    let stopped = while_stopped(instance, prices);
    Price { nano_per_hour: stopped.nano_per_hour.plus(of_type), ..stopped }
}

/// The sum of two prices.
pub fn plus(a: Price, b: Price) -> Price {
    Price { nano_per_hour: a.nano_per_hour.plus(b.nano_per_hour), ..a }
}

/// “2 vCPU · 4 GiB · 50 GiB disk”
pub fn size(instance: &Instance) -> String {
    sized(instance, text::SIZE)
}

/// “2 vCPU · 4 GiB”
pub fn size_short(instance: &Instance) -> String {
    sized(instance, text::SIZE_SHORT)
}

fn sized(instance: &Instance, pattern: Text) -> String {
    let of = &instance.instance_type;
    let language = language();
    let figures = [
        ("cpus", format::integer(language, of.cpus)),
        ("memory", format::memory(language, of.memory >> 20)),
        ("disk", format::integer(language, instance.disk_size)),
    ];
    t_with(pattern, &figures.each_ref().map(|(name, value)| (*name, value.as_str())))
}
