//! Creates another key for an organization whose administrators have lost theirs. No RPC does this,
//! only a command with access to the database.

use chrono::{DateTime, Utc};

use crate::domain::api_key::{self, ApiKey};
use crate::domain::caller::Role;
use crate::domain::id::{KeyId, OrganizationId};
use crate::domain::settings::Limits;
use crate::engine::frame::audit::OperatorWrite;
use crate::engine::tenants::secret::Secret;
use crate::engine::{Engine, Error};
use crate::store::tenants;

impl Engine {
    /// Creates a system administrator's key. The other keys stay unchanged.
    ///
    /// # Errors
    /// Invalid, with the path `display_name`.
    pub async fn create_administrator_key(
        &self,
        organization: OrganizationId,
        display_name: &str,
        now: DateTime<Utc>,
    ) -> Result<(KeyId, Secret), Error> {
        let mut tx = self.store().begin().await?;
        let limits = tenants::organizations::get(&mut tx, organization).await?.map(|one| one.settings.limits);
        let limits: Limits = limits.unwrap_or_default();

        let roles = vec![Role::SystemAdministrator];
        api_key::check(display_name, &roles, false, None, &limits, now).into_result(())?;
        let key = ApiKey {
            organization,
            id: KeyId(self.clock().new_id()),
            display_name: display_name.to_owned(),
            roles,
            seller: None,
            create_time: now,
            expire_time: None,
            revoke_time: None,
            last_use_time: None,
        };
        let secret = Secret::mint(organization);

        tenants::api_keys::insert(&mut tx, &key, &secret.hash()).await?;
        let command = "upnext keys create --administrator";
        let by_operator = OperatorWrite { organization, command, now };
        let noted = by_operator.note(self, &mut tx, (key.id.0, None)).await?;
        self.commit_as_operator(tx, &noted).await?;
        Ok((key.id, secret))
    }
}
