//! What comes back for emails: the real intake reads messages from a Maildir.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::Office;
use crate::support::app::within_deadline;
use crate::support::process;
use crate::support::stage::{list, text};

impl Office {
    /// What the intake says of the messages in a folder.
    async fn intake(&self, key: &str, folder: &Path) -> String {
        let mut command = process::upnext(&[&"worker", &"intake", &folder]);
        command.env("UPNEXT_ADDRESS", self.app.address.to_string()).env("UPNEXT_KEY", key);
        let mut command = tokio::process::Command::from(command);
        let output = within_deadline("the intake ends", command.output()).await.expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        self.app.run_until_idle().await;
        String::from_utf8(output.stdout).expect("text")
    }

    /// The state and the reason of a lead's enrollment.
    async fn enrollment(&self, lead: &str) -> (String, String) {
        let filter = json!({"filter": format!("enrollment.record == \"recordTypes/lead/records/{lead}\"")});
        let listed = self.admin.done("EnrollmentService/ListEnrollments", filter).await;
        let one = &list(&listed, "/enrollments")[0];
        (text(one, "/state").to_owned(), one["reason"].as_str().unwrap_or_default().to_owned())
    }
}

#[tokio::test]
async fn what_comes_back_is_told_once_as_what_it_is() {
    let office = Office::new().await;
    for lead in ["replies", "bounces", "away", "quiet"] {
        office.lead(lead, "ana").await;
    }
    office.work().await;
    let sent = office.mail.taken();
    let id = |lead: &str| {
        let mail = sent.iter().find(|mail| mail.to.starts_with(lead)).expect("was sent");
        mail.header("Message-ID").expect("has one")
    };

    let folder = process::folder();
    fs::create_dir(folder.path().join("new")).expect("is ours");
    let write = |name: &str, headers: String, body: String| {
        let text = format!(
            "Message-ID: <{name}@example.com>\r\nDate: Mon, 21 Sep 2026 14:13:20 +0000\r\n{headers}\r\n\r\n{body}"
        );
        fs::write(folder.path().join("new").join(name), text).expect("is ours");
    };
    write("1", format!("In-Reply-To: {}\r\nSubject: Re: Hi", id("replies")), "Yes, please.".to_owned());
    let report = format!(
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {}\r\n--b--\r\n",
        id("bounces")
    );
    write("2", "Content-Type: multipart/report; report-type=delivery-status; boundary=b".to_owned(), report);
    let automatic = format!("In-Reply-To: {}\r\nAuto-Submitted: auto-replied", id("away"));
    write("3", automatic, "I am away until 28 September 2026.".to_owned());
    write("4", "Subject: something else".to_owned(), "Hello".to_owned());

    let key = json!({"api_key": {"display_name": "Intake", "roles": ["SALES_MANAGER"]}});
    let created = office.admin.done("ApiKeyService/CreateApiKey", key).await;
    let key = text(&created, "/secret").to_owned();
    for _ in 0..2 {
        let said = office.intake(&key, folder.path()).await;
        let lines: Vec<&str> =
            said.lines().filter_map(|line| line.split_once(": ").map(|(_, what)| what)).collect();
        assert!(lines[0].starts_with("replied: activities/"), "{said}");
        assert!(lines[1].starts_with("bounced: activities/"), "{said}");
        assert!(lines[2].starts_with("out of office until 2026-09-28: "), "{said}");
        assert!(lines[3].starts_with("ignored: "), "{said}");
        assert_eq!(office.enrollment("replies").await, ("EXITED".to_owned(), "REPLIED".to_owned()));
        assert_eq!(office.enrollment("bounces").await, ("EXITED".to_owned(), "BOUNCED".to_owned()));
        assert_eq!(office.enrollment("away").await, ("PAUSED".to_owned(), "OUT_OF_OFFICE".to_owned()));
        assert_eq!(office.enrollment("quiet").await.0, "ACTIVE");
    }
    office.check().await;
}
