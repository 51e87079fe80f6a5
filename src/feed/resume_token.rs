//! Resume tokens: opaque, versioned, and bound to a queue. A token names the state that a client
//! has. It grants nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::reason::Reason;
use crate::domain::violation::Violation;
use crate::store::database::doorbell::QueueKey;

/// The first byte of every token. A new layout gets a new number.
const VERSION: u8 = 2;
/// Version, queue, revision, stamp, window, client.
const BODY: usize = 1 + 16 + 8 + 16 + 4 + 8;
/// The layout of a narrowed stream, with the number of its filter behind the rest. Other streams
/// have the one that earlier releases read, too.
const NARROWED: (u8, usize) = (3, BODY + 8);
/// The first layout, which has no client. Its tokens are still read.
const WITHOUT_CLIENT: (u8, usize) = (1, BODY - 8);
const CHECKSUM: usize = 8;

/// The state that a client has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resume {
    /// The queue's revision.
    pub revision: i64,
    /// The revision's stamp.
    pub stamp: Uuid,
    /// How many activities the client follows.
    pub window: usize,
    /// Who the client is among those of its subscriber; none in an old token.
    pub client: Option<u64>,
    /// The number of what narrows the stream. 0: nothing.
    pub filter: u64,
}

impl Resume {
    /// Writes the token.
    pub fn token(&self, queue: QueueKey) -> String {
        let mut bytes = Vec::with_capacity(BODY + CHECKSUM);
        bytes.push(if self.filter == 0 { VERSION } else { NARROWED.0 });
        bytes.extend(bound_to(queue));
        bytes.extend(self.revision.to_be_bytes());
        bytes.extend(self.stamp.as_bytes());
        bytes.extend(u32::try_from(self.window).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend(self.client.unwrap_or_default().to_be_bytes());
        if self.filter != 0 {
            bytes.extend(self.filter.to_be_bytes());
        }
        bytes.extend(checksum(&bytes));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads `resume_token`; none if it is empty.
    ///
    /// # Errors
    /// It was truncated or altered, or belongs to another queue.
    pub fn read(token: &str, queue: QueueKey) -> Result<Option<Self>, Violation> {
        if token.is_empty() {
            return Ok(None);
        }

        let refuse = |why: &str| Violation::new("resume_token", Reason::ResumeTokenInvalid, why);
        let body =
            intact(token).ok_or_else(|| refuse("is not a valid resume token; use resume_token unchanged"))?;
        if body[1..17] != bound_to(queue) {
            return Err(refuse("must come from a stream of the same queue"));
        }

        let part = |range: std::ops::Range<usize>| &body[range];
        let revision = i64::from_be_bytes(part(17..25).try_into().expect("eight bytes"));
        let stamp = Uuid::from_bytes(part(25..41).try_into().expect("sixteen bytes"));
        let window = u32::from_be_bytes(part(41..45).try_into().expect("four bytes"));
        let window = usize::try_from(window).unwrap_or(usize::MAX);
        let number = |range| {
            let bytes: Option<&[u8]> = body.get(range);
            bytes.map(|bytes| u64::from_be_bytes(bytes.try_into().expect("eight bytes")))
        };
        let (client, filter) = (number(45..BODY), number(BODY..NARROWED.1).unwrap_or_default());
        Ok(Some(Self { revision, stamp, window, client, filter }))
    }
}

/// The bytes before the checksum, if the checksum and the version are right.
fn intact(token: &str) -> Option<Vec<u8>> {
    let mut body = URL_SAFE_NO_PAD.decode(token).ok()?;
    let found = body.split_off(body.len().checked_sub(CHECKSUM)?);
    let layout = (*body.first()?, body.len());
    let known = [(VERSION, BODY), WITHOUT_CLIENT, NARROWED].contains(&layout);
    (known && found == checksum(&body)).then_some(body)
}

fn bound_to((organization, queue): QueueKey) -> [u8; 16] {
    digest(&[b"upnext queue", organization.0.as_bytes(), queue.0.as_bytes()])
}

fn checksum(body: &[u8]) -> [u8; CHECKSUM] {
    digest(&[b"upnext resume token", body])
}

fn digest<const N: usize>(parts: &[&[u8]]) -> [u8; N] {
    let hash = parts.iter().fold(Sha256::new(), |hash, part| hash.chain_update(part));
    let digest = hash.finalize();
    std::array::from_fn(|index| digest[index])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{OrganizationId, QueueId};

    fn queue(organization: u128, queue: u128) -> QueueKey {
        (OrganizationId(Uuid::from_u128(organization)), QueueId(Uuid::from_u128(queue)))
    }

    const RESUME: Resume =
        Resume { revision: 7, stamp: Uuid::from_u128(99), window: 50, client: Some(3), filter: 0 };

    #[test]
    fn a_token_gives_back_the_state_that_it_names() {
        let token = RESUME.token(queue(1, 2));
        assert_eq!(Resume::read(&token, queue(1, 2)), Ok(Some(RESUME)));
        let narrowed = Resume { filter: 5, ..RESUME };
        assert_eq!(Resume::read(&narrowed.token(queue(1, 2)), queue(1, 2)), Ok(Some(narrowed)));
        assert_eq!(Resume::read("", queue(1, 2)), Ok(None));
    }

    #[test]
    fn a_token_of_the_first_layout_is_still_read() {
        let mut old = URL_SAFE_NO_PAD.decode(RESUME.token(queue(1, 2))).expect("base64");
        let (version, length) = WITHOUT_CLIENT;
        old.truncate(length);
        old[0] = version;
        old.extend(checksum(&old));
        let read = Resume::read(&URL_SAFE_NO_PAD.encode(old), queue(1, 2));
        assert_eq!(read, Ok(Some(Resume { client: None, ..RESUME })));
    }

    #[test]
    fn a_token_cut_short_or_altered_anywhere_is_refused() {
        let token = RESUME.token(queue(1, 2));
        for length in 1..token.len() {
            let cut = Resume::read(&token[..length], queue(1, 2)).unwrap_err();
            assert_eq!((cut.reason, cut.field.as_str()), (Reason::ResumeTokenInvalid, "resume_token"));
        }

        let bytes = URL_SAFE_NO_PAD.decode(&token).expect("base64");
        for index in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[index] ^= 1;
            assert!(
                Resume::read(&URL_SAFE_NO_PAD.encode(altered), queue(1, 2)).is_err(),
                "byte {index} was altered"
            );
        }
    }

    #[test]
    fn a_token_of_another_queue_or_organization_is_refused() {
        let token = RESUME.token(queue(1, 2));
        for other in [queue(1, 3), queue(3, 2), queue(2, 1)] {
            assert_eq!(Resume::read(&token, other).unwrap_err().reason, Reason::ResumeTokenInvalid);
        }
    }
}
