//! How commands name records.

use crate::domain::names;
use crate::domain::record::DEFAULT;

/// Returns the full name of a record: `recordTypes/lead/records/l1` for `lead/l1` and for `l1`.
pub fn record(given: &str) -> String {
    match given.split_once('/') {
        None => names::RECORD.name([DEFAULT, given]),
        Some((record_type, id)) if record_type != "recordTypes" => names::RECORD.name([record_type, id]),
        Some(_) => given.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::record;

    #[test]
    fn a_record_may_be_named_shortly() {
        for given in ["l1", "lead/l1", "recordTypes/lead/records/l1"] {
            assert_eq!(record(given), "recordTypes/lead/records/l1");
        }
        assert_eq!(record("account/a.1"), "recordTypes/account/records/a.1");
    }
}
