//! Errors of the server: by what the caller can do, with one place for status, code and log level.

use api::{Askable, ErrorBody, ErrorCode};
use domain::{RequestId, catalogue::CatalogueError, quota::QuotaExceeded};
use engine::EngineError;
use http::StatusCode;
use std::collections::BTreeMap;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{message}")]
    Invalid { message: String, fields: BTreeMap<String, String> },
    #[error("{0}")]
    Unauthenticated(String),
    #[error("{0}")]
    Forbidden(String),
    /// The organization demands a second step that the person has not.
    #[error("{0}")]
    SecondFactorRequired(String),
    /// The session was not confirmed lately, and what was asked is sensitive.
    #[error("{0}")]
    StepUpRequired(String),
    /// A policy says no.
    #[error("{message}")]
    Refused {
        message: String,
        /// What can be asked for instead.
        ask: Option<Askable>,
    },
    /// Forbidden for what stands in these fields.
    #[error("{message}")]
    ForbiddenFields { message: String, fields: BTreeMap<String, String> },
    #[error("{0}")]
    NotFound(String),
    #[error("{message}")]
    MethodNotAllowed { message: String, allow: String },
    #[error("{0}")]
    Conflict(String),
    #[error(transparent)]
    Quota(#[from] QuotaExceeded),
    #[error("{0}")]
    PreconditionFailed(String),
    #[error("{0}")]
    TooLarge(String),
    #[error("{message}")]
    RateLimited { message: String, retry_after_seconds: u64 },
    #[error("{0}")]
    Unavailable(String),
    /// Before serving: what stops it from starting.
    #[error("{0}")]
    Startup(String),
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// One field is wrong. The message names it.
    pub fn field(field: &str, what: impl std::fmt::Display) -> Error {
        let what = what.to_string();
        let message = format!("The field {field} {what}.");
        Error::Invalid { message, fields: BTreeMap::from([(field.to_owned(), what)]) }
    }

    /// The request is wrong as a whole.
    pub fn invalid(message: impl Into<String>) -> Error {
        Error::Invalid { message: message.into(), fields: BTreeMap::new() }
    }

    /// What does not exist, or may not be seen. Says the kind and never the id.
    pub fn not_found(kind: &str) -> Error {
        Error::NotFound(format!("There is no such {kind} here."))
    }

    pub fn internal(what: impl std::fmt::Display) -> Error {
        Error::Internal(what.to_string())
    }

    /// Whether whoever asked may not, whatever they ask of it.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Error::Unauthenticated(_)
                | Error::Forbidden(_)
                | Error::SecondFactorRequired(_)
                | Error::StepUpRequired(_)
                | Error::Refused { .. }
        )
    }

    /// Status and code, in one place.
    pub fn status(&self) -> (StatusCode, ErrorCode) {
        match self {
            Error::Invalid { .. } => (StatusCode::BAD_REQUEST, ErrorCode::Invalid),
            Error::Unauthenticated(_) => (StatusCode::UNAUTHORIZED, ErrorCode::Unauthenticated),
            Error::Forbidden(_) | Error::Refused { .. } | Error::ForbiddenFields { .. } => {
                (StatusCode::FORBIDDEN, ErrorCode::Forbidden)
            }
            Error::SecondFactorRequired(_) => {
                (StatusCode::FORBIDDEN, ErrorCode::SecondFactorRequired)
            }
            Error::StepUpRequired(_) => (StatusCode::FORBIDDEN, ErrorCode::StepUpRequired),
            Error::NotFound(_) => (StatusCode::NOT_FOUND, ErrorCode::NotFound),
            Error::MethodNotAllowed { .. } => {
                (StatusCode::METHOD_NOT_ALLOWED, ErrorCode::MethodNotAllowed)
            }
            Error::Conflict(_) => (StatusCode::CONFLICT, ErrorCode::Conflict),
            Error::Quota(_) => (StatusCode::CONFLICT, ErrorCode::QuotaExceeded),
            Error::PreconditionFailed(_) => {
                (StatusCode::PRECONDITION_FAILED, ErrorCode::PreconditionFailed)
            }
            Error::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::TooLarge),
            Error::RateLimited { .. } => (StatusCode::TOO_MANY_REQUESTS, ErrorCode::RateLimited),
            Error::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable),
            Error::Database(e) if is_full(e) => (StatusCode::INSUFFICIENT_STORAGE, ErrorCode::Full),
            Error::Database(e) if is_passing(e) => {
                (StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable)
            }
            Error::Database(_) | Error::Startup(_) | Error::Internal(_) => {
                (StatusCode::INTERNAL_SERVER_ERROR, ErrorCode::Internal)
            }
        }
    }

    /// What the caller sees. Internals stay in the log.
    pub fn body(&self, request_id: RequestId) -> ErrorBody {
        let (_, code) = self.status();
        let message = match (self, code) {
            (_, ErrorCode::Full) => {
                "The platform's disk is full: reading works, changing does not until the operator \
                 has made room. Nothing of this request was kept."
                    .to_owned()
            }
            (Error::Database(_), ErrorCode::Unavailable) => {
                "The database is busy or away. Nothing of this request was kept: try again in a \
                 few seconds."
                    .to_owned()
            }
            (_, ErrorCode::Internal) => format!(
                "Something in the platform failed, and was logged with the request id {request_id}. \
                 Nothing of this request was kept."
            ),
            (other, _) => sentence(&other.to_string()),
        };
        let fields = match self {
            Error::Invalid { fields, .. } | Error::ForbiddenFields { fields, .. } => fields.clone(),
            _ => BTreeMap::new(),
        };
        let request_access = match self {
            Error::Refused { ask, .. } => ask.clone(),
            _ => None,
        };
        ErrorBody { message, code, fields, request_id: Some(request_id), request_access }
    }
}

/// Begins with a capital and ends with a full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let mut out: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    out.push_str(chars.as_str());
    if !out.ends_with(['.', '!', '?']) {
        out.push('.');
    }
    out
}

fn is_full(error: &sqlx::Error) -> bool {
    let sqlx::Error::Database(e) = error else { return false };
    // SQLITE_FULL, SQLITE_READONLY after it, PostgreSQL's disk_full.
    e.code().is_some_and(|c| c == "13" || c == "53100") || e.message().contains("disk is full")
}

fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::PoolClosed => true,
        sqlx::Error::Database(e) => e.code().is_some_and(|code| match code.parse::<u32>() {
            // SQLite, whose extended codes hold the plain one in their last byte: busy, locked,
            // read-only, I/O error, can't open.
            Ok(number) if code.len() < SQLSTATE_LENGTH => {
                matches!(number & 0xff, 5 | 6 | 8 | 10 | 14)
            }
            // Serialization failure, deadlock, read-only, admin shutdown, crash shutdown, not yet up,
            // no connection left.
            _ => matches!(
                code.as_ref(),
                "40001" | "40P01" | "25006" | "57P01" | "57P02" | "57P03" | "53300"
            ),
        }),
        _ => false,
    }
}

/// PostgreSQL's codes have five characters, SQLite's numbers fewer.
const SQLSTATE_LENGTH: usize = 5;

/// Whether a unique constraint was hit.
pub fn is_duplicate(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(e) if e.is_unique_violation())
}

impl From<CatalogueError> for Error {
    fn from(error: CatalogueError) -> Self {
        Error::Startup(error.to_string())
    }
}

impl From<EngineError> for Error {
    fn from(error: EngineError) -> Self {
        Error::Unavailable(error.to_string())
    }
}
