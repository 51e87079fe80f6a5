//! Resource names like `sequences/{sequence}`. The only place that reads and writes them.

use uuid::Uuid;

use super::id::{ChosenId, KeyId};
use super::reason::Reason;
use super::violation::Violation;

/// The form of an id that a caller chooses.
const ID_RULE: &str = "1 to 128 of the characters A-Z a-z 0-9 . _ @ -";

/// The number of characters of a refused text that a description repeats.
const QUOTED: usize = 128;

/// The id for the caller's own seller. No seller can have it.
const ME: &str = "me";

/// The pattern of one kind of resource name, with `N` ids.
#[derive(Clone, Copy, Debug)]
pub struct Pattern<const N: usize>(&'static str);

/// `sequences/{sequence}`
pub const SEQUENCE: Pattern<1> = Pattern("sequences/{sequence}");
/// `sequences/{sequence}/revisions/{revision}`
pub const REVISION: Pattern<2> = Pattern("sequences/{sequence}/revisions/{revision}");
/// `sequenceTemplates/{sequence_template}`
pub const SEQUENCE_TEMPLATE: Pattern<1> = Pattern("sequenceTemplates/{sequence_template}");
/// `segments/{segment}`
pub const SEGMENT: Pattern<1> = Pattern("segments/{segment}");
/// `segments/{segment}/rules/{rule}`
pub const RULE: Pattern<2> = Pattern("segments/{segment}/rules/{rule}");
/// `recordTypes/{record_type}`
pub const RECORD_TYPE: Pattern<1> = Pattern("recordTypes/{record_type}");
/// `recordTypes/{record_type}/records/{record}`
pub const RECORD: Pattern<2> = Pattern("recordTypes/{record_type}/records/{record}");
/// `recordTypes/{record_type}/attributes/{attribute}`
pub const ATTRIBUTE: Pattern<2> = Pattern("recordTypes/{record_type}/attributes/{attribute}");
/// `sellers/{seller}`. Requests are read with [`seller`], because they can contain `me`.
pub const SELLER: Pattern<1> = Pattern("sellers/{seller}");
/// `teams/{team}`
pub const TEAM: Pattern<1> = Pattern("teams/{team}");
/// `calendars/{calendar}`
pub const CALENDAR: Pattern<1> = Pattern("calendars/{calendar}");
/// `templates/{template}`
pub const TEMPLATE: Pattern<1> = Pattern("templates/{template}");
/// `views/{view}`
pub const VIEW: Pattern<1> = Pattern("views/{view}");
/// `enrollments/{uuid}`
pub const ENROLLMENT: Pattern<1> = Pattern("enrollments/{uuid}");
/// `activities/{uuid}`
pub const ACTIVITY: Pattern<1> = Pattern("activities/{uuid}");
/// `operations/{operation}`, a UUID.
pub const OPERATION: Pattern<1> = Pattern("operations/{operation}");
/// `problems/{uuid}`
pub const PROBLEM: Pattern<1> = Pattern("problems/{uuid}");
/// `events/{uuid}`
pub const EVENT: Pattern<1> = Pattern("events/{uuid}");
/// `webhooks/{webhook}`
pub const WEBHOOK: Pattern<1> = Pattern("webhooks/{webhook}");
/// `webhooks/{webhook}/deliveries/{delivery}`
pub const DELIVERY: Pattern<2> = Pattern("webhooks/{webhook}/deliveries/{delivery}");
/// `apiKeys/{uuid}`
pub const API_KEY: Pattern<1> = Pattern("apiKeys/{uuid}");
/// `principals/{subject}`, of a token. See [`principal`].
pub const PRINCIPAL: Pattern<1> = Pattern("principals/{subject}");
/// Who operates the installation, with commands that have access to the database.
pub const OPERATOR: &str = "operator";
/// What a name of an actor must be.
pub const ACTOR_RULE: &str = "must be sellers/{seller}, apiKeys/{uuid}, principals/{subject} or operator";
/// What the name of an actor within an organization must be.
pub const DOER_RULE: &str = "must be sellers/{seller}, sellers/me, apiKeys/{uuid} or principals/{subject}";
/// `organizations/{uuid}`
pub const ORGANIZATION: Pattern<1> = Pattern("organizations/{uuid}");

impl<const N: usize> Pattern<N> {
    /// Returns the ids in `text`. A pattern with one id accepts the bare id, too.
    pub fn parse<'a>(self, field: &str, text: &'a str) -> Result<[&'a str; N], Violation> {
        self.ids(text).ok_or_else(|| self.violation(field, text))
    }

    /// Returns the name with these ids.
    pub fn name(self, ids: [impl AsRef<str>; N]) -> String {
        let mut ids = ids.iter().map(AsRef::as_ref);
        let parts = self.0.split('/').map(|part| match part.starts_with('{') {
            // Never missing, because `N` is the number of variables.
            true => ids.next().unwrap_or_default(),
            false => part,
        });
        parts.collect::<Vec<_>>().join("/")
    }

    fn ids(self, text: &str) -> Option<[&str; N]> {
        let parts: Vec<&str> = text.split('/').collect();
        let ids: Vec<&str> = match (N, parts.as_slice()) {
            // A single id is unambiguous, so callers may leave out the collection.
            (1, [bare]) => vec![*bare],
            _ => self.variables(&parts)?,
        };
        ids.iter().all(|id| ChosenId::new(id).is_ok()).then(|| ids.try_into().ok())?
    }

    /// Returns the parts of a name where the pattern has ids. `None` if another part differs.
    fn variables<'a>(self, parts: &[&'a str]) -> Option<Vec<&'a str>> {
        let pattern: Vec<&str> = self.0.split('/').collect();
        // In range, because the lengths are compared first.
        let is_variable = |index: usize| pattern[index].starts_with('{');
        let fits = pattern.len() == parts.len()
            && parts.iter().enumerate().all(|(index, part)| is_variable(index) || *part == pattern[index]);
        fits.then(|| (0..parts.len()).filter(|index| is_variable(*index)).map(|index| parts[index]).collect())
    }

    fn violation(self, field: &str, text: &str) -> Violation {
        // Offered only where `ids` accepts it.
        let bare = if N == 1 { " or the bare id" } else { "" };
        let expected = format!("{}{bare}", self.0);
        if text.is_empty() {
            return Violation::new(field, Reason::FieldRequired, format!("must be given: {expected}"));
        }
        Violation::new(field, Reason::ResourceNameInvalid, format!("must be {expected}, is {}", quoted(text)))
    }
}

impl Pattern<1> {
    /// Like [`Self::parse`], but returns the only id, as an owned text.
    pub fn parse_id(self, field: &str, text: &str) -> Result<String, Violation> {
        let [id] = self.parse(field, text)?;
        Ok(id.to_owned())
    }

    /// Returns the id of a name whose id is a UUID. Only its usual form is accepted.
    pub fn parse_uuid(self, field: &str, text: &str) -> Result<Uuid, Violation> {
        let [id] = self.parse(field, text)?;
        // Other spellings of the same UUID would give a resource several names.
        let uuid = Uuid::try_parse(id).ok().filter(|uuid| uuid.to_string() == id);
        uuid.ok_or_else(|| {
            let description = format!("must be {} with a UUID, is {}", self.0, quoted(text));
            Violation::new(field, Reason::ResourceNameInvalid, description)
        })
    }

    /// Returns the name of a resource whose id is a UUID.
    pub fn uuid_name(self, id: Uuid) -> String {
        self.name([id.to_string()])
    }
}

/// A seller in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SellerName<'a> {
    /// `sellers/me`: the seller that the caller's key is bound to.
    Me,
    /// `sellers/{seller}`: the chosen id.
    Id(&'a str),
}

/// Reads `sellers/{seller}`, a bare id, or `sellers/me`.
pub fn seller<'a>(field: &str, text: &'a str) -> Result<SellerName<'a>, Violation> {
    let [id] = SELLER.parse(field, text)?;
    Ok(if id == ME { SellerName::Me } else { SellerName::Id(id) })
}

/// A work queue in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueName<'a> {
    /// A seller's own queue.
    Seller(SellerName<'a>),
    /// A team's shared queue.
    Team(&'a str),
}

/// Reads `sellers/{seller}`, `sellers/me` or `teams/{team}`. A bare id is refused, because it could
/// be that of a seller or of a team.
pub fn queue<'a>(field: &str, text: &'a str) -> Result<QueueName<'a>, Violation> {
    match text.split_once('/') {
        Some(("sellers", _)) => seller(field, text).map(QueueName::Seller),
        Some(("teams", _)) => TEAM.parse(field, text).map(|[team]| QueueName::Team(team)),
        _ if text.is_empty() => Err(Violation::new(
            field,
            Reason::FieldRequired,
            "must be given: sellers/{seller} or teams/{team}",
        )),
        _ => {
            let description = format!("must be sellers/{{seller}} or teams/{{team}}, is {}", quoted(text));
            Err(Violation::new(field, Reason::ResourceNameInvalid, description))
        }
    }
}

/// The name of a caller: of an API key, or of the subject of a token. Without its subject, the
/// caller with a token goes by its key.
pub fn principal(key: KeyId, subject: Option<&str>) -> String {
    match subject {
        Some(subject) => PRINCIPAL.name([escaped(subject)]),
        None if key.is_of_token() => PRINCIPAL.uuid_name(key.0),
        None => API_KEY.uuid_name(key.0),
    }
}

/// Who did something: the seller, otherwise the caller. Empty if upnext did.
pub fn actor(seller: Option<&ChosenId>, key: Option<KeyId>, subject: Option<&str>) -> String {
    match (seller, key) {
        (Some(seller), _) => SELLER.name([seller]),
        (None, Some(key)) => principal(key, subject),
        (None, None) => String::new(),
    }
}

/// Reads the subject of `principals/{subject}`. `None` if it isn't such a name.
pub fn subject(name: &str) -> Option<String> {
    let escaped = name.strip_prefix("principals/")?.as_bytes();
    let (mut subject, mut at) = (Vec::with_capacity(escaped.len()), 0);
    while let Some(byte) = escaped.get(at) {
        if *byte == b'%' {
            let digits = std::str::from_utf8(escaped.get(at + 1..at + 3)?).ok()?;
            subject.push(u8::from_str_radix(digits, 16).ok()?);
            at += 3;
        } else {
            subject.push(*byte);
            at += 1;
        }
    }
    String::from_utf8(subject).ok().filter(|subject| !subject.is_empty())
}

/// A subject as one part of a name: all but letters, digits and `-._~@:|` is percent-encoded.
fn escaped(subject: &str) -> String {
    let mut escaped = String::with_capacity(subject.len());
    for byte in subject.bytes() {
        match byte {
            byte if byte.is_ascii_alphanumeric() || b"-._~@:|".contains(&byte) => escaped.push(byte.into()),
            byte => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

/// Checks a new id that a caller chose.
pub fn new_id(field: &str, text: &str) -> Result<ChosenId, Violation> {
    ChosenId::new(text).map_err(|_| match text {
        "" => Violation::new(field, Reason::FieldRequired, format!("must be given: {ID_RULE}")),
        _ => Violation::new(field, Reason::FieldInvalid, format!("must be {ID_RULE}, is {}", quoted(text))),
    })
}

/// Like [`new_id`], but for a seller: `me` is reserved, in upper and lower case.
pub fn new_seller_id(field: &str, text: &str) -> Result<ChosenId, Violation> {
    // Somebody who means the caller and writes `ME` must not reach another seller.
    if text.eq_ignore_ascii_case(ME) {
        let description = "must not be \"me\" in any case, which stands for the caller's own seller";
        return Err(Violation::new(field, Reason::FieldInvalid, description));
    }
    new_id(field, text)
}

/// Quotes the first characters of a refused text.
fn quoted(text: &str) -> String {
    // Cut between characters: a cut inside one would panic.
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("\"{}…\"", &text[..end]),
        None => format!("\"{text}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_one_id_is_read_with_and_without_its_collection() {
        assert_eq!(SEQUENCE.parse("name", "sequences/paid-search"), Ok(["paid-search"]));
        assert_eq!(SEQUENCE.parse("sequence", "paid-search"), Ok(["paid-search"]));
        assert_eq!(SEQUENCE.name(["paid-search"]), "sequences/paid-search");
    }

    #[test]
    fn a_name_of_two_ids_needs_all_its_words() {
        assert_eq!(RECORD.parse("record", "recordTypes/lead/records/l1@crm"), Ok(["lead", "l1@crm"]));
        assert_eq!(RULE.name(["paid-search", "in-turn"]), "segments/paid-search/rules/in-turn");
        for wrong in ["l1", "recordTypes/lead", "recordTypes/lead/record/l1", "recordTypes//records/l1"] {
            assert_eq!(
                RECORD.parse("record", wrong).unwrap_err().reason,
                Reason::ResourceNameInvalid,
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_bad_name_is_told_the_expected_pattern() {
        let violation = SEQUENCE.parse("name", "sequence/x").unwrap_err();
        assert_eq!(violation.field, "name");
        assert_eq!(violation.description, "must be sequences/{sequence} or the bare id, is \"sequence/x\"");
        assert_eq!(SEQUENCE.parse("name", "").unwrap_err().reason, Reason::FieldRequired);
        let long = format!("sequences/{}", "ä".repeat(1000));
        assert!(SEQUENCE.parse("name", &long).unwrap_err().description.chars().count() < 200);
    }

    #[test]
    fn a_uuid_name_has_one_form_only() {
        let id = Uuid::from_u128(0x0190_c0de_0000_7000_8000_0000_0000_0001);
        let name = ENROLLMENT.uuid_name(id);
        assert_eq!(ENROLLMENT.parse_uuid("name", &name), Ok(id));
        assert_eq!(ENROLLMENT.parse_uuid("name", &id.to_string()), Ok(id));
        for wrong in ["enrollments/e1", &name.to_uppercase(), &format!("enrollments/{}", id.simple())] {
            assert_eq!(ENROLLMENT.parse_uuid("name", wrong).unwrap_err().reason, Reason::ResourceNameInvalid);
        }
    }

    #[test]
    fn a_caller_with_a_token_goes_by_its_subject() {
        let key = KeyId(Uuid::from_u128(0x0190_c0de_0000_7000_8000_0000_0000_0001));
        assert_eq!(principal(key, None), API_KEY.uuid_name(key.0));
        assert_eq!(principal(key, Some("auth0|5f7c")), "principals/auth0|5f7c");
        assert_eq!(principal(key, Some("a/b c%ä")), "principals/a%2Fb%20c%25%C3%A4");
        let ana = ChosenId::known("ana");
        assert_eq!(actor(Some(&ana), Some(key), Some("auth0|5f7c")), "sellers/ana");
        assert_eq!(actor(None, None, None), "");
    }

    #[test]
    fn me_is_the_caller_and_never_somebody_elses_id() {
        assert_eq!(seller("name", "sellers/me"), Ok(SellerName::Me));
        assert_eq!(seller("name", "ana"), Ok(SellerName::Id("ana")));
        for reserved in ["me", "ME", "Me"] {
            assert_eq!(new_seller_id("seller_id", reserved).unwrap_err().reason, Reason::FieldInvalid);
        }
        assert!(new_seller_id("seller_id", "ana").is_ok());
    }

    #[test]
    fn a_queue_says_whose_it_is() {
        assert_eq!(queue("queue", "sellers/me"), Ok(QueueName::Seller(SellerName::Me)));
        assert_eq!(queue("queue", "teams/emea"), Ok(QueueName::Team("emea")));
        assert_eq!(queue("queue", "").unwrap_err().reason, Reason::FieldRequired);
        for wrong in ["ana", "queues/ana", "teams/", "sellers/a/b"] {
            assert_eq!(queue("queue", wrong).unwrap_err().reason, Reason::ResourceNameInvalid, "{wrong}");
        }
    }

    #[test]
    fn new_ids_are_short_and_plain() {
        assert_eq!(new_id("sequence_id", "A.z_9@-").expect("fits").as_str(), "A.z_9@-");
        assert_eq!(new_id("sequence_id", "").unwrap_err().reason, Reason::FieldRequired);
        for wrong in ["a/b", "a b", "ä", &"x".repeat(129)] {
            assert_eq!(new_id("sequence_id", wrong).unwrap_err().reason, Reason::FieldInvalid, "{wrong}");
        }
        assert!(new_id("sequence_id", &"x".repeat(128)).is_ok());
    }
}
