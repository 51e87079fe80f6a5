//! What each queue held at each of its revisions, recorded by the transaction that made the
//! revision.

use std::collections::HashMap;

use serde_json::Value;
use sqlx::{AssertSqlSafe, PgPool};
use upnext::api::{etag, pb};
use upnext::domain::id::QueueId;
use upnext::domain::version::Version;
use uuid::Uuid;

/// At the commit, when all is written, and under the lock on the queue's row, which keeps every
/// other writer of this queue out.
const TRIGGER: &str = "
    CREATE SCHEMA model;
    CREATE TABLE model.journal (
      number bigint GENERATED ALWAYS AS IDENTITY, queue_id uuid, revision bigint, stamp uuid, due bigint, snoozed bigint, rows jsonb);
    CREATE FUNCTION model.note() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO model.journal (queue_id, revision, stamp, due, snoozed, rows)
      SELECT NEW.id, NEW.revision, NEW.stamp, NEW.due_count, NEW.snoozed_count, (
        SELECT coalesce(jsonb_agg(jsonb_build_array(activity.id, activity.version, activity.record_display_name, activity.kind)
          ORDER BY activity.rank, activity.id), '[]')
        FROM public.activity WHERE activity.organization_id = NEW.organization_id AND activity.queue_id = NEW.id
          AND activity.state = 1);
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER note AFTER INSERT OR UPDATE ON public.queue DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION model.note();";

/// Begins to write down.
pub async fn begin(pool: &PgPool) {
    sqlx::raw_sql(AssertSqlSafe(TRIGGER)).execute(pool).await.expect("an administrator may");
}

/// A row of a queue as far as it can differ: name, etag, and what its record is called.
pub type Shown = (String, String, String);

/// What a list shows.
pub fn shown(list: &[pb::Activity]) -> Vec<Shown> {
    let shown = |row: &pb::Activity| (row.name.clone(), row.etag.clone(), row.record_display_name.clone());
    list.iter().map(shown).collect()
}

/// A queue at one revision.
#[derive(Debug)]
pub struct Page {
    pub counts: (i64, i64),
    /// What is due, all of it, each with the number of its kind.
    pub rows: Vec<(Shown, i64)>,
}

impl Page {
    /// The first that are of this kind. `None`: of any.
    pub fn first(&self, number: usize, kind: Option<i64>) -> Vec<Shown> {
        let shown = self.rows.iter().filter(|(_, of)| kind.is_none_or(|kind| kind == *of));
        shown.map(|(row, _)| row.clone()).take(number).collect()
    }
}

/// Which revision: a restored backup counts the same numbers again, with other stamps.
pub type Revision = (QueueId, i64, Uuid);

/// What was written down so far.
#[derive(Default)]
pub struct Journal {
    read: i64,
    pages: HashMap<Revision, Page>,
}

type Line = (i64, Uuid, i64, Uuid, i64, i64, Value);

impl Journal {
    /// Reads what was written since the last time.
    pub async fn read_on(&mut self, pool: &PgPool) {
        let lines: Vec<Line> = sqlx::query_as(
            "SELECT number, queue_id, revision, stamp, due, snoozed, rows FROM model.journal WHERE number > $1 ORDER BY number",
        )
        // Numbers become visible out of order: the last ones are looked at again.
        .bind(self.read - 1_000)
        .fetch_all(pool)
        .await
        .expect("can be read");
        for (number, queue, revision, stamp, due, snoozed, rows) in lines {
            self.read = self.read.max(number);
            let rows = rows.as_array().expect("a list").iter().map(row).collect();
            self.pages.insert((QueueId(queue), revision, stamp), Page { counts: (due, snoozed), rows });
        }
    }

    /// A queue at a revision.
    pub fn page(&self, revision: &Revision) -> Result<&Page, String> {
        self.pages.get(revision).ok_or_else(|| format!("{revision:?} never was"))
    }

    /// A queue at every revision of a number.
    pub fn pages(&self, queue: QueueId, revision: i64) -> impl Iterator<Item = &Page> {
        let is_it = move |key: &Revision| (key.0, key.1) == (queue, revision);
        self.pages.iter().filter(move |(key, _)| is_it(key)).map(|(_, page)| page)
    }
}

fn row(line: &Value) -> (Shown, i64) {
    let (id, name) = (line[0].as_str().expect("an id"), line[2].as_str().expect("a name"));
    let version = line[1].as_i64().expect("a number");
    let key = id.parse().expect("a key");
    let kind = line[3].as_i64().expect("a number");
    ((format!("activities/{id}"), etag::of(Version::of(key, version)), name.to_owned()), kind)
}
