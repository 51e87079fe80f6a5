//! Batches whose items succeed or fail independently. Malformed items never reach the engine and
//! keep their place in the response.

use std::collections::BTreeMap;

use crate::api::status::Answer;
use crate::domain::violation::{self, Violations};
use crate::engine::Error;

/// The items of a batch, each with what is wrong with it so far. `wrong` holds that by index.
pub fn checked<T>(
    items: Vec<T>,
    mut wrong: BTreeMap<usize, Violations>,
) -> impl Iterator<Item = (T, Violations)> {
    let items = items.into_iter().enumerate();
    items.map(move |(index, item)| (item, wrong.remove(&index).unwrap_or_default()))
}

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
/// as many violations as one request keeps, and each of them at least one. `message` makes the item
/// of the response.
pub fn results<A, R, M>(
    results: impl IntoIterator<Item = Result<A, Error>>,
    mut done: impl FnMut(A) -> R,
    failed: impl Fn(tonic_types::pb::Status) -> R,
    message: impl Fn(Option<R>) -> M,
) -> Vec<M> {
    let mut room = violation::MOST;

    let results = results.into_iter().map(|result| match result {
        Ok(answer) => done(answer),
        Err(Error::Invalid(mut found)) => {
            found.keep_at_most(room.max(1));
            room = room.saturating_sub(found.iter().len());
            failed(Answer::from(found).into_item())
        }
        Err(error) => failed(Answer::from(error).into_item()),
    });
    results.map(|result| message(Some(result))).collect()
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
        let told: Vec<Vec<prost_types::Any>> = results(
            [wrong(60), wrong(60), wrong(60), wrong(1)],
            |()| Vec::new(),
            |status| {
                status.details.into_iter().filter(|detail| detail.type_url.ends_with("BadRequest")).collect()
            },
            Option::unwrap_or_default,
        );
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
