//! Broken files for `upnext import`: each is refused in plain words, with its line, and nothing of
//! it is imported.

use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use serde_json::json;
use upnext::api::pb;
use upnext::cli::import::{Counts, Options, import};

use super::support::app::TestApp;
use super::support::crm::{attribute, records};
use super::support::process::{run as run_binary, upnext};

fn options(path: &Path) -> Options {
    Options {
        file: path.to_owned(),
        record_type: "lead".to_owned(),
        id_column: "id".to_owned(),
        owner_column: None,
        delimiter: ',',
        skip_bad_lines: false,
        suppress_segmentation: false,
    }
}

/// What an import comes to, and all that it says.
async fn run(app: &TestApp, options: &Options) -> (Option<Counts>, String) {
    let mut out = Vec::new();
    let done = import(app.admin.calls(), options, &mut out, &ProgressBar::hidden()).await;
    let mut said = String::from_utf8(out).expect("text");
    match done {
        Ok(counts) => (Some(counts), said),
        Err(error) => {
            said.push_str(&format!("{error:#}"));
            (None, said)
        }
    }
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("the temp folder is writable"))
    }

    fn file(&self, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join("leads.csv");
        std::fs::write(&path, content).expect("can be written");
        path
    }
}

async fn count(app: &TestApp) -> i64 {
    let count = sqlx::query_scalar("SELECT count(*) FROM record");
    count.fetch_one(&app.database.pool()).await.expect("can be counted")
}

/// Files of which nothing is imported, and what is said of each.
fn refused_files() -> Vec<(&'static str, Vec<u8>, String)> {
    let many = |cells: usize| vec!["x"; cells].join(",");
    let wide =
        format!("id,{}\nl1,{}\n", (0..600).map(|n| format!("c{n}")).collect::<Vec<_>>().join(","), many(600));
    let huge = "x".repeat(40_000);
    let text = |text: &str| text.as_bytes().to_vec();
    let case = |what, content: Vec<u8>, told: &str| (what, content, told.to_owned());
    vec![
        case("empty", vec![], "has no header line"),
        case("blank lines only", text("\n\r\n\n"), "has no header line"),
        case("only a header", text("id,note\n"), "has a header and no other line"),
        case("only a mark of UTF-8", text("\u{feff}"), "has no header line"),
        case("UTF-16", b"\xff\xfei\0d\0\n\0".to_vec(), "is UTF-16: save it as UTF-8"),
        case(
            "UTF-16 without a mark",
            b"i\0d\0,\0n\0\n\0".to_vec(),
            "holds the character NUL: save it as UTF-8",
        ),
        case("a header that isn't UTF-8", b"id,n\xe4me\nl1,x\n".to_vec(), "the file must be UTF-8"),
        case("a cell that isn't UTF-8", b"id,name\nl1,x\nl2,n\xe4me\n".to_vec(), "line 3: isn't UTF-8"),
        case(
            "NUL in a cell of an unknown column",
            b"id,name\nl1,x\nl2,a\0b\n".to_vec(),
            "line 3: name: must not contain the character NUL",
        ),
        case(
            "a quote that is never closed",
            text("id,note\nl1,fine\nl2,\"open\nl3,x\n"),
            "line 3: a quote opens here and is never closed",
        ),
        case(
            "such a quote in the header",
            text("id,\"note\nl1,x\n"),
            "line 1: a quote opens here and is never closed",
        ),
        case(
            "a quote that the next line's closes",
            text("id,note\nl1,\"open\nl2,\"x\"\n"),
            "line 3: a quote is followed by more of its cell; is the quote of line 2 not closed",
        ),
        case(
            "a row that is too short",
            text("id,a,b\nl1,1,2\nl2,1\n"),
            "line 3: has 2 cells, the header has 3",
        ),
        case(
            "a row that is too long",
            text("id,a\r\nl1,1\r\nl2,1,2\r\n"),
            "line 3: has 3 cells, the header has 2",
        ),
        case(
            "a row of very many cells",
            text(&format!("id,a\nl1,{}\n", many(100_000))),
            "line 2: has 100001 cells, the header has 2",
        ),
        case("a header of very many columns", text(&wide), "must be at most 500 items, has 600"),
        case("a header name twice", text("id,a,b,a\nl1,1,2,3\n"), "\"a\" names columns 2 and 4"),
        case("the id column twice", text("id,id\nl1,l1\n"), "\"id\" names columns 1 and 2"),
        case(
            "no such id column",
            text("key,note\nl1,x\n"),
            "there is no column \"id\", there are: key, note",
        ),
        case("another delimiter", text("id;note\nl1;x\n"), "there is no column \"id\", there are: id;note"),
        case("an empty id", text("id,note\nl1,x\n,y\n"), "line 3: the id \"\" must have the form"),
        case(
            "a cell that is too long",
            text(&format!("id,note\nl1,{huge}\n")),
            "line 2: note: must be at most 32768 characters, has 40000",
        ),
        case(
            "a line that is too long",
            text(&format!("id,note\nl1,{}\n", "x".repeat(2 << 20))),
            "line 2: has 2097154 bytes, a record has at most 262144",
        ),
        case(
            "a line without an end",
            text(&format!("id,note\nl1,\"{}", "x".repeat(17 << 20))),
            "line 2: is longer than 16 MiB; is a quote not closed?",
        ),
    ]
}

#[tokio::test]
async fn a_broken_file_is_refused_with_its_line_and_nothing_of_it_is_imported() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    for (what, content, told) in refused_files() {
        let (done, said) = run(&app, &options(&folder.file(content))).await;
        assert_eq!(done, None, "{what}: {said}");
        assert!(said.contains(&told), "{what}: {told:?} in {said:?}");
        assert_eq!(count(&app).await, 0, "{what}");
    }
}

#[tokio::test]
async fn an_unclosed_quote_ends_the_import_even_if_bad_lines_are_skipped() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    let file = folder.file("id,note\nl1,fine\nl2,\"open\nl3,x\n");
    let (done, said) = run(&app, &Options { skip_bad_lines: true, ..options(&file) }).await;
    assert_eq!(done, None, "{said}");
    assert_eq!(count(&app).await, 0);
}

#[tokio::test]
async fn byte_order_marks_line_endings_and_blank_lines_make_no_difference() {
    let app = TestApp::new().await;
    let folder = Folder::new();

    for (number, end) in ["\n", "\r\n", "\r"].into_iter().enumerate() {
        let id = |line: usize| format!("f{number}l{line}");
        let lines = [
            "\u{feff}\"id\",note".to_owned(),
            String::new(),
            format!("{},\"two", id(1)),
            "lines\"".to_owned(),
            format!("{},", id(2)),
            "no id,x".to_owned(),
        ];
        let file = folder.file(lines.join(end));
        let (done, said) = run(&app, &Options { skip_bad_lines: true, ..options(&file) }).await;
        assert_eq!(done, Some(Counts { created: 2, skipped: 1, ..Counts::default() }), "{end:?}: {said}");
        assert!(said.contains("line 6: the id \"no id\""), "{end:?}: {said}");
        let request = pb::GetRecordRequest { name: format!("recordTypes/lead/records/{}", id(1)) };
        let record = records(&app.admin).get_record(request).await.expect("is imported").into_inner().record;
        assert_eq!(attribute(&record.expect("has it"), "note"), json!(format!("two{end}lines")));
    }
}

#[tokio::test]
async fn a_duplicate_id_is_reported_with_both_lines() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    let file = folder.file("id,note\nl1,a\nl2,b\nl1,c\n");
    let (done, said) = run(&app, &options(&file)).await;
    assert_eq!(done, Some(Counts { created: 2, updated: 1, ..Counts::default() }), "{said}");
    assert!(said.contains("line 4: the id \"l1\" stands in line 2, too; the last one counts"), "{said}");
}

#[tokio::test]
async fn an_unreadable_file_ends_the_command_with_a_message_and_an_exit_code() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    let missing = folder.0.path().join("missing.csv");
    let cases = [
        (folder.0.path().to_owned(), "can't be read: Is a directory"),
        (missing, "can't be read: No such file"),
        (folder.file("id,note\nl1,\"open\n"), "line 2: a quote opens here and is never closed"),
    ];
    let address = app.address.to_string();

    for (path, told) in cases {
        let mut command = upnext(&[&"import", &path, &"--record-type", &"lead", &"--id-column", &"id"]);
        command.env("UPNEXT_ADDRESS", &address).env("UPNEXT_KEY", &app.admin.secret);
        let output = tokio::task::spawn_blocking(move || run_binary(&mut command)).await.expect("runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(told), "{told:?} in {said:?}");
    }
    assert_eq!(count(&app).await, 0);
}
