//! Queries that tell what an organization has, and whether its loops rest.

/// What is copied, parents first. Requests are not: nobody refers to them.
pub const TABLES: &[&str] = &[
    "api_key",
    "calendar",
    "seller",
    "team",
    "queue",
    "template",
    "record_type",
    "record",
    "record_reference",
    "record_value",
    "record_change",
    "related_change",
    "sequence",
    "sequence_revision",
    "segment",
    "assignment_rule",
    "assignment_turn",
    "membership",
    "handover",
    "enrollment",
    "sequence_place",
    "activity",
    "closed_activity",
    "manual_activity",
    "saved_view",
    "timer",
    "history",
    "sequence_tally",
    "split_entry",
    "operation",
    "set_aside",
    "engagement_event",
    "email",
    "email_count",
    "publication",
    "unpublished_event",
    "published_event",
    "webhook",
    "webhook_delivery",
];

/// What is still to be published.
pub const UNPUBLISHED: &str = "SELECT count(*) FROM unpublished_event WHERE organization_id = $1";

/// What the loops still have to do.
pub const BUSY: &str = "SELECT (SELECT count(*) FROM record_change WHERE organization_id = $1)
  + (SELECT count(*) FROM related_change WHERE organization_id = $1)
  + (SELECT count(*) FROM freed_place WHERE organization_id = $1)
  + (SELECT count(*) FROM operation WHERE organization_id = $1 AND state = 'RUNNING')
  + (SELECT count(*) FROM set_aside WHERE organization_id = $1 AND retry_time <= clock_timestamp() + interval '5 seconds')
  + (SELECT count(*) FROM timer WHERE organization_id = $1 AND due_at <= clock_timestamp() + interval '5 seconds')";

/// What an organization has: a name and a number for each kind of row.
pub const LEDGER: &str = "SELECT 'api_key', count(*) + count(revoke_time) FROM api_key WHERE organization_id = $1
  UNION ALL SELECT 'request of ' || method, count(*) FROM request WHERE organization_id = $1 GROUP BY method
  UNION ALL SELECT 'organization', (version + definition_epoch)::bigint FROM organization WHERE organization_id = $1
  UNION ALL SELECT 'seller', (count(*) + coalesce(sum(version), 0) + count(delete_time))::bigint FROM seller WHERE organization_id = $1
  UNION ALL SELECT 'event to publish', count(*) + (SELECT count(*) FROM published_event WHERE organization_id = $1)
    FROM unpublished_event WHERE organization_id = $1
  UNION ALL SELECT 'webhook', (count(*) + coalesce(sum(version), 0) + count(old_secret))::bigint FROM webhook WHERE organization_id = $1
  UNION ALL SELECT 'webhook_delivery', count(*) + count(retry_time) FROM webhook_delivery WHERE organization_id = $1
  UNION ALL SELECT 'calendar', (count(*) + coalesce(sum(version), 0))::bigint FROM calendar WHERE organization_id = $1
  UNION ALL SELECT 'team', (count(*) + coalesce(sum(version), 0) + count(delete_time))::bigint FROM team WHERE organization_id = $1
  UNION ALL SELECT 'template', (count(*) + coalesce(sum(version), 0))::bigint FROM template WHERE organization_id = $1
  UNION ALL SELECT 'record_type', (count(*) + coalesce(sum(version), 0))::bigint FROM record_type WHERE organization_id = $1
  UNION ALL SELECT 'record', count(*) FROM record WHERE organization_id = $1
  UNION ALL SELECT 'record version', coalesce(sum(version), 0)::bigint FROM record WHERE organization_id = $1
  UNION ALL SELECT 'owned record', count(owner_id) FROM record WHERE organization_id = $1
  UNION ALL SELECT 'closed record', count(close_time) FROM record WHERE organization_id = $1
  UNION ALL SELECT 'reference ' || attribute || ' to ' || target_id, count(*) FROM record_reference WHERE organization_id = $1
    GROUP BY attribute, target_id
  UNION ALL SELECT 'found by ' || attribute || ' ' || value, count(*) FROM record_value WHERE organization_id = $1 GROUP BY attribute, value
  UNION ALL SELECT 'related_change', count(*) FROM related_change WHERE organization_id = $1
  UNION ALL SELECT 'record_change', count(*) FROM record_change WHERE organization_id = $1
  UNION ALL SELECT 'sequence ' || state, (count(*) + coalesce(sum(version), 0) + coalesce(sum(revision), 0) + count(delete_time))::bigint FROM sequence
    WHERE organization_id = $1 GROUP BY state
  UNION ALL SELECT 'revision', count(*) FROM sequence_revision WHERE organization_id = $1
  UNION ALL SELECT 'segment ' || state, (count(*) + coalesce(sum(version), 0) + count(connected_sequence_id))::bigint FROM segment
    WHERE organization_id = $1 GROUP BY state
  UNION ALL SELECT 'rule', (count(*) + coalesce(sum(version), 0))::bigint FROM assignment_rule WHERE organization_id = $1
  UNION ALL SELECT 'turn', coalesce(sum(turn), 0)::bigint FROM assignment_turn WHERE organization_id = $1
  UNION ALL SELECT 'freed place', count(*) FROM freed_place WHERE organization_id = $1
  UNION ALL SELECT 'place', count(*) * 100 + count(begin_time) + count(end_time) FROM sequence_place WHERE organization_id = $1
  UNION ALL SELECT 'handover', count(*) FROM handover WHERE organization_id = $1
  UNION ALL SELECT 'membership', count(*) FROM membership WHERE organization_id = $1
  UNION ALL SELECT 'enrollment ' || state || ' ' || reason, (count(*) * 100 + coalesce(sum(version), 0))::bigint FROM enrollment
    WHERE organization_id = $1 GROUP BY state, reason
  UNION ALL SELECT 'activity', (count(*) * 100 + coalesce(sum(version), 0) + coalesce(sum(snooze_count), 0))::bigint FROM activity WHERE organization_id = $1
  UNION ALL SELECT 'view', (count(*) * 100 + coalesce(sum(version), 0))::bigint FROM saved_view WHERE organization_id = $1
  UNION ALL SELECT 'text of a manual activity', count(*) FROM manual_activity WHERE organization_id = $1
  UNION ALL SELECT 'leased activity', count(lease_id) FROM activity WHERE organization_id = $1
  UNION ALL SELECT 'closed activity ' || state, count(*) FROM closed_activity WHERE organization_id = $1 GROUP BY state
  UNION ALL SELECT 'timer ' || kind, count(*) FROM timer WHERE organization_id = $1 GROUP BY kind
  UNION ALL SELECT 'history ' || kind, count(*) FROM history WHERE organization_id = $1 GROUP BY kind
  UNION ALL SELECT 'tally of ' || (item ->> 1), sum((item ->> 3)::bigint)::bigint
    FROM sequence_tally CROSS JOIN LATERAL jsonb_array_elements(tally -> 'counts') AS item WHERE organization_id = $1 GROUP BY 1
  UNION ALL SELECT 'entry of split', (count(*) * 1000 + coalesce(sum(reached), 0))::bigint FROM split_entry WHERE organization_id = $1
  UNION ALL SELECT 'filed sequence', (count(owner_id) * 100 + coalesce(sum(cardinality(tags)), 0))::bigint FROM sequence WHERE organization_id = $1
  UNION ALL SELECT 'queue', (coalesce(sum(revision), 0) * 100 + coalesce(sum(due_count), 0) + coalesce(sum(snoozed_count), 0))::bigint FROM queue WHERE organization_id = $1
  UNION ALL SELECT 'operation ' || state, (count(*) * 100 + coalesce(sum(done), 0) + coalesce(sum(enrolled), 0) + coalesce(sum(failed), 0))::bigint FROM operation
    WHERE organization_id = $1 GROUP BY state
  UNION ALL SELECT 'set_aside', count(*) FROM set_aside WHERE organization_id = $1
  UNION ALL SELECT 'engagement event', count(*) FROM engagement_event WHERE organization_id = $1
  UNION ALL SELECT 'email ' || state, (count(*) * 100 + sum(attempts))::bigint FROM email WHERE organization_id = $1 GROUP BY state
  UNION ALL SELECT 'email count', coalesce(sum(emails), 0)::bigint FROM email_count WHERE organization_id = $1
  UNION ALL SELECT 'unsubscribed record', count(unsubscribe_time) FROM record WHERE organization_id = $1";
