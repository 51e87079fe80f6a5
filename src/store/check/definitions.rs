//! Rules for templates, sequences, segments, assignment rules and operations.

use super::{Rule, rule};

pub(super) const RULES: &[Rule] = &[
    rule!(
        "definition_of_type",
        "the record type of every template, sequence, segment and running operation exists, unless that is for all types",
        "SELECT typed.organization_id, jsonb_build_object(typed.name, typed.id, 'record_type', typed.record_type_id) AS ids,
           format('the %s is of a record type that does not exist', typed.name) AS sentence
         FROM (
           SELECT organization_id, 'template' AS name, id, record_type_id FROM template
           UNION ALL SELECT organization_id, 'sequence', id, record_type_id FROM sequence
           UNION ALL SELECT organization_id, 'segment', id, record_type_id FROM segment
           UNION ALL SELECT organization_id, 'operation', id, record_type_id FROM operation
           WHERE state = 'RUNNING' AND record_type_id <> '00000000-0000-0000-0000-000000000000'
         ) AS typed
         LEFT JOIN record_type ON record_type.organization_id = typed.organization_id AND record_type.id = typed.record_type_id
         WHERE record_type.id IS NULL"
    ),
    rule!(
        "sequence_of_owner",
        "the owner of every sequence exists",
        "SELECT sequence.organization_id, jsonb_build_object('sequence', sequence.id, 'seller', sequence.owner_id) AS ids,
           'the sequence belongs to a seller that does not exist' AS sentence
         FROM sequence
         LEFT JOIN seller ON seller.organization_id = sequence.organization_id AND seller.id = sequence.owner_id
         WHERE sequence.owner_id IS NOT NULL AND seller.id IS NULL"
    ),
    rule!(
        "sequence_revisions",
        "a sequence has every revision from 1 to its newest, each once",
        "SELECT sequence.organization_id, jsonb_build_object('sequence', sequence.id) AS ids,
           format('sequences/%s is at revision %s, and %s are kept up to %s', sequence.sequence_id, sequence.revision,
             coalesce(kept.revisions, 0), coalesce(kept.newest, 0)) AS sentence
         FROM sequence
         LEFT JOIN (
           SELECT organization_id, sequence_id, count(*) AS revisions, max(revision) AS newest
           FROM sequence_revision
           GROUP BY organization_id, sequence_id
         ) AS kept ON kept.organization_id = sequence.organization_id AND kept.sequence_id = sequence.id
         WHERE coalesce(kept.revisions, 0) <> sequence.revision OR coalesce(kept.newest, 0) <> sequence.revision"
    ),
    // #>> with an empty path turns the JSON string into text without quotes.
    rule!(
        "sequence_templates",
        "every template that an active sequence uses exists",
        "SELECT sequence.organization_id, jsonb_build_object('sequence', sequence.id) AS ids,
           format('step %s of sequences/%s uses a template that does not exist', step.definition ->> 'step_id', sequence.sequence_id) AS sentence
         FROM sequence
         JOIN sequence_revision ON sequence_revision.organization_id = sequence.organization_id
           AND sequence_revision.sequence_id = sequence.id AND sequence_revision.revision = sequence.revision
         CROSS JOIN LATERAL jsonb_array_elements(sequence_revision.definition) AS step (definition)
         CROSS JOIN LATERAL (SELECT jsonb_path_query_first(step.definition, '$.kind.*.template') #>> '{{}}') AS named (template)
         LEFT JOIN template ON template.organization_id = sequence.organization_id AND template.id::text = named.template
         WHERE sequence.state = 'ACTIVE' AND named.template IS NOT NULL AND template.id IS NULL"
    ),
    rule!(
        "segment_connection",
        "a connected sequence exists, is not deleted, and has the same record type as its segment",
        "SELECT segment.organization_id, jsonb_build_object('segment', segment.id, 'sequence', segment.connected_sequence_id) AS ids,
           format('segments/%s is connected to a sequence that %s', segment.segment_id,
             CASE WHEN sequence.id IS NULL THEN 'does not exist' WHEN sequence.delete_time IS NOT NULL THEN 'is deleted'
               ELSE 'is of another type' END) AS sentence
         FROM segment
         LEFT JOIN sequence ON sequence.organization_id = segment.organization_id AND sequence.id = segment.connected_sequence_id
         WHERE segment.connected_sequence_id IS NOT NULL
           AND (sequence.id IS NULL OR sequence.delete_time IS NOT NULL OR sequence.record_type_id <> segment.record_type_id)"
    ),
    rule!(
        "segment_priorities",
        "the n segments of a record type have the priorities 1 to n, each once",
        "SELECT organization_id, jsonb_build_object('record_type', record_type_id) AS ids,
           format('%s segments of one type have the priorities %s', count(*), array_agg(priority ORDER BY priority)) AS sentence
         FROM segment
         GROUP BY organization_id, record_type_id
         HAVING min(priority) <> 1 OR max(priority) <> count(*) OR count(DISTINCT priority) <> count(*)"
    ),
    rule!(
        "rule_priorities",
        "the n rules of a segment have the priorities 1 to n, each once",
        "SELECT organization_id, jsonb_build_object('segment', segment_id) AS ids,
           format('%s rules of one segment have the priorities %s', count(*), array_agg(priority ORDER BY priority)) AS sentence
         FROM assignment_rule
         GROUP BY organization_id, segment_id
         HAVING min(priority) <> 1 OR max(priority) <> count(*) OR count(DISTINCT priority) <> count(*)"
    ),
    rule!(
        "rule_sellers",
        "every seller that a rule lists exists",
        "SELECT assignment_rule.organization_id, jsonb_build_object('assignment_rule', assignment_rule.id, 'seller', listed.seller_id) AS ids,
           format('the rule %s lists a seller that does not exist', assignment_rule.assignment_rule_id) AS sentence
         FROM assignment_rule
         CROSS JOIN LATERAL unnest(assignment_rule.listed_seller_ids) AS listed (seller_id)
         LEFT JOIN seller ON seller.organization_id = assignment_rule.organization_id AND seller.id = listed.seller_id
         WHERE seller.id IS NULL"
    ),
    rule!(
        "rule_team",
        "a rule names a team if the team's members are its candidates, and the team exists",
        "SELECT assignment_rule.organization_id, jsonb_build_object('assignment_rule', assignment_rule.id, 'team', assignment_rule.team_id) AS ids,
           format('the rule %s names a team that does not exist, or has candidates %s', assignment_rule.assignment_rule_id,
             assignment_rule.candidates) AS sentence
         FROM assignment_rule
         LEFT JOIN team ON team.organization_id = assignment_rule.organization_id AND team.id = assignment_rule.team_id
           AND team.delete_time IS NULL
         WHERE (assignment_rule.candidates = 'TEAM') <> (team.id IS NOT NULL)
           OR assignment_rule.candidates <> 'TEAM' AND assignment_rule.team_id IS NOT NULL"
    ),
    rule!(
        "rule_seller_condition",
        "a rule has a condition over sellers exactly if those who match it are its candidates",
        "SELECT organization_id, jsonb_build_object('assignment_rule', id) AS ids,
           format('the rule %s has candidates %s and the seller condition %s', assignment_rule_id, candidates,
             coalesce(seller_condition, 'null')) AS sentence
         FROM assignment_rule
         WHERE (candidates = 'MATCHING') <> (seller_condition IS NOT NULL)"
    ),
    rule!(
        "freed_place_of_seller",
        "the seller of every freed place exists",
        "SELECT freed_place.organization_id, jsonb_build_object('freed_place', freed_place.id, 'seller', freed_place.seller_id) AS ids,
           'a place was freed for a seller that does not exist' AS sentence
         FROM freed_place
         LEFT JOIN seller ON seller.organization_id = freed_place.organization_id AND seller.id = freed_place.seller_id
         WHERE seller.id IS NULL"
    ),
    rule!(
        "turn_of_rule",
        "the rule or team of every turn exists, unless it is a turn of all rules",
        "SELECT assignment_turn.organization_id,
           jsonb_build_object('assignment_rule', assignment_turn.assignment_rule_id, 'seller', assignment_turn.seller_id) AS ids,
           'a turn is kept for a rule or team that does not exist' AS sentence
         FROM assignment_turn
         LEFT JOIN assignment_rule ON assignment_rule.organization_id = assignment_turn.organization_id
           AND assignment_rule.id = assignment_turn.assignment_rule_id
         -- Steps that give records to a team's members keep the turns under the team's key.
         LEFT JOIN team ON team.organization_id = assignment_turn.organization_id
           AND team.id = assignment_turn.assignment_rule_id
         WHERE assignment_rule.id IS NULL AND team.id IS NULL
           AND assignment_turn.assignment_rule_id <> assignment_turn.organization_id"
    ),
    rule!(
        "turn_of_seller",
        "the seller of every turn exists",
        "SELECT assignment_turn.organization_id,
           jsonb_build_object('assignment_rule', assignment_turn.assignment_rule_id, 'seller', assignment_turn.seller_id) AS ids,
           'a turn is kept for a seller that does not exist' AS sentence
         FROM assignment_turn
         LEFT JOIN seller ON seller.organization_id = assignment_turn.organization_id AND seller.id = assignment_turn.seller_id
         WHERE seller.id IS NULL"
    ),
    rule!(
        "turn_is_one_sellers",
        "no two sellers have the same turn of a rule",
        "SELECT organization_id, jsonb_build_object('assignment_rule', assignment_rule_id) AS ids,
           format('%s sellers had turn %s', count(*), turn) AS sentence
         FROM assignment_turn
         GROUP BY organization_id, assignment_rule_id, turn
         HAVING count(*) > 1"
    ),
    rule!(
        "operation_target",
        "the sequence that an operation feeds exists",
        "SELECT operation.organization_id, jsonb_build_object('operation', operation.id, 'sequence', operation.target_id) AS ids,
           format('the operation feeds %s, which does not exist', operation.target_name) AS sentence
         FROM operation
         LEFT JOIN sequence ON sequence.organization_id = operation.organization_id AND sequence.id = operation.target_id
         WHERE operation.kind = 'FEED_SEQUENCE' AND sequence.id IS NULL"
    ),
    rule!(
        "operation_counts",
        "an operation has processed every record that it counts as failed or enrolled",
        "SELECT organization_id, jsonb_build_object('operation', id) AS ids,
           format('of %s records %s failed and %s were enrolled', done, failed, enrolled) AS sentence
         FROM operation
         WHERE total < 0 OR failed < 0 OR enrolled < 0 OR failed + enrolled > done"
    ),
    rule!(
        "operation_cursor",
        "the cursor of an operation is not beyond its last record, if it has one, and is set once a record was processed",
        "SELECT organization_id, jsonb_build_object('operation', id) AS ids,
           format('the operation has looked at %s records and is at %s, of records up to %s', done, cursor_record_id, upto_record_id) AS sentence
         FROM operation
         WHERE cursor_record_id > upto_record_id AND kind <> 'SETTLE_ENROLLMENTS' OR (cursor_record_id IS NULL) <> (done = 0)"
    ),
];
