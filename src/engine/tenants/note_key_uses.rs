//! Notes when API keys were used last.

use std::collections::BTreeMap;

use crate::engine::{Engine, Error};
use crate::store::tenants;
use crate::store::tenants::api_keys::KeyUse;

impl Engine {
    /// Notes the last uses of keys. A later one that another server has noted stays.
    ///
    /// # Errors
    /// The database failed.
    pub async fn note_key_uses(&self, uses: &[KeyUse]) -> Result<(), Error> {
        // An idle server asks nothing.
        if uses.is_empty() {
            return Ok(());
        }
        let mut conn = self.store().connection().await?;
        let mut own: BTreeMap<_, Vec<KeyUse>> = BTreeMap::new();
        uses.iter().for_each(|one| own.entry(one.organization).or_default().push(*one));
        let mut failed = Ok(());
        for uses in own.values() {
            failed = failed.and(tenants::api_keys::note_uses(&mut conn, uses).await);
        }
        Ok(failed?)
    }
}
