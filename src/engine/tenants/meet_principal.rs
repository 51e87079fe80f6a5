//! Notes a caller with a token at its first call, so that history can name it ever after.

use chrono::{DateTime, Utc};

use crate::domain::principal::Principal;
use crate::engine::{Engine, Error};
use crate::store::tenants;

impl Engine {
    /// Adds a principal. One that is there already stays as it is.
    ///
    /// # Errors
    /// The database failed.
    pub async fn meet_principal(&self, principal: &Principal, now: DateTime<Utc>) -> Result<(), Error> {
        let mut conn = self.store().connection().await?;
        Ok(tenants::principals::insert(&mut conn, principal, now).await?)
    }
}
