//! Changes an organization's settings.

use crate::domain::id::OrganizationId;
use crate::domain::names;
use crate::domain::settings::SettingsPatch;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::{Engine, Error, Opened, Request, Write};
use crate::store::tenants::organizations::Organization;
use crate::store::{self, publication, tenants};
use crate::wake::Topic;

/// The change to make.
#[derive(Clone, Debug, Default)]
pub struct UpdateOrganization {
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
    /// Its display name.
    pub display_name: Option<String>,
    /// The settings that change.
    pub settings: SettingsPatch,
}

impl Engine {
    /// Changes the caller's organization. New settings apply to everything created or changed from
    /// now on.
    ///
    /// # Errors
    /// Stale; Invalid, with paths relative to the organization.
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
        if command.settings.calendar.is_some() {
            write.stop_routing().await?;
        }
        let id = before.id;
        let current = Version::of(id.0, before.version);
        Error::if_stale(command.expected_version, current, || names::ORGANIZATION.uuid_name(id.0))?;
        write.sees(id.0).await?;

        let settings = command.settings.apply(&before.settings);
        let display_name = command.display_name.unwrap_or_else(|| before.display_name.clone());
        // The new limits apply to the new name.
        let mut found = settings.limits.check_display_name("display_name", &display_name);
        found.extend(settings.check());
        found.extend(write.hold_calendars(&command.settings).await?);
        found.into_result(())?;
        if settings == before.settings && display_name == before.display_name {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }

        let after = Organization {
            display_name,
            settings,
            // Servers cache settings by their epoch.
            definition_epoch: before.definition_epoch + 1,
            version: before.version + 1,
            update_time: request.now,
            ..before.clone()
        };
        write.save_organization(&before, &after).await?;
        write.commit(id.0, &id).await?;
        if after.settings.publish_events != before.settings.publish_events {
            // The loop learns here that the organization publishes.
            self.wake().again(Topic::Unpublished);
        }
        Ok(id)
    }
}

impl Write {
    /// Keeps the calendars that settings name from being deleted until the commit. Returns those
    /// that don't exist.
    async fn hold_calendars(&mut self, settings: &SettingsPatch) -> Result<Violations, store::Error> {
        let calendar = settings.calendar.as_ref().and_then(Option::as_ref);
        let emails = settings.email_calendar.as_ref().and_then(Option::as_ref);
        let mut found = self.hold_calendar("settings.calendar", calendar).await?;
        found.extend(self.hold_calendar("settings.email_calendar", emails).await?);
        Ok(found)
    }

    /// Saves an organization, and queues what follows from its new settings.
    async fn save_organization(&mut self, before: &Organization, after: &Organization) -> Result<(), Error> {
        let id = after.id;
        tenants::organizations::update(self.conn(), after).await?;

        // Before the event of this write, which is then the first that is published.
        let publishes = after.settings.publish_events;
        if publishes != before.settings.publish_events {
            publication::set_active(self.conn(), id, publishes).await?;
        }
        if after.settings.calendar != before.settings.calendar {
            self.queue_timed_assignments(None).await?;
            self.queue_wait_refresh((id.0, names::ORGANIZATION.uuid_name(id.0))).await?;
        }
        Ok(())
    }
}
