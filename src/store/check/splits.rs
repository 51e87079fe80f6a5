//! Rules for splits that decide at their end.

use super::{Rule, rule};
use crate::domain::timer::TimerKind;

/// The SQL for the splits of newest revisions that decide at their end.
const ENDS: &str = "SELECT sequence.organization_id, sequence.id, (kept.kind -> 'split' ->> 'end_time')::timestamptz AS end_time
         FROM sequence
         JOIN sequence_revision AS newest ON newest.organization_id = sequence.organization_id
           AND newest.sequence_id = sequence.id AND newest.revision = sequence.revision
         -- Steps stand inside branches and splits, too.
         CROSS JOIN LATERAL jsonb_path_query(newest.definition, 'strict $.** ? (exists (@.split.goal.decide_at_end))') AS kept (kind)";

pub(super) const RULES: &[Rule] = &[
    rule!(
        "split_has_timer",
        "every split of a newest revision that decides at its end has the timer of that, until then",
        "SELECT split.organization_id, jsonb_build_object('sequence', split.id) AS ids,
           format('a split decides at its end, %s, and has no timer for it', split.end_time) AS sentence
         FROM ({ends}) AS split
         LEFT JOIN timer ON timer.organization_id = split.organization_id AND timer.due_at = split.end_time
           AND timer.kind = {kind} AND timer.subject_id = split.id
         WHERE split.end_time > $2 AND timer.subject_id IS NULL",
        ends = ENDS,
        kind = TimerKind::SplitEnd as i16
    ),
    rule!(
        "timer_of_split",
        "the timer of a split's end is that of a newest revision's split that decides then",
        "SELECT timer.organization_id, jsonb_build_object('sequence', timer.subject_id) AS ids,
           format('a timer of splits falls due at %s, and none decides then', timer.due_at) AS sentence
         FROM timer
         LEFT JOIN ({ends}) AS split ON split.organization_id = timer.organization_id AND split.id = timer.subject_id
           AND split.end_time = timer.due_at
         WHERE timer.kind = {kind} AND (split.id IS NULL OR timer.enrollment_id <> timer.subject_id)",
        ends = ENDS,
        kind = TimerKind::SplitEnd as i16
    ),
];
