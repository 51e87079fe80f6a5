//! Which events a request wants: it names kinds, a record, a sequence and an actor.

use tonic::Status;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::page::Log;
use crate::api::records::history::record_key;
use crate::api::{Api, pb};
use crate::domain::event_filter::{Doer, EventFilter, Focus};
use crate::domain::id::KeyId;
use crate::domain::names::{self, SellerName};
use crate::domain::reason::Reason;
use crate::domain::violation::{Violation, Violations};
use crate::engine::{Error, Kind};
use crate::store::tenants::{principals, sellers};
use crate::store::{ReadConnection, sequences};

/// What a request says of the events that it wants.
#[derive(Debug)]
pub(super) struct Wanted {
    kinds: Vec<String>,
    record: String,
    sequence: String,
    actor: String,
}

/// The same, once its names are checked.
#[derive(Debug)]
pub(super) struct Checked {
    filter: EventFilter,
    record: Option<[String; 2]>,
    sequence: Option<String>,
    actor: Option<Actor>,
}

/// The name of an actor.
#[derive(Debug)]
enum Actor {
    Seller(String),
    Key(Uuid),
    Subject(String),
}

impl From<&pb::ListEventsRequest> for Wanted {
    fn from(request: &pb::ListEventsRequest) -> Self {
        let pb::ListEventsRequest { kinds, record, sequence, actor, .. } = request.clone();
        Self { kinds, record, sequence, actor }
    }
}

impl From<&pb::WatchEventsRequest> for Wanted {
    fn from(request: &pb::WatchEventsRequest) -> Self {
        let pb::WatchEventsRequest { kinds, record, sequence, actor, .. } = request.clone();
        Self { kinds, record, sequence, actor }
    }
}

impl Wanted {
    /// Checks what it says, without the database.
    pub fn check(&self, call: &Call) -> Result<Checked, Violations> {
        let mut found = Violations::new();
        let filter = found.keep("", EventFilter::read("kinds", &self.kinds));
        let given = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        let record = given(&self.record).map(|name| names::RECORD.parse("record", &name).map(owned));
        let sequence = given(&self.sequence).map(|name| names::SEQUENCE.parse("sequence", &name).map(owned));
        let actor = given(&self.actor).map(|name| actor(call, &name));

        let record = found.keep_once(record.transpose());
        let sequence = found.keep_once(sequence.transpose());
        let actor = found.keep_once(actor.transpose());
        let (filter, record, sequence, actor) = found.settle((filter, record, sequence, actor))?;
        Ok(Checked { filter, record, sequence: sequence.map(|[id]| id), actor })
    }

    /// What tokens are bound to, besides the kinds.
    pub fn parts(&self) -> [(&'static str, &str); 3] {
        [("record", &self.record), ("sequence", &self.sequence), ("actor", &self.actor)]
    }

    /// The log of these events of an organization.
    pub fn log(&self, call: &Call, checked: Option<&Checked>) -> Log {
        // The same kinds in another order are the same log.
        let kinds = checked.map(|checked| checked.filter.words()).unwrap_or_default().join(" ");
        let mut parts = vec![("kinds", kinds.as_str())];
        parts.extend(self.parts().into_iter().filter(|(_, part)| !part.is_empty()));
        Log::new("events", call.organization(), &parts)
    }
}

fn owned<const N: usize>(ids: [&str; N]) -> [String; N] {
    ids.map(str::to_owned)
}

fn actor(call: &Call, name: &str) -> Result<Actor, Violation> {
    if let Some(subject) = names::subject(name) {
        return Ok(Actor::Subject(subject));
    }
    match name.split_once('/') {
        Some(("sellers", _)) => Ok(match names::seller("actor", name)? {
            SellerName::Id(id) => Actor::Seller(id.to_owned()),
            // Whoever has no seller has done nothing as one.
            SellerName::Me => Actor::Key(call.caller.key.0),
        }),
        Some(("apiKeys", _)) => names::API_KEY.parse_uuid("actor", name).map(Actor::Key),
        _ => Err(Violation::new("actor", Reason::ResourceNameInvalid, names::DOER_RULE)),
    }
}

impl Api {
    /// Finds what a request names.
    ///
    /// # Errors
    /// Missing: the record, sequence or seller isn't there.
    pub(super) async fn find_wanted(&self, call: &Call, checked: Checked) -> Result<EventFilter, Status> {
        let Checked { mut filter, record, sequence, actor } = checked;
        // Most want everything, and need no connection for that.
        if record.is_none() && sequence.is_none() && actor.is_none() {
            return Ok(filter);
        }

        let mut conn = self.read(call.organization()).await?;
        let record = match &record {
            Some([record_type, id]) => Some(record_key(call, &mut conn, [record_type, id]).await?),
            None => None,
        };
        let sequence = match &sequence {
            Some(id) => {
                let missing = || Error::Missing { kind: Kind::Sequence, name: names::SEQUENCE.name([id]) };
                let found = sequences::find(&mut conn, call.organization(), id).await?;
                Some(found.ok_or_else(missing)?.sequence.id)
            }
            None => None,
        };
        let actor = match actor {
            Some(actor) => Some(doer(call, &mut conn, actor).await?),
            None => None,
        };
        filter.focus = Focus { record, sequence, actor };
        Ok(filter)
    }
}

async fn doer(call: &Call, conn: &mut ReadConnection, actor: Actor) -> Result<Doer, Error> {
    let organization = call.organization();
    Ok(match actor {
        Actor::Seller(id) => {
            let missing = || Error::Missing { kind: Kind::Seller, name: names::SELLER.name([&id]) };
            Doer::Seller(sellers::find(conn, organization, &id).await?.ok_or_else(missing)?.id)
        }
        Actor::Key(key) => Doer::Keys(vec![KeyId(key)]),
        Actor::Subject(subject) => Doer::Keys(principals::of_subject(conn, organization, &subject).await?),
    })
}
