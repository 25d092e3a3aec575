//! Transactions that may write.

use super::Connection;
use crate::{clock::Clock, error::Error, past};
use domain::RequestId;
use sqlx::{Any, Transaction};
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

/// A transaction that may write. What it does to recorded tables is dated when it is committed.
pub struct Write {
    pub(super) transaction: Transaction<'static, Any>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) request: Option<RequestId>,
}

impl Write {
    /// Says which request it is for.
    pub fn is_for(&mut self, request: RequestId) {
        self.request = Some(request);
    }

    pub async fn commit(mut self) -> Result<(), Error> {
        let request = self.request.map(|id| id.to_string()).unwrap_or_default();
        past::store::date(&mut self.transaction, self.clock.now(), &request).await?;
        Ok(self.transaction.commit().await?)
    }
}

impl Deref for Write {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.transaction
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.transaction
    }
}
