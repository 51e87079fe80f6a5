//! Rules for organizations, their keys, requests, sellers, teams and queues.

use super::{Rule, rule};
use crate::domain::activity::{ActivityState, ClosedState};

pub(super) const RULES: &[Rule] = &[
    // DISTINCT first: one lookup for each organization and table instead of one for each row.
    rule!(
        "organization_exists",
        "the organization of every row exists",
        "SELECT owned.organization_id, jsonb_build_object('table', owned.name) AS ids,
           format('rows of %s belong to an organization that does not exist', owned.name) AS sentence
         FROM (
           SELECT DISTINCT organization_id, 'routing' AS name FROM routing
           UNION ALL SELECT DISTINCT organization_id, 'api_key' FROM api_key
           UNION ALL SELECT DISTINCT organization_id, 'request' FROM request
           UNION ALL SELECT DISTINCT organization_id, 'seller' FROM seller
           UNION ALL SELECT DISTINCT organization_id, 'team' FROM team
           UNION ALL SELECT DISTINCT organization_id, 'queue' FROM queue
           UNION ALL SELECT DISTINCT organization_id, 'calendar' FROM calendar
           UNION ALL SELECT DISTINCT organization_id, 'template' FROM template
           UNION ALL SELECT DISTINCT organization_id, 'record_type' FROM record_type
           UNION ALL SELECT DISTINCT organization_id, 'record' FROM record
           UNION ALL SELECT DISTINCT organization_id, 'record_change' FROM record_change
           UNION ALL SELECT DISTINCT organization_id, 'sequence' FROM sequence
           UNION ALL SELECT DISTINCT organization_id, 'segment' FROM segment
           UNION ALL SELECT DISTINCT organization_id, 'assignment_turn' FROM assignment_turn
           UNION ALL SELECT DISTINCT organization_id, 'freed_place' FROM freed_place
           UNION ALL SELECT DISTINCT organization_id, 'handover' FROM handover
           UNION ALL SELECT DISTINCT organization_id, 'membership' FROM membership
           UNION ALL SELECT DISTINCT organization_id, 'enrollment' FROM enrollment
           UNION ALL SELECT DISTINCT organization_id, 'activity' FROM activity
           UNION ALL SELECT DISTINCT organization_id, 'closed_activity' FROM closed_activity
           UNION ALL SELECT DISTINCT organization_id, 'timer' FROM timer
           UNION ALL SELECT DISTINCT organization_id, 'history' FROM history
           UNION ALL SELECT organization_id, 'history_horizon' FROM history_horizon
           UNION ALL SELECT DISTINCT organization_id, 'operation' FROM operation
           UNION ALL SELECT DISTINCT organization_id, 'principal' FROM principal
           UNION ALL SELECT DISTINCT organization_id, 'set_aside' FROM set_aside
           UNION ALL SELECT DISTINCT organization_id, 'witness' FROM witness
         ) AS owned
         WHERE NOT EXISTS (SELECT FROM organization WHERE organization.organization_id = owned.organization_id)"
    ),
    rule!(
        "organization_routes",
        "every organization has the row that routing locks",
        "SELECT organization.organization_id, '{{}}'::jsonb AS ids, 'the organization has no row in routing' AS sentence
         FROM organization
         WHERE NOT EXISTS (SELECT FROM routing WHERE routing.organization_id = organization.organization_id)"
    ),
    rule!(
        "organization_takes_unassigned",
        "every organization has the team unassigned, whose queue is for records without an owner",
        "SELECT organization.organization_id, '{{}}'::jsonb AS ids, 'the organization has no team unassigned' AS sentence
         FROM organization
         WHERE NOT EXISTS (
           SELECT FROM team WHERE team.organization_id = organization.organization_id AND team.team_id = 'unassigned')"
    ),
    rule!(
        "key_of_seller",
        "the seller of every key that is bound to a seller exists",
        "SELECT api_key.organization_id, jsonb_build_object('api_key', api_key.id, 'seller', api_key.seller_id) AS ids,
           'the key is bound to a seller that does not exist' AS sentence
         FROM api_key
         LEFT JOIN seller ON seller.organization_id = api_key.organization_id AND seller.id = api_key.seller_id
         WHERE api_key.seller_id IS NOT NULL AND seller.id IS NULL"
    ),
    rule!(
        "request_answered",
        "every kept request has its answer",
        "SELECT organization_id, jsonb_build_object('request', request_id) AS ids,
           format('the request of %s is kept without what it was answered with', method) AS sentence
         FROM request
         WHERE decided IS NULL"
    ),
    rule!(
        "request_by_key",
        "the key of every kept request exists",
        "SELECT request.organization_id, jsonb_build_object('request', request.request_id, 'api_key', request.principal_id) AS ids,
           'the request was made with a key that does not exist' AS sentence
         FROM request
         LEFT JOIN api_key ON api_key.organization_id = request.organization_id AND api_key.id = request.principal_id
         LEFT JOIN principal ON principal.organization_id = request.organization_id AND principal.id = request.principal_id
         WHERE api_key.id IS NULL AND principal.id IS NULL"
    ),
    // Requests are kept for a day. The loop that deletes them gets an hour more.
    rule!(
        "request_forgotten",
        "no request is kept for more than 25 hours",
        "SELECT organization_id, jsonb_build_object('request', request_id) AS ids,
           format('the request of %s is kept although it came at %s', method, create_time) AS sentence
         FROM request
         WHERE create_time < $2 - interval '25 hours'"
    ),
    rule!(
        "seller_has_queue",
        "every seller has a queue",
        "SELECT seller.organization_id, jsonb_build_object('seller', seller.id) AS ids,
           format('sellers/%s has no queue', seller.seller_id) AS sentence
         FROM seller
         LEFT JOIN queue ON queue.organization_id = seller.organization_id AND queue.id = seller.id
         WHERE queue.id IS NULL"
    ),
    rule!(
        "seller_attributes",
        "every value that a seller has is of a declared attribute",
        "SELECT seller.organization_id, jsonb_build_object('seller', seller.id) AS ids,
           format('sellers/%s has a value of %s, which is not declared', seller.seller_id, given.name) AS sentence
         FROM seller
         JOIN organization ON organization.organization_id = seller.organization_id
         CROSS JOIN LATERAL jsonb_object_keys(seller.attributes) AS given (name)
         WHERE NOT organization.seller_attributes ? given.name"
    ),
    rule!(
        "team_has_queue",
        "every team has a queue",
        "SELECT team.organization_id, jsonb_build_object('team', team.id) AS ids,
           format('teams/%s has no queue', team.team_id) AS sentence
         FROM team
         LEFT JOIN queue ON queue.organization_id = team.organization_id AND queue.id = team.id
         WHERE queue.id IS NULL"
    ),
    rule!(
        "queue_of_somebody",
        "every queue belongs to a seller or a team",
        "SELECT queue.organization_id, jsonb_build_object('queue', queue.id) AS ids,
           'the queue is neither a seller''s nor a team''s' AS sentence
         FROM queue
         LEFT JOIN seller ON seller.organization_id = queue.organization_id AND seller.id = queue.id
         LEFT JOIN team ON team.organization_id = queue.organization_id AND team.id = queue.id
         WHERE seller.id IS NULL AND team.id IS NULL"
    ),
    rule!(
        "calendar_exists",
        "the calendar of every seller and team, and of every organization's settings, exists",
        "SELECT named.organization_id, jsonb_build_object('of', named.seller_id, 'calendar', named.calendar_id) AS ids,
           'a calendar is named that does not exist' AS sentence
         FROM (
           SELECT seller.organization_id, seller.id AS seller_id, seller.calendar_id::text AS calendar_id FROM seller
           LEFT JOIN calendar ON calendar.organization_id = seller.organization_id AND calendar.id = seller.calendar_id
           WHERE seller.calendar_id IS NOT NULL AND calendar.id IS NULL
           UNION ALL
           SELECT team.organization_id, team.id, team.calendar_id::text FROM team
           LEFT JOIN calendar ON calendar.organization_id = team.organization_id AND calendar.id = team.calendar_id
           WHERE team.calendar_id IS NOT NULL AND calendar.id IS NULL
           UNION ALL
           SELECT organization.organization_id, NULL, organization.settings ->> 'calendar' FROM organization
           LEFT JOIN calendar ON calendar.organization_id = organization.organization_id
             AND calendar.calendar_id = organization.settings ->> 'calendar'
           WHERE organization.settings ->> 'calendar' IS NOT NULL AND calendar.id IS NULL
         ) AS named"
    ),
    rule!(
        "team_members",
        "every member of a team exists",
        "SELECT team.organization_id, jsonb_build_object('team', team.id, 'seller', member.id) AS ids,
           format('teams/%s has a member who does not exist', team.team_id) AS sentence
         FROM team
         CROSS JOIN LATERAL unnest(team.member_ids) AS member (id)
         LEFT JOIN seller ON seller.organization_id = team.organization_id AND seller.id = member.id
         WHERE seller.id IS NULL"
    ),
    rule!(
        "seller_deleted",
        "a deleted seller has no records, no open activities, no keys, no teams, no rules and no sequences",
        "SELECT seller.organization_id, jsonb_build_object('seller', seller.id, 'left', found.name) AS ids,
           format('sellers/%s is deleted, and a %s is still its', seller.seller_id, found.name) AS sentence
         FROM seller
         JOIN (
           SELECT organization_id, 'record' AS name, owner_id AS seller_id FROM record
           UNION ALL SELECT organization_id, 'activity', queue_id FROM activity
           UNION ALL SELECT organization_id, 'sequence', owner_id FROM sequence WHERE delete_time IS NULL
           UNION ALL SELECT organization_id, 'key', api_key.seller_id FROM api_key WHERE revoke_time IS NULL
           UNION ALL SELECT organization_id, 'team', unnest(member_ids) FROM team
           UNION ALL SELECT organization_id, 'rule', unnest(listed_seller_ids) FROM assignment_rule
         ) AS found ON found.organization_id = seller.organization_id AND found.seller_id = seller.id
         WHERE seller.delete_time IS NOT NULL"
    ),
    rule!(
        "queue_closed",
        "the queues of deleted sellers and teams are closed, and no others",
        "SELECT queue.organization_id, jsonb_build_object('queue', queue.id) AS ids,
           format('the queue is %s, and its seller or team is %s', CASE WHEN queue.closed THEN 'closed' ELSE 'open' END,
             CASE WHEN queue.closed THEN 'not deleted' ELSE 'deleted' END) AS sentence
         FROM queue
         LEFT JOIN seller ON seller.organization_id = queue.organization_id AND seller.id = queue.id
         LEFT JOIN team ON team.organization_id = queue.organization_id AND team.id = queue.id
         WHERE queue.closed <> (COALESCE(seller.delete_time, team.delete_time) IS NOT NULL)"
    ),
    rule!(
        "team_deleted",
        "a deleted team has no open activities and no members",
        "SELECT team.organization_id, jsonb_build_object('team', team.id) AS ids,
           format('teams/%s is deleted, and has members or open activities', team.team_id) AS sentence
         FROM team
         WHERE team.delete_time IS NOT NULL AND (team.member_ids <> '{{}}'::uuid[] OR EXISTS (
           SELECT FROM activity WHERE activity.organization_id = team.organization_id AND activity.queue_id = team.id))"
    ),
    rule!(
        "view_of_owner",
        "the seller whose view it is exists",
        "SELECT saved_view.organization_id, jsonb_build_object('view', saved_view.id, 'seller', saved_view.owner_id) AS ids,
           format('views/%s is of a seller who does not exist', saved_view.view_id) AS sentence
         FROM saved_view
         LEFT JOIN seller ON seller.organization_id = saved_view.organization_id AND seller.id = saved_view.owner_id
         WHERE saved_view.owner_id IS NOT NULL AND seller.id IS NULL"
    ),
    rule!(
        "queue_counts",
        "a queue's counts are those of its open activities, due and snoozed",
        "SELECT queue.organization_id, jsonb_build_object('queue', queue.id) AS ids,
           format('the queue says %s due and %s snoozed, and has %s and %s', queue.due_count, queue.snoozed_count,
             coalesce(counted.due, 0), coalesce(counted.snoozed, 0)) AS sentence
         FROM queue
         LEFT JOIN (
           SELECT organization_id, queue_id, count(*) FILTER (WHERE state = {due}) AS due,
             count(*) FILTER (WHERE state = {snoozed}) AS snoozed
           FROM activity
           GROUP BY organization_id, queue_id
         ) AS counted ON counted.organization_id = queue.organization_id AND counted.queue_id = queue.id
         WHERE queue.due_count <> coalesce(counted.due, 0) OR queue.snoozed_count <> coalesce(counted.snoozed, 0)",
        due = ActivityState::DUE,
        snoozed = ActivityState::SNOOZED
    ),
    // Every activity that enters or leaves a queue bumps it. A paused one is in none, even if it is
    // canceled.
    rule!(
        "queue_revision",
        "a queue that shows or showed activities has at least revision 1",
        "SELECT queue.organization_id, jsonb_build_object('queue', queue.id) AS ids,
           format('the queue is at revision %s although it has or had activities', queue.revision) AS sentence
         FROM queue
         WHERE queue.revision < 1
           AND (EXISTS (SELECT FROM activity WHERE activity.organization_id = queue.organization_id AND activity.queue_id = queue.id
               AND activity.state <> {paused})
             OR (queue.organization_id, queue.id) IN (
               SELECT closed_activity.organization_id, closed_activity.queue_id FROM closed_activity WHERE closed_activity.state <> {canceled}))",
        paused = ActivityState::PAUSED,
        canceled = ClosedState::Canceled as i16
    ),
    rule!(
        "queue_stamp",
        "no two queues have the same stamp",
        "SELECT organization_id, jsonb_build_object('queues', jsonb_agg(id ORDER BY id)) AS ids,
           format('%s queues have the same stamp', count(*)) AS sentence
         FROM queue
         GROUP BY organization_id, stamp
         HAVING count(*) > 1"
    ),
];
