//! What a step of an operation is: engine calls, then one act that records them.

use super::lease::{LEASE, Mark, Task, store::mark};
use crate::{
    act::Act,
    bulk_actions,
    call::{Call, Request},
    cloud::Cloud,
    error::{Error, Result},
    instances, list_exports,
    principal::Principal,
    snapshots, templates,
};
use domain::{
    Timestamp,
    operation::{OperationState, Reason},
};
use engine::{Engine, EngineError};
use std::sync::Arc;

/// Where a step leads.
pub enum Next {
    /// Another step, with what it needs to know.
    Step(&'static str),
    /// The same step, later.
    Later,
    Done,
}

/// Why a step did not get through.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// Somebody else ended the operation, or took the lease: stop and write nothing.
    #[error("the operation was taken over")]
    TakenOver,
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// It can't be done, and trying again would not help.
    #[error("{1}")]
    Impossible(Reason, String),
    #[error(transparent)]
    Other(#[from] Error),
}

impl StepError {
    pub fn is_worth_retrying(&self) -> bool {
        match self {
            StepError::Engine(error) => error.is_worth_retrying(),
            StepError::Other(_) => true,
            StepError::TakenOver | StepError::Impossible(..) => false,
        }
    }

    pub fn reason(&self) -> Reason {
        match self {
            StepError::Impossible(reason, _) => *reason,
            StepError::Engine(EngineError::Unsupported(_)) => Reason::Unsupported,
            StepError::Engine(EngineError::NotFound(_)) => Reason::NotFound,
            StepError::Engine(EngineError::Refused(_)) => Reason::Incorrect,
            StepError::Engine(_) => Reason::Unavailable,
            StepError::TakenOver => Reason::Interrupted,
            StepError::Other(_) => Reason::Fault,
        }
    }
}

/// A leased operation and what its steps work with.
pub struct Job {
    pub cloud: Arc<Cloud>,
    pub task: Task,
}

impl Job {
    pub fn engine(&self) -> Result<Arc<dyn Engine>, StepError> {
        let zone = self.task.zone.as_deref().unwrap_or_default();
        Ok(self.cloud.zones.engine(zone)?)
    }

    pub fn data<T: serde::de::DeserializeOwned>(&self) -> Result<T, StepError> {
        serde_json::from_value(self.task.data.clone())
            .map_err(|e| StepError::Impossible(Reason::Fault, format!("unreadable plan: {e}")))
    }

    pub fn subject<T: std::str::FromStr>(&self) -> Result<T, StepError> {
        let id = self.task.subject_id.parse().map_err(|_| "its subject has no id".to_owned());
        id.map_err(|what| StepError::Impossible(Reason::Fault, what))
    }

    /// An act of the platform itself, in the operation's name.
    pub async fn act(&self) -> Result<Act> {
        let endpoint = api::find(&self.task.kind)
            .ok_or_else(|| Error::Internal(format!("unknown operation {}", self.task.kind)))?;
        let uri = format!("/v2/operation/{}", self.task.id);
        let request = Request {
            id: self.task.request_id,
            body: serde_json::json!({ "operation": self.task.id }),
            zone: self.task.zone.clone(),
            ..Request::of_platform(endpoint, uri, self.cloud.now())
        };
        let principal = Principal::platform(self.task.org, self.task.project, self.task.id);
        Act::begin(Call::open(self.cloud.clone(), request, Some(principal)).await?).await
    }

    /// Marks the step as done in an act that already holds what else the step writes.
    pub async fn go_to(&mut self, mut act: Act, step: &'static str) -> Result<(), StepError> {
        let now = self.cloud.now();
        let lease_until = now.plus(LEASE);
        let data = self.task.data.clone();
        if !mark(act.db(), &self.task, &Mark::Step { step, data: &data, lease_until }, now).await? {
            return Err(StepError::TakenOver);
        }
        act.changed("operation", self.task.id, Some("pending"));
        act.commit_step().await?;
        self.task.step = step.to_owned();
        self.task.attempt = 0;
        Ok(())
    }

    /// Leaves the step until later, in an act that already holds what it did so far.
    pub async fn pause(&self, mut act: Act, until: Timestamp) -> Result<Next, StepError> {
        if !mark(act.db(), &self.task, &Mark::Pause { until }, self.cloud.now()).await? {
            return Err(StepError::TakenOver);
        }
        act.commit_step().await?;
        Ok(Next::Later)
    }

    /// Ends the operation in an act that already holds what else the end writes.
    pub async fn end(
        &self,
        mut act: Act,
        outcome: std::result::Result<Option<String>, (Reason, String)>,
    ) -> Result<(), StepError> {
        let (state, reason, message) = match &outcome {
            Ok(message) => (OperationState::Success, None, message.as_deref()),
            Err((reason, message)) => {
                (OperationState::Failure, Some(*reason), Some(message.as_str()))
            }
        };
        let end = Mark::End { state, reason, message };
        if !mark(act.db(), &self.task, &end, self.cloud.now()).await? {
            return Err(StepError::TakenOver);
        }
        let status = if outcome.is_ok() { 200 } else { 500 };
        let task = &self.task;
        act.finished(task.id);
        if act.subject().is_none() {
            act.about(crate::act::Subject {
                kind: "operation",
                id: task.subject_id.clone(),
                name: task.subject_name.clone(),
            });
        }
        act.changed("operation", task.id, Some(state.as_str()));
        act.commit(status).await?;
        Ok(())
    }

    /// Runs the present step. Kinds are found by what they work on. Their futures are large: on the
    /// heap, so that the stack does not have to hold all of them.
    pub async fn run(&mut self) -> Result<Next, StepError> {
        match self.task.subject_kind.as_str() {
            "instance" => Box::pin(instances::jobs::run(self)).await,
            "bulk-action" => Box::pin(bulk_actions::jobs::run(self)).await,
            "list-export" => Box::pin(list_exports::jobs::run(self)).await,
            "snapshot" => Box::pin(snapshots::jobs::run(self)).await,
            "template" => Box::pin(templates::jobs::run(self)).await,
            other => {
                Err(StepError::Impossible(Reason::Fault, format!("nothing to do for {other}")))
            }
        }
    }

    /// Ends an operation that can't go on; the subject says why.
    pub async fn fail(&self, error: &StepError) -> Result<(), StepError> {
        match self.task.subject_kind.as_str() {
            "instance" => Box::pin(instances::jobs::fail(self, error)).await,
            "bulk-action" => Box::pin(bulk_actions::jobs::fail(self, error)).await,
            "list-export" => Box::pin(list_exports::jobs::fail(self, error)).await,
            "snapshot" => Box::pin(snapshots::jobs::fail(self, error)).await,
            "template" => Box::pin(templates::jobs::fail(self, error)).await,
            _ => {
                let act = self.act().await?;
                self.end(act, Err((error.reason(), error.to_string()))).await
            }
        }
    }
}

/// How far an operation is, in percent, by the steps that its kind has.
pub fn progress(kind: &str, step: &str) -> i64 {
    let steps: &[&str] = match kind {
        "create-instance" => &["create", "boot"],
        "reboot-instance" => &["halt", "boot"],
        "reset-instance" | "revert-instance-to-snapshot" => &["halt", "change", "boot"],
        "promote-snapshot-to-template" => &["publish"],
        _ => &["run"],
    };
    let at = steps.iter().position(|s| *s == step).unwrap_or(0);
    (100 * (2 * at as i64 + 1)) / (2 * steps.len() as i64)
}
