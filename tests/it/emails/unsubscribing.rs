//! Who must not be emailed isn't, and whoever wants no more emails says so with one click.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::future::join_all;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::Office;
use crate::support::app::within_deadline;
use crate::support::stage::text;

impl Office {
    /// What the server answers to a request without a key.
    async fn http(&self, method: &str, path: &str, body: &str) -> String {
        let mut socket = TcpStream::connect(self.app.address).await.expect("it listens");
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        socket.write_all(request.as_bytes()).await.expect("it reads");
        let mut answer = String::new();
        within_deadline("it answers", socket.read_to_string(&mut answer)).await.expect("it writes");
        answer
    }

    async fn warnings(&self, record: &str) -> bool {
        let name = format!("recordTypes/lead/records/{record}");
        let record = self.admin.done("RecordService/GetRecord", json!({"name": name})).await;
        record["record"]["unsubscribeTime"].is_string()
    }
}

#[tokio::test]
async fn one_click_unsubscribes_and_following_the_link_alone_does_not() {
    let office = Office::new().await;
    office.lead("kim", "ana").await;
    office.work().await;
    let mail = office.one_mail();
    assert_eq!(mail.header("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    let link = mail.header("List-Unsubscribe").expect("has a link");
    let link = link.trim_matches(['<', '>']);
    let path = link.strip_prefix("https://crm.example.com").expect("the public address");
    assert!(mail.body().replace("=\r\n", "").contains(link), "{}", mail.body());

    let page = office.http("GET", path, "").await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("<form method=\"post\">"), "{page}");
    assert!(!office.warnings("kim").await, "programs follow links, too");
    for _ in 0..2 {
        let page = office.http("POST", path, "List-Unsubscribe=One-Click").await;
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("You are unsubscribed"), "{page}");
    }
    assert!(office.warnings("kim").await);

    let forged = format!("{}A", &path[..path.len() - 1]);
    let forged = if forged == path { format!("{}B", &path[..path.len() - 1]) } else { forged };
    for wrong in [forged.as_str(), "/unsubscribe/", "/unsubscribe/x"] {
        assert!(office.http("POST", wrong, "").await.starts_with("HTTP/1.1 404"), "{wrong}");
    }
    office.check().await;
}

#[tokio::test]
async fn links_of_invented_organizations_share_one_connection() {
    let office = Office::new().await;
    let pool = office.app.database.pool();
    let mut held = pool.begin().await.expect("begins");
    sqlx::query("LOCK TABLE email_key").execute(&mut *held).await.expect("is held");

    // More of them than the server has connections for calls.
    let made_up =
        || format!("/unsubscribe/{}", URL_SAFE_NO_PAD.encode(rand::random::<[[u8; 16]; 3]>().concat()));
    let strangers = (0..8).map(|_| async { office.http("GET", &made_up(), "").await });
    let beside = async {
        office.app.database.until_waiting(1).await;
        for _ in 0..8 {
            office.admin.done("OrganizationService/GetOrganization", json!({})).await;
        }
        let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let waiting: i64 = sqlx::query_scalar(waiting).fetch_one(&pool).await.expect("counts");
        assert_eq!(waiting, 1);
        held.rollback().await.expect("is free");
    };
    let (answers, ()) = tokio::join!(join_all(strangers), beside);
    for answer in answers {
        assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    }
}

#[tokio::test]
async fn nobody_who_unsubscribed_meanwhile_gets_one() {
    let office = Office::new().await;
    let leads = 60;
    let mut refusing = Vec::new();
    for index in 0..leads {
        office.lead(&format!("p{index}"), "ana").await;
    }

    // While workers send, every third lead unsubscribes, and every third one must not be emailed
    // any more, which its activity doesn't show yet: no loop runs.
    let mut worker = office.command(4).spawn().expect("it runs");
    for index in (0..leads).rev() {
        let record = format!("recordTypes/lead/records/p{index}");
        match index % 3 {
            0 => {
                let told = json!({"event_id": format!("u{index}"), "record": record, "unsubscribed": {}});
                office.admin.done("RecordService/IngestEngagementEvents", json!({"events": [told]})).await;
            }
            1 => {
                let record = json!({"id": format!("p{index}"), "attributes": {"do_not_email": true}});
                office.admin.leads(json!([record])).await;
            }
            _ => continue,
        }
        let begun = "SELECT count(*) FROM email JOIN enrollment ON enrollment.id = email.enrollment_id
            JOIN record ON record.id = enrollment.record_id WHERE record.record_id = $1";
        let begun: i64 = sqlx::query_scalar(begun)
            .bind(format!("p{index}"))
            .fetch_one(&office.app.database.pool())
            .await
            .expect("is counted");
        if begun == 0 {
            refusing.push(format!("p{index}@example.com"));
        }
    }
    within_deadline("the worker ends", worker.wait()).await.expect("it ran");
    office.work().await;

    let counts = office.mail.counts();
    let reached: Vec<_> = refusing.iter().filter(|to| counts.contains_key(*to)).collect();
    assert!(reached.is_empty(), "{reached:?} got one after they didn't want any");
    assert!(!refusing.is_empty(), "the worker was too fast to show anything");
    assert!(
        (0..leads)
            .filter(|index| index % 3 == 2)
            .all(|index| counts.contains_key(&format!("p{index}@example.com")))
    );
    office.check().await;
}

#[tokio::test]
async fn consent_is_asked_when_the_email_is_begun_whatever_the_activity_shows() {
    let office = Office::new().await;
    let activity = office.lead("kim", "ana").await;
    let (name, lease) = office.acquire().await;
    // By statement, because an upsert would skip the activity itself.
    let forbid =
        "UPDATE record SET attributes = attributes || '{\"do_not_email\": true}' WHERE record_id = 'kim'";
    sqlx::query(forbid).execute(&office.app.database.pool()).await.expect("can be set");
    assert_eq!(text(&office.activity(&activity).await, "/state"), "DUE");

    let begin = json!({"name": name, "lease_id": lease});
    let begun = office.worker.done("EmailService/BeginSending", begin).await;
    assert_eq!((text(&begun, "/decision"), &begun["email"]), ("SKIPPED", &serde_json::Value::Null));
    let skipped = office.activity(&activity).await;
    assert_eq!((text(&skipped, "/state"), text(&skipped, "/skipReason")), ("SKIPPED", "DO_NOT_EMAIL"));
    office.app.run_until_idle().await;
    office.check().await;
}

#[tokio::test]
async fn without_an_address_it_is_for_the_owner() {
    let office = Office::new().await;
    let activity = office.lead_with("kim", "ana", json!({"nick": "Kim"})).await;
    office.work().await;
    let shown = office.activity(&activity).await;
    assert_eq!(
        (text(&shown, "/queue"), text(&shown, "/handover/reason")),
        ("sellers/ana", "NO_EMAIL_ADDRESS")
    );
    office.check().await;
}
