//! What an instance can be made of: everything that the form offers.

use crate::{
    load::{Ask, Asked, load},
    pages::zones::is_away,
    text::create as text,
};
use api::{
    ErrorBody, InstanceType, ListTemplates, Prices, Quota, SshKey, Summary, Template, Zone, op,
};
use domain::{
    quota::{QuotaResource, UNLIMITED},
    template::{Visibility, disk_gib_needed},
};

const USUAL_FAMILY: &str = "ubuntu";

/// All that there is.
#[derive(Clone, Debug, PartialEq)]
pub struct Stock {
    pub zones: Vec<Zone>,
    pub types: Vec<InstanceType>,
    /// Public ones, then the organization's own.
    pub templates: Vec<Template>,
    pub keys: Vec<SshKey>,
    pub prices: Prices,
    pub quotas: Vec<Quota>,
    pub summary: Summary,
}

/// The questions that lead to it. The answers don't change while the form is filled in.
#[derive(Clone, Copy)]
pub struct Asking {
    zones: Asked<api::Zones>,
    types: Asked<api::InstanceTypes>,
    public: Asked<api::Templates>,
    private: Asked<api::Templates>,
    keys: Asked<api::SshKeys>,
    prices: Asked<Prices>,
    quotas: Asked<api::Quotas>,
    summary: Asked<Summary>,
}

impl Asking {
    pub fn start() -> Self {
        let templates = |visibility| {
            let input = ListTemplates { visibility: Some(visibility), ..Default::default() };
            load(op::ListTemplates, &[], move || Ask::with(input.clone()))
        };
        Asking {
            zones: load(op::ListZones, &[], Ask::all),
            types: load(op::ListInstanceTypes, &[], Ask::all),
            public: templates(Visibility::Public),
            private: templates(Visibility::Private),
            keys: load(op::ListSshKeys, &[], Ask::all),
            prices: load(op::ListPrices, &[], Ask::all),
            quotas: load(op::ListQuotas, &[], Ask::all),
            summary: load(op::GetSummary, &[], Ask::all),
        }
    }

    pub async fn answers(self) -> Result<Stock, ErrorBody> {
        let mut templates = self.public.await?.body.templates;
        templates.extend(self.private.await?.body.templates);
        Ok(Stock {
            zones: self.zones.await?.body.zones,
            types: self.types.await?.body.instance_types,
            templates,
            keys: self.keys.await?.body.ssh_keys,
            prices: self.prices.await?.body,
            quotas: self.quotas.await?.body.quotas,
            summary: self.summary.await?.body,
        })
    }
}

impl Stock {
    /// The first zone that answers, else the first there is.
    pub fn usual_zone(&self) -> Option<&Zone> {
        self.zones.iter().find(|zone| !is_away(zone)).or(self.zones.first())
    }

    pub fn templates_in<'a>(&'a self, zone: &'a str) -> impl Iterator<Item = &'a Template> {
        self.templates.iter().filter(move |template| template.zones.iter().any(|z| z == zone))
    }

    /// What most people begin with: the newest of the usual family, else the first there is.
    pub fn usual_template<'a>(&'a self, zone: &'a str) -> Option<&'a Template> {
        let usual = |t: &&Template| t.family.as_deref() == Some(USUAL_FAMILY);
        let newest = self.templates_in(zone).filter(usual).max_by_key(|t| t.version.clone());
        newest.or_else(|| self.templates_in(zone).next())
    }

    /// What stands for a template in a zone: itself, the one of its name there, or the usual one.
    pub fn template_for<'a>(&'a self, zone: &'a str, wanted: &str) -> Option<&'a Template> {
        let wanted = self.templates.iter().find(|template| template.id.to_string() == wanted)?;
        let itself = self.templates_in(zone).find(|template| template.id == wanted.id);
        itself
            .or_else(|| self.templates_in(zone).find(|template| template.name == wanted.name))
            .or_else(|| self.usual_template(zone))
    }

    pub fn quota(&self, resource: QuotaResource) -> Option<&Quota> {
        self.quotas.iter().find(|quota| quota.resource == resource.as_str())
    }

    /// Why nothing more can be created, if so: the limit that is reached.
    pub fn full(&self) -> Option<i64> {
        let quota = self.quota(QuotaResource::Instance)?;
        (quota.limit != UNLIMITED && quota.usage >= quota.limit).then_some(quota.limit)
    }
}

/// GiB that a disk made from a template has at least.
pub fn needed(template: &Template) -> i64 {
    disk_gib_needed(template.size)
}

/// A type's name on a tab: with the family where several share the tab.
pub fn short_name(of: &InstanceType) -> String {
    if text::family(of.family) == text::GPU { of.name() } else { of.size.to_string() }
}
