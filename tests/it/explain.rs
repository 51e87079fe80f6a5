//! Explanations of routing: part by part, for whom they are, and that routing then does what they
//! said.

use std::collections::{BTreeMap, BTreeSet};

use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};

use super::support::app::{Client, TestApp};
use super::support::chance;
use super::support::refused::refused;
use super::support::stage::{Stage, each, list, text};

const ONE_STEP: &str = r#"[{"step_id": "only", "task": {}}]"#;

fn name(lead: &str) -> String {
    format!("recordTypes/lead/records/{lead}")
}

async fn explain(client: &Client, lead: &str) -> Value {
    client.done("SegmentService/ExplainRecord", json!({"record": name(lead)})).await
}

async fn update_segment(client: &Client, id: &str, mut fields: Value) {
    fields["name"] = json!(format!("segments/{id}"));
    client.done("SegmentService/UpdateSegment", json!({"segment": fields})).await;
}

/// The parts of a condition: text, truth, and what is missing.
fn parts(explained: &Value) -> Vec<(String, String, Vec<String>)> {
    let part = |part: &Value| {
        let missing = list(part, "/missingAttributes");
        let missing = missing.iter().map(|name| name.as_str().expect("a name").to_owned()).collect();
        (text(part, "/text").to_owned(), text(part, "/truth").to_owned(), missing)
    };
    list(explained, "/condition/parts").iter().map(part).collect()
}

fn part(text: &str, truth: &str, missing: &[&str]) -> (String, String, Vec<String>) {
    (text.to_owned(), truth.to_owned(), missing.iter().map(|name| (*name).to_owned()).collect())
}

#[tokio::test]
async fn a_condition_is_explained_part_by_part_with_what_is_missing() {
    let app = TestApp::new().await;
    let attributes = json!({"origin": {"type": "STRING"}, "revenue": {"type": "INT"}, "zero": {"type": "INT"},
        "vip": {"type": "BOOL"}});
    app.admin.declare(attributes).await;
    let all = "record.origin == \"web\" && record.revenue > 10 && (record.vip || record.zero == 1)";
    app.admin.segment("all", all).await;
    app.admin.segment("any", "(record.origin == \"shop\" || 1 / record.zero == 1 || !record.vip)").await;
    for id in ["all", "any"] {
        app.admin.activate_segment(id).await;
    }
    app.admin.leads(json!([{"id": "l1", "attributes": {"origin": "web", "zero": 0}}])).await;

    let explained = explain(&app.admin, "l1").await;
    let segments = list(&explained, "/segments");
    assert_eq!(each(&segments, "segment"), ["segments/all", "segments/any"]);
    let expected = [
        part("record.origin == \"web\"", "TRUE", &[]),
        part("record.revenue > 10", "UNKNOWN", &["revenue"]),
        part("(record.vip || record.zero == 1)", "UNKNOWN", &["vip"]),
    ];
    assert_eq!(parts(&segments[0]), expected);
    assert_eq!(segments[0].pointer("/condition/truth"), Some(&json!("UNKNOWN")));
    assert_eq!(segments[0].pointer("/condition/join"), Some(&json!("ALL")));

    let expected = [
        part("record.origin == \"shop\"", "FALSE", &[]),
        part("1 / record.zero == 1", "UNKNOWN", &[]),
        part("!record.vip", "UNKNOWN", &["vip"]),
    ];
    assert_eq!(parts(&segments[1]), expected);
    assert_eq!(segments[1].pointer("/condition/join"), Some(&json!("ANY")));
    assert_eq!(each(&segments, "verdict"), ["NO_MATCH", "NO_MATCH"]);
    let why = |explained: &Value| text(explained, "/noSegmentReason").to_owned();
    assert_eq!(why(&explained), "NOTHING_CONNECTED");

    app.admin.sequence("s", serde_json::from_str(ONE_STEP).expect("steps")).await;
    app.admin.connect("all", "s").await;
    assert_eq!(why(&explain(&app.admin, "l1").await), "NO_MATCH");
    app.admin
        .done("RecordService/CloseRecord", json!({"name": name("l1"), "close_outcome": "DISQUALIFIED"}))
        .await;
    let closed = explain(&app.admin, "l1").await;
    assert_eq!((why(&closed).as_str(), text(&closed, "/closeOutcome")), ("RECORD_CLOSED", "DISQUALIFIED"));
    assert_eq!(text(&closed, "/sequence/reason"), "NO_SEGMENT");
}

#[tokio::test]
async fn each_segment_and_rule_says_why_it_wins_or_not_and_no_turn_is_taken() {
    let app = TestApp::new().await;
    for seller in ["ana", "ben"] {
        app.admin.seller(seller).await;
    }
    app.admin.declare(json!({"score": {"type": "INT"}})).await;
    app.admin.sequence("s", serde_json::from_str(ONE_STEP).expect("steps")).await;
    for (id, condition) in [("top", "record.score > 9"), ("mid", "record.score > 5"), ("low", "true")] {
        app.admin.segment(id, condition).await;
        app.admin.activate_segment(id).await;
    }
    app.admin.connect("mid", "s").await;
    app.admin.rule("mid", "turn", &["ana", "ben"]).await;
    app.admin.rule("mid", "rest", &["ben"]).await;
    app.admin.leads(json!([{"id": "l1", "attributes": {"score": 7}}])).await;

    let first = explain(&app.admin, "l1").await;
    assert_eq!(first, explain(&app.admin, "l1").await, "asking changes nothing");
    assert_eq!(each(&list(&first, "/segments"), "verdict"), ["NO_MATCH", "WINS", "HIGHER_PRIORITY"]);
    assert_eq!(each(&list(&first, "/assignmentRules"), "verdict"), ["DECIDES", "HIGHER_PRIORITY"]);
    assert_eq!((text(&first, "/segment"), text(&first, "/membership")), ("segments/mid", "ENTERS"));
    let owner =
        json!({"owner": "sellers/ana", "assignmentRule": "segments/mid/rules/turn", "reason": "ROUND_ROBIN"});
    assert_eq!(first["owner"], owner);
    assert_eq!(first["sequence"], json!({"sequence": "sequences/s", "reason": "ENROLLED"}));
    assert_eq!(first["changePending"], true);

    app.run_until_idle().await;
    let member = explain(&app.admin, "l1").await;
    assert_eq!((text(&member, "/membership"), text(&member, "/owner/reason")), ("STAYS", "NOT_ASKED"));
    assert_eq!(each(&list(&member, "/assignmentRules"), "verdict"), ["NOT_RUN", "NOT_RUN"]);
    assert_eq!(
        (text(&member, "/sequence/reason"), member.get("changePending")),
        ("SEQUENCE_UNCHANGED", None)
    );
    let enrollments = app.admin.done("EnrollmentService/ListEnrollments", json!({})).await;
    assert_eq!(member.pointer("/sequence/enrollment"), enrollments.pointer("/enrollments/0/name"));

    // It stays in its segment, although one with higher priority matches now.
    app.admin.leads(json!([{"id": "l1", "attributes": {"score": 10}}])).await;
    let kept = explain(&app.admin, "l1").await;
    assert_eq!(each(&list(&kept, "/segments"), "verdict"), ["KEPT", "WINS", "HIGHER_PRIORITY"]);
    update_segment(&app.admin, "top", json!({"allow_resegmentation": true})).await;
    let taken = explain(&app.admin, "l1").await;
    assert_eq!((text(&taken, "/membership"), text(&taken, "/segment")), ("TAKEN", "segments/top"));
    assert_eq!(taken.pointer("/exits/0/reason"), Some(&json!("SUPERSEDED")));
    assert_eq!(text(&taken, "/sequence/reason"), "NOT_CONNECTED");

    let unknown = app.admin.call("SegmentService/ExplainRecord", json!({"record": name("nobody")})).await;
    assert_eq!(refused(unknown).reason, "RESOURCE_NOT_FOUND");
    let other = app.admin.call("SegmentService/ExplainRecord", json!({"record": "l1"})).await;
    assert_eq!(refused(other).fields(), [("record", "RESOURCE_NAME_INVALID")]);
}

#[tokio::test]
async fn a_salesperson_explains_only_their_own_records() {
    let stage = Stage::new().await;
    stage.admin.segment("all", "true").await;
    stage.admin.activate_segment("all").await;
    stage.admin.connect("all", "tasks").await;
    let ana = stage.salesperson("ana").await;
    let own = explain(&ana, "l1").await;
    assert_eq!(own, explain(&stage.admin, "l1").await);
    for others in ["l3", "l4"] {
        let refused =
            refused(ana.call("SegmentService/ExplainRecord", json!({"record": name(others)})).await);
        assert_eq!(refused.reason, "RESOURCE_NOT_FOUND");
    }
}

#[tokio::test]
async fn a_record_that_cannot_be_routed_names_its_problem() {
    let stage = Stage::new().await;
    let problem = upnext::clock::Clock::system().new_id();
    let made = sqlx::query(
        "INSERT INTO set_aside (organization_id, id, kind, subject_id, reason, create_time)
         SELECT organization_id, $1, 'record_change', id, 'because', create_time FROM record WHERE record_id = 'l1'",
    );
    made.bind(problem).execute(&stage.app.database.pool()).await.expect("is made");
    assert_eq!(text(&explain(&stage.admin, "l1").await, "/problem"), format!("problems/{problem}"));
    assert_eq!(explain(&stage.admin, "l2").await.get("problem"), None);
}

#[tokio::test]
async fn an_explanation_of_the_longest_conditions_is_cut_to_what_a_client_reads() {
    let app = TestApp::new().await;
    app.admin.declare(json!({"tier": {"type": "STRING"}})).await;
    app.admin.sequence("s", serde_json::from_str(ONE_STEP).expect("steps")).await;
    let longest = format!("record.tier == \"{}\"", "\u{1d54f}".repeat(4_079));
    app.admin.segment("first", &longest).await;
    app.admin.segment("last", "true").await;
    for id in ["first", "last"] {
        app.admin.activate_segment(id).await;
    }
    app.admin.connect("last", "s").await;
    let many =
        "INSERT INTO segment (organization_id, id, segment_id, display_name, description, record_type_id,
          condition, priority, on_leave, allow_resegmentation, reassign_on_resegmentation, state,
          connected_sequence_id, version, create_time, update_time)
        SELECT organization_id, gen_random_uuid(), 'x' || number, display_name, description, record_type_id,
          condition, priority + number, on_leave, allow_resegmentation, reassign_on_resegmentation, state,
          connected_sequence_id, version, create_time, update_time
        FROM segment, generate_series(1, 240) AS number WHERE segment_id = 'first'";
    for statement in [
        many,
        "UPDATE segment SET priority = 242 WHERE segment_id = 'last'",
        "UPDATE organization SET definition_epoch = definition_epoch + 1",
    ] {
        sqlx::query(statement).execute(&app.database.pool()).await.expect("is written");
    }
    app.admin.leads(json!([{"id": "l1"}])).await;

    let explained = explain(&app.admin, "l1").await;
    assert_eq!((text(&explained, "/segment"), &explained["partial"]), ("segments/last", &json!(true)));
    let shown = list(&explained, "/segments").len();
    assert!((200..241).contains(&shown), "{shown}");
    assert_eq!(parts(&explained["segments"][0]), [part(&longest, "UNKNOWN", &["tier"])]);
}

/// What a run has seen, so that it can tell whether it saw enough.
#[derive(Debug, Default)]
struct Seen(BTreeMap<String, u32>);

impl Seen {
    fn missed(&self) -> Vec<&'static str> {
        EXPECTED.into_iter().filter(|word| !self.0.contains_key(*word)).collect()
    }

    fn note(&mut self, explained: &Value) {
        for pointer in
            ["/membership", "/noSegmentReason", "/owner/reason", "/sequence/reason", "/exits/0/reason"]
        {
            let word = explained.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
            *self.0.entry(format!("{pointer} {word}")).or_default() += 1;
        }
        for segment in list(explained, "/segments") {
            *self.0.entry(format!("verdict {}", text(&segment, "/verdict"))).or_default() += 1;
        }
    }
}

const NOTHING_CONNECTED: &str = "verdict NOTHING_CONNECTED";

const EXPECTED: [&str; 28] = [
    "/membership OUTSIDE",
    "/membership STAYS",
    "/membership ENTERS",
    "/membership LEAVES",
    "/membership MOVES",
    "/membership TAKEN",
    "/noSegmentReason RECORD_CLOSED",
    "/noSegmentReason NO_MATCH",
    "/owner/reason ROUND_ROBIN",
    "/owner/reason ALREADY_OWNED",
    "/owner/reason NO_CANDIDATE",
    "/owner/reason NO_RULE",
    "/owner/reason RULES_NOT_RUN",
    "/owner/reason NOT_ASKED",
    "/sequence/reason ENROLLED",
    "/sequence/reason SEQUENCE_UNCHANGED",
    "/sequence/reason ENROLLED_BEFORE",
    "/sequence/reason SEQUENCE_INACTIVE",
    "/sequence/reason NOT_CONNECTED",
    "/sequence/reason NO_SEGMENT",
    "/exits/0/reason SUPERSEDED",
    "/exits/0/reason LEFT_SEGMENT",
    "verdict WINS",
    "verdict NO_MATCH",
    "verdict HIGHER_PRIORITY",
    "verdict KEPT",
    "verdict RECORD_CLOSED",
    NOTHING_CONNECTED,
];

/// A sales floor that changes at random.
struct Floor {
    app: TestApp,
    random: StdRng,
    /// The number of the first lead that changes. A lead gets into each sequence only once, so it
    /// has had its time at some point.
    first: u64,
}

const SEGMENTS: [&str; 5] = ["g0", "g1", "g2", "g3", "g4"];
const SEQUENCES: [&str; 3] = ["s0", "s1", "s2"];
const SELLERS: [&str; 3] = ["ana", "ben", "cem"];
/// How many leads change at a time.
const LEADS: u64 = 10;

impl Floor {
    async fn new(seed: u64) -> Self {
        let app = TestApp::new().await;
        for seller in SELLERS {
            app.admin.seller(seller).await;
        }
        let attributes =
            json!({"score": {"type": "INT"}, "tier": {"type": "STRING"}, "vip": {"type": "BOOL"}});
        app.admin.declare(attributes).await;
        for sequence in SEQUENCES {
            app.admin.sequence(sequence, serde_json::from_str(ONE_STEP).expect("steps")).await;
        }

        let mut floor = Self { app, random: StdRng::seed_from_u64(seed), first: 0 };
        for segment in SEGMENTS {
            let condition = floor.condition();
            floor.app.admin.segment(segment, &condition).await;
            floor.app.admin.activate_segment(segment).await;
            for rule in 0..floor.random.random_range(1..3) {
                let sellers: Vec<&str> = SELLERS.choose_multiple(&mut floor.random, 2).copied().collect();
                floor.app.admin.rule(segment, &format!("u{rule}"), &sellers).await;
            }
            let sequence = floor.one(&SEQUENCES);
            floor.app.admin.connect(segment, sequence).await;
        }
        floor
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of.choose(&mut self.random).copied().expect("one of some")
    }

    fn lead(&mut self) -> String {
        format!("l{}", self.first + self.random.random_range(0..LEADS))
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.random.random_ratio(percent, 100)
    }

    fn condition(&mut self) -> String {
        let parts = [
            "record.score > 4",
            "record.score < 8",
            "record.tier == \"gold\"",
            "record.tier != \"gold\"",
            "record.vip",
            "!record.vip",
            "has(record.tier)",
            "record.score / record.score == 1",
        ];
        let operator = self.one(&[" && ", " || "]);
        let count = self.random.random_range(1..4);
        let parts: Vec<&str> = parts.choose_multiple(&mut self.random, count).copied().collect();
        parts.join(operator)
    }

    /// One change of definitions, sellers, enrollments or a record's state. Some are refused.
    async fn change(&mut self) {
        let (segment, sequence, lead) = (self.one(&SEGMENTS), self.one(&SEQUENCES), self.lead());
        let (yes, condition) = (self.chance(50), self.condition());
        let rule = format!("segments/{segment}/rules/u0");
        let on_leave = self.one(&["STAY", "EXIT_ENROLLMENT"]);
        let outcome = self.one(&["WON", "LOST"]);
        let named = format!("segments/{segment}");

        let (method, request) = match self.random.random_range(0..17) {
            0 => {
                ("SegmentService/UpdateSegment", json!({"segment": {"name": named, "condition": condition}}))
            }
            1 | 2 => {
                let switches =
                    json!({"name": named, "allow_resegmentation": yes, "reassign_on_resegmentation": !yes});
                ("SegmentService/UpdateSegment", json!({"segment": switches}))
            }
            3 => ("SegmentService/UpdateSegment", json!({"segment": {"name": named, "on_leave": on_leave}})),
            4 if yes => ("SegmentService/ActivateSegment", json!({"name": named})),
            4 => ("SegmentService/DeactivateSegment", json!({"name": named})),
            5 | 6 => (
                "SegmentService/ConnectSequence",
                json!({"name": named, "sequence": sequence, "replace": true}),
            ),
            7 => ("SegmentService/DisconnectSequence", json!({"name": named})),
            8 => {
                let changed = json!({"name": rule, "disabled": yes, "condition": condition});
                ("SegmentService/UpdateAssignmentRule", json!({"assignment_rule": changed}))
            }
            9 => {
                let seller =
                    json!({"name": format!("sellers/{}", self.one(&SELLERS)), "assign_records": yes});
                ("SellerService/UpdateSeller", json!({"seller": seller, "update_mask": "assignRecords"}))
            }
            10 if yes => ("SequenceService/ActivateSequence", json!({"name": sequence})),
            10 => ("SequenceService/DeactivateSequence", json!({"name": sequence})),
            11 => ("EnrollmentService/EnrollRecord", json!({"record": name(&lead), "sequence": sequence})),
            12 => ("RecordService/CloseRecord", json!({"name": name(&lead), "close_outcome": outcome})),
            _ => ("RecordService/ReopenRecord", json!({"name": name(&lead)})),
        };
        let _ = self.app.admin.call(method, request).await;
    }

    /// Upserts a record with a random part of random attributes.
    async fn upsert(&mut self, lead: &str) {
        let mut attributes = json!({});
        let score = self.random.random_range(0..11);
        let (tier, vip) = (self.one(&["gold", "base"]), self.chance(50));
        for (name, value) in [("score", json!(score)), ("tier", json!(tier)), ("vip", json!(vip))] {
            match self.random.random_range(0..4) {
                0 => attributes[name] = Value::Null,
                1 => {}
                _ => attributes[name] = value,
            }
        }

        let mut record = json!({"id": lead, "attributes": attributes});
        match self.random.random_range(0..6) {
            0 => record["owner"] = json!(self.one(&SELLERS)),
            1 => record["owner"] = json!(""),
            _ => {}
        }
        self.app.admin.leads(json!([record])).await;
    }

    async fn open(&self, lead: &str) -> BTreeSet<(String, String)> {
        let filter = format!("enrollment.record == \"{lead}\" && enrollment.open");
        let listed =
            self.app.admin.done("EnrollmentService/ListEnrollments", json!({"filter": filter})).await;
        let pair = |one: &Value| (text(one, "/name").to_owned(), text(one, "/sequence").to_owned());
        list(&listed, "/enrollments").iter().map(pair).collect()
    }

    /// The latest routing run of a record: its key, and why it has its owner and its sequence.
    async fn told(&self, lead: &str) -> Option<(uuid::Uuid, Option<String>, Option<String>)> {
        sqlx::query_as(
            "SELECT history.id, detail ->> 'owner_reason', detail ->> 'sequence_reason'
             FROM history JOIN record ON record.id = history.subject_id
             WHERE record.record_id = $1 AND kind = 101 ORDER BY history.id DESC LIMIT 1",
        )
        .bind(lead)
        .fetch_optional(&self.app.database.pool())
        .await
        .expect("can be read")
    }

    /// Explains a record whose change waits for routing, routes it, and compares.
    async fn check(&self, lead: &str, round: u64) -> Value {
        let explained = explain(&self.app.admin, lead).await;
        let (before, told_before) = (self.open(lead).await, self.told(lead).await);
        self.app.run_until_idle().await;
        // An upsert that changes nothing leaves nothing to route.
        if explained.get("changePending") != Some(&json!(true)) {
            return explained;
        }

        let (after, told) = (self.open(lead).await, self.told(lead).await);
        let record = self.app.admin.done("RecordService/GetRecord", json!({"name": name(lead)})).await;
        let record = &record["record"];
        let word = |pointer: &str| explained.pointer(pointer).and_then(Value::as_str).unwrap_or_default();

        let context = format!("round {round}: {explained} {record}");
        assert_eq!(record["segment"].as_str().unwrap_or_default(), word("/segment"), "{context}");
        assert_eq!(record["owner"].as_str().unwrap_or_default(), word("/owner/owner"), "{context}");

        let ended: BTreeSet<&String> = before.difference(&after).map(|(name, _)| name).collect();
        let exits = list(&explained, "/exits");
        assert_eq!(ended.len(), exits.len(), "{context}");
        for exit in &exits {
            let enrollment = text(exit, "/enrollment");
            assert!(ended.iter().any(|ended| *ended == enrollment), "{context}");
            let got =
                self.app.admin.done("EnrollmentService/GetEnrollment", json!({"name": enrollment})).await;
            assert_eq!(got["enrollment"]["reason"], exit["reason"], "{context}");
        }
        let started: Vec<&str> = after.difference(&before).map(|(_, sequence)| sequence.as_str()).collect();
        let expected = if word("/sequence/reason") == "ENROLLED" {
            vec![word("/sequence/sequence")]
        } else {
            Vec::new()
        };
        assert_eq!(started, expected, "{context}");

        // A member that stays as it is leaves no event.
        if let Some((id, owner, sequence)) = &told
            && told_before.is_none_or(|before| before.0 != *id)
        {
            let owner = owner.as_deref().unwrap_or("NOT_ASKED");
            assert_eq!(owner, word("/owner/reason"), "{context}");
            let sequence = sequence.as_deref().unwrap_or(word("/sequence/reason"));
            assert_eq!(sequence, word("/sequence/reason"), "{context}");
        }
        // Takes a call for each segment.
        if round.is_multiple_of(4) {
            self.check_conditions(&explained, lead).await;
        }
        explained
    }

    /// Compares what is said about each condition with what a list says that has it as its filter.
    async fn check_conditions(&self, explained: &Value, lead: &str) {
        for segment in list(explained, "/segments") {
            let parts: Vec<String> = parts(&segment).into_iter().map(|(text, ..)| text).collect();
            let operator =
                if segment.pointer("/condition/join") == Some(&json!("ANY")) { " || " } else { " && " };
            let condition = parts.join(operator);
            let filter = format!("({condition}) && record.id == \"{lead}\"");
            let listed = self
                .app
                .admin
                .done("RecordService/ListRecords", json!({"record_type": "lead", "filter": filter}));
            // Routing changes no attribute.
            let matches = list(&listed.await, "/records").len() == 1;
            assert_eq!(segment.pointer("/condition/truth") == Some(&json!("TRUE")), matches, "{segment}");
        }
    }
}

#[tokio::test]
async fn routing_does_what_was_explained() {
    let seed = chance::seed();
    let rounds = if chance::is_long() { 3_000 } else { 100 };
    println!("UPNEXT_SEED={seed}");
    let mut floor = Floor::new(seed).await;
    let mut seen = Seen::default();

    // More rounds if something rare hasn't come yet.
    for round in 0..rounds.max(1_500) {
        if round >= rounds && seen.missed().iter().all(|word| *word == NOTHING_CONNECTED) {
            break;
        }
        for _ in 0..floor.random.random_range(0..3) {
            floor.change().await;
        }
        // Its operations would be routed together with the record.
        floor.app.run_until_idle().await;
        floor.first = round / 4;
        let lead = floor.lead();
        floor.upsert(&lead).await;
        seen.note(&floor.check(&lead, round).await);
    }

    // Once nothing is connected, new records enter no segment.
    for segment in SEGMENTS {
        let _ = floor.app.admin.call("SegmentService/DisconnectSequence", json!({"name": segment})).await;
        for rule in ["u0", "u1"] {
            let rule = json!({"name": format!("segments/{segment}/rules/{rule}")});
            let _ = floor.app.admin.call("SegmentService/DeleteAssignmentRule", rule).await;
        }
        update_segment(&floor.app.admin, segment, json!({"condition": "has(record.id)"})).await;
        floor.app.admin.activate_segment(segment).await;
    }
    floor.app.run_until_idle().await;
    for round in 0..8 {
        let lead = format!("new{round}");
        floor.upsert(&lead).await;
        seen.note(&floor.check(&lead, round).await);
    }
    assert_eq!(seen.missed(), Vec::<&str>::new(), "a test that sees too little proves too little: {seen:?}");
}
