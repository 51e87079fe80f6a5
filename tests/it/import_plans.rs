//! What `upnext import` says before it changes anything: what it takes messy files for, what it
//! would set off, and what it can't do.

use serde_json::json;
use upnext::cli::import::Counts;

use super::import::{answered, count, file, lead, options, run};
use super::support::app::TestApp;
use super::support::crm::{attribute, seller};

/// Imports a file with `--declare`, which must succeed, and returns what was said.
async fn imported(app: &TestApp, content: &str, flags: &[&str]) -> String {
    let (done, said) = run(app, &options(&file(content), &[&["--declare"], flags].concat())).await;
    done.unwrap_or_else(|error| panic!("{error} after {said}"));
    said
}

/// Looks at a file, of which nothing is wrong, and returns what was said.
async fn looked_at(app: &TestApp, content: &str, flags: &[&str]) -> String {
    let (done, said) = run(app, &options(&file(content), &[&["--dry-run"], flags].concat())).await;
    done.unwrap_or_else(|error| panic!("{error} after {said}"));
    said
}

/// Imports a file, which must be refused, and returns all that was said.
async fn refused(app: &TestApp, content: &str, flags: &[&str]) -> String {
    let (done, said) = run(app, &options(&file(content), flags)).await;
    format!("{said}{}", done.expect_err("refused"))
}

fn holds(said: &str, all: &[&str]) {
    for told in all {
        assert!(said.contains(told), "{told} in {said}");
    }
}

#[tokio::test]
async fn a_consent_column_of_any_language_is_asked_about() {
    let app = TestApp::new().await;
    let content = "id,Keine Anrufe,Einwilligung\nl1,ja,nein\n";
    let told = refused(&app, content, &["--declare", "--yes"]).await;
    holds(
        &told,
        &[
            "\"Einwilligung\" seems to say who may be contacted, but upnext heeds who may not",
            "(record.do_not_phone and record.do_not_email)",
            "--map 'Einwilligung=Einwilligung' for an attribute that upnext doesn't heed",
        ],
    );
    let told = refused(&app, content, &["--declare"]).await;
    holds(
        &told,
        &["\"Keine Anrufe\": --map 'Keine Anrufe=do_not_phone', or --map 'Keine Anrufe=Keine_Anrufe'"],
    );

    let leads = file(content);
    let flags = ["--declare", "--map", "Einwilligung="];
    let (done, said) = answered(&app, &options(&leads, &flags), Some("y\n")).await;
    assert_eq!(done, Ok(Counts { created: 1, ..Counts::default() }), "{said}");
    holds(&said, &["Does \"Keine Anrufe\" say who may not be called (record.do_not_phone)?"]);
    assert_eq!(attribute(&lead(&app, "l1").await, "do_not_phone"), json!(true));
}

#[tokio::test]
async fn a_plan_says_which_segments_take_the_records() {
    let app = TestApp::new().await;
    let content = "id\nl1\n";
    let said = looked_at(&app, content, &[]).await;
    assert!(!said.contains("segment"), "{said}");

    app.admin.segment("fresh", "record.name == \"Ann\"").await;
    app.admin.segment("draft", "record.name == \"Bo\"").await;
    app.admin.activate_segment("fresh").await;
    let said = looked_at(&app, content, &[]).await;
    holds(
        &said,
        &[
            "the active segment fresh takes the records that match it",
            "--suppress-segmentation prevents that",
        ],
    );
    let said = imported(&app, content, &["--suppress-segmentation"]).await;
    holds(&said, &["the active segment fresh leaves these records alone until they change again"]);
}

#[tokio::test]
async fn a_dry_run_refuses_what_a_declaration_would() {
    let app = TestApp::new().await;
    let cases = [
        (&["--map", "x=state"][..], "attributes[\"state\"]: must not be \"state\""),
        (&["--type", "x=REFERENCE:acount"], "attributes[\"x\"].reference_type"),
    ];
    for (flags, told) in cases {
        let dry = refused(&app, "id,x\nl1,a\n", &[&["--dry-run"], flags].concat()).await;
        holds(&dry, &["nothing was imported: the new attributes can't be declared", told]);
    }
    let both = refused(&app, "id,x\nl1,a\nl 2,b\n", &["--dry-run", "--map", "x=state"]).await;
    holds(&both, &["1 of 2 lines are bad", "the new attributes can't be declared"]);
    assert_eq!(count(&app).await, 0);
}

#[tokio::test]
async fn a_plan_says_what_gets_nothing_and_which_column_it_might_be() {
    let app = TestApp::new().await;
    let content = "id,Full Name,Email Address,Telefon,Lead Owner\nl1,Ann,a@example.com,030 1,Bo\n";
    let cures = [
        "record.name gets nothing; if a column is meant for that: --map 'Full Name=name'",
        "record.email gets nothing; if a column is meant for that: --map 'Email Address=email'",
        "record.phone gets nothing; if a column is meant for that: --map 'Telefon=phone'",
        "no column gives the owner; if a column is meant for that: --owner-column 'Lead Owner'",
    ];
    holds(&looked_at(&app, content, &[]).await, &cures);

    seller(&app.admin, "Bo").await;
    let flags = ["--map", "Full Name=name", "--map", "Email Address=email", "--map", "Telefon=phone"];
    let said = looked_at(&app, content, &[&["--owner-column", "Lead Owner"], &flags[..]].concat()).await;
    assert!(!said.contains("if a column is meant for that"), "{said}");
    let said = looked_at(&app, "id,score\nl1,1\n", &[]).await;
    assert!(!said.contains("gets nothing"), "{said}");
}

#[tokio::test]
async fn a_column_that_only_bad_lines_fill_is_not_called_empty_in_every_line() {
    let app = TestApp::new().await;
    let content = "id,Level,Won At\ne1,5,x\ne2,,2026-01-01\n";
    let told = refused(&app, content, &["--type", "Won At=DATE"]).await;
    holds(&told, &["Level is empty in every good line and left out", "line 2: Won At: must be a date"]);
}

#[tokio::test]
async fn what_a_spreadsheet_writes_is_read_or_told() {
    let app = TestApp::new().await;
    let content = "id;Umsatz;Stück;Aktiv;Rabatt\nl1;1.234;#N/A;ja;5%\nl2;2.345;7;nein;6%\n";
    let said = imported(&app, content, &["--delimiter", ";", "--type", "Aktiv=BOOL"]).await;
    holds(
        &said,
        &[
            "Umsatz → record.Umsatz (STRING, new)\n  text, because \"1.234\" in line 2 may have thousands",
            "Stück → record.Stuck (INT, new)\n  1 cell holds an error of the spreadsheet, the first \"#N/A\" in line 2",
            "Aktiv → record.Aktiv (BOOL, new)",
            "Rabatt → record.Rabatt (STRING, new)\n  text, because of \"5%\" in line 2: a number is written as 1234.5",
        ],
    );
    let (l1, l2) = (lead(&app, "l1").await, lead(&app, "l2").await);
    let values = |record| ["Umsatz", "Stuck", "Aktiv"].map(|name| attribute(record, name));
    assert_eq!(values(&l1), [json!("1.234"), json!(null), json!(true)]);
    assert_eq!(values(&l2), [json!("2.345"), json!(7.0), json!(false)]);

    let told = refused(&app, "id,Aktiv\nl3,vielleicht\n", &[]).await;
    holds(&told, &["line 2: Aktiv: must be true or false; true may be written as true, yes, y, on, 1, ja"]);
    let said = imported(&app, "id,Stück\nl3,1.000\n", &[]).await;
    holds(&said, &["the dot of \"1.000\" in line 2 is read as a decimal point: if it separates thousands"]);
}

#[tokio::test]
async fn a_column_is_chosen_by_its_number_and_each_line_may_end_with_a_delimiter() {
    let app = TestApp::new().await;
    let content = "id,Umsatz,Umsatz\nl1,1,2,\nl2,3,4,\n";
    let told = refused(&app, content, &[]).await;
    holds(&told, &["\"Umsatz\" names columns 2 and 3: leave one out by its number, say --map '#3='"]);
    imported(&app, content, &["--map", "#2=amount", "--map", "#3="]).await;
    assert_eq!(attribute(&lead(&app, "l2").await, "amount"), json!(3.0));

    for (content, told) in [
        ("id,a\nl1,1\nl2,2,\n", "line 3: has 3 cells, the header has 2; is a quote not closed"),
        (
            "id,a\nl1,1,\nl2,2\n",
            "line 3: has 2 cells, the header has 2 and the first line ends with a delimiter more",
        ),
        ("id,a\nl1,1,\nl2,2,3\n", "line 3: has 3 cells"),
    ] {
        holds(&refused(&app, content, &[]).await, &[told]);
    }
}

#[tokio::test]
async fn an_owner_who_is_no_seller_is_told_once() {
    let app = TestApp::new().await;
    let mut content = "id,Rep\n".to_owned();
    (0..250).for_each(|line| content += &format!("l{line},{}\n", if line % 100 == 3 { "zoe" } else { "bo" }));
    let told = refused(&app, &content, &["--owner-column", "Rep"]).await;
    holds(
        &told,
        &[
            "the owner \"bo\" isn't a seller: 247 lines, first line 2\n\
         the owner \"zoe\" isn't a seller: 3 lines, first line 5\n\
         such lines are bad; --unknown-owner unassigned imports them without owner\n",
            "250 of 250 lines are bad",
        ],
    );
    let (done, _) =
        run(&app, &options(&file(&content), &["--owner-column", "Rep", "--skip-bad-lines"])).await;
    assert_eq!(done, Ok(Counts { skipped: 250, ..Counts::default() }));
}

#[tokio::test]
async fn the_way_out_of_a_wrong_type_is_told() {
    let app = TestApp::new().await;
    let told = refused(&app, "id,tier\nl1,gold\n", &[]).await;
    holds(&told, &["the attributes tier are new", "only DeleteAttribute, which erases its values"]);
}
