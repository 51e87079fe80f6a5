//! What administrators wrote, for those who ask later.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};
use strum::VariantArray as _;
use tonic::Status;
use uuid::Uuid;

use crate::api::actors::Actors;
use crate::api::call::Call;
use crate::api::convert::event::headed;
use crate::api::convert::{instant, json};
use crate::api::pb::event::Event as Kind;
use crate::api::{Api, pb, validate};
use crate::domain::audit::{Audit, AuditedKind};
use crate::domain::history::HistoryEvent;
use crate::domain::names::{self, SellerName};
use crate::domain::reason::Reason;
use crate::domain::violation::{Violation, Violations};
use crate::store::audit::{self, AuditActor, AuditFilter};
use crate::store::subjects;

impl Api {
    pub(super) async fn audit(
        &self,
        call: &Call,
        message: pb::ListAuditEventsRequest,
    ) -> Result<pb::ListAuditEventsResponse, Status> {
        let mut found = validate::violations(&message);
        let filter = found.keep("", filter(call, &message));
        let between = format!("{:?} {:?}", message.start_time, message.end_time);
        let parts = [
            ("actor", message.actor.as_str()),
            ("resource", &message.resource),
            ("resource_kind", &message.resource_kind),
            ("between", &between),
        ];
        let page = found.keep_once(call.page::<Uuid>(message.page_size, &message.page_token, &parts));
        let (filter, page) = found.settle((filter, page))?;

        let organization = call.organization();
        // A filter may look through all of them.
        let mut conn = match filter == AuditFilter::default() {
            true => self.read(organization).await?,
            false => self.survey(organization).await?,
        };
        let rows = audit::page(&mut conn, organization, &filter, page.after, page.limit()).await?;
        let actors = Actors::of(organization, &mut conn, rows.iter()).await?;
        let keys: BTreeSet<Uuid> = rows.iter().flat_map(mentioned).collect();
        let known = subjects::written(&mut conn, organization, &Vec::from_iter(keys)).await?;

        let show = |event: &HistoryEvent| headed(event, &actors, Some(write(event, &known)));
        let (events, next_page_token) = page.fill(&rows, show, |last| last.id);
        Ok(pb::ListAuditEventsResponse { events, next_page_token })
    }
}

fn filter(call: &Call, message: &pb::ListAuditEventsRequest) -> Result<AuditFilter, Violations> {
    let mut found = Violations::new();
    let actor = match message.actor.as_str() {
        "" => None,
        name => found.keep_once(actor(call, name)),
    };
    let kind = match message.resource_kind.as_str() {
        "" => None,
        word => found.keep_once(word.parse().map_err(|_| unknown_kind(word))),
    };
    let mut time = |field: &str, time: &Option<prost_types::Timestamp>| {
        time.as_ref().and_then(|time| found.keep_once(instant(field, time)))
    };
    let (start, end) = (time("start_time", &message.start_time), time("end_time", &message.end_time));

    if start.zip(end).is_some_and(|(start, end)| end <= start) {
        found.push("end_time", Reason::FieldInvalid, "must be after start_time");
    }
    // No name has it, and Postgres can't be asked for it.
    if message.resource.contains('\0') {
        found.push("resource", Reason::FieldInvalid, "must not contain the character U+0000");
    }
    let resource = Some(message.resource.clone()).filter(|name| !name.is_empty());
    found.into_result(AuditFilter { actor, resource, kind, start, end })
}

fn actor(call: &Call, name: &str) -> Result<AuditActor, Violation> {
    if name == names::OPERATOR {
        return Ok(AuditActor::Operator);
    }
    if let Some(subject) = names::subject(name) {
        return Ok(AuditActor::Subject(subject));
    }
    match name.split_once('/') {
        Some(("sellers", _)) => Ok(match names::seller("actor", name)? {
            SellerName::Id(id) => AuditActor::Seller(id.to_owned()),
            // Whoever has no seller has done nothing as one.
            SellerName::Me => AuditActor::Key(call.caller.key.0),
        }),
        Some(("apiKeys", _)) => names::API_KEY.parse_uuid("actor", name).map(AuditActor::Key),
        _ => Err(Violation::new("actor", Reason::ResourceNameInvalid, names::ACTOR_RULE)),
    }
}

fn unknown_kind(word: &str) -> Violation {
    let known: Vec<&str> = AuditedKind::VARIANTS.iter().map(|kind| kind.as_str()).collect();
    let word: String = word.chars().take(64).collect();
    let description = format!("must be a kind of resource, is {word:?}; known are {}", known.join(", "));
    Violation::new("resource_kind", Reason::FieldInvalid, description)
}

fn write(event: &HistoryEvent, known: &HashMap<Uuid, String>) -> Kind {
    let method = event.detail.method.clone().unwrap_or_default();
    let Some(audit) = event.detail.audit.as_deref() else {
        // From before there was an audit.
        let resource = known.get(&event.subject).cloned().unwrap_or_default();
        return Kind::AdministrativeWrite(pb::AdministrativeWrite { method, resource, ..Default::default() });
    };

    let Audit { kind, resource, peer, before, after } = audit;
    let fields = |fields: &Option<Map<String, Value>>| {
        let fields = fields.as_ref()?.iter().map(|(name, value)| (name.clone(), named(value, known)));
        let fields: Map<String, Value> = fields.collect();
        Some(json::message(fields.iter()))
    };
    Kind::AdministrativeWrite(pb::AdministrativeWrite {
        method,
        resource: resource.clone(),
        resource_kind: kind.as_str().to_owned(),
        peer_address: peer.clone().unwrap_or_default(),
        before: fields(before),
        after: fields(after),
    })
}

/// The keys in an event that names stand for: of what was written, and in its fields.
fn mentioned(event: &HistoryEvent) -> Vec<Uuid> {
    let audit = event.detail.audit.as_deref();
    let sides = audit.into_iter().flat_map(|audit| [&audit.before, &audit.after]).flatten();
    let values = sides.flat_map(Map::values).flat_map(items);
    let keys = values.filter_map(key);
    keys.chain(audit.is_none().then_some(event.subject)).collect()
}

/// The values of a list, or the only one.
fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

/// A value with names in place of keys, as far as they are known.
fn named(value: &Value, known: &HashMap<Uuid, String>) -> Value {
    if let Value::Array(items) = value {
        return Value::Array(items.iter().map(|item| named(item, known)).collect());
    }
    let name = key(value).and_then(|key| known.get(&key));
    name.map_or_else(|| value.clone(), |name| Value::String(name.clone()))
}

fn key(value: &Value) -> Option<Uuid> {
    value.as_str().and_then(|text| Uuid::try_parse(text).ok())
}
