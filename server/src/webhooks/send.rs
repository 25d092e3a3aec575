//! One try.

use super::{message, scope, store::Row};
use crate::{
    cloud::Cloud,
    error::{Error, Result},
    outbound::Post,
};
use api::Event;
use domain::webhook::is_taken;

const ERROR_CHARACTERS_MAX: usize = 300;

/// What became of a try.
pub struct Outcome {
    pub status: Option<u16>,
    pub error: Option<String>,
    pub elapsed_ms: i64,
}

impl Outcome {
    pub fn taken(&self) -> bool {
        self.status.is_some_and(is_taken)
    }
}

pub async fn send(cloud: &Cloud, row: &Row, id: &str, event: Option<Event>) -> Outcome {
    let begun = cloud.now();
    let answered = async {
        let target = cloud.outbound.target(&row.url)?;
        let body = message::body(row.org, event).map_err(|e| e.to_string())?;
        let secrets = secrets(cloud, row).map_err(|e| e.to_string())?;
        let headers = message::headers(id, begun, &body, &secrets).map_err(|e| e.to_string())?;
        cloud.outbound.post(Post { target: &target, headers, body }).await
    };
    let answered = answered.await;
    let elapsed_ms = i64::try_from(cloud.now().since(begun).as_millis()).unwrap_or(i64::MAX);
    match answered {
        Ok(status) => {
            let redirect = "it answers with another address, which is not followed".to_owned();
            let error = status.is_redirection().then_some(redirect);
            Outcome { status: Some(status.as_u16()), error, elapsed_ms }
        }
        Err(error) => {
            let error = Some(error.chars().take(ERROR_CHARACTERS_MAX).collect());
            Outcome { status: None, error, elapsed_ms }
        }
    }
}

/// The secrets that sign now, the newest first.
fn secrets(cloud: &Cloud, row: &Row) -> Result<Vec<String>> {
    let before = row.sealed_before.as_ref().filter(|(_, until)| *until > cloud.now());
    [Some(&row.sealed), before.map(|(sealed, _)| sealed)]
        .into_iter()
        .flatten()
        .map(|sealed| {
            let secret = cloud.sealer.unseal(&scope(row.id), sealed)?;
            String::from_utf8(secret).map_err(Error::internal)
        })
        .collect()
}
