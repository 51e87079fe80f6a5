//! Batches whose items succeed or fail independently. Malformed items never reach the engine and
//! keep their place in the response.

use crate::api::status::Answer;
use crate::domain::violation::{self, Violations};
use crate::engine::Error;

/// One entry per item: fine so far, or already failed.
#[derive(Debug)]
pub struct BatchItems(Vec<Result<(), Error>>);

impl BatchItems {
    /// Separates the commands from the items that couldn't be read.
    pub fn split<C>(items: impl IntoIterator<Item = Result<C, Violations>>) -> (Self, Vec<C>) {
        let mut commands = Vec::new();
        let mut places = Vec::new();
        for item in items {
            places.push(item.map(|command| commands.push(command)).map_err(Error::from));
        }
        (Self(places), commands)
    }

    /// Puts the engine's answers, which are in the order of the commands, back into the places of
    /// their items.
    pub fn join<A>(self, answers: Vec<Result<A, Error>>) -> Vec<Result<A, Error>> {
        let mut answers = answers.into_iter();
        let missing = || Err(Error::Fault("an item of a batch has no answer"));
        self.0.into_iter().map(|place| place.and_then(|()| answers.next().unwrap_or_else(missing))).collect()
    }
}

/// Converts the result of each item: what was done, or its error. All errors together tell at most
/// as many violations as one request keeps, and each of them at least one.
pub fn results<A, R>(
    results: impl IntoIterator<Item = Result<A, Error>>,
    mut done: impl FnMut(A) -> R,
    failed: impl Fn(tonic_types::pb::Status) -> R,
) -> impl Iterator<Item = R> {
    let mut room = violation::MOST;

    results.into_iter().map(move |result| match result {
        Ok(answer) => done(answer),
        Err(Error::Invalid(mut found)) => {
            found.keep_at_most(room.max(1));
            room = room.saturating_sub(found.iter().len());
            failed(Answer::from(found).into_item())
        }
        Err(error) => failed(Answer::from(error).into_item()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reason::Reason;

    #[test]
    fn a_batch_tells_a_hundred_violations_and_one_of_each_wrong_item() {
        let wrong = |count| {
            let each = (0..count).map(|index| {
                violation::Violation::new(format!("[{index}]"), Reason::FieldInvalid, "must fit")
            });
            Err::<(), _>(Error::Invalid(each.collect()))
        };
        let told = results(
            [wrong(60), wrong(60), wrong(60), wrong(1)],
            |()| Vec::new(),
            |status| {
                status.details.into_iter().filter(|detail| detail.type_url.ends_with("BadRequest")).collect()
            },
        );
        let told: Vec<Vec<prost_types::Any>> = told.collect();
        let counted: Vec<usize> = told
            .iter()
            .map(|details| {
                let bytes = details[0].value.as_slice();
                let found: tonic_types::pb::BadRequest = prost::Message::decode(bytes).expect("its type");
                found.field_violations.len()
            })
            .collect();
        // The bytes of an item's status cut the first one further.
        assert!(counted[0] >= 20 && counted[1] >= 20, "{counted:?}");
        assert_eq!(&counted[2..], [1, 1]);
    }

    #[test]
    fn every_answer_stands_in_the_place_of_its_item() {
        let wrong = || Err(Violations::one("name", Reason::FieldRequired, "must be given"));
        let (batch, commands) = BatchItems::split([Ok(1), wrong(), Ok(2)]);
        assert_eq!(commands, [1, 2]);
        let answers = batch.join(vec![Ok("one"), Err(Error::Stale { name: "two".to_owned() })]);
        assert!(matches!(&answers[..], [Ok("one"), Err(Error::Invalid(_)), Err(Error::Stale { .. })]));
    }
}
