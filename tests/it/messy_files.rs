//! Files as other systems write them: what they say is kept as it is, or asked about.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value, json};
use upnext::api::pb;
use upnext::api::pb::seller_service_client::SellerServiceClient;
use upnext::cli::import::{Counts, Options};

use super::import::{answered, count, file, lead, options, run};
use super::support::app::TestApp;
use super::support::crm::{attribute, records, seller};
use super::support::process::upnext;

/// Imports a file, which must succeed, and returns what was said.
async fn imported(app: &TestApp, content: impl AsRef<[u8]>, flags: &[&str]) -> String {
    let (done, said) = run(app, &options(&file(content), &[&["--declare"], flags].concat())).await;
    done.unwrap_or_else(|error| panic!("{error} after {said}"));
    said
}

/// Imports a file, which must be refused, and returns all that was said.
async fn refused(app: &TestApp, content: impl AsRef<[u8]>, flags: &[&str]) -> String {
    let (done, said) = run(app, &options(&file(content), flags)).await;
    format!("{said}{}", done.expect_err("refused"))
}

async fn value(app: &TestApp, id: &str, name: &str) -> Value {
    attribute(&lead(app, id).await, name)
}

/// The types of the attributes that leads declare.
async fn declared(app: &TestApp) -> Vec<(String, String)> {
    let request = pb::GetRecordTypeRequest { name: "lead".to_owned() };
    let answer = records(&app.admin).get_record_type(request).await.expect("there are leads").into_inner();
    let attributes = answer.record_type.expect("the answer has it").attributes.into_iter();
    let mut attributes: Vec<_> =
        attributes.map(|(name, attribute)| (name, attribute.r#type().as_str_name().to_owned())).collect();
    attributes.sort();
    attributes
}

fn is_declared(declared: &[(String, String)], name: &str, kind: &str) -> bool {
    declared.iter().any(|(known, of)| known == name && of == kind)
}

#[tokio::test]
async fn a_code_is_never_cut_to_a_number() {
    let app = TestApp::new().await;
    imported(&app, "id,region,ratio\nl1,33078,1.5\nl2,94107,2.5\n", &[]).await;
    let told = refused(&app, "id,region\nl3,02138\n", &[]).await;
    assert!(
        told.contains("line 2: region: has leading zeros: a code? its attribute is INT: \"02138\""),
        "{told}"
    );
    let told = refused(&app, "id,ratio\nl3,02138\nl4,1E10\n", &[]).await;
    assert!(told.contains("line 2: ratio: has leading zeros: a code? its attribute is DOUBLE"), "{told}");
    assert!(told.contains("line 3: ratio: reads like a code, its attribute is DOUBLE"), "{told}");
    assert_eq!(count(&app).await, 2);

    let said = imported(&app, "id,zip\nl4,94107\n", &[]).await;
    assert!(
        said.contains("zip → record.zip (STRING, new)\n  text, because its header names a code"),
        "{said}"
    );
    imported(&app, "id,zip\nl5,02138\n", &[]).await;
    assert_eq!(
        (value(&app, "l4", "zip").await, value(&app, "l5", "zip").await),
        (json!("94107"), json!("02138"))
    );
}

#[tokio::test]
async fn what_only_looks_like_a_truth_value_or_a_number_is_text() {
    let app = TestApp::new().await;
    let content = "id,country,code,version,agreed\nl1,NO,1E10,1.10,yes\nl2,NO,2E05,1.1,no\n";
    imported(&app, content, &[]).await;
    let declared = declared(&app).await;
    for (name, kind) in [("country", "STRING"), ("code", "STRING"), ("version", "STRING"), ("agreed", "BOOL")]
    {
        assert!(is_declared(&declared, name, kind), "{name}: {declared:?}");
    }
    let l1 = lead(&app, "l1").await;
    let values = ["country", "code", "version"].map(|name| attribute(&l1, name));
    assert_eq!(values, [json!("NO"), json!("1E10"), json!("1.10")]);
    imported(&app, "id,country\nl3,SE\n", &[]).await;
}

#[tokio::test]
async fn a_column_is_known_by_its_name_in_any_script_and_never_by_its_place() {
    let app = TestApp::new().await;
    imported(&app, "id,Имя,Телефон,???\nl1,Анна,+70000000001,a\n", &[]).await;
    imported(&app, "id,Телефон,!!!,Имя,???\nl2,+70000000002,b,Борис,c\n", &[]).await;
    let (one, two) = (lead(&app, "l1").await, lead(&app, "l2").await);
    assert_eq!(attribute(&one, "Imia"), json!("Анна"));
    assert_eq!(attribute(&two, "Imia"), json!("Борис"));
    assert_eq!(attribute(&two, "Telefon"), json!("+70000000002"));
    let signs = |record: &pb::Record| {
        let fields = &record.attributes.as_ref().expect("attributes").fields;
        fields.keys().filter(|name| name.starts_with('_')).cloned().collect::<Vec<_>>()
    };
    assert_eq!(signs(&one).len(), 1);
    assert_eq!(signs(&two).len(), 2);
    assert_eq!(attribute(&two, &signs(&one)[0]), json!("c"));
}

#[tokio::test]
async fn a_column_state_leaves_the_records_own_state_to_filters() {
    let app = TestApp::new().await;
    let said = imported(&app, "id,name,state,Stage\nl1,Ann,CA,new\nl2,Bo,NY,won\n", &[]).await;
    assert!(said.contains("state → record.state_ (STRING, new)"), "{said}");
    let close = pb::CloseRecordRequest {
        name: "recordTypes/lead/records/l2".to_owned(),
        close_outcome: pb::record::CloseOutcome::Won.into(),
        ..Default::default()
    };
    records(&app.admin).close_record(close).await.expect("closes");
    let list = async |filter: &str| {
        let request = pb::ListRecordsRequest {
            record_type: "lead".to_owned(),
            filter: filter.to_owned(),
            ..Default::default()
        };
        let answer = records(&app.admin).list_records(request).await;
        answer.map(|page| page.into_inner().records.into_iter().map(|record| record.id).collect::<Vec<_>>())
    };
    assert_eq!(list("record.state == \"CLOSED\"").await.expect("fine"), ["l2"]);
    assert_eq!(list("record.state_ == \"CA\" && record.Stage == \"new\"").await.expect("fine"), ["l1"]);
    assert!(list("record.state == \"NONSENSE\"").await.is_err());
}

#[tokio::test]
async fn headers_of_other_systems_mean_the_built_in_attributes_and_consent_is_asked_about() {
    let app = TestApp::new().await;
    let content = "Record ID,First Name,Last Name,Email,Phone,Do Not Call\n\
                   901,Ann,Lee,ann.lee@example.com,(555) 010-0199,1\n";
    let file = file(content);
    let with = |flags: &[&str]| options(&file, &[&["--id-column", "Record ID", "--declare"], flags].concat());
    let (done, _) = run(&app, &with(&[])).await;
    let told = done.expect_err("refused");
    assert!(
        told.contains(
            "\"Do Not Call\": --map 'Do Not Call=do_not_phone', or --map 'Do Not Call=Do_Not_Call'"
        ),
        "{told}"
    );
    assert_eq!(count(&app).await, 0);

    let (done, said) = run(&app, &with(&["--dry-run", "--yes"])).await;
    assert_eq!(done, Ok(Counts { created: 1, ..Counts::default() }), "{said}");
    for (answers, flags) in
        [(Some("what\ny\n"), [].as_slice()), (None, ["--map", "Do Not Call=do_not_phone"].as_slice())]
    {
        let (done, said) = answered(&app, &with(flags), answers).await;
        assert!(done.is_ok(), "{done:?}");
        assert!(said.contains("Do Not Call → record.do_not_phone (BOOL)"), "{said}");
    }
    let ann = lead(&app, "901").await;
    let values = ["email", "phone", "do_not_phone", "First_Name"].map(|name| attribute(&ann, name));
    assert_eq!(values, [json!("ann.lee@example.com"), json!("(555) 010-0199"), json!(true), json!("Ann")]);
    let names: Vec<String> = declared(&app).await.into_iter().map(|(name, _)| name).collect();
    assert!(
        !names.iter().any(|name| name == "Email" || name == "Phone" || name == "Do_Not_Call"),
        "{names:?}"
    );
}

#[tokio::test]
async fn nothing_is_declared_without_consent() {
    let app = TestApp::new().await;
    let before = declared(&app).await;
    let file = file("id,tier,score\nl1,gold,3\n");
    let (done, said) = run(&app, &options(&file, &[])).await;
    assert!(said.contains("tier → record.tier (STRING, new)"), "{said}");
    let told = done.expect_err("refused");
    assert!(told.contains("the attributes score, tier are new") && told.contains("--declare"), "{told}");
    let (done, _) = answered(&app, &options(&file, &[]), Some("n\n")).await;
    assert!(done.is_err());
    let (done, said) = run(&app, &options(&file, &["--dry-run"])).await;
    assert_eq!(done, Ok(Counts { created: 1, ..Counts::default() }));
    assert!(said.contains("would be: 1 created, 0 updated") && said.contains("this was a dry run"), "{said}");
    assert_eq!((count(&app).await, declared(&app).await), (0, before));

    let (done, said) = answered(&app, &options(&file, &[]), Some("y\n")).await;
    assert!(done.is_ok() && said.contains("Declare score, tier?"), "{said}");
    assert!(is_declared(&declared(&app).await, "score", "INT"));
}

#[tokio::test]
async fn a_dry_run_says_what_would_change_and_changes_nothing() {
    let app = TestApp::new().await;
    imported(&app, "id,origin\nl1,web\nl2,web\nl3,web\n", &[]).await;
    let content = "id,origin,tier\nl1,web,\nl2,fair,\nl3,web,gold\nl4,web,\nl5,web,\nl5,fair,\nbad id,web,\n";
    let file = file(content);
    let dry = options(&file, &["--dry-run", "--skip-bad-lines"]);
    let (done, said) = run(&app, &dry).await;
    let counts = Counts { created: 2, updated: 2, unchanged: 1, skipped: 1, superseded: 1 };
    assert_eq!(done, Ok(counts), "{said}");
    assert!(said.contains("line 8: the id \"bad id\" must have the form"), "{said}");
    assert_eq!(count(&app).await, 3);
    assert_eq!(value(&app, "l2", "origin").await, json!("web"));
    let strict = Options { skip_bad_lines: false, ..dry };
    assert!(run(&app, &strict).await.0.expect_err("refused").contains("1 of 7 lines are bad"));
}

#[tokio::test]
async fn what_spreadsheets_and_programs_add_is_understood() {
    let app = TestApp::new().await;
    imported(&app, "id,name\r\nl1,Kim\r\n,\r\n,\r\n", &[]).await;
    imported(&app, "sep=;\r\nid;name\r\nl2;Bo\r\n", &[]).await;
    imported(&app, "id\tname\nl3\tCy\n", &["--delimiter", "\\t"]).await;
    imported(&app, "\u{feff}\u{feff}id,name\nl4,Di\n", &[]).await;
    imported(&app, "id,created,employees\nl5,2026-05-13T14:20:48.000+0000,12\n", &[]).await;
    imported(&app, "id,employees\nl5,12.0\nl6,\n", &[]).await;
    imported(&app, b"id,name\nl7,J\xf6rg\n", &["--encoding", "windows-1252"]).await;
    let utf16: Vec<u8> = "\u{feff}id,name\nl8,Jörg\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    imported(&app, utf16, &["--encoding", "utf-16le"]).await;
    for (id, name) in
        [("l1", "Kim"), ("l2", "Bo"), ("l3", "Cy"), ("l4", "Di"), ("l7", "Jörg"), ("l8", "Jörg")]
    {
        assert_eq!(value(&app, id, "name").await, json!(name), "{id}");
    }
    let l5 = lead(&app, "l5").await;
    assert_eq!(attribute(&l5, "employees"), json!(12.0));
    assert_eq!(attribute(&l5, "created"), json!("2026-05-13T14:20:48.000000Z"));
    assert_eq!(count(&app).await, 8);
    let told = refused(&app, "id, name\nl9, \"Ann\"\n", &[]).await;
    assert!(told.contains("line 2: a space stands before a quote"), "{told}");
    let told = refused(&app, "sep=;\nid;name\nl9\n", &[]).await;
    assert!(told.contains("line 3: has 1 cell, the header has 2"), "{told}");
    let told = refused(&app, b"id,name\nl9,\x81\n", &["--encoding", "utf-16le"]).await;
    assert!(told.contains("can't be used") || told.contains("isn't UTF-16LE"), "{told}");
}

#[tokio::test]
async fn an_id_may_be_derived_and_its_column_may_be_an_attribute() {
    let app = TestApp::new().await;
    let content = "email,name\nann+crm@example.com,Ann\nbo@example.com,Bo\n";
    let told = refused(&app, content, &["--id-column", "email"]).await;
    assert!(told.contains("line 2: the id \"ann+crm@example.com\" must have the form"), "{told}");
    assert!(told.contains("--derive-ids"), "{told}");
    for _ in 0..2 {
        imported(&app, content, &["--id-column", "email", "--derive-ids"]).await;
    }
    assert_eq!(count(&app).await, 2);
    assert_eq!(value(&app, "bo@example.com", "email").await, json!("bo@example.com"));
    let request = pb::ListRecordsRequest {
        record_type: "lead".to_owned(),
        filter: "record.email == \"ann+crm@example.com\"".to_owned(),
        ..Default::default()
    };
    let page = records(&app.admin).list_records(request).await.expect("fine").into_inner();
    assert!(
        page.records[0].id.starts_with("x-") && page.records[0].id.len() == 34,
        "{:?}",
        page.records[0].id
    );
}

#[tokio::test]
async fn an_owner_is_a_seller_by_id_or_email_and_an_unknown_one_may_be_left_out() {
    let app = TestApp::new().await;
    seller(&app.admin, "ana").await;
    let ben = pb::CreateSellerRequest {
        seller_id: "ben".to_owned(),
        seller: Some(pb::Seller {
            display_name: "Ben".to_owned(),
            email: "Ben@Example.com".to_owned(),
            ..Default::default()
        }),
        ..Default::default()
    };
    SellerServiceClient::new(app.admin.calls()).create_seller(ben).await.expect("is created");
    let content = "id,Owner\nl1,ana\nl2,ben@example.COM\nl3,CRM queue\n";
    let told = refused(&app, content, &[]).await;
    assert!(told.contains("\"Owner\" could be the record's owner: add --owner-column 'Owner'"), "{told}");
    let told = refused(&app, content, &["--owner-column", "owner"]).await;
    assert!(
        told.contains("the owner \"CRM queue\" isn't a seller: 1 line, first line 4\nsuch lines are bad; --unknown-owner"),
        "{told}"
    );
    let said = imported(&app, content, &["--owner-column", "owner", "--unknown-owner", "unassigned"]).await;
    assert!(
        said.contains("isn't a seller: 1 line, first line 4\nsuch lines are imported without owner"),
        "{said}"
    );
    for (id, owner) in [("l1", "sellers/ana"), ("l2", "sellers/ben"), ("l3", "")] {
        assert_eq!(lead(&app, id).await.owner, owner, "{id}");
    }
}

#[tokio::test]
async fn a_type_that_differs_from_what_is_declared_is_refused() {
    let app = TestApp::new().await;
    let told = refused(&app, "id,email\nl1,x\n", &["--type", "email=INT", "--type", "zip=INT"]).await;
    assert!(told.contains("record.email is STRING, and types never change"), "{told}");
    assert!(told.contains("no column becomes the attribute zip"), "{told}");
}

#[tokio::test]
async fn standard_input_is_a_file_too() {
    let app = TestApp::new().await;
    let mut command =
        upnext(&[&"import", &"-", &"--record-type", &"lead", &"--id-column", &"id", &"--declare"]);
    command.env("UPNEXT_ADDRESS", app.address.to_string()).env("UPNEXT_KEY", &app.admin.secret);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(b"id,origin\nl1,web\n").expect("it reads");
    drop(stdin);
    let output = tokio::task::spawn_blocking(move || child.wait_with_output());
    let output = output.await.expect("no panic").expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(value(&app, "l1", "origin").await, json!("web"));
}
