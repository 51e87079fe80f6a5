//! A change of an organization's settings.

use crate::domain::id::OrganizationId;
use crate::domain::names;
use crate::domain::settings::{LimitsPatch, Settings};
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Opened, Request};
use crate::store::organizations::{self, Organization};

/// What is to change.
#[derive(Clone, Debug, Default)]
pub struct UpdateOrganization {
    /// The version that the caller saw.
    pub expected_version: Option<Version>,
    /// What people call it.
    pub display_name: Option<String>,
    /// The outcomes of phone calls.
    pub phone_outcomes: Option<Vec<String>>,
    /// What it may have at most.
    pub limits: LimitsPatch,
}

impl Engine {
    /// Changes the caller's organization; what is made from now on goes by the new settings.
    ///
    /// # Errors
    /// Stale; Invalid with paths that begin at the organization.
    pub async fn update_organization(
        &self,
        request: &Request,
        command: UpdateOrganization,
    ) -> Result<OrganizationId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
        let before = write.lock_organization().await?;
        if command
            .expected_version
            .is_some_and(|expected| expected != Version::of(before.id.0, before.version))
        {
            return Err(Error::Stale { name: names::ORGANIZATION.uuid_name(before.id.0) });
        }
        let id = before.id;
        let settings = Settings {
            phone_outcomes: command.phone_outcomes.unwrap_or_else(|| before.settings.phone_outcomes.clone()),
            limits: command.limits.apply(&before.settings.limits),
        };
        let display_name = command.display_name.unwrap_or_else(|| before.display_name.clone());
        let mut found = settings.limits.check_display_name("display_name", &display_name);
        found.extend(settings.check());
        found.into_result(())?;
        if settings == before.settings && display_name == before.display_name {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }
        let after = Organization {
            display_name,
            settings,
            definition_epoch: before.definition_epoch + 1,
            version: before.version + 1,
            update_time: request.now,
            ..before
        };
        organizations::update(write.conn(), &after).await?;
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}
