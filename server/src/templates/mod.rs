//! Templates: public ones that engines bring or operators import, and an organization's own.

mod again;
pub mod jobs;
mod put_back;
pub mod store;

use crate::{
    act::{Act, Subject},
    call::Call,
    error::{Error, Result},
    operations::{self, Was},
    quotas,
    view::View,
};
pub use again::again;
use api::{ListTemplates, Nothing, Operation, Templates, UpdateTemplate};
use domain::{
    name,
    quota::QuotaResource,
    template::{self, BootMode, Visibility},
};
pub use put_back::put_back;
use serde_json::json;
pub use store::TemplateRow;

const DESCRIPTION_CHARACTERS_MAX: usize = 255;
/// Instances that a refusal to delete a template names.
const USERS_NAMED_MAX: i64 = 3;

impl TemplateRow {
    pub fn visibility(&self) -> Visibility {
        if self.org.is_some() { Visibility::Private } else { Visibility::Public }
    }

    pub fn wire(&self) -> api::Template {
        let text = |t: &str| Some(t.to_owned()).filter(|t| !t.is_empty());
        api::Template {
            id: self.id,
            name: self.name.clone(),
            description: text(&self.description),
            family: text(&self.family),
            version: text(&self.release),
            build: text(&self.build),
            maintainer: None,
            size: self.size_bytes.max(1),
            default_user: text(&self.default_user),
            boot_mode: BootMode::Legacy,
            visibility: self.visibility(),
            ssh_key_enabled: self.ssh_key_enabled,
            password_enabled: self.password_enabled,
            application_consistent_snapshot_enabled: false,
            checksum: text(&self.checksum),
            zones: vec![self.zone.clone()],
            created_at: self.created,
        }
    }

    /// Whether the call may see it: public, or its organization's own, and in the address's zone.
    fn is_visible(&self, call: &Call) -> Result<bool> {
        let mine = self.org.is_none() || self.org == Some(call.org()?);
        Ok(mine && call.zone().is_none_or(|zone| zone == self.zone))
    }
}

/// `list-templates`
pub async fn list(view: &View, input: ListTemplates) -> Result<Templates> {
    let org = match input.visibility.unwrap_or(Visibility::Public) {
        Visibility::Public => None,
        Visibility::Private => Some(view.org()?),
    };
    let zone = view.zone_asked(input.zone.as_deref())?;
    let q = input.q.map(|q| q.trim().to_lowercase());
    let question = store::Question { org, zone, family: input.family, q };
    let rows = store::list(view.cloud.db.reader(), &question).await?;
    Ok(Templates { templates: rows.iter().map(TemplateRow::wire).collect() })
}

/// `get-template`
pub async fn get(view: &View, _: Nothing) -> Result<api::Template> {
    let mut db = view.cloud.db.read().await?;
    let found = store::get(&mut db, view.param("id")?).await?;
    let row = found.filter(|t| matches!(t.is_visible(view), Ok(true)));
    let row = row.ok_or_else(|| Error::not_found("template"))?;
    view.version(row.version);
    Ok(row.wire())
}

/// One of the organization's own templates, for changing it.
async fn own(act: &mut Act) -> Result<TemplateRow> {
    let id = act.param("id")?;
    let found = store::get(act.db(), id).await?;
    let row = found.filter(|t| matches!(t.is_visible(act), Ok(true)));
    let row = row.ok_or_else(|| Error::not_found("template"))?;
    if row.org.is_none() {
        return Err(Error::Forbidden("Public templates belong to the platform's operator.".into()));
    }
    act.expect_version("template", row.id, row.version).await?;
    act.about(Subject::new("template", row.id, &row.name));
    Ok(row)
}

/// `update-template`
pub async fn update(act: &mut Act, input: UpdateTemplate) -> Result<Operation> {
    let row = own(act).await?;
    let new_name = input.name.unwrap_or_else(|| row.name.clone());
    let description = input.description.unwrap_or_else(|| row.description.clone());
    name::check(&new_name).map_err(|e| Error::field("name", e))?;
    name::check_text(&description, DESCRIPTION_CHARACTERS_MAX)
        .map_err(|e| Error::field("description", e))?;
    store::rename(act, row.id, &new_name, &description).await?;
    let fields =
        |name: &str, description: &str| json!({ "name": name, "description": description });
    act.changes(fields(&row.name, &row.description), fields(&new_name, &description))?;
    act.new_version(row.version + 1);
    act.changed("template", row.id, None);
    operations::done(act).await
}

/// `delete-template`
pub async fn delete(act: &mut Act, _: Nothing) -> Result<Operation> {
    let row = own(act).await?;
    if row.state != "ready" {
        let message =
            format!("The template {:?} is {}: wait until that has ended.", row.name, row.state);
        return Err(Error::Conflict(message));
    }
    store::set_state(act, row.id, "deleting").await?;
    must_be_unused(act, &row).await?;
    quotas::will_give_back(act, QuotaResource::Template, 1).await?;
    let gib = template::disk_gib_needed(row.size_bytes).max(1);
    let units = act.cloud.catalogue.prices.template_gib.times(gib);
    let (before, after) = (act.price(units)?, act.price(Default::default())?);
    act.price_effect(before, after);
    act.changed("template", row.id, Some("deleting"));
    let new = operations::New {
        step: "run",
        zone: Some(&row.zone),
        lock: row.id.0,
        data: &jobs::Work::Delete,
        was: Some(Was::Template { state: row.state }),
    };
    operations::start(act, new).await
}

/// An instance can be reset to what it was made from for as long as it is there. The template's row
/// is held by now, so no other act makes an instance from it meanwhile.
async fn must_be_unused(act: &mut Act, row: &TemplateRow) -> Result<()> {
    let users = store::users(act, row.id, USERS_NAMED_MAX).await?;
    if users.count == 0 {
        return Ok(());
    }
    let instances = match users.count {
        1 => "1 instance is".to_owned(),
        count => format!("{count} instances are"),
    };
    let more = match users.count - users.names.len() as i64 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Err(Error::Conflict(format!(
        "The template {:?} can't be deleted: {instances} made from it ({}{more}). First reset what \
         is to stay with another template, and delete the rest.",
        row.name,
        users.names.join(", ")
    )))
}

/// Makes the templates that engines bring by themselves; again is harmless.
pub async fn publish_own(cloud: &crate::cloud::Cloud) -> Result<()> {
    let mut housekeeping = cloud.housekeeping().await?;
    for zone in cloud.zones.iter() {
        for own in zone.engine.own_templates() {
            let id = domain::TemplateId(crate::random::id(cloud.now()));
            store::insert_public(housekeeping.db(), id, &zone.name, &own, cloud.now()).await?;
        }
    }
    housekeeping.commit().await
}
