//! What has been filled in so far, and what follows from it.

use super::{
    refusal::refusal,
    stock::{Stock, needed},
};
use crate::{
    text::{create as text, t_with},
    ui::FormContext,
};
use api::{InstanceType, Template};
use domain::{labels::Labels, money::NanoPerHour, user_data};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde_json::{Value, json};

/// The form's values. Each field writes its own.
#[derive(Clone, Copy)]
pub struct Draft {
    pub stock: StoredValue<Stock>,
    pub name: RwSignal<String>,
    pub zone: RwSignal<String>,
    pub template: RwSignal<String>,
    pub instance_type: RwSignal<String>,
    pub disk: RwSignal<String>,
    pub keys: RwSignal<Vec<String>>,
    pub public_ip: RwSignal<String>,
    pub user_data: RwSignal<String>,
    pub labels: RwSignal<String>,
    pub start: RwSignal<bool>,
}

impl Draft {
    /// What the form had when it was shown last, else what the address asks for, else the first of
    /// everything.
    pub fn new(stock: Stock, form: FormContext) -> Self {
        let query = use_query_map().get_untracked();
        let kept = |name: &str| form.kept(name);
        let given = |name: &str, of: &str| kept(name).or_else(|| query.get(of));
        let zone = given("zone", "zone")
            .or_else(|| stock.usual_zone().map(|zone| zone.name.clone()))
            .unwrap_or_default();
        // Without scripts, who chooses another zone sends the template of the one before.
        let template = match given("template.id", "template") {
            Some(id) => stock.template_for(&zone, &id).map_or(id, |found| found.id.to_string()),
            None => stock.usual_template(&zone).map(|t| t.id.to_string()).unwrap_or_default(),
        };
        let found = stock.templates.iter().find(|t| t.id.to_string() == template);
        let instance_type = given("instance-type.id", "instance-type")
            .or_else(|| {
                let free = |of: &&InstanceType| refusal(of, &zone, found, &stock).is_none();
                stock.types.iter().find(free).map(|of| of.id.to_string())
            })
            .unwrap_or_default();
        let disk = given("disk-size", "disk-size").unwrap_or_else(|| {
            let least = stock.types.iter().find(|of| of.id.to_string() == instance_type);
            let least = least.and_then(|of| of.disk_size_min).unwrap_or_default();
            least.max(found.map(needed).unwrap_or_default()).to_string()
        });
        let keys = form.kept_all("ssh-keys[].name").unwrap_or_else(|| {
            // With one key there is nothing to choose.
            let only = stock.keys.first().filter(|_| stock.keys.len() == 1);
            query.get("ssh-key").or(only.map(|key| key.name.clone())).into_iter().collect()
        });
        Draft {
            stock: StoredValue::new(stock),
            name: RwSignal::new(given("name", "name").unwrap_or_default()),
            zone: RwSignal::new(zone),
            template: RwSignal::new(template),
            instance_type: RwSignal::new(instance_type),
            disk: RwSignal::new(disk),
            keys: RwSignal::new(keys),
            public_ip: RwSignal::new(
                kept("public-ip-assignment").unwrap_or_else(|| "inet4".to_owned()),
            ),
            user_data: RwSignal::new(kept("user-data:base64").unwrap_or_default()),
            labels: RwSignal::new(kept("labels").unwrap_or_default()),
            start: RwSignal::new(kept("auto-start").is_none_or(|start| start == "true")),
        }
    }

    /// GiB that the chosen template needs.
    pub fn needed(self) -> i64 {
        self.chosen_template().map(|template| needed(&template)).unwrap_or_default()
    }

    pub fn chosen_type(self) -> Option<InstanceType> {
        self.instance_type.with(|id| {
            self.stock
                .with_value(|stock| stock.types.iter().find(|of| of.id.to_string() == *id).cloned())
        })
    }

    pub fn chosen_template(self) -> Option<Template> {
        self.template.with(|id| {
            self.stock.with_value(|stock| {
                stock.templates.iter().find(|of| of.id.to_string() == *id).cloned()
            })
        })
    }

    /// GiB, when it is a number.
    pub fn disk_gib(self) -> Option<i64> {
        self.disk.with(|text| text.trim().parse().ok())
    }

    /// What its disk costs.
    pub fn disk_price(self) -> NanoPerHour {
        let unit = self.stock.with_value(|stock| stock.prices.disk_gib);
        unit.times(self.disk_gib().unwrap_or_default().max(0))
    }

    /// What it costs while it runs, its disk included.
    pub fn price(self) -> Option<NanoPerHour> {
        Some(self.chosen_type()?.price?.nano_per_hour.plus(self.disk_price()))
    }

    /// Least and largest disk that type and template allow together.
    pub fn disk_limits(self) -> Option<(i64, i64)> {
        let of = self.chosen_type()?;
        Some((of.disk_size_min?.max(self.needed()), of.disk_size_max?))
    }

    /// Why a type can't be chosen.
    pub fn refused(self, of: &InstanceType) -> Option<String> {
        let template = self.chosen_template();
        self.zone
            .with(|zone| self.stock.with_value(|stock| refusal(of, zone, template.as_ref(), stock)))
    }

    /// Why it can't be created as it is.
    pub fn blocked(self) -> Option<String> {
        let full = self.stock.with_value(Stock::full);
        full.map(|limit| t_with(text::QUOTA_FULL, &[("limit", &limit.to_string())]))
            .or_else(|| self.refused(&self.chosen_type()?))
    }

    /// The operation's input, as far as it is known.
    pub fn input(self) -> Value {
        let mut input = json!({
            "zone": self.zone.get(),
            "template": {"id": self.template.get()},
            "instance-type": {"id": self.instance_type.get()},
            "public-ip-assignment": self.public_ip.get(),
            "auto-start": self.start.get(),
        });
        let mut set = |name: &str, value: Option<Value>| {
            if let (Some(value), Value::Object(fields)) = (value, &mut input) {
                fields.insert(name.to_owned(), value);
            }
        };
        let keys = self.keys.get();
        let keys: Vec<_> = keys.iter().map(|name| json!({ "name": name })).collect();
        let (name, data) = (self.name.get(), self.user_data.get());
        let labels = labels(&self.labels.get());
        set("name", (!name.is_empty()).then(|| json!(name)));
        set("disk-size", self.disk_gib().map(|gib| json!(gib)));
        set("ssh-keys", (!keys.is_empty()).then(|| json!(keys)));
        set("user-data", (!data.is_empty()).then(|| json!(user_data::encode(&data))));
        set("labels", (!labels.is_empty()).then(|| json!(labels)));
        input
    }
}

/// `key=value`, a line each, as the form's adapter reads them.
fn labels(text: &str) -> Labels {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| line.split_once('=').unwrap_or((line, "")))
        .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
        .collect()
}
