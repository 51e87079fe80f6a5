-- Counts the history of one organization, from the first day of which all is kept, into merged
-- tallies: what its transactions would have counted.
WITH event AS (
  SELECT enrollment.sequence_id,
    -- Before it moved to its revision, it was on the one that the next move tells.
    coalesce((array_agg((history.detail ->> 'revision')::integer) FILTER (WHERE history.kind = {migrated}) OVER later)[1],
      enrollment.revision) AS revision,
    (history.at AT TIME ZONE 'UTC')::date AS day,
    coalesce((history.detail ->> 'node')::integer, {whole}) AS node, history.kind, history.at,
    CASE WHEN history.kind IN ({worded}) THEN coalesce(history.detail ->> 'outcome', '') ELSE '' END AS word,
    enrollment.create_time,
    max(history.at) FILTER (WHERE history.kind IN ({arriving})) OVER step AS reach_time
  FROM history
  JOIN enrollment ON enrollment.organization_id = history.organization_id AND enrollment.id = history.subject_id
  WHERE history.organization_id = $1 AND history.kind IN ({of_enrollment}) AND enrollment.source <> {manual}
  WINDOW
    step AS (PARTITION BY history.subject_id, history.detail ->> 'node' ORDER BY history.id),
    later AS (PARTITION BY history.subject_id ORDER BY history.id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
), spent AS (
  SELECT sequence_id, revision, day, node, extract(epoch FROM at - reach_time)::bigint AS seconds
  FROM event WHERE kind IN ({passing}) AND node <> {whole}
  UNION ALL
  SELECT sequence_id, revision, day, node, extract(epoch FROM at - create_time)::bigint
  FROM event WHERE kind = {completed}
), bucketed AS (
  SELECT sequence_id, revision, day, node, greatest(seconds, 0) AS seconds,
    64 - position('1' IN (greatest(seconds, 0) + 1)::bit(64)::text) AS doubling
  FROM spent
), move AS (
  SELECT subject_id, id, (detail ->> 'record')::uuid AS record_id, lag(id) OVER (PARTITION BY subject_id ORDER BY id) AS since
  FROM history WHERE organization_id = $1 AND kind = {moved}
), stay AS (
  -- The records that an enrollment was of before they were merged into others, and the present one.
  SELECT enrollment.id, enrollment.sequence_id, enrollment.revision, move.record_id, move.since, move.id AS until
  FROM move
  JOIN enrollment ON enrollment.organization_id = $1 AND enrollment.id = move.subject_id
  UNION ALL
  SELECT enrollment.id, enrollment.sequence_id, enrollment.revision, enrollment.record_id, last.id, NULL
  FROM enrollment
  LEFT JOIN (SELECT subject_id, (array_agg(id ORDER BY id DESC))[1] AS id FROM move GROUP BY subject_id) AS last
    ON last.subject_id = enrollment.id
  WHERE enrollment.organization_id = $1 AND enrollment.source <> {manual}
), closing AS (
  SELECT DISTINCT ON (history.id, stay.sequence_id) stay.sequence_id, stay.revision,
    (history.at AT TIME ZONE 'UTC')::date AS day, history.kind, coalesce(history.detail ->> 'outcome', '') AS word
  FROM history
  JOIN stay ON stay.record_id = history.subject_id AND stay.id < history.id
    AND (stay.since IS NULL OR stay.since < history.id) AND (stay.until IS NULL OR stay.until > history.id)
  WHERE history.organization_id = $1 AND history.kind IN ({closings})
  ORDER BY history.id, stay.sequence_id, stay.id DESC
), part AS (
  SELECT sequence_id, revision, day, node, kind, word, NULL::integer AS bucket, count(*) AS number, 0::numeric AS seconds
  FROM event GROUP BY sequence_id, revision, day, node, kind, word
  UNION ALL
  -- Nothing is told of what hasn't started, and of a command once it is carried out.
  SELECT sequence_id, revision, (step_reach_time AT TIME ZONE 'UTC')::date, node, {stays}, '', NULL, count(*), 0
  FROM enrollment
  WHERE organization_id = $1 AND end_time IS NULL AND source <> {manual} AND (waiting_for IS NULL OR waiting_for NOT IN ({elsewhere}))
  GROUP BY 1, 2, 3, 4
  UNION ALL
  SELECT sequence_id, revision, day, {whole}, kind, word, NULL, count(*), 0
  FROM closing GROUP BY sequence_id, revision, day, kind, word
  UNION ALL
  SELECT sequence_id, revision, day, node, NULL, NULL, doubling * 8 + (((seconds + 1) * 8 >> doubling) - 8)::integer,
    count(*), sum(seconds)
  FROM bucketed GROUP BY sequence_id, revision, day, node, 7
)
INSERT INTO sequence_tally (organization_id, sequence_id, revision, day, id, merged, tally)
SELECT $1, sequence_id, revision, day, $2, true, jsonb_build_object(
  'counts', coalesce(jsonb_agg(jsonb_build_array(node, kind, word, number)) FILTER (WHERE bucket IS NULL), '[]'),
  'spent', coalesce(jsonb_agg(jsonb_build_array(node, bucket, number, seconds)) FILTER (WHERE bucket IS NOT NULL), '[]'))
FROM part WHERE $3::date IS NULL OR day >= $3 GROUP BY sequence_id, revision, day
