//! Writing: the only way to change anything.
//!
//! An act is a transaction that a policy has allowed. What is written through it, the audit event
//! and the usage intervals commit together; dropping it undoes everything. `dry-run` is an act that
//! is dropped after it has been computed.

use crate::{
    audit,
    call::{Call, Request},
    cloud::{Cloud, Ended},
    db::{Connection, Write},
    error::{Error, Result},
    http::answers::{self, Remembered, Scope},
    iam::uses,
    operations::{crew::Slot, lease::Task, worker},
    principal::{Actor, Principal},
};
use api::{Change, FieldChange, Preview, PreviewItems, PriceEffect, QuotaEffect, Reference};
use domain::{OperationId, OrgId, ProjectId, Timestamp, UserId, Uuid};
use serde::Serialize;
use std::{ops::Deref, sync::Arc};

pub struct Act {
    call: Call,
    /// `None` only inside `outside`.
    tx: Option<Write>,
    subject: Option<Subject>,
    operation: Option<OperationId>,
    changes: Vec<Change>,
    quotas: Vec<QuotaEffect>,
    price: Option<PriceEffect>,
    items: Option<PreviewItems>,
    wakes_worker: bool,
    /// An operation that this process goes on with as soon as the act has committed.
    handed_over: Option<(Slot, Task)>,
    version: Option<i64>,
    session_cookie: Option<Option<String>>,
    refusal: Option<String>,
    values: Vec<FieldChange>,
    /// Who may do less than before.
    ended: Vec<Ended>,
    sends_mail: bool,
    /// What the answer will be remembered by; held in the transaction.
    scopes: Vec<Scope>,
}

/// What an act is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// `instance`
    pub kind: &'static str,
    /// A UUID, or the name of what goes by name.
    pub id: String,
    pub name: String,
}

impl Subject {
    pub fn new(kind: &'static str, id: impl ToString, name: impl Into<String>) -> Subject {
        Subject { kind, id: id.to_string(), name: name.into() }
    }

    /// How an operation refers to it; `None` for what goes by name.
    pub fn reference(&self) -> Option<Reference> {
        reference(self.kind, &self.id)
    }
}

/// `{id, /v2/instance/…, get-instance}`
pub fn reference(kind: &str, id: &str) -> Option<Reference> {
    let id: Uuid = id.parse().ok()?;
    Some(Reference { id, link: format!("/v2/{kind}/{id}"), command: format!("get-{kind}") })
}

impl Act {
    /// Begins the transaction of a call that was allowed.
    pub async fn begin(call: Call) -> Result<Act> {
        let tx = Act::transaction(&call).await?;
        Ok(Act {
            call,
            tx: Some(tx),
            subject: None,
            operation: None,
            changes: Vec::new(),
            quotas: Vec::new(),
            price: None,
            items: None,
            wakes_worker: false,
            handed_over: None,
            version: None,
            session_cookie: None,
            refusal: None,
            values: Vec::new(),
            ended: Vec::new(),
            sends_mail: false,
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
        let endpoint = api::find(operation)
            .ok_or_else(|| Error::internal(format!("unknown operation {operation}")))?;
        let named: Vec<_> = params.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let uri = format!("/v2{}", api::fill(endpoint.path, &named));
        let request =
            Request { params: params.to_vec(), ..Request::of_platform(endpoint, uri, cloud.now()) };
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

    /// Tells listeners once it is committed.
    pub fn changed(&mut self, kind: &str, id: impl ToString, state: Option<&str>) {
        let operation = Some(self.call.operation().to_owned());
        let state = state.map(str::to_owned);
        self.changes.push(Change { kind: kind.to_owned(), id: id.to_string(), state, operation });
    }

    /// An operation that goes on after this act: here and at once when it was handed over.
    pub fn started(&mut self, operation: OperationId, handed_over: Option<(Slot, Task)>) {
        self.operation = Some(operation);
        self.wakes_worker = handed_over.is_none();
        self.handed_over = handed_over;
        self.changed("operation", operation, Some("pending"));
    }

    /// What waited behind something may go on after this act.
    pub fn makes_room(&mut self) {
        self.wakes_worker = true;
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
        self.ended.extend(self.call.org().ok().map(Ended::Within));
    }

    /// Sessions of a person have ended, and with the act their streams, in whatever organization.
    pub fn ends_sessions_of(&mut self, user: UserId) {
        self.ended.push(Ended::Of(user));
    }

    /// There is mail to be sent after this act.
    pub fn sends_mail(&mut self) {
        self.sends_mail = true;
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
        if self.call.principal_or_none().is_some() {
            let entry = audit::Entry::of(&self.call, self.subject.as_ref(), self.operation, status);
            let entry = entry.because(self.refusal.take());
            let entry = entry.with_changes(std::mem::take(&mut self.values));
            audit::store::append(self.db(), &entry).await?;
            uses::note(&self.call);
        }
        fail::fail_point!("before-commit");
        self.end_transaction().await?;
        fail::fail_point!("after-commit");
        let cloud = &self.call.cloud;
        if let Some(principal) = self.call.principal_or_none() {
            for change in self.changes {
                cloud.changes.tell(cloud.now(), principal.org, change);
            }
            for ended in self.ended {
                let _ = cloud.access_ended.send(ended);
            }
        }
        cloud.webhooks.notify_one();
        if self.sends_mail {
            cloud.mail.queued.notify_one();
        }
        if let Some((slot, task)) = self.handed_over {
            cloud.crew.begin(slot, worker::work_and_tell(cloud.clone(), task));
        }
        if self.wakes_worker {
            cloud.wake.notify_one();
        }
        Ok(())
    }

    /// Commits without an audit event of its own: a step on the way of an operation whose beginning
    /// and end have theirs.
    pub async fn commit_step(mut self) -> Result<()> {
        debug_assert!(matches!(self.call.principal().map(|p| &p.actor), Ok(Actor::System { .. })));
        fail::fail_point!("before-commit");
        self.end_transaction().await?;
        fail::fail_point!("after-commit");
        if let Some(principal) = self.call.principal_or_none() {
            let cloud = &self.call.cloud;
            for change in self.changes {
                cloud.changes.tell(cloud.now(), principal.org, change);
            }
        }
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
