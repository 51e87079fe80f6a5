//! Creates an organization with everything built in and its first key. No RPC does this: the
//! command line writes to the database directly.

use chrono::{DateTime, Utc};

use crate::domain::api_key::ApiKey;
use crate::domain::caller::Role;
use crate::domain::id::{ChosenId, KeyId, OrganizationId, TeamId};
use crate::domain::record::built_in_types;
use crate::domain::seller_attributes::SellerAttributes;
use crate::domain::settings::{Limits, Settings};
use crate::domain::team::{AUTOMATION, Profile, Team, UNASSIGNED};
use crate::engine::frame::audit::OperatorWrite;
use crate::engine::tenants::secret::Secret;
use crate::engine::{Engine, Error};
use crate::store::tenants::organizations::Organization;
use crate::store::{queues, records, tenants};

/// A new organization.
#[derive(Debug)]
pub struct CreatedOrganization {
    /// The organization.
    pub organization: OrganizationId,
    /// The secret of its system administrator's key, to be shown once.
    pub secret: Secret,
}

impl Engine {
    /// Creates an organization with its built-in record types, the teams `unassigned` and
    /// `automation`, and a system administrator's key.
    ///
    /// # Errors
    /// Invalid, with the path `display_name`.
    pub async fn create_organization(
        &self,
        display_name: &str,
        now: DateTime<Utc>,
    ) -> Result<CreatedOrganization, Error> {
        Limits::default().check_display_name("display_name", display_name).into_result(())?;

        let organization = Organization {
            id: OrganizationId(self.clock().new_id()),
            display_name: display_name.to_owned(),
            settings: Settings::default(),
            seller_attributes: SellerAttributes::default(),
            definition_epoch: 1,
            version: 1,
            create_time: now,
            update_time: now,
            suspend_time: None,
        };
        let id = organization.id;
        let secret = Secret::mint(id);

        // Not a `Write`: there is no caller yet, and nobody to wake.
        let mut tx = self.store().begin().await?;
        tenants::organizations::insert(&mut tx, &organization).await?;

        // The queues of records that no rule assigns, and of what workers do.
        for (team_id, display_name) in [(UNASSIGNED, "Unassigned"), (AUTOMATION, "Automation")] {
            let profile =
                Profile { display_name: display_name.to_owned(), members: Vec::new(), calendar: None };
            let team = Team {
                organization: id,
                id: TeamId(self.clock().new_id()),
                team_id: ChosenId::known(team_id),
                profile,
                version: 1,
                create_time: now,
                update_time: now,
            };
            tenants::teams::insert(&mut tx, &team).await?;
            queues::insert(&mut tx, id, team.id.into(), self.clock().new_stamp()).await?;
        }

        for built_in in built_in_types(id, now, &mut || self.clock().new_id()) {
            records::types::insert(&mut tx, &built_in).await?;
        }
        tenants::api_keys::insert(&mut tx, &self.first_key(id, now), &secret.hash()).await?;
        let by_operator = OperatorWrite { organization: id, command: "upnext organizations create", now };
        let noted = by_operator.note(self, &mut tx, (id.0, None)).await?;
        self.commit_as_operator(tx, &noted).await?;
        Ok(CreatedOrganization { organization: id, secret })
    }

    fn first_key(&self, organization: OrganizationId, now: DateTime<Utc>) -> ApiKey {
        ApiKey {
            organization,
            id: KeyId(self.clock().new_id()),
            display_name: "First administrator".to_owned(),
            roles: vec![Role::SystemAdministrator],
            seller: None,
            create_time: now,
            expire_time: None,
            revoke_time: None,
            last_use_time: None,
        }
    }
}
