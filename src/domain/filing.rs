//! How sequences are filed: whose they are, and under which tags people find them. It is no part of
//! a plan, so a change makes no new revision.

use super::caller::Authorship;
use super::id::{ChosenId, SellerId};
use super::names;
use super::reason::Reason;
use super::refusal::Refusal;
use super::sequence::Sequence;
use super::settings::{Settings, check_length};
use super::violation::Violations;

/// The owner and the tags of a sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filing {
    /// The seller whose sequence it is. `None` without one.
    pub owner: Option<SellerId>,
    /// Its tags: paths of names, like `EMEA/Outbound`.
    pub tags: Vec<String>,
}

/// A change of a filing. Fields that are `None` stay the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilingPatch {
    /// The new owner, or `Some(None)` for nobody.
    pub owner: Option<Option<NamedSeller>>,
    /// The new tags, which replace all others.
    pub tags: Option<Vec<String>>,
}

/// A seller as a caller named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamedSeller {
    /// The caller's own seller.
    Me,
    /// The seller with this id.
    Id(ChosenId),
}

/// The most levels of a tag.
pub const TAG_LEVELS: usize = 4;

/// The most tags of a sequence.
const MOST_TAGS: usize = 20;

/// The most characters of one level of a tag.
const LONGEST_NAME: i32 = 100;

impl FilingPatch {
    /// Returns the changed filing, and every new value that is not allowed. `owner` is the seller
    /// that the patch names. `None` if there is no such seller. Paths begin at the sequence.
    pub fn apply(&self, before: &Filing, owner: Option<SellerId>) -> (Filing, Violations) {
        let mut found = Violations::new();
        let mut filing = before.clone();
        match &self.owner {
            None => {}
            // Given, but as nobody.
            Some(None) => filing.owner = None,
            Some(Some(named)) => {
                if owner.is_none() {
                    found.push("owner", Reason::ReferenceNotFound, named.unknown());
                }
                filing.owner = owner;
            }
        }
        if let Some(tags) = &self.tags {
            found.extend(check_tags(tags));
            filing.tags.clone_from(tags);
        }

        (filing, found)
    }
}

impl NamedSeller {
    /// Says that there is no such seller.
    pub fn unknown(&self) -> String {
        match self {
            Self::Me => "must be an existing seller: the caller's key is bound to none".to_owned(),
            Self::Id(id) => format!("must be an existing seller: {} doesn't exist", names::SELLER.name([id])),
        }
    }
}

/// Checks tags. Paths begin at the sequence.
fn check_tags(tags: &[String]) -> Violations {
    let mut found = Violations::new();
    if tags.len() > MOST_TAGS {
        let description = format!("must have at most {MOST_TAGS} tags, has {}", tags.len());
        found.push("tags", Reason::FieldTooLong, description);
        return found;
    }

    for (place, tag) in tags.iter().enumerate() {
        let field = format!("tags[{place}]");
        let levels = tag.split('/').count();
        if levels > TAG_LEVELS {
            let description = format!("must have at most {TAG_LEVELS} levels, has {levels}");
            found.push(&field, Reason::FieldInvalid, description);
        }
        // Otherwise two tags could look the same.
        let is_plain =
            |name: &str| !name.is_empty() && name.trim() == name && !name.contains(char::is_control);
        if !tag.split('/').all(is_plain) {
            let description = "must be names separated by /, each without spaces around it and not empty";
            found.push(&field, Reason::FieldInvalid, description);
        }
        for name in tag.split('/') {
            found.extend_once(check_length(&field, name, LONGEST_NAME));
        }
        if tags[..place].contains(tag) {
            found.push(&field, Reason::FieldInvalid, "must be given once");
        }
    }
    found
}

impl Sequence {
    /// Checks that a caller may change the sequence, and that it is still theirs afterwards.
    ///
    /// # Errors
    /// A refusal.
    pub fn check_author(&self, author: Authorship, settings: &Settings) -> Result<(), Refusal> {
        match author {
            Authorship::All => Ok(()),
            Authorship::Own(_) if !settings.seller_authoring => Err(Refusal::SellerAuthoringOff),
            Authorship::Own(seller) if self.filing.owner == Some(seller) => Ok(()),
            Authorship::Own(_) | Authorship::Nothing => {
                Err(Refusal::SequenceOwnedByAnother { sequence: self.name() })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(tags: &[&str]) -> Vec<(String, Reason)> {
        let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
        let patch = FilingPatch { owner: None, tags: Some(tags) };
        let (_, found) = patch.apply(&Filing::default(), None);
        found.into_iter().map(|one| (one.field, one.reason)).collect()
    }

    #[test]
    fn a_tag_has_up_to_four_levels_of_plain_names() {
        assert_eq!(wrong(&["EMEA", "EMEA/Outbound/New logos/2026", "Größe"]), []);
        let invalid = |field: &str| (field.to_owned(), Reason::FieldInvalid);
        for tag in ["", "/", "a//b", " a", "a/ b", "a/b/", "a\tb", "1/2/3/4/5"] {
            assert_eq!(wrong(&["fine", tag]), [invalid("tags[1]")], "{tag:?}");
        }
        assert_eq!(wrong(&["a", "b", "a"]), [invalid("tags[2]")]);
        assert_eq!(wrong(&["a/b", &"x".repeat(100)]), []);
        assert_eq!(wrong(&[&"x".repeat(101)]), [("tags[0]".to_owned(), Reason::FieldTooLong)]);
        assert_eq!(wrong(&["a"; 21]), [("tags".to_owned(), Reason::FieldTooLong)]);
    }
}
