//! What commands write to a record, and what becomes of them.

use serde_json::{Map, Value};

use super::command::Done;
use super::enrollment::PauseReason;
use super::id::SellerId;
use super::names;
use super::reason::Reason;
use super::record::{Attributes, OwnerChange};
use super::step::{AssignTo, StepKind};
use super::violation::Violations;

/// What a command writes to a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Writing {
    /// The attributes to set.
    pub attributes: Map<String, Value>,
    /// The change of the owner.
    pub owner: OwnerChange,
}

impl AssignTo {
    /// Returns the chosen id of the seller whom it names for a record with these attributes. `None`
    /// if it names nobody, or a team.
    pub fn seller(&self, attributes: Option<&Attributes>) -> Option<String> {
        match self {
            AssignTo::Seller(seller) => Some(seller.clone()),
            AssignTo::Team(_) => None,
            AssignTo::Attribute(attribute) => {
                let value = attributes?.get(attribute.as_str())?.as_str()?;
                // The attribute may hold the full name or the bare id.
                names::SELLER.parse("", value).ok().map(|[id]| id.to_owned())
            }
        }
    }
}

impl StepKind {
    /// Returns what the command of a step writes to a record with these attributes. `None` if it
    /// writes nothing to the record. `draw` returns the member of a team whose turn it is, or why
    /// there is none.
    ///
    /// # Errors
    /// What becomes of it, if nothing can be written.
    pub fn writing(
        &self,
        attributes: Option<&Attributes>,
        draw: &mut dyn FnMut(&str) -> Result<String, &'static str>,
    ) -> Result<Option<Writing>, Done> {
        match self {
            StepKind::UpdateAttribute(update) => {
                let attributes = Map::from_iter([(update.attribute.clone(), update.value.clone())]);
                Ok(Some(Writing { attributes, owner: OwnerChange::Keep }))
            }
            StepKind::AssignOwner(assign) => {
                let seller = match &assign.to {
                    AssignTo::Team(team) => draw(team),
                    named => named.seller(attributes).ok_or("ATTRIBUTE_MISSING"),
                };
                let seller = seller.map_err(Done::owner_stays)?;
                Ok(Some(Writing { attributes: Map::new(), owner: OwnerChange::Set(seller) }))
            }
            _ => Ok(None),
        }
    }
}

impl Writing {
    /// Returns what becomes of the command if this was written. `changed` says whether it changed
    /// the record, and `owner` is the owner from then on.
    pub fn done(&self, changed: bool, owner: Option<SellerId>) -> Done {
        let why = (!changed).then(|| "UNCHANGED".to_owned());
        match self.owner {
            OwnerChange::Keep => Done::AttributeUpdated { why },
            _ => Done::OwnerAssigned { seller: owner.filter(|_| changed), why },
        }
    }

    /// Returns what becomes of the command if the record can't have this.
    pub fn refused(&self, found: &Violations) -> Done {
        match self.owner {
            OwnerChange::Keep => {
                let why = found.shared_reason().unwrap_or(Reason::FieldsInvalid).as_str().to_owned();
                Done::Failed { reason: PauseReason::AttributeRefused, why }
            }
            _ => Done::owner_stays("SELLER_UNKNOWN"),
        }
    }
}

impl Done {
    fn owner_stays(why: &str) -> Self {
        Done::OwnerAssigned { seller: None, why: Some(why.to_owned()) }
    }
}
