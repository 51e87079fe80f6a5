//! A sales floor that changes at random, and whose records are explained, routed and compared.

use std::collections::{BTreeMap, BTreeSet};

use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};

use super::super::support::app::TestApp;
use super::super::support::stage::{list, text};
use super::{ONE_STEP, explain, name, parts, update_segment};

/// What a run has seen, so that it can tell whether it saw enough.
#[derive(Debug, Default)]
pub struct Seen(BTreeMap<String, u32>);

impl Seen {
    /// What it hasn't seen yet.
    pub fn missed(&self) -> Vec<&'static str> {
        EXPECTED.into_iter().filter(|word| !self.0.contains_key(*word)).collect()
    }

    /// Notes what an explanation says.
    pub fn note(&mut self, explained: &Value) {
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

/// Seen only at the end.
pub const NOTHING_CONNECTED: &str = "verdict NOTHING_CONNECTED";

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
pub struct Floor {
    /// The server.
    pub app: TestApp,
    /// Where all chance comes from.
    pub random: StdRng,
    /// The number of the first lead that changes. A lead gets into each sequence only once, so it
    /// has had its time at some point.
    pub first: u64,
}

/// The segments.
pub const SEGMENTS: [&str; 5] = ["g0", "g1", "g2", "g3", "g4"];
const SEQUENCES: [&str; 3] = ["s0", "s1", "s2"];
const SELLERS: [&str; 3] = ["ana", "ben", "cem"];
/// How many leads change at a time.
const LEADS: u64 = 10;

impl Floor {
    /// Sets it up.
    pub async fn new(seed: u64) -> Self {
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
            // The second rule of a segment always matches, so one segment has only the first.
            let rules = if segment == SEGMENTS[0] { 1 } else { floor.random.random_range(1..3) };
            for rule in 0..rules {
                let sellers: Vec<&str> = SELLERS.choose_multiple(&mut floor.random, 2).copied().collect();
                floor.app.admin.rule(segment, &format!("u{rule}"), &sellers).await;
            }
            let sequence = floor.one(&SEQUENCES);
            floor.app.admin.connect(segment, sequence).await;
            let takes = json!({"allow_resegmentation": floor.chance(70)});
            update_segment(&floor.app.admin, segment, takes).await;
        }
        floor
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of.choose(&mut self.random).copied().expect("one of some")
    }

    /// One of the leads that change now.
    pub fn lead(&mut self) -> String {
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
    pub async fn change(&mut self) {
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
            7 if yes => ("SegmentService/DisconnectSequence", json!({"name": named})),
            5..=7 => (
                "SegmentService/ConnectSequence",
                json!({"name": named, "sequence": sequence, "replace": true}),
            ),
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
    pub async fn upsert(&mut self, lead: &str) {
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
    pub async fn check(&self, lead: &str, round: u64) -> Value {
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
            let request = json!({"record_type": "lead", "filter": filter});
            let listed = self.app.admin.done("RecordService/ListRecords", request).await;

            // Routing changes no attribute.
            let matches = list(&listed, "/records").len() == 1;
            assert_eq!(segment.pointer("/condition/truth") == Some(&json!("TRUE")), matches, "{segment}");
        }
    }
}
