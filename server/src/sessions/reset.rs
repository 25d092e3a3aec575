//! A forgotten password: a link by mail, once, within an hour.
//!
//! The answer is the same whether somebody has the address or not, and as fast: who it is is looked
//! up behind the caller's back.

use super::{
    begin_session, check_new_password, end_others, hash_password,
    people::{self, store::PersonRow},
    second_factor,
    store::{self, Purpose},
};
use crate::{
    act::{Act, Subject},
    call::Request,
    cloud::Cloud,
    error::{Error, Result},
    mail::{self, Letter},
    principal::Actor,
    random,
    seal::sha256,
};
use api::{Done, Me, RequestPasswordReset, ResetPassword};
use app::text::mails;
use domain::{OrgId, UserId, format::Language};
use std::{sync::Arc, time::Duration};

/// How long the link may be used, once.
const LIFETIME: Duration = Duration::from_secs(3_600);
const STATUS: i64 = 200;

/// `request-password-reset`
pub async fn request(act: &mut Act, input: RequestPasswordReset) -> Result<Done> {
    let email = input.email.trim().to_lowercase();
    let (source, now) = (act.request.source_ip, act.cloud.now());
    // Counted like failures, and never as a success: this is how often somebody may ask.
    act.cloud.limits.attempt(&format!("password-reset {email}"), source, now)?;
    if !act.request.dry_run {
        let (cloud, request) = (act.cloud.clone(), act.request.clone());
        let language = input.language.unwrap_or(Language::En);
        tokio::spawn(async move {
            if let Err(error) = send(&cloud, request, &email, language).await {
                tracing::warn!(%error, "the mail for a new password was not sent");
            }
        });
    }
    Ok(Done {})
}

/// Writes it into the trail of every organization of the person, and queues the mail with that.
async fn send(cloud: &Arc<Cloud>, request: Request, email: &str, language: Language) -> Result<()> {
    let person = {
        let mut db = cloud.db.read().await?;
        people::store::person_by_email(&mut db, email).await?
    };
    let Some(person) = person else { return Ok(()) };
    let who = (person.id, Actor::Claimed { user: person.id, email: email.to_owned() });
    let Some(mut act) = people::everywhere::begin(cloud, request, who, email).await? else {
        return Ok(());
    };
    queue(&mut act, &person, email, language).await?;
    act.commit(STATUS).await
}

async fn queue(act: &mut Act, person: &PersonRow, email: &str, language: Language) -> Result<()> {
    let (token, org) = (random::token(), act.org()?);
    let expires = act.now().plus(LIFETIME);
    store::insert_link(act.db(), &sha256(&token), Purpose::Reset, person.id, org, expires).await?;
    let link = format!("{}{}", act.cloud.origin, app::path::password_reset_link(&token));
    let letter = Letter {
        to: email.to_owned(),
        subject: mails::RESET_SUBJECT.filled(language, &[]),
        text: mails::RESET.filled(language, &[("email", email), ("link", &link)]),
    };
    mail::queue(act, &letter).await
}

/// `reset-password`
pub async fn redeem(act: &mut Act, input: ResetPassword) -> Result<Me> {
    let (source, now) = (act.request.source_ip, act.cloud.now());
    act.cloud.limits.attempt("", source, now)?;
    check_new_password(&input.password).map_err(|what| Error::field("password", what))?;
    let hash = act.outside(hash_password(input.password)).await?;
    let token = sha256(&input.token);
    let Some((user, _)) = store::use_link(act.db(), &token, Purpose::Reset, now).await? else {
        return Err(Error::NotFound(
            "This link was used already, has expired or never existed: ask for another.".into(),
        ));
    };
    second_factor::must_pass_too(act, user, input.code.as_deref()).await?;
    act.cloud.limits.succeeded("", source);
    people::store::set_password(act.db(), user, &hash).await?;
    end_others(act, user, None).await?;
    store::delete_reset_links(act.db(), user).await?;
    let home = home(act, user).await?;
    let me = begin_session(act, user, home).await?;
    act.about(Subject::new("user", user, "password"));
    Ok(me)
}

async fn home(act: &mut Act, user: UserId) -> Result<OrgId> {
    let org = people::store::first_organization(act.db(), user).await?;
    org.ok_or_else(|| Error::Forbidden("You are not a member of any organization any more.".into()))
}
