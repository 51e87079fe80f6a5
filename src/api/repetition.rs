//! How repeated requests are recognized: by the same `request_id` with the same content.

use prost::Message;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::reason::Reason;
use crate::domain::violation::Violations;
use crate::engine::Repetition;

/// Reads the `request_id` that was removed from `rest`; none if it is empty.
///
/// The fingerprint covers all other fields as they were sent. Maps encode in key order, so the same
/// content has the same fingerprint on every server.
pub fn of(request_id: &str, rest: &impl Message) -> Result<Option<Repetition>, Violations> {
    if request_id.is_empty() {
        return Ok(None);
    }
    let request_id = Uuid::try_parse(request_id)
        .map_err(|_| Violations::one("request_id", Reason::FieldInvalid, "must be a UUID"))?;
    let fingerprint = Sha256::digest(rest.encode_to_vec()).into();
    Ok(Some(Repetition { request_id, fingerprint }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::pb::{Attribute, DeclareAttributesRequest};

    const ID: &str = "0190c0de-0000-7000-8000-000000000001";

    fn request(names: impl Iterator<Item = u32>) -> DeclareAttributesRequest {
        let attributes = names.map(|name| (format!("a{name}"), Attribute::default())).collect();
        DeclareAttributesRequest { record_type: "lead".into(), attributes, ..Default::default() }
    }

    #[test]
    fn the_same_content_has_one_fingerprint_in_whatever_order_its_maps_were_sent() {
        let forward = of(ID, &request(0..40)).expect("a uuid").expect("given");
        assert_eq!(of(ID, &request((0..40).rev())), Ok(Some(forward)));
        let other = of(ID, &request(0..41)).expect("a uuid").expect("given");
        assert_ne!(other.fingerprint, forward.fingerprint);
    }

    #[test]
    fn a_request_without_an_id_is_always_new_and_a_bad_id_is_refused() {
        assert_eq!(of("", &request(0..1)), Ok(None));
        assert_eq!(of("x", &request(0..1)).unwrap_err().shared_reason(), Some(Reason::FieldInvalid));
    }
}
