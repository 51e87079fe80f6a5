//! The names of those in events: who acted, and who became an owner.

use std::collections::{BTreeSet, HashMap};

use tonic::Status;
use uuid::Uuid;

use crate::api::call::Call;
use crate::domain::caller::Actor;
use crate::domain::history::HistoryEvent;
use crate::domain::id::{ChosenId, KeyId, SellerId};
use crate::domain::names;
use crate::store::{ReadConnection, tenants};

/// The names of those in events.
#[derive(Clone, Debug, Default)]
pub struct Actors {
    /// The chosen ids of sellers.
    pub sellers: HashMap<SellerId, ChosenId>,
    /// The subjects of tokens.
    subjects: HashMap<KeyId, String>,
}

impl Actors {
    /// Reads the names of those in these events.
    pub async fn of<'a>(
        call: &Call,
        conn: &mut ReadConnection,
        events: impl IntoIterator<Item = &'a HistoryEvent>,
    ) -> Result<Self, Status> {
        let (mut sellers, mut principals) = (BTreeSet::new(), BTreeSet::new());
        for event in events {
            sellers.extend(event.actor.seller.map(|seller| seller.0));
            sellers.extend(event.detail.seller);
            // A seller goes by its own name, whatever it called with.
            let of_token = event.actor.key.filter(|key| event.actor.seller.is_none() && key.is_of_token());
            principals.extend(of_token.map(|key| key.0));
        }

        let (sellers, principals) = (Vec::from_iter(sellers), Vec::<Uuid>::from_iter(principals));
        let sellers = tenants::sellers::chosen_ids(conn, call.organization(), &sellers).await?;
        let subjects = tenants::principals::subjects(conn, call.organization(), &principals).await?;
        Ok(Self { sellers, subjects })
    }

    /// The name of who caused an event. Empty if upnext did.
    pub fn name(&self, actor: Actor) -> String {
        let seller = actor.seller.and_then(|seller| self.sellers.get(&seller));
        let subject = actor.key.and_then(|key| self.subjects.get(&key));
        names::actor(seller, actor.key, subject.map(String::as_str))
    }
}
