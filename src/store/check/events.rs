//! Rules for published events.

use super::{Rule, rule};
use crate::store::horizons;

pub(super) const RULES: &[Rule] = &[
    rule!(
        "publication_of_organization",
        "an organization leaves its events to be published if, and only if, its setting says so",
        "SELECT organization.organization_id, jsonb_build_object('organization', organization.organization_id) AS ids,
           'the setting publish_events and the publication differ' AS sentence
         FROM organization
         LEFT JOIN publication ON publication.organization_id = organization.organization_id
         WHERE COALESCE((organization.settings ->> 'publish_events')::boolean, false)
           <> COALESCE(publication.active, false)"
    ),
    rule!(
        "published_event_positions",
        "the positions of published events have no gap from the last forgotten one to the head",
        "SELECT publication.organization_id, jsonb_build_object('head', publication.head) AS ids,
           format('%s events have positions up to %s, those up to %s are forgotten, and the head is %s',
             given.count, given.last, publication.forgotten, publication.head) AS sentence
         FROM publication
         CROSS JOIN LATERAL (SELECT count(*) AS count, max(position) AS last FROM published_event
           WHERE published_event.organization_id = publication.organization_id
             AND published_event.position > publication.forgotten) AS given
         WHERE coalesce(given.last, publication.forgotten) <> publication.head
           OR given.count <> publication.head - publication.forgotten"
    ),
    rule!(
        "published_event_once",
        "an event has at most one position, and none while it waits for one",
        "SELECT given.organization_id, jsonb_build_object('event', given.id) AS ids,
           'the event is there twice' AS sentence
         FROM (SELECT organization_id, id FROM published_event
           UNION ALL SELECT organization_id, id FROM unpublished_event) AS given
         GROUP BY given.organization_id, given.id HAVING count(*) > 1"
    ),
    rule!(
        "published_event_in_history",
        "history has each event that is published, or waits for that, unless it is forgotten",
        "SELECT given.organization_id, jsonb_build_object('event', given.id) AS ids,
           'history does not have the event' AS sentence
         FROM (SELECT organization_id, subject_id, id, at, kind FROM published_event
           UNION ALL SELECT organization_id, subject_id, id, at, kind FROM unpublished_event) AS given
         LEFT JOIN history ON history.organization_id = given.organization_id
           AND history.subject_id = given.subject_id AND history.id = given.id AND history.at = given.at
           AND history.kind = given.kind
         WHERE history.id IS NULL AND {kept}",
        kept = horizons::kept("given.organization_id", "given.at")
    ),
];
