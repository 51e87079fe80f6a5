//! Broken files for `upnext import`: each is refused in plain words, with its line, and nothing of
//! it is imported.

use serde_json::json;
use upnext::cli::import::Counts;

use super::import::{self, count, file, lead, options};
use super::support::app::TestApp;
use super::support::crm::attribute;
use super::support::process::{run as run_binary, upnext};

/// What an import comes to, and all that it says.
async fn run(app: &TestApp, content: impl AsRef<[u8]>, flags: &[&str]) -> (Option<Counts>, String) {
    let file = file(content);
    let (done, said) = import::run(app, &options(&file, &[&["--declare"], flags].concat())).await;
    match done {
        Ok(counts) => (Some(counts), said),
        Err(error) => (None, format!("{said}{error}")),
    }
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
            "is UTF-16: save it as UTF-8, or add --encoding utf-16le",
        ),
        case(
            "a workbook",
            b"PK\x03\x04\x14\0\x06\0".to_vec(),
            "is a zip file, like .xlsx: save it as CSV: in Excel, File, Save as, CSV UTF-8",
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
        case("an empty id", text("id,note\nl1,x\n,y\n"), "line 3: the id is empty"),
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
    for (what, content, told) in refused_files() {
        for flags in [&[][..], &["--dry-run"]] {
            let (done, said) = run(&app, &content, flags).await;
            assert_eq!(done, None, "{what}: {said}");
            assert!(said.contains(&told), "{what}: {told:?} in {said:?}");
            assert_eq!(count(&app).await, 0, "{what}");
        }
    }
}

#[tokio::test]
async fn an_unclosed_quote_ends_the_import_even_if_bad_lines_are_skipped() {
    let app = TestApp::new().await;
    let content = "id,note\nl1,fine\nl2,\"open\nl3,x\n";
    let (done, said) = run(&app, content, &["--skip-bad-lines"]).await;
    assert_eq!(done, None, "{said}");
    assert_eq!(count(&app).await, 0);
}

#[tokio::test]
async fn byte_order_marks_line_endings_and_blank_lines_make_no_difference() {
    let app = TestApp::new().await;
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
        let (done, said) = run(&app, lines.join(end), &["--skip-bad-lines"]).await;
        assert_eq!(done, Some(Counts { created: 2, skipped: 1, ..Counts::default() }), "{end:?}: {said}");
        assert!(said.contains("line 6: the id \"no id\""), "{end:?}: {said}");
        let record = lead(&app, &id(1)).await;
        assert_eq!(attribute(&record, "note"), json!(format!("two{end}lines")));
    }
}

#[tokio::test]
async fn a_duplicate_id_is_reported_with_both_lines() {
    let app = TestApp::new().await;
    let (done, said) = run(&app, "id,note\nl1,a\nl2,b\nl1,c\n", &[]).await;
    assert_eq!(done, Some(Counts { created: 2, superseded: 1, ..Counts::default() }), "{said}");
    assert!(
        said.contains("line 4: the id \"l1\" stands in line 2, too; only the last line is sent"),
        "{said}"
    );
}

#[tokio::test]
async fn an_unreadable_file_ends_the_command_with_a_message_and_an_exit_code() {
    let app = TestApp::new().await;
    let broken = file("id,note\nl1,\"open\n");
    let folder = broken.path.parent().expect("it stands in a folder").to_owned();
    let cases = [
        (folder.clone(), "can't be read: Is a directory"),
        (folder.join("missing.csv"), "can't be read: No such file"),
        (broken.path.clone(), "line 2: a quote opens here and is never closed"),
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
