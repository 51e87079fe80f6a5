//! Batches whose items succeed or fail independently. Malformed items never reach the engine and
//! keep their place in the response.

use crate::api::status::Answer;
use crate::domain::violation::Violations;
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

/// Converts the result of each item: what was done, or its error.
pub fn results<A, R>(
    results: impl IntoIterator<Item = Result<A, Error>>,
    mut done: impl FnMut(A) -> R,
    failed: impl Fn(tonic_types::pb::Status) -> R,
) -> impl Iterator<Item = R> {
    results.into_iter().map(move |result| match result {
        Ok(answer) => done(answer),
        Err(error) => failed(Answer::from(error).into_item()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reason::Reason;

    #[test]
    fn every_answer_stands_in_the_place_of_its_item() {
        let wrong = || Err(Violations::one("name", Reason::FieldRequired, "must be given"));
        let (batch, commands) = BatchItems::split([Ok(1), wrong(), Ok(2)]);
        assert_eq!(commands, [1, 2]);
        let answers = batch.join(vec![Ok("one"), Err(Error::Stale { name: "two".to_owned() })]);
        assert!(matches!(&answers[..], [Ok("one"), Err(Error::Invalid(_)), Err(Error::Stale { .. })]));
    }
}
