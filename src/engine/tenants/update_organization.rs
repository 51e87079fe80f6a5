//! Changes an organization's settings.

use crate::domain::consent::ConsentPolicy;
use crate::domain::id::{ChosenId, OrganizationId};
use crate::domain::names;
use crate::domain::settings::{LimitsPatch, Settings};
use crate::domain::step::Delay;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Opened, Request};
use crate::store::tenants::organizations::Organization;
use crate::store::{publication, tenants};
use crate::wake::Topic;

/// The change to make.
#[derive(Clone, Debug, Default)]
pub struct UpdateOrganization {
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
    /// Its display name.
    pub display_name: Option<String>,
    /// The allowed outcomes of phone calls.
    pub phone_outcomes: Option<Vec<String>>,
    /// The allowed dispositions of enrollments.
    pub dispositions: Option<Vec<String>>,
    /// What happens at steps whose activities have warnings.
    pub consent_policy: Option<ConsentPolicy>,
    /// How long a completed or skipped activity can be reopened, in seconds.
    pub reopen_grace_seconds: Option<i64>,
    /// Whether salespeople can author sequences.
    pub seller_authoring: Option<bool>,
    /// True if the turns of all assignment rules count together.
    pub round_robin_across_rules: Option<bool>,
    /// How long activities wait whose steps don't say it. `Some(None)`: for as long as it takes.
    pub auto_skip_after: Option<Option<Delay>>,
    /// Whether events are published.
    pub publish_events: Option<bool>,
    /// How many days history is kept. 0: for ever.
    pub history_retention_days: Option<i32>,
    /// The calendar of sellers without one of their own. `Some(None)`: they work all the time.
    pub calendar: Option<Option<ChosenId>>,
    /// The calendar of automated emails. `Some(None)`: they are sent all the time.
    pub email_calendar: Option<Option<ChosenId>>,
    /// The limits that change.
    pub limits: LimitsPatch,
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
        if command.calendar.is_some() {
            write.stop_routing().await?;
        }
        let id = before.id;
        let current = Version::of(id.0, before.version);
        Error::if_stale(command.expected_version, current, || names::ORGANIZATION.uuid_name(id.0))?;

        write.sees(id.0).await?;

        let given = command.calendar.clone().flatten();
        let emails = command.email_calendar.clone().flatten();
        let Settings {
            phone_outcomes,
            dispositions,
            consent_policy,
            reopen_grace_seconds,
            seller_authoring,
            calendar,
            email_calendar,
            round_robin_across_rules,
            auto_skip_after,
            publish_events,
            history_retention_days,
            limits,
        } = before.settings.clone();
        let settings = Settings {
            phone_outcomes: command.phone_outcomes.unwrap_or(phone_outcomes),
            dispositions: command.dispositions.unwrap_or(dispositions),
            consent_policy: command.consent_policy.unwrap_or(consent_policy),
            reopen_grace_seconds: command.reopen_grace_seconds.unwrap_or(reopen_grace_seconds),
            seller_authoring: command.seller_authoring.unwrap_or(seller_authoring),
            calendar: command.calendar.unwrap_or(calendar),
            email_calendar: command.email_calendar.unwrap_or(email_calendar),
            round_robin_across_rules: command.round_robin_across_rules.unwrap_or(round_robin_across_rules),
            auto_skip_after: command.auto_skip_after.unwrap_or(auto_skip_after),
            publish_events: command.publish_events.unwrap_or(publish_events),
            history_retention_days: command.history_retention_days.unwrap_or(history_retention_days),
            limits: command.limits.apply(&limits),
        };
        let display_name = command.display_name.unwrap_or_else(|| before.display_name.clone());
        // The new limits apply to the new name.
        let mut found = settings.limits.check_display_name("display_name", &display_name);
        found.extend(settings.check());
        found.extend(write.hold_calendar("settings.calendar", given.as_ref()).await?);
        found.extend(write.hold_calendar("settings.email_calendar", emails.as_ref()).await?);
        found.into_result(())?;

        if settings == before.settings && display_name == before.display_name {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }

        let (calendar_before, published_before) =
            (before.settings.calendar.clone(), before.settings.publish_events);
        // Servers cache settings by their epoch.
        let after = Organization {
            display_name,
            settings,
            definition_epoch: before.definition_epoch + 1,
            version: before.version + 1,
            update_time: request.now,
            ..before
        };
        let other_calendar = after.settings.calendar != calendar_before;
        tenants::organizations::update(write.conn(), &after).await?;
        // Before the event of this write, which is then the first that is published.
        let publishes = after.settings.publish_events;
        if publishes != published_before {
            publication::set_active(write.conn(), id, publishes).await?;
        }
        if other_calendar {
            write.queue_timed_assignments(None).await?;
            write.queue_wait_refresh((id.0, names::ORGANIZATION.uuid_name(id.0))).await?;
        }
        write.commit(id.0, &id).await?;
        if publishes != published_before {
            // The loop learns here that the organization publishes.
            self.wake().again(Topic::Unpublished);
        }
        Ok(id)
    }
}
