//! Connections on which what was at an instant has the names of what is. They are lent, and kept for
//! whoever reads the past next: to make one takes longer than what is read through it.

use super::{Connection, Dialect, Pool, options};
use crate::error::Error;
use domain::Timestamp;
use sqlx::{AssertSqlSafe, Executor};
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};

/// Of a read of the past.
const CONNECTIONS: u32 = 1;
/// As many as are kept while nobody reads through them.
const KEPT_MAX: usize = 4;

/// A connection of its own, and the instant that it shows.
#[derive(Clone)]
pub struct PastReader {
    pub pool: Pool,
    at: Arc<AtomicI64>,
}

impl PastReader {
    async fn new(dialect: Dialect, url: &str, views: String) -> Result<PastReader, Error> {
        let at = Arc::new(AtomicI64::new(0));
        let shown = at.clone();
        let pool = options(CONNECTIONS)
            // Also of a connection that takes the place of a lost one.
            .after_connect(move |connection, _| {
                let (views, at) = (views.clone(), Timestamp(shown.load(Ordering::SeqCst)));
                Box::pin(async move {
                    connection.execute(AssertSqlSafe(views)).await?;
                    show(connection, dialect, at).await
                })
            })
            .connect(url)
            .await?;
        Ok(PastReader { pool, at })
    }

    async fn show(&self, dialect: Dialect, at: Timestamp) -> Result<(), Error> {
        self.at.store(at.0, Ordering::SeqCst);
        let mut connection = self.pool.acquire().await?;
        Ok(show(&mut connection, dialect, at).await?)
    }
}

async fn show(
    connection: &mut Connection,
    dialect: Dialect,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    connection.execute(AssertSqlSafe(dialect.shows(at))).await?;
    connection.execute(dialect.only_reads()).await?;
    Ok(())
}

/// Those through which nobody reads just now.
#[derive(Clone, Default)]
pub struct PastReaders(Arc<Mutex<Vec<PastReader>>>);

impl PastReaders {
    /// One that shows an instant; what it is made with is asked for only if there is none.
    pub async fn lend(
        &self,
        dialect: Dialect,
        url: &str,
        at: Timestamp,
        views: impl FnOnce() -> String,
    ) -> Result<PastReader, Error> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match kept {
            Some(reader) => reader,
            None => PastReader::new(dialect, url, views()).await?,
        };
        reader.show(dialect, at).await?;
        Ok(reader)
    }

    /// Takes back one that nobody else has any more.
    pub async fn take_back(&self, reader: PastReader) {
        {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() < KEPT_MAX {
                kept.push(reader);
                return;
            }
        }
        reader.pool.close().await;
    }

    pub async fn close(&self) {
        let kept = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for reader in kept {
            reader.pool.close().await;
        }
    }
}
