//! What a row's columns hold.

use crate::error::Error;

/// Reading columns by name, as the types that the rules know.
pub trait Columns {
    fn text(&self, name: &str) -> Result<String, Error>;
    fn maybe_text(&self, name: &str) -> Result<Option<String>, Error>;
    fn int(&self, name: &str) -> Result<i64, Error>;
    fn maybe_int(&self, name: &str) -> Result<Option<i64>, Error>;

    /// A text column that is an id, an enum or anything else with `FromStr`.
    fn parsed<T: std::str::FromStr>(&self, name: &str) -> Result<T, Error>
    where
        T::Err: std::fmt::Display,
    {
        let text = self.text(name)?;
        text.parse().map_err(|e| Error::Internal(format!("column {name} holds {text:?}: {e}")))
    }

    fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, Error> {
        serde_json::from_str(&self.text(name)?)
            .map_err(|e| Error::Internal(format!("column {name}: {e}")))
    }

    fn time(&self, name: &str) -> Result<domain::Timestamp, Error> {
        self.int(name).map(domain::Timestamp)
    }

    fn maybe_time(&self, name: &str) -> Result<Option<domain::Timestamp>, Error> {
        Ok(self.maybe_int(name)?.map(domain::Timestamp))
    }

    fn flag(&self, name: &str) -> Result<bool, Error> {
        Ok(self.int(name)? != 0)
    }
}

impl Columns for sqlx::any::AnyRow {
    fn text(&self, name: &str) -> Result<String, Error> {
        Ok(sqlx::Row::try_get(self, name)?)
    }

    fn maybe_text(&self, name: &str) -> Result<Option<String>, Error> {
        Ok(sqlx::Row::try_get(self, name)?)
    }

    fn int(&self, name: &str) -> Result<i64, Error> {
        Ok(sqlx::Row::try_get(self, name)?)
    }

    fn maybe_int(&self, name: &str) -> Result<Option<i64>, Error> {
        Ok(sqlx::Row::try_get(self, name)?)
    }
}
