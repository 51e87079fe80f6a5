//! What an import sets off: active segments look at each record that it creates or changes.

use anyhow::Context as _;
use tonic::service::Interceptor;

use super::Calls;
use super::names::printable;
use crate::api::pb;
use crate::api::pb::segment_service_client::SegmentServiceClient;
use crate::cli::client::readable;

/// Segments that are named.
const NAMED: usize = 3;

/// The names of the active segments of a record type, by priority.
///
/// # Errors
/// The call fails.
pub async fn active<I: Interceptor>(calls: Calls<I>, record_type: &str) -> anyhow::Result<Vec<String>> {
    let mut client = SegmentServiceClient::new(calls);
    let filter = format!("segment.record_type == {record_type:?} && segment.state == \"ACTIVE\"");
    let mut request = pb::ListSegmentsRequest { page_size: 1000, page_token: String::new(), filter };
    let mut names = Vec::new();
    loop {
        let page = client.list_segments(request.clone()).await.map_err(readable);
        let page = page.context("the segments can't be listed")?.into_inner();
        names.extend(page.segments.into_iter().map(|segment| segment.display_name));
        if page.next_page_token.is_empty() {
            return Ok(names);
        }
        request.page_token = page.next_page_token;
    }
}

/// What they do with the records, if there are any.
pub fn told(names: &[String], suppressed: bool) -> Option<String> {
    let mut shown: Vec<String> = names.iter().take(NAMED).map(|name| printable(name)).collect();
    if let Some(more) = names.len().checked_sub(NAMED).filter(|more| *more > 0) {
        shown.push(format!("and {more} more"));
    }
    let (count, shown) = (names.len(), shown.join(", "));

    match (count, suppressed) {
        (0, _) => None,
        (1, true) => {
            Some(format!("the active segment {shown} leaves these records alone until they change again"))
        }
        (1, false) => Some(format!(
            "the active segment {shown} takes the records that match it, which may assign and enroll them; \
             --suppress-segmentation prevents that"
        )),
        (_, true) => Some(format!(
            "{count} active segments leave these records alone until they change again: {shown}"
        )),
        (_, false) => Some(format!(
            "{count} active segments take the records that match them, which may assign and enroll them; \
             --suppress-segmentation prevents that: {shown}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_counted_and_the_first_are_named() {
        let names: Vec<String> = ["Paid", "Cold", "Old", "New"].map(str::to_owned).into();
        assert_eq!(told(&[], false), None);

        let one = told(&names[..1], false).expect("is told");
        assert!(
            one.starts_with("the active segment Paid takes the records") && one.contains("--suppress"),
            "{one}"
        );
        let all = told(&names, false).expect("is told");
        assert!(
            all.starts_with("4 active segments") && all.ends_with(": Paid, Cold, Old, and 1 more"),
            "{all}"
        );
        let none = told(&names[..2], true).expect("is told");
        assert!(
            none.starts_with("2 active segments leave these records alone") && none.ends_with("Paid, Cold"),
            "{none}"
        );
    }
}
