//! For each rule, statements that break that rule and no other, on a database with one of
//! everything.

use crate::support::columns::insert;
use crate::support::ground::copy;

/// A new enrollment's, activity's or other row's id.
macro_rules! nobody {
    () => {
        "'00000000-0000-7000-8000-00000000000a'"
    };
}

/// A lead's row of a table, by the lead's id.
macro_rules! of {
    ($table:literal, $lead:literal) => {
        concat!(
            "(SELECT of_lead.id FROM ",
            $table,
            " AS of_lead JOIN record AS lead ON lead.id = of_lead.record_id WHERE lead.record_id = '",
            $lead,
            "' ORDER BY of_lead.id LIMIT 1)"
        )
    };
}

/// The key of the organization that everything belongs to.
macro_rules! ours {
    () => {
        "(SELECT organization_id FROM seller WHERE seller_id = 'ana')"
    };
}

/// Publishes one event.
macro_rules! published {
    () => {
        "INSERT INTO published_event (organization_id, position, id, subject_id, at, kind)
         SELECT organization_id, 1, id, subject_id, at, kind FROM history ORDER BY id LIMIT 1;"
    };
}

/// Makes a webhook at a position, with failed attempts, which has given up what is given.
macro_rules! webhook {
    ($position:literal, $attempts:literal $(, $given_up:literal)*) => {
        concat!(
            "INSERT INTO webhook (organization_id, id, webhook_id, url, kinds, disabled, secret, position, attempts, last_error, version,
               create_time, update_time)
             SELECT organization_id, ", nobody!(), ", 'crm', 'https://example.com/', '{}', false, 'secret', ", $position, ", ", $attempts, ",
               '', 1, create_time, create_time FROM seller WHERE seller_id = 'ana';",
            $(given_up!($given_up)),*
        )
    };
}

/// Gives an event up.
macro_rules! given_up {
    ($position:literal) => {
        concat!(
            "INSERT INTO webhook_delivery (organization_id, id, webhook_id, position, attempts, last_error, create_time)
             SELECT organization_id, gen_random_uuid(), ", nobody!(), ", ", $position, ", 16, 'answered 500', create_time
             FROM seller WHERE seller_id = 'ana';"
        )
    };
}

/// Each rule's name, and what breaks it.
pub fn breaks() -> Vec<(&'static str, String)> {
    let changed = BY_CHANGED_ROWS.iter().map(|(rule, statements)| (*rule, (*statements).to_owned()));
    changed.chain(by_new_rows()).collect()
}

/// The rules that a change of rows breaks, and the statements that change them.
#[rustfmt::skip]
const BY_CHANGED_ROWS: &[(&str, &str)] = &[
    ("organization_routes", concat!("DELETE FROM routing WHERE organization_id = ", ours!())),
    ("organization_takes_unassigned", concat!("UPDATE team SET team_id = 'else' WHERE team_id = 'unassigned' AND organization_id = ", ours!())),
    ("key_of_seller", concat!("UPDATE api_key SET seller_id = ", nobody!(), " WHERE seller_id IS NOT NULL")),
    ("request_answered", "UPDATE request SET decided = NULL"),
    ("request_by_key", concat!("UPDATE request SET principal_id = ", nobody!())),
    ("request_forgotten", "UPDATE request SET create_time = create_time - interval '26 hours'"),
    ("seller_has_queue", "DELETE FROM queue USING seller WHERE queue.id = seller.id AND seller.seller_id = 'eve'"),
    ("calendar_exists", "DELETE FROM calendar"),
    ("seller_attributes", "UPDATE seller SET attributes = '{\"gone\": 1}' WHERE seller_id = 'ana'"),
    ("team_members", concat!("UPDATE team SET member_ids = ARRAY[", nobody!(), "::uuid] WHERE team_id = 'field'")),
    ("seller_deleted", "UPDATE seller SET delete_time = create_time WHERE seller_id = 'eve'; UPDATE queue SET closed = true FROM seller WHERE queue.id = seller.id AND seller.seller_id = 'eve'; UPDATE team SET member_ids = ARRAY[seller.id] FROM seller WHERE seller.seller_id = 'eve' AND team.team_id = 'field'"),
    ("queue_closed", "UPDATE queue SET closed = true FROM seller WHERE queue.id = seller.id AND seller.seller_id = 'eve'"),
    ("team_deleted", "UPDATE team SET delete_time = create_time WHERE team_id = 'field'; UPDATE queue SET closed = true FROM team WHERE queue.id = team.id AND team.team_id = 'field'"),
    ("queue_counts", "UPDATE queue SET due_count = due_count + 1 FROM seller WHERE queue.id = seller.id AND seller.seller_id = 'ana'"),
    ("queue_revision", "UPDATE queue SET revision = 0 FROM seller WHERE queue.id = seller.id AND seller.seller_id = 'ana'"),
    ("queue_stamp", concat!("UPDATE queue SET stamp = ", nobody!(), " WHERE organization_id = ", ours!())),
    ("record_of_type", concat!("UPDATE record SET record_type_id = ", nobody!(), " WHERE record_id = 'plain'; DELETE FROM record_value USING record WHERE record.id = record_value.record_id AND record.record_id = 'plain'")),
    ("record_of_owner", concat!("UPDATE record SET owner_id = ", nobody!(), " WHERE record_id = 'plain'")),
    ("record_change_of_record", concat!("UPDATE record_change SET record_id = ", nobody!())),
    ("record_flip_of_record", concat!("INSERT INTO record_flip (organization_id, record_id, due_at) VALUES (", ours!(), ", ", nobody!(), ", '2026-09-21')")),
    ("record_reference_held", "UPDATE record_reference SET target_id = 'else'"),
    ("record_value_held", "UPDATE record_value SET value = 'else'"),
    ("related_change_attributes", concat!("INSERT INTO related_change (organization_id, id, record_type_id, record_id, attributes) VALUES (", ours!(), ", ", nobody!(), ", ", nobody!(), ", 'x', '{}')")),
    ("record_merged_survives", concat!("INSERT INTO tombstone (organization_id, fingerprint, source_version, erased, create_time, merged_key, merged_id, survivor_id) VALUES (", ours!(), ", '', 0, false, '2026-09-21', ", nobody!(), ", 'x', ", nobody!(), ")")),
    ("handover_of_record", concat!("INSERT INTO handover (organization_id, operation_id, record_id, activity_id) VALUES (", ours!(), ", ", nobody!(), ", ", nobody!(), ", ", nobody!(), ")")),
    ("membership_lapse", "UPDATE membership SET lapse_time = join_time FROM record WHERE record.id = membership.record_id AND record.record_id = 'watched'"),
    ("membership_of_record", concat!("UPDATE membership SET record_id = ", nobody!(), " FROM record WHERE record.id = membership.record_id AND record.record_id = 'watched'")),
    ("membership_of_segment", concat!("UPDATE membership SET segment_id = ", nobody!(), " FROM record WHERE record.id = membership.record_id AND record.record_id = 'watched'")),
    ("membership_of_type", "UPDATE record SET record_type_id = account.id FROM record_type AS account WHERE account.organization_id = record.organization_id AND account.record_type_id = 'account' AND record.record_id = 'watched'; DELETE FROM record_value USING record WHERE record.id = record_value.record_id AND record.record_id = 'watched'"),
    ("email_of_activity", concat!("UPDATE email SET enrollment_id = ", nobody!())),
    ("email_count", "UPDATE email_count SET emails = emails + 1"),
    ("engagement_of_record", concat!("UPDATE engagement_event SET record_id = ", nobody!(), " WHERE event_id = 'meeting'")),
    ("engagement_of_activity", concat!("UPDATE engagement_event SET activity_id = ", nobody!(), " WHERE event_id = 'opened'")),
    ("engagement_kind", "UPDATE engagement_event SET event_time = ingest_time + interval '1 hour' WHERE event_id = 'meeting'"),
    ("record_unsubscribed", "UPDATE record SET unsubscribe_time = NULL WHERE record_id = 'plain'"),
    ("record_closed_once", "DELETE FROM history WHERE kind = 103"),
    ("publication_of_organization", concat!("INSERT INTO publication (organization_id, active, head) VALUES (", ours!(), ", true, 0)")),
    ("published_event_positions", concat!(published!(), "INSERT INTO publication (organization_id, active, head) VALUES (", ours!(), ", false, 5)")),
    ("published_event_once", concat!(published!(), "INSERT INTO unpublished_event (organization_id, subject_id, id, at, kind) SELECT organization_id, subject_id, id, at, kind FROM published_event")),
    ("published_event_in_history", concat!(published!(), "UPDATE published_event SET subject_id = ", nobody!())),
    ("definition_of_type", concat!("UPDATE template SET record_type_id = ", nobody!())),
    ("sequence_templates", "DELETE FROM template"),
    ("segment_connection", concat!("UPDATE segment SET connected_sequence_id = ", nobody!(), " WHERE segment_id = 'paid'")),
    ("segment_priorities", "UPDATE segment SET priority = priority + 1 WHERE segment_id = 'watched'"),
    ("rule_priorities", "UPDATE assignment_rule SET priority = 1"),
    ("rule_sellers", concat!("UPDATE assignment_rule SET listed_seller_ids = ARRAY[", nobody!(), "::uuid]")),
    ("rule_team", "UPDATE assignment_rule SET candidates = 'TEAM' WHERE assignment_rule_id = 'never'"),
    ("rule_seller_condition", "UPDATE assignment_rule SET seller_condition = 'true' WHERE assignment_rule_id = 'never'"),
    ("turn_is_one_sellers", "UPDATE assignment_turn SET turn = 5"),
    ("operation_target", "UPDATE operation SET kind = 'FEED_SEQUENCE'"),
    ("operation_counts", "UPDATE operation SET enrolled = done + 1"),
    ("operation_cursor", "UPDATE operation SET cursor_record_id = 'ffffffff-ffff-ffff-ffff-ffffffffffff'"),
    ("enrollment_state", concat!("UPDATE enrollment SET reason = 1 WHERE id = ", of!("enrollment", "paid1"))),
    ("enrollment_source", concat!("UPDATE enrollment SET segment_id = NULL WHERE id = ", of!("enrollment", "paid1"))),
    ("enrollment_revision", concat!("UPDATE enrollment SET revision = 7 WHERE id = ", of!("enrollment", "done"), "; UPDATE closed_activity SET revision = 7 WHERE enrollment_id = ", of!("enrollment", "done"))),
    ("enrollment_of_sequence", "UPDATE sequence SET state = 'INACTIVE', delete_time = create_time WHERE sequence_id = 'tasks'"),
    ("enrollment_of_record", "DELETE FROM history WHERE kind = 104"),
    ("enrollment_of_type", "UPDATE record SET record_type_id = account.id FROM record_type AS account WHERE account.organization_id = record.organization_id AND account.record_type_id = 'account' AND record.record_id = 'hand'; DELETE FROM record_value USING record WHERE record.id = record_value.record_id AND record.record_id = 'hand'"),
    ("enrollment_passes", "UPDATE enrollment SET pass_number = 3 WHERE pass_number = 2"),
    ("enrollment_open_is_last", "UPDATE enrollment SET pass_number = pass_number + 10 FROM record WHERE record.id = enrollment.record_id AND record.record_id = 'again'; UPDATE enrollment SET pass_number = 13 - pass_number WHERE pass_number > 10"),
    ("enrollment_node", "UPDATE sequence_revision SET definition = jsonb_set(sequence_revision.definition, '{1,kind}', '\"task\"') FROM sequence WHERE sequence.id = sequence_revision.sequence_id AND sequence.sequence_id = 'short'"),
    ("place_of_enrollment", "UPDATE sequence_place SET begin_time = '2026-01-01' WHERE begin_time IS NULL"),
    ("place_is_taken", concat!("INSERT INTO sequence_place SELECT organization_id, sequence_id, queue_id, ", nobody!(), ", begin_time FROM sequence_place WHERE begin_time IS NOT NULL")),
    ("line_moves", concat!("DELETE FROM sequence_place WHERE begin_time IS NOT NULL; UPDATE enrollment SET place_queue_id = NULL WHERE id = ", of!("enrollment", "few1"))),
    ("view_of_owner", concat!("UPDATE saved_view SET owner_id = ", nobody!(), " WHERE owner_id IS NOT NULL")),
    ("manual_activity_text", "UPDATE manual_activity SET revision = 2"),
    ("manual_activity_alone", "UPDATE enrollment SET node = 1 WHERE source = 6 AND end_time IS NOT NULL"),
    ("activity_scheduled", "UPDATE activity SET due_time = snooze_until, rank = snooze_until - priority * interval '1 hour' WHERE snooze_count > 0"),
    ("activity_copies", concat!("UPDATE closed_activity SET record_id = ", nobody!(), " WHERE enrollment_id = ", of!("enrollment", "done"))),
    ("activity_kind", concat!("UPDATE activity SET kind = 2, warnings = 2 WHERE id = ", of!("activity", "hand"))),
    ("activity_in_queue", concat!("UPDATE closed_activity SET queue_id = ", nobody!(), " WHERE enrollment_id = ", of!("enrollment", "done"))),
    ("activity_of_owner", concat!("UPDATE queue SET due_count = due_count - 1 WHERE id = (SELECT queue_id FROM activity WHERE id = ", of!("activity", "hand"), "); UPDATE activity SET queue_id = (SELECT id FROM seller WHERE seller_id = 'eve') WHERE id = ", of!("activity", "hand"),
        "; UPDATE queue SET due_count = 1, revision = 1 FROM seller WHERE queue.id = seller.id AND seller.seller_id = 'eve'")),
    ("activity_name", concat!("UPDATE activity SET record_display_name = 'else' WHERE id = ", of!("activity", "hand"))),
    ("activity_warnings", concat!("UPDATE activity SET warnings = 8 - warnings WHERE id = ", of!("activity", "hand"))),
    ("activity_rank", concat!("UPDATE activity SET rank = due_time + interval '1 hour' WHERE id = ", of!("activity", "hand"))),
    ("activity_snoozed", "UPDATE activity SET snooze_count = 0 WHERE snooze_until IS NOT NULL; DELETE FROM history WHERE kind = 8"),
    ("activity_paused", "UPDATE queue SET due_count = due_count + 1 WHERE id = (SELECT queue_id FROM activity WHERE state = 6); UPDATE activity SET state = 1 WHERE state = 6"),
    ("closed_activity_of_enrollment", concat!("UPDATE closed_activity SET state = 5 WHERE enrollment_id = ", of!("enrollment", "done"), "; UPDATE history SET kind = 10 WHERE kind = 6 AND subject_id = ", of!("enrollment", "done"))),
    ("closed_activity_by", concat!("UPDATE closed_activity SET closed_by_key_id = ", nobody!(), " WHERE closed_by_key_id IS NOT NULL")),
    ("wait_has_timer", "DELETE FROM timer WHERE kind = 1"),
    ("snooze_has_timer", "DELETE FROM timer WHERE kind = 2"),
    ("lease_has_timer", "DELETE FROM timer WHERE kind = 110"),
    ("auto_skip_has_timer", "UPDATE activity SET auto_skip_time = due_time + interval '9 days' WHERE state = 1 AND lease_id IS NULL"),
    ("lease_of_key", "UPDATE activity SET lease_epoch = version + 1 WHERE lease_id IS NOT NULL"),
    ("split_has_timer", "DELETE FROM timer WHERE kind = 122"),
    ("timer_held", "UPDATE timer SET held = true"),
    ("timer_in_queue", "UPDATE timer SET queue_id = (SELECT id FROM seller WHERE seller_id = 'eve') WHERE kind = 1"),
    ("webhook_position", webhook!("1", "0")),
    ("webhook_next_attempt", webhook!("0", "1")),
    ("webhook_delivery_of_webhook", given_up!("1")),
    ("webhook_delivery_passed", webhook!("0", "0", "1")),
    ("webhook_delivery_once", webhook!("0", "0", "0", "0")),
    ("history_forgotten", concat!("INSERT INTO history_horizon (organization_id, at, done) VALUES (", ours!(), ", '2100-01-01Z', '2100-01-01Z')")),
    ("history_by", concat!("UPDATE history SET actor_key_id = ", nobody!(), " WHERE kind = 102")),
    ("enrollment_started_once", concat!("DELETE FROM history WHERE kind = 1 AND subject_id = ", of!("enrollment", "done"))),
    ("enrollment_ended_once", concat!("DELETE FROM history WHERE kind = 12 AND subject_id = ", of!("enrollment", "done"))),
    ("enrollment_waits_told", concat!("DELETE FROM history WHERE kind IN (3, 4) AND subject_id = ", of!("enrollment", "done"))),
    ("enrollment_step_told", concat!("UPDATE enrollment SET node = 0 WHERE id = ", of!("enrollment", "done"))),
    ("wait_told", "UPDATE timer SET due_at = due_at + interval '1 hour' WHERE kind IN (1, 120); UPDATE enrollment SET waiting_until = waiting_until + interval '1 hour' WHERE waiting_until IS NOT NULL"),
    ("enrollment_halts", concat!("UPDATE enrollment SET halt_number = 1 WHERE id = ", of!("enrollment", "hand"))),
    ("enrollment_settled", "UPDATE sequence SET halt_number = 1, exit_time = update_time WHERE sequence_id = 'tasks'"),
    ("enrollment_pauses_told", "DELETE FROM history WHERE kind = 31"),
    ("activity_due_told", concat!("DELETE FROM history WHERE kind = 5 AND detail ->> 'node' = '0' AND subject_id = ", of!("enrollment", "done"))),
    ("activity_closed_told", concat!("DELETE FROM history WHERE kind = 6 AND subject_id = ", of!("enrollment", "done"))),
    ("activity_snoozes_told", "UPDATE activity SET snooze_count = 5 WHERE snooze_until IS NOT NULL"),
    ("sequence_of_owner", concat!("UPDATE sequence SET owner_id = ", nobody!())),
    ("tallies_of_history", "UPDATE sequence_tally SET tally = jsonb_set(tally, '{counts}', (tally -> 'counts') || '[[-1, 1, \"\", 1]]')"),
    ("tallies_of_enrollments", "UPDATE sequence_tally SET tally = jsonb_set(tally, '{counts}', (tally -> 'counts') || '[[0, 0, \"\", 1]]')"),
    ("tallies_of_times", "UPDATE sequence_tally SET tally = jsonb_set(tally, '{spent}', (tally -> 'spent') || '[[0, 8, 1, 1]]')"),
    ("tallies_of_splits", "UPDATE split_entry SET variant_id = 'other'"),
    ("tallies_of_wins", "UPDATE split_entry SET reached = reached # 64"),
    ("routing_enrolled_once", "UPDATE history SET detail = detail - 'enrollment' WHERE kind = 101"),
];

/// What breaks each rule that takes a new row to be broken.
#[rustfmt::skip]
fn by_new_rows() -> Vec<(&'static str, String)> {
    let (ana, routing) = ("FROM seller WHERE seller_id = 'ana'", [("organization_id", nobody!())]);
    let ours = ("organization_id", "organization_id");
    let nobody = ("id", nobody!());
    let created = ("create_time", "create_time");

    let team = [ours, nobody, ("team_id", "'new'"), created];
    let queue = [ours, nobody, ("stamp", nobody!())];
    let paid = |record: &str| {
        let member = [("organization_id", "record.organization_id"), ("record_id", "record.id"), ("segment_id", "segment.id"),
            ("join_time", "record.create_time")];
        let pair = format!("FROM record, segment WHERE record.record_id = '{record}' AND segment.segment_id = 'paid'");
        insert("membership", &member, &pair)
    };
    let set_aside = [ours, nobody, ("kind", "'record_change'"), ("subject_id", nobody!()), ("reason", "''"), created];
    let turn_of_rule = [ours, ("assignment_rule_id", nobody!()), ("seller_id", "id"), ("turn", "1")];
    let turn_of_seller = [ours, ("assignment_rule_id", "id"), ("seller_id", nobody!()), ("turn", "999")];
    let timer = [("organization_id", "enrollment.organization_id"), ("due_at", "waiting_until"), ("enrollment_id", "enrollment.id"),
        ("queue_id", "team.id")];
    let later = [("due_at", "due_at + interval '1 hour'")];

    let hand = of!("activity", "hand");
    let at_hand = format!("queue.id = (SELECT queue_id FROM activity WHERE id = {hand})");
    let detail = "'{\"node\": 0, \"activity\": \"00000000-0000-7000-8000-00000000000a\"}'";
    vec![
        ("organization_exists", insert("routing", &routing, "")),
        ("team_has_queue", insert("team", &team, ana)),
        ("queue_of_somebody", insert("queue", &queue, ana)),
        ("membership_of_active_record", paid("paid4")),
        ("membership_was_decided", paid("plain")),
        ("record_deleted_is_gone", event(104, "(SELECT id FROM record WHERE record_id = 'plain')", "'{}'")),
        ("set_aside_subject", insert("set_aside", &set_aside, ana)),
        ("sequence_revisions", copy("sequence_revision", &[("revision", "9")], "sequence_revision", "true LIMIT 1")),
        ("freed_place_of_seller", insert("freed_place", &[ours, ("id", "gen_random_uuid()"), ("seller_id", nobody!())], ana)),
        ("turn_of_rule", insert("assignment_turn", &turn_of_rule, ana)),
        ("turn_of_seller", insert("assignment_turn", &turn_of_seller, "FROM assignment_rule WHERE assignment_rule_id = 'in-turn'")),
        ("enrollment_of_active_record", format!(
            "UPDATE record SET closed = true, close_outcome = 'WON', close_time = create_time WHERE record_id = 'hand'; {}",
            event(103, "(SELECT id FROM record WHERE record_id = 'hand')", "'{}'"))),
        ("enrollment_open_once", format!("{REOPENED}; {}", insert("timer", &timer, concat!(
            "FROM enrollment JOIN team USING (organization_id) WHERE team_id = 'unassigned' AND enrollment.id = ", of!("enrollment", "again"))))),
        ("activity_of_enrollment", format!(
            "{}; UPDATE queue SET due_count = due_count + 1 WHERE id = (SELECT queue_id FROM activity WHERE id = {}); {}",
            copy("activity", &[nobody], "activity", &format!("activity.id = {hand}")), nobody!(),
            event(5, concat!("(SELECT enrollment_id FROM activity WHERE id = ", nobody!(), ")"), detail))),
        ("enrollment_has_activity", format!(
            "{}; UPDATE queue SET due_count = due_count - 1 WHERE {at_hand}; DELETE FROM activity WHERE id = {hand}", closed_copy(hand))),
        ("activity_open_or_closed", closed_copy(hand)),
        ("timer_of_wait", copy("timer", &later, "timer", "timer.kind = 1")),
        ("timer_of_snooze", copy("timer", &later, "timer", "timer.kind = 2")),
        ("timer_of_lease", copy("timer", &later, "timer", "timer.kind = 110")),
        ("timer_of_auto_skip", copy("timer", &[("kind", "111"), ("queue_id", "NULL")], "timer", "timer.kind = 110")),
        ("timer_of_split", copy("timer", &later, "timer", "timer.kind = 122")),
        ("timer_kind", copy("timer", &[("kind", "99")], "timer", "true LIMIT 1")),
        ("history_of_enrollment", event(9, nobody!(), "'{}'")),
    ]
}

/// The wait that was ended is open again, beside the second pass.
const REOPENED: &str = concat!(
    "DROP INDEX enrollment_open_key; DELETE FROM history WHERE kind = 13 AND subject_id = ", of!("enrollment", "again"),
    "; UPDATE enrollment SET state = 2, reason = 0, end_time = NULL, waiting_for = 1, waiting_until =
       (SELECT (detail ->> 'planned')::timestamptz FROM history WHERE subject_id = enrollment.id AND kind = 2) WHERE id = ",
    of!("enrollment", "again"));

/// Writes an event: kind, subject and detail.
fn event(kind: u8, subject: &str, detail: &str) -> String {
    let columns = [
        ("organization_id", "organization_id"),
        ("subject_id", subject),
        ("id", "gen_random_uuid()"),
        ("at", "create_time"),
        ("kind", &kind.to_string()),
        ("detail", detail),
    ];
    insert("history", &columns, "FROM seller WHERE seller_id = 'ana'")
}

/// The copy of an open activity as a closed one, with its event.
fn closed_copy(activity: &str) -> String {
    let same = [
        "organization_id",
        "id",
        "enrollment_id",
        "record_id",
        "sequence_id",
        "revision",
        "node",
        "kind",
        "queue_id",
        "due_time",
        "priority",
        "rank",
        "snooze_count",
        "version",
        "create_time",
    ];
    let columns = same.map(|column| (column, column));
    let columns = [&columns[..], &[("close_time", "due_time")]].concat();
    let enrollment = format!("(SELECT enrollment_id FROM activity WHERE id = {activity})");
    let detail = format!("jsonb_build_object('activity', {activity}::text)");

    let closed = insert("closed_activity", &columns, &format!("FROM activity WHERE id = {activity}"));
    format!("{closed}; {}", event(6, &enrollment, &detail))
}
