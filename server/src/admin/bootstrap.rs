//! Making organizations, sign-in links and public templates.

use super::{Answer, store};
use crate::{
    act::{Act, Subject},
    call::Request,
    cloud::Cloud,
    error::{Error, Result},
    iam,
    principal::Actor,
    quotas, random,
    seal::sha256,
    sessions::{
        self,
        people::{
            everywhere,
            membership::{Membership, join},
        },
        store::Purpose,
    },
    templates,
};
use domain::{
    MemberId, OrgId, ProjectId, TemplateId, UserId, assurance::SecondStep, iam::Policy,
    money::Currency, name, quota::QuotaResource, realm::Realm,
};
use engine::OwnTemplate;
use serde_json::json;
use std::{path::Path, sync::Arc};

/// `admin bootstrap`
pub async fn first(
    cloud: &Cloud,
    organization: &str,
    email: &str,
    currency: Currency,
) -> Result<Answer> {
    if store::any_organization(cloud).await? {
        return Err(Error::Startup(
            "there is an organization already: make another with `couloir admin organization create`, \
             or get a sign-in link with `couloir admin sign-in-link`"
                .into(),
        ));
    }
    self::organization(cloud, organization, email, currency).await
}

/// `admin organization create`
pub async fn organization(
    cloud: &Cloud,
    organization: &str,
    email: &str,
    currency: Currency,
) -> Result<Answer> {
    make(cloud, organization, email, (Realm::Customer, currency)).await
}

/// `admin operator create`
pub async fn operator(cloud: &Cloud, organization: &str, email: &str) -> Result<Answer> {
    if store::is_operated(cloud).await? {
        return Err(Error::Startup(
            "there is an organization of the operator's staff already: its owners invite others"
                .into(),
        ));
    }
    make(cloud, organization, email, (Realm::Operator, Currency::default())).await
}

async fn make(
    cloud: &Cloud,
    organization: &str,
    email: &str,
    (realm, currency): (Realm, Currency),
) -> Result<Answer> {
    let email = check_email(email)?;
    name::check(organization)
        .map_err(|e| Error::Startup(format!("the organization's name {e}")))?;
    let now = cloud.now();
    let org = OrgId(random::id(now));
    let project = random::id(now);
    let mut housekeeping = cloud.housekeeping().await?;
    let kind = (realm, currency);
    store::insert_organization(housekeeping.db(), org, organization, kind, project, now).await?;
    let owner = store::NewRole {
        name: "Owner",
        description: "May do everything",
        permissions: r#"["bypass-governance-retention","reset-iam-organization-policy"]"#,
        policy: Policy::allow_all(),
    };
    let (name, description) = match realm {
        Realm::Customer => ("Billing", "May see and pay invoices only"),
        Realm::Operator => {
            ("Support", "Staff who answer customers, and see what these let them see")
        }
    };
    let second =
        store::NewRole { name, description, permissions: "[]", policy: Policy::deny_all() };
    let owner = store::insert_role(housekeeping.db(), org, project, &owner, now).await?;
    store::insert_role(housekeeping.db(), org, project, &second, now).await?;
    for resource in QuotaResource::ALL {
        let usual = cloud.catalogue.quotas.get(resource).copied().unwrap_or(0);
        let most = if realm.may_have(*resource) { usual } else { 0 };
        store::insert_quota(housekeeping.db(), org, project, *resource, most).await?;
    }
    store::insert_default_security_group(housekeeping.db(), org, project, now).await?;
    let user: UserId = sessions::people::store::ensure_user(housekeeping.db(), &email, now).await?;
    let id = MemberId(random::id(now));
    let owning = Membership { id, org, project: ProjectId(project), user, role: owner };
    join(housekeeping.db(), &owning, now).await?;
    let key = format!("EXO{}", random::hex::<12>());
    let secret = random::token();
    let sealed = cloud.sealer.seal(&iam::keys::seal_scope(&key), secret.as_bytes());
    store::insert_key(housekeeping.db(), org, project, owner, &key, &sealed, now).await?;
    let link = make_link(cloud, housekeeping.db(), user, org).await?;
    housekeeping.commit().await?;
    let json = json!({
        "organization": { "id": org },
        "user": { "id": user },
        "sign-in-url": link,
        "api-key": { "key": key, "secret": secret },
    });
    let text = format!(
        "Organization  {organization} ({org})\nSign in once  {link}\nAPI key       {key}\nAPI secret    {secret}\n\
         The link is good for 24 hours; the secret is not shown again."
    );
    Ok(Answer { text, json })
}

/// `admin second-factor remove`
pub async fn remove_second_factor(cloud: &Arc<Cloud>, email: &str) -> Result<Answer> {
    let email = check_email(email)?;
    let taken = sessions::second_factor::lost::take_away(cloud, &email).await?;
    let kinds: Vec<_> = taken.all().into_iter().map(SecondStep::as_str).collect();
    let text = format!(
        "Removed of {email}: {}. Every session ended, and a mail says so.\n\
         They sign in with their password, or with a link: couloir admin sign-in-link --email {email}",
        kinds.join(", ")
    );
    Ok(Answer { text, json: json!({ "email": email, "removed": kinds }) })
}

async fn make_link(
    cloud: &Cloud,
    db: &mut crate::db::Connection,
    user: UserId,
    org: OrgId,
) -> Result<String> {
    let token = random::token();
    let expires = cloud.now().plus(sessions::LINK_LIFETIME);
    sessions::store::insert_link(db, &sha256(&token), Purpose::SignIn, user, org, expires).await?;
    Ok(format!("{}/sign-in/link?token={token}", cloud.origin))
}

/// `admin sign-in-link`
pub async fn sign_in_link(cloud: &Arc<Cloud>, email: &str) -> Result<Answer> {
    let email = check_email(email)?;
    let person = {
        let mut db = cloud.db.read().await?;
        sessions::people::store::person_by_email(&mut db, &email).await?
    };
    let nobody = || Error::Startup(format!("there is nobody with the address {email}"));
    let user = person.ok_or_else(nobody)?.id;
    let request = Request::by_platform("create-sign-in-link", &[], cloud.now())?;
    let act = everywhere::begin(cloud, request, (user, Actor::platform()), &email).await?;
    let nowhere = || Error::Startup(format!("{email} is a member of no organization"));
    let mut act = act.ok_or_else(nowhere)?;
    let org = sessions::people::store::first_organization(act.db(), user).await?;
    let link = make_link(cloud, act.db(), user, org.ok_or_else(nowhere)?).await?;
    act.commit(200).await?;
    Ok(Answer { text: link.clone(), json: json!({ "sign-in-url": link }) })
}

fn check_email(email: &str) -> Result<String> {
    sessions::people::check_email(email).map_err(|what| Error::Startup(format!("{email:?} {what}")))
}

/// `admin template import`: an image of the engine becomes a public template.
pub async fn import_template(
    cloud: &Cloud,
    zone: &str,
    name: &str,
    default_user: &str,
    file: &Path,
) -> Result<Answer> {
    name::check(name).map_err(|e| Error::Startup(format!("the template's name {e}")))?;
    let engine = cloud.zones.engine(zone)?;
    // The alias follows from the name, so that importing again finds what is there.
    let image = format!("{}public-{}", engine::NAME_PREFIX, &sha256(name)[..16]);
    engine.prepare().await?;
    let info = engine.import_image(&image, file).await?;
    let own = OwnTemplate {
        image,
        name: name.to_owned(),
        family: String::new(),
        version: String::new(),
        build: String::new(),
        default_user: default_user.to_owned(),
        size_bytes: info.size_bytes,
        password_enabled: false,
        ssh_key_enabled: true,
    };
    let id = TemplateId(random::id(cloud.now()));
    let mut housekeeping = cloud.housekeeping().await?;
    templates::store::insert_public(housekeeping.db(), id, zone, &own, cloud.now()).await?;
    let id = templates::store::id_of_image(housekeeping.db(), zone, &own.image).await?;
    housekeeping.commit().await?;
    let json = json!({ "template": { "id": id } });
    Ok(Answer { text: format!("Template {name} ({id}) in {zone}"), json })
}

/// `admin quota set`
pub async fn set_quota(
    cloud: &Arc<Cloud>,
    org: OrgId,
    resource: QuotaResource,
    limit: i64,
) -> Result<Answer> {
    if limit < domain::quota::UNLIMITED {
        return Err(Error::Startup("a limit is -1 (none), 0 or more".into()));
    }
    let project = store::project_of(cloud, org).await?;
    let project =
        project.ok_or_else(|| Error::Startup(format!("there is no organization {org}")))?;
    let params = [("entity", resource.to_string())];
    let mut act = Act::of_platform(cloud, (org, project), "update-quota", &params).await?;
    let (before, _) = quotas::store::get(&mut act, resource).await?;
    store::set_quota(act.db(), org, resource, limit).await?;
    act.about(Subject::new("quota", resource, resource.as_str()));
    act.changes(json!({ "limit": before }), json!({ "limit": limit }))?;
    act.changed("quota", resource, None);
    act.commit(200).await?;
    let json = json!({ "resource": resource, "limit": limit });
    Ok(Answer { text: format!("{resource}: {limit}"), json })
}
