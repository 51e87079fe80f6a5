//! Entries of splits: which enrollments took which variant by chance, and what they reached after
//! that. The transaction that writes an event of an enrollment keeps it here, too. So nobody has to
//! read history to compare variants.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use strum::VariantArray as _;

use super::enrollment::Enrollment;
use super::history::{HistoryEvent, HistoryKind};
use super::id::{EnrollmentId, OrganizationId, SequenceId};
use super::step::Metric;

/// The time of what counts whenever the enrollment took its variant.
const WHENEVER: DateTime<Utc> = DateTime::<Utc>::MAX_UTC;

/// An enrollment that took a variant of a split by chance. Only the first time counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitEntry {
    /// The organization.
    pub organization: OrganizationId,
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The id of the split's step.
    pub step_id: String,
    /// The sequence of the enrollment.
    pub sequence: SequenceId,
    /// The id of the variant.
    pub variant_id: String,
    /// When it took the variant.
    pub at: DateTime<Utc>,
    /// The bits of the metrics that it reached since.
    pub reached: i16,
}

/// What the entries of an enrollment reach whose times are after `after`, up to `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The organization.
    pub organization: OrganizationId,
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The times before. `None`: from the first entry on.
    pub after: Option<DateTime<Utc>>,
    /// The last time.
    pub until: DateTime<Utc>,
    /// The bits of the metrics.
    pub metrics: i16,
}

/// The entries of a batch, and what it told of the enrollments of others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SplitEntries {
    entered: BTreeMap<(EnrollmentId, String), SplitEntry>,
    reached: BTreeMap<(OrganizationId, EnrollmentId), BTreeMap<DateTime<Utc>, i16>>,
}

impl SplitEntries {
    /// Adds that an enrollment takes a variant.
    pub fn enter(&mut self, enrollment: &Enrollment, step_id: &str, variant_id: &str, at: DateTime<Utc>) {
        let entry = || SplitEntry {
            organization: enrollment.organization,
            enrollment: enrollment.id,
            step_id: step_id.to_owned(),
            sequence: enrollment.sequence,
            variant_id: variant_id.to_owned(),
            at,
            reached: 0,
        };
        self.entered.entry((enrollment.id, step_id.to_owned())).or_insert_with(entry);
    }

    /// Adds what an enrollment reaches by an event.
    pub fn tell(&mut self, event: &HistoryEvent) {
        let Some((metric, until)) = reached_by(event) else { return };
        let enrollment = EnrollmentId(event.subject);

        // What this batch added isn't saved yet.
        let own = self.entered.range_mut((enrollment, String::new())..);
        let own = own.map(|(_, entry)| entry).take_while(|entry| entry.enrollment == enrollment);
        own.filter(|entry| entry.at <= until).for_each(|entry| entry.reached |= metric.bit());
        let times = self.reached.entry((event.organization, enrollment)).or_default();
        *times.entry(until).or_default() |= metric.bit();
    }

    /// Returns the entries.
    pub fn entered(&self) -> impl Iterator<Item = &SplitEntry> {
        self.entered.values()
    }

    /// Returns what saved entries reach. Each entry is in at most one of the rows.
    pub fn reached(&self) -> Vec<Reached> {
        let mut rows = Vec::new();
        for ((organization, enrollment), times) in &self.reached {
            let (organization, enrollment) = (*organization, *enrollment);
            let mut latest_first = times.iter().rev().peekable();
            let mut metrics = 0;

            // An entry reaches all that happened at its time or later.
            while let Some((until, bits)) = latest_first.next() {
                metrics |= bits;
                let after = latest_first.peek().map(|(earlier, _)| **earlier);
                rows.push(Reached { organization, enrollment, after, until: *until, metrics });
            }
        }
        rows
    }
}

/// Returns the metric that an enrollment reaches by an event, and until when it must have taken its
/// variant for that.
fn reached_by(event: &HistoryEvent) -> Option<(Metric, DateTime<Utc>)> {
    let found = |wanted: &dyn Fn(Metric) -> bool| Metric::VARIANTS.iter().copied().find(|one| wanted(*one));
    let detail = &event.detail;
    match event.kind {
        HistoryKind::EngagementRecorded if !detail.by_machine => {
            let kind = detail.engagement?;
            Some((found(&|metric| metric.engagement() == Some(kind))?, detail.engagement_time?))
        }
        HistoryKind::EnrollmentExited => {
            let word = detail.outcome.as_deref()?;
            let exits = |metric: Metric| metric.exit().is_some_and(|reason| reason.as_str() == word);
            Some((found(&exits)?, WHENEVER))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::*;
    use crate::domain::caller::Actor;
    use crate::domain::engagement::EngagementKind;
    use crate::domain::enrollment::ExitReason;
    use crate::domain::history::HistoryDetail;

    fn time(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn event(kind: HistoryKind, detail: HistoryDetail) -> HistoryEvent {
        let (organization, subject) = (OrganizationId(Uuid::nil()), Uuid::nil());
        HistoryEvent {
            organization,
            subject,
            id: Uuid::nil(),
            at: time(9),
            kind,
            actor: Actor::UPNEXT,
            detail,
        }
    }

    fn engaged(engagement: EngagementKind, seconds: i64) -> HistoryEvent {
        let (engagement, engagement_time) = (Some(engagement), Some(time(seconds)));
        event(
            HistoryKind::EngagementRecorded,
            HistoryDetail { engagement, engagement_time, ..HistoryDetail::default() },
        )
    }

    fn exited(reason: ExitReason) -> HistoryEvent {
        let outcome = Some(reason.as_str().to_owned());
        event(HistoryKind::EnrollmentExited, HistoryDetail { outcome, ..HistoryDetail::default() })
    }

    /// What an entry of this time reaches by saved rows.
    fn reached(entries: &SplitEntries, seconds: i64) -> i16 {
        let rows = entries.reached().into_iter();
        let of_time = rows.filter(|row| row.after.is_none_or(|after| time(seconds) > after));
        let found: Vec<i16> =
            of_time.filter(|row| time(seconds) <= row.until).map(|row| row.metrics).collect();
        assert!(found.len() <= 1, "{found:?}");
        found.first().copied().unwrap_or_default()
    }

    #[test]
    fn metrics_have_bits_of_their_own() {
        let bits = Metric::VARIANTS.iter().fold(0_i16, |bits, metric| bits | metric.bit());
        assert_eq!(bits.count_ones() as usize, Metric::VARIANTS.len());
        assert!(bits > 0);
    }

    #[test]
    fn an_entry_reaches_what_happens_at_its_time_or_later() {
        let mut entries = SplitEntries::default();
        entries.tell(&engaged(EngagementKind::Replied, 20));
        entries.tell(&engaged(EngagementKind::LinkClicked, 10));
        entries.tell(&engaged(EngagementKind::Replied, 5));
        let (replied, clicked) = (Metric::Replied.bit(), Metric::LinkClicked.bit());
        let times = [4, 5, 6, 10, 11, 20, 21].map(|seconds| reached(&entries, seconds));
        let all = replied | clicked;
        assert_eq!(times, [all, all, all, all, replied, replied, 0]);

        entries.tell(&exited(ExitReason::GoalMet));
        let met = Metric::GoalMet.bit();
        assert_eq!([4, 20, 21].map(|seconds| reached(&entries, seconds)), [all | met, replied | met, met]);
    }

    #[test]
    fn an_entry_of_the_same_batch_reaches_what_is_told_after_it() {
        let mut entries = SplitEntries::default();
        entries.tell(&engaged(EngagementKind::Replied, 20));
        let entry = SplitEntry {
            organization: OrganizationId(Uuid::nil()),
            enrollment: EnrollmentId(Uuid::nil()),
            step_id: "which".to_owned(),
            sequence: SequenceId(Uuid::nil()),
            variant_id: "a".to_owned(),
            at: time(5),
            reached: 0,
        };
        entries.entered.insert((entry.enrollment, entry.step_id.clone()), entry);

        entries.tell(&engaged(EngagementKind::LinkClicked, 4));
        entries.tell(&engaged(EngagementKind::MeetingBooked, 5));
        let reached: Vec<i16> = entries.entered().map(|entry| entry.reached).collect();
        assert_eq!(reached, [Metric::MeetingBooked.bit()]);
    }

    #[test]
    fn what_reaches_no_metric_leaves_nothing_to_save() {
        let mut entries = SplitEntries::default();
        let mut opened = engaged(EngagementKind::EmailOpened, 1);
        opened.detail.by_machine = true;
        entries.tell(&opened);
        entries.tell(&engaged(EngagementKind::EmailSent, 1));
        entries.tell(&exited(ExitReason::RecordClosed));
        entries.tell(&event(HistoryKind::EnrollmentCompleted, HistoryDetail::default()));
        assert_eq!(entries, SplitEntries::default());
    }
}
