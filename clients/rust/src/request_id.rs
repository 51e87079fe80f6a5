//! Ids that make attempts of one call one.

/// Fills an empty id.
pub(crate) fn fill(request_id: &mut String) {
    if request_id.is_empty() {
        *request_id = uuid::Uuid::new_v4().to_string();
    }
}
