//! `upnext migrate --distribute` on a Citus that the environment names. With it, all other tests
//! run on distributed databases, too.

use std::process::Output;

use sqlx::{ConnectOptions as _, Connection as _, PgConnection};

use crate::support::citus::Citus;
use crate::support::database::TestDatabase;
use crate::support::process::upnext;

fn printed(output: &Output) -> String {
    let [out, errors] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    assert!(output.status.success(), "{out}{errors}");
    out.into_owned()
}

#[tokio::test]
async fn a_database_with_rows_is_distributed_and_what_is_left_the_next_time() {
    let Some(citus) = Citus::named().await else {
        eprintln!("SKIPPED upnext on a Citus: name its coordinator in UPNEXT_TEST_CITUS_URL");
        return;
    };
    // Once its template is there: Citus copies roles to a node, which two can't do at once.
    let _template = TestDatabase::new().await;
    let database = citus.make("test_distributed").await;
    let url = database.to_url_lossy().to_string();
    let run = |arguments: &[&str]| {
        let arguments: Vec<&dyn AsRef<std::ffi::OsStr>> = arguments.iter().map(|it| it as _).collect();
        printed(&upnext(&arguments).env("UPNEXT_DATABASE_URL", &url).output().expect("runs"))
    };

    run(&["migrate"]);
    run(&["organizations", "create", "Acme"]);
    let told = run(&["migrate", "--distribute"]);
    assert!(told.contains("distributed organization\ndistributed activity\n"), "{told}");

    let mut conn = PgConnection::connect_with(&database).await.expect("connects");
    let kept: i64 =
        sqlx::query_scalar("SELECT count(*) FROM queue").fetch_one(&mut conn).await.expect("counts");
    assert_eq!(kept, 2, "the rows were moved");
    let left = "CREATE TABLE left_over (organization_id uuid NOT NULL)";
    sqlx::query(left).execute(&mut conn).await.expect("is created");
    let told = run(&["migrate", "--distribute"]);
    let lines: Vec<&str> = told.lines().collect();
    let expected =
        ["the schema is up to date", "distributed left_over", "all tables are distributed by organization"];
    assert_eq!(lines, expected);

    // An equality now, by which Citus finds the shard.
    let only = "SELECT bool_and(one_shard(organization_id, $1)) FROM organization";
    let only: bool =
        sqlx::query_scalar(only).bind(uuid::Uuid::nil()).fetch_one(&mut conn).await.expect("is asked");
    assert!(!only, "nothing is of another organization");

    conn.close().await.expect("can be left");
    assert!(run(&["check"]).starts_with("all "), "the rules hold");
    citus.drop("test_distributed").await;
}
