//! Rules for engagement events.

use strum::VariantArray;

use super::{Rule, rule};
use crate::domain::engagement::EngagementKind;
use crate::store::statement;

pub(super) const RULES: &[Rule] = &[
    rule!(
        "engagement_of_record",
        "the record of every engagement event exists",
        "SELECT engagement_event.organization_id,
           jsonb_build_object('engagement_event', engagement_event.event_id, 'record', engagement_event.record_id) AS ids,
           'the event is of a record that does not exist' AS sentence
         FROM engagement_event
         LEFT JOIN record ON record.organization_id = engagement_event.organization_id AND record.id = engagement_event.record_id
         WHERE record.id IS NULL"
    ),
    rule!(
        "engagement_of_activity",
        "the activity that an engagement event names exists, and is of the same record",
        "SELECT engagement_event.organization_id,
           jsonb_build_object('engagement_event', engagement_event.event_id, 'activity', engagement_event.activity_id) AS ids,
           'the event is about an activity that does not exist, or of another record' AS sentence
         FROM engagement_event
         LEFT JOIN (
           SELECT organization_id, id, record_id FROM activity
           UNION ALL SELECT organization_id, id, record_id FROM closed_activity
         ) AS work ON work.organization_id = engagement_event.organization_id AND work.id = engagement_event.activity_id
         WHERE engagement_event.activity_id IS NOT NULL AND work.record_id IS DISTINCT FROM engagement_event.record_id"
    ),
    rule!(
        "engagement_kind",
        "the kind of every engagement event is known, and it happened before upnext heard of it",
        "SELECT organization_id, jsonb_build_object('engagement_event', event_id) AS ids,
           format('the event is of kind %s, happened at %s, and came at %s', kind, event_time, ingest_time) AS sentence
         FROM engagement_event
         WHERE kind NOT IN ({all}) OR event_time > ingest_time",
        all = statement::words::numbers(EngagementKind::VARIANTS.iter().map(|kind| *kind as i16))
    ),
    rule!(
        "record_unsubscribed",
        "a record is unsubscribed since its latest event about that, or not if that event says so or there is none",
        "SELECT record.organization_id, jsonb_build_object('record', record.id) AS ids,
           format('the record is unsubscribed since %s, and its events say %s', record.unsubscribe_time, told.since) AS sentence
         FROM record
         LEFT JOIN (
           SELECT DISTINCT ON (organization_id, record_id) organization_id, record_id,
             CASE kind WHEN {unsubscribed} THEN event_time END AS since
           FROM engagement_event
           WHERE kind IN ({unsubscribed}, {resubscribed})
           ORDER BY organization_id, record_id, event_time DESC, kind = {unsubscribed} DESC
         ) AS told ON told.organization_id = record.organization_id AND told.record_id = record.id
         WHERE record.unsubscribe_time IS DISTINCT FROM told.since",
        unsubscribed = EngagementKind::Unsubscribed as i16,
        resubscribed = EngagementKind::Resubscribed as i16
    ),
];
