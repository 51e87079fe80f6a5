//! `upnext import` against a whole server.

use std::fmt::Write as _;
use std::io::BufRead;
use std::path::PathBuf;

use clap::Parser;
use indicatif::ProgressBar;
use serde_json::json;
use tempfile::TempDir;
use upnext::api::pb;
use upnext::cli::import::{Counts, Dialog, Options, import};

use super::support::app::TestApp;
use super::support::crm::{attribute, declare_lead_attributes, records, seller};

/// A folder with a file in it.
pub struct File {
    _folder: TempDir,
    pub path: PathBuf,
}

/// A file with this content.
pub fn file(content: impl AsRef<[u8]>) -> File {
    let folder = tempfile::tempdir().expect("the temp folder is writable");
    let path = folder.path().join("leads.csv");
    std::fs::write(&path, content).expect("can be written");
    File { _folder: folder, path }
}

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    options: Options,
}

/// The options of a command line for leads, whose id is in the column `id` if the flags don't say
/// otherwise.
pub fn options(file: &File, flags: &[&str]) -> Options {
    let path = file.path.to_str().expect("text");
    let mut line = vec!["import", path, "--record-type", "lead"];
    if !flags.contains(&"--id-column") {
        line.extend(["--id-column", "id"]);
    }
    line.extend(flags);
    Line::parse_from(line).options
}

/// What an import comes to, and what it says.
pub async fn run(app: &TestApp, options: &Options) -> (Result<Counts, String>, String) {
    answered(app, options, None).await
}

/// As [`run`], with somebody who answers questions.
pub async fn answered(
    app: &TestApp,
    options: &Options,
    answers: Option<&str>,
) -> (Result<Counts, String>, String) {
    let mut out = Vec::new();
    let mut answers = answers.map(str::as_bytes);
    let answers = answers.as_mut().map(|answers| answers as &mut dyn BufRead);
    let mut dialog = Dialog { out: &mut out, answers };
    let done = import(app.admin.calls(), options, &mut dialog, &ProgressBar::hidden()).await;
    (done.map_err(|error| format!("{error:#}")), String::from_utf8(out).expect("text"))
}

/// A lead as it stands.
pub async fn lead(app: &TestApp, id: &str) -> pb::Record {
    let request = pb::GetRecordRequest { name: format!("recordTypes/lead/records/{id}") };
    let answer = records(&app.admin).get_record(request).await.expect("is imported");
    answer.into_inner().record.expect("the answer has the record")
}

/// How many records there are.
pub async fn count(app: &TestApp) -> i64 {
    let count = sqlx::query_scalar("SELECT count(*) FROM record");
    count.fetch_one(&app.database.pool()).await.expect("can be counted")
}

#[tokio::test]
async fn a_file_is_imported_once_however_often_the_command_runs() {
    let app = TestApp::new().await;
    let mut content = "id,first_contact_date,Landing Page,score,nothing\n".to_owned();
    for line in 0..2500 {
        let day = 1 + line % 28;
        writeln!(content, "l{line},2018-02-{day:02},\"page, {line}\",{line},").expect("text grows");
    }

    let file = file(content);
    let (done, said) = run(&app, &options(&file, &["--declare"])).await;
    assert_eq!(done, Ok(Counts { created: 2500, ..Counts::default() }), "{said}");

    for told in [
        "first_contact_date → record.first_contact_date (DATE, new)",
        "Landing Page → record.Landing_Page (STRING, new)",
        "score → record.score (INT, new)",
        "id → the record's id",
        "nothing is empty in every line and left out",
        "2500 created, 0 updated, 0 unchanged, 0 skipped in ",
    ] {
        assert!(said.contains(told), "{told} in {said}");
    }

    let last = lead(&app, "l2499").await;
    assert_eq!(attribute(&last, "Landing_Page"), json!("page, 2499"));
    assert_eq!(attribute(&last, "score"), json!(2499.0));

    let (again, said) = run(&app, &options(&file, &[])).await;
    assert_eq!(again, Ok(Counts { unchanged: 2500, ..Counts::default() }), "{said}");
    assert_eq!(count(&app).await, 2500);
}

#[tokio::test]
async fn a_bad_line_stops_the_import_before_it_begins_unless_it_is_to_be_skipped() {
    let app = TestApp::new().await;
    declare_lead_attributes(&mut records(&app.admin)).await;
    let content =
        b"id,visits,note\nl1,3,fine\nno spaces,4,bad id\nl3,many,bad type\nl4,5\nl5,6,\xff\nl6,7,fine\n";
    let file = file(content);
    let (done, said) = run(&app, &options(&file, &["--declare"])).await;
    let refused = done.expect_err("refused");
    assert!(refused.starts_with("nothing was imported: 4 of 6 lines are bad"), "{refused}");

    for told in [
        "line 3: the id \"no spaces\" must have the form",
        "line 4: visits: must be a whole number: \"many\"",
        "line 5: has 2 cells, the header has 3",
        "line 6: isn't UTF-8",
        "some lines can't be read as text; it looks like windows-1252: if it is, add --encoding windows-1252",
    ] {
        assert!(said.contains(told), "{told} in {said}");
    }
    assert_eq!(count(&app).await, 0);

    let (done, said) = run(&app, &options(&file, &["--skip-bad-lines", "--declare"])).await;
    assert_eq!(done, Ok(Counts { created: 2, skipped: 4, ..Counts::default() }), "{said}");
}

#[tokio::test]
async fn owners_are_sellers_and_empty_cells_are_missing() {
    let app = TestApp::new().await;
    seller(&app.admin, "ana").await;
    let owned = |content: &str| {
        let file = file(content);
        (options(&file, &["--owner-column", "rep", "--declare"]), file)
    };
    let (with_owner, _file) = owned("id,rep,origin\nl1,ana,social\nl2,,organic\nl3,zoe,x\n");
    let (done, said) = run(&app, &with_owner).await;
    assert!(
        done.is_err() && said.contains("the owner \"zoe\" isn't a seller: 1 line, first line 4"),
        "{said}"
    );

    let (with_owner, _file) = owned("id,rep,origin\nl1,ana,social\nl2,,organic\n");
    assert!(run(&app, &with_owner).await.0.is_ok());
    let (again, _file) = owned("id,rep,origin\nl1,,\nl2,sellers/ana,organic\n");
    let (done, said) = run(&app, &again).await;
    assert_eq!(done, Ok(Counts { updated: 2, ..Counts::default() }), "{said}");

    let first = lead(&app, "l1").await;
    assert_eq!((first.owner.as_str(), attribute(&first, "origin")), ("sellers/ana", json!(null)));
    assert_eq!(lead(&app, "l2").await.owner, "sellers/ana");
}

#[tokio::test]
async fn only_the_last_line_of_a_repeated_id_is_sent() {
    let app = TestApp::new().await;
    let mut content = "id,origin\n".to_owned();
    for round in 0..3 {
        for line in 0..1000 {
            writeln!(content, "l{line},round {round}").expect("text grows");
        }
    }
    let (done, said) = run(&app, &options(&file(content), &["--declare"])).await;
    assert_eq!(done, Ok(Counts { created: 1000, superseded: 2000, ..Counts::default() }), "{said}");
    assert!(
        said.contains("1000 created, 0 updated, 0 unchanged, 0 skipped, 2000 left to a later line"),
        "{said}"
    );
    assert_eq!(attribute(&lead(&app, "l7").await, "origin"), json!("round 2"));
}

#[tokio::test]
async fn unreadable_input_is_reported_in_plain_words() {
    let app = TestApp::new().await;
    let cases: [(&[u8], &str); 7] = [
        (b"key,origin\n1,x\n", "there is no column \"id\", there are: key, origin"),
        (b"id,a,a\n1,x,y\n", "\"a\" names columns 2 and 3"),
        (b"", "has no header line"),
        (b"\xff\xfei\0d\0", "is UTF-16: save it as UTF-8, or add --encoding utf-16le"),
        (b"id,\xff\n1,x\n", "the file must be UTF-8"),
        (b"id;name\nl1;Kim\n", "there are: id;name; add --delimiter ';'"),
        (b"\x1b[1mkey\n1\n", "there are: \\u{1b}[1mkey"),
    ];
    for (content, told) in cases {
        let (done, _) = run(&app, &options(&file(content), &[])).await;
        let refused = done.expect_err("refused");
        assert!(refused.contains(told), "{told} in {refused}");
    }

    let unknown = file("id\nl1\n");
    let (done, _) = run(&app, &Options { record_type: "leed".to_owned(), ..options(&unknown, &[]) }).await;
    assert!(done.expect_err("refused").contains("recordTypes/leed doesn't exist"));
}
