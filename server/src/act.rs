//! Writing: the only way to change anything.
//!
//! An act is a transaction that a policy has allowed. What is written through it, the audit event
//! and the usage intervals commit together; dropping it undoes everything. `dry-run` is an act that
//! is dropped after it has been computed.

mod after;
mod subject;

use crate::{
    audit::{self, Entry},
    call::{Call, Request},
    cloud::{Cloud, Ended},
    db::{Connection, Write},
    error::{Error, Result},
    http::answers::{self, Remembered, Scope},
    iam::uses,
    operations::{crew::Slot, lease::Task},
    principal::{Actor, Principal},
};
use after::After;
use api::{Change, FieldChange, Preview, PreviewItems, PriceEffect, QuotaEffect};
use domain::{OperationId, OrgId, ProjectId, Timestamp, UserId, Uuid};
use serde::Serialize;
use std::{ops::Deref, sync::Arc};
pub use subject::{Subject, reference};

pub struct Act {
    call: Call,
    /// `None` only inside `outside`.
    tx: Option<Write>,
    subject: Option<Subject>,
    /// Further organizations that it is an event of, and what it is about there.
    elsewhere: Vec<(Principal, Subject)>,
    operation: Option<OperationId>,
    quotas: Vec<QuotaEffect>,
    price: Option<PriceEffect>,
    items: Option<PreviewItems>,
    version: Option<i64>,
    session_cookie: Option<Option<String>>,
    refusal: Option<String>,
    values: Vec<FieldChange>,
    after: After,
    /// What the answer will be remembered by; held in the transaction.
    scopes: Vec<Scope>,
}

impl Act {
    /// Begins the transaction of a call that was allowed.
    pub async fn begin(call: Call) -> Result<Act> {
        let tx = Act::transaction(&call).await?;
        Ok(Act {
            call,
            tx: Some(tx),
            subject: None,
            elsewhere: Vec::new(),
            operation: None,
            quotas: Vec::new(),
            price: None,
            items: None,
            version: None,
            session_cookie: None,
            refusal: None,
            values: Vec::new(),
            after: After::default(),
            scopes: Vec::new(),
        })
    }

    async fn transaction(call: &Call) -> Result<Write> {
        let mut tx = call.cloud.db.begin().await?;
        tx.is_for(call.request.id);
        Ok(tx)
    }

    /// Begins an act of the platform itself that no operation is behind.
    pub async fn of_platform(
        cloud: &Arc<Cloud>,
        (org, project): (OrgId, ProjectId),
        operation: &str,
        params: &[(&'static str, String)],
    ) -> Result<Act> {
        let request = Request::by_platform(operation, params, cloud.now())?;
        let principal = Principal::platform(org, project, OperationId(Uuid::nil()));
        Act::begin(Call::open(cloud.clone(), request, Some(principal)).await?).await
    }

    pub fn db(&mut self) -> &mut Connection {
        self.tx
            .as_mut()
            .expect("`outside` puts a transaction back before anybody else gets the act")
    }

    /// Looks whether the request was answered before; otherwise no other act answers it while this
    /// one goes on.
    pub async fn first_answer(&mut self, scopes: &[Scope]) -> Result<Option<Remembered>> {
        self.scopes = scopes.to_vec();
        answers::first(self, scopes).await
    }

    /// Remembers the answer, with the act.
    pub async fn remember(&mut self, body: &str) -> Result<()> {
        let scopes = std::mem::take(&mut self.scopes);
        answers::remember(self, &scopes, body).await
    }

    /// Does what takes long without holding the database. Only before anything was written; what
    /// was read before may be different afterwards.
    pub async fn outside<T>(&mut self, work: impl Future<Output = Result<T>>) -> Result<T> {
        debug_assert!(self.subject.is_none(), "an act that has begun to write can't let go");
        self.tx = None;
        let done = work.await?;
        self.tx = Some(Act::transaction(&self.call).await?);
        let scopes = self.scopes.clone();
        if answers::first(self, &scopes).await?.is_some() {
            return Err(Error::Conflict(
                "The same request was answered meanwhile: send it again for its answer.".into(),
            ));
        }
        Ok(done)
    }

    /// Names what the act is about, for audit, operation and listeners.
    pub fn about(&mut self, subject: Subject) {
        self.subject = Some(subject);
    }

    pub fn subject(&self) -> Option<&Subject> {
        self.subject.as_ref()
    }

    /// What is done to a person is an event of each of their organizations, and each tells its own
    /// listeners: all of it with the act, or nothing.
    pub fn is_also_of(&mut self, elsewhere: impl IntoIterator<Item = (Principal, Subject)>) {
        self.elsewhere.extend(elsewhere);
    }

    /// Tells listeners once it is committed.
    pub fn changed(&mut self, kind: &str, id: impl ToString, state: Option<&str>) {
        let operation = Some(self.call.operation().to_owned());
        let state = state.map(str::to_owned);
        self.after.changes.push(Change {
            kind: kind.to_owned(),
            id: id.to_string(),
            state,
            operation,
        });
    }

    /// An operation that goes on after this act: here and at once when it was handed over.
    pub fn started(&mut self, operation: OperationId, handed_over: Option<(Slot, Task)>) {
        self.operation = Some(operation);
        self.after.wakes_worker = handed_over.is_none();
        self.after.handed_over = handed_over;
        self.changed("operation", operation, Some("pending"));
    }

    /// What waited behind something may go on after this act.
    pub fn makes_room(&mut self) {
        self.after.wakes_worker = true;
    }

    /// An operation that is over with this act.
    pub fn finished(&mut self, operation: OperationId) {
        self.operation = Some(operation);
    }

    pub fn quota_effect(&mut self, effect: QuotaEffect) {
        self.quotas.push(effect);
    }

    pub fn price_effect(&mut self, before: api::Price, after: api::Price) {
        self.price = Some(PriceEffect { before, after });
    }

    /// How many things are asked at once.
    pub fn items_effect(&mut self, items: PreviewItems) {
        self.items = Some(items);
    }

    /// Sends the new version as `ETag`.
    pub fn new_version(&mut self, version: i64) {
        self.version = Some(version);
    }

    pub fn version(&self) -> Option<i64> {
        self.version
    }

    /// Sends a session cookie; `None` removes it.
    pub fn set_session(&mut self, token: Option<String>) {
        self.session_cookie = Some(token);
    }

    pub fn session_cookie(&self) -> Option<Option<String>> {
        self.session_cookie.clone()
    }

    /// Nothing is done; why is what the audit event says.
    pub fn refused_because(&mut self, reason: impl Into<String>) {
        self.refusal = Some(reason.into());
    }

    /// What the thing was and what it becomes, for the audit event: the fields that differ.
    pub fn changes(&mut self, before: impl Serialize, after: impl Serialize) -> Result<()> {
        let written = |error| Error::internal(format!("a change can't be written: {error}"));
        let before = serde_json::to_value(before).map_err(written)?;
        let after = serde_json::to_value(after).map_err(written)?;
        self.values.extend(audit::record::changes(before, after));
        Ok(())
    }

    /// Somebody in the organization may do less than before: their streams of changes end with the
    /// act.
    pub fn ends_access(&mut self) {
        self.after.ended.extend(self.call.org().ok().map(Ended::Within));
    }

    /// Sessions of a person have ended, and with the act their streams, in whatever organization.
    pub fn ends_sessions_of(&mut self, user: UserId) {
        self.after.ended.push(Ended::Of(user));
    }

    /// There is mail to be sent after this act.
    pub fn sends_mail(&mut self) {
        self.after.sends_mail = true;
    }

    /// Does what another operation does (see [`Call::stand_for`]).
    pub async fn stand_for(
        &mut self,
        operation: &str,
        params: &[(&'static str, &str)],
        body: &impl Serialize,
    ) -> Result<()> {
        self.call.stand_for(operation, params, body).await
    }

    pub fn become_principal(&mut self, principal: Principal) {
        self.call.become_principal(principal);
    }

    /// Refuses when the row is not the one that the caller has seen (`If-Match`).
    pub async fn expect_version(
        &mut self,
        kind: &str,
        id: impl ToString,
        now_is: i64,
    ) -> Result<()> {
        let Some(seen) = self.call.request.if_match.filter(|seen| *seen != now_is) else {
            return Ok(());
        };
        let org = self.call.org()?;
        let last = audit::store::last_of(self.db(), org, &id.to_string()).await?;
        let by = last.map_or_else(String::new, |last| {
            let what =
                if last.fields.is_empty() { String::new() } else { format!(": {}", last.fields) };
            format!(" by {} at {} ({}{what})", last.actor, last.at, last.operation)
        });
        Err(Error::PreconditionFailed(format!(
            "The {kind} was changed{by} since you read version {seen}; it is now version {now_is}. \
             Read it again and decide."
        )))
    }

    /// The effect, without having it. The transaction is undone.
    pub fn preview(self) -> Preview {
        Preview {
            dry_run: true,
            operation: self.call.request.endpoint.operation.to_owned(),
            reference: self.subject.as_ref().and_then(Subject::reference),
            quotas: self.quotas,
            price: self.price,
            items: self.items,
        }
    }

    /// Writes the audit event, commits, then tells who listens.
    pub async fn commit(mut self, status: i64) -> Result<()> {
        for entry in self.entries(status) {
            audit::store::append(self.db(), &entry).await?;
        }
        uses::note(&self.call);
        fail::fail_point!("before-commit");
        self.end_transaction().await?;
        fail::fail_point!("after-commit");
        self.after.tell(&self.call.cloud, self.organizations());
        self.after.go_on(&self.call.cloud);
        Ok(())
    }

    /// Its events, in the order in which every act holds the heads of several trails: no two can wait
    /// for each other.
    fn entries(&mut self, status: i64) -> Vec<Entry> {
        let here = self.call.principal_or_none().map(|_| &self.call);
        let mut entries: Vec<_> = here
            .map(|call| Entry::of(call, self.subject.as_ref(), self.operation, status))
            .into_iter()
            .collect();
        for (principal, subject) in &self.elsewhere {
            let (cloud, request) = (self.call.cloud.clone(), self.call.request.clone());
            let there = Call::for_audit(cloud, request, Some(principal.clone()));
            entries.push(Entry::of(&there, Some(subject), self.operation, status));
        }
        entries.sort_by_key(|entry| entry.org);
        let tell =
            |entry: Entry| entry.because(self.refusal.clone()).with_changes(self.values.clone());
        entries.into_iter().map(tell).collect()
    }

    fn organizations(&self) -> impl Iterator<Item = OrgId> {
        let here = self.call.principal_or_none();
        let elsewhere = self.elsewhere.iter().map(|(principal, _)| principal);
        here.into_iter().chain(elsewhere).map(|principal| principal.org)
    }

    /// Commits without an audit event of its own: a step on the way of an operation whose beginning
    /// and end have theirs.
    pub async fn commit_step(mut self) -> Result<()> {
        debug_assert!(matches!(self.call.principal().map(|p| &p.actor), Ok(Actor::System { .. })));
        fail::fail_point!("before-commit");
        self.end_transaction().await?;
        fail::fail_point!("after-commit");
        self.after.tell(&self.call.cloud, self.organizations());
        Ok(())
    }

    async fn end_transaction(&mut self) -> Result<()> {
        match self.tx.take() {
            Some(tx) => tx.commit().await,
            None => Err(Error::internal("an act without its transaction")),
        }
    }

    pub fn cloud(&self) -> Arc<Cloud> {
        self.call.cloud.clone()
    }

    /// The instant that everything in this act is dated with.
    pub fn at(&self) -> Timestamp {
        self.call.request.started
    }
}

impl Deref for Act {
    type Target = Call;
    fn deref(&self) -> &Call {
        &self.call
    }
}
