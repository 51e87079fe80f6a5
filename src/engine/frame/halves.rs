//! Finds the item that makes a batch fail: splits the batch in half, then the failing half, down to
//! single items.

/// A batch that can be split in half.
pub(in crate::engine) trait Halve: Sized {
    /// Returns the two halves, or the batch itself as an error if it has a single item.
    fn halve(self) -> Result<[Self; 2], Self>;
}

/// The parts of a batch that are still to be tried. The next one is at the end.
pub(in crate::engine) struct Halves<B>(Vec<B>);

impl<B: Halve> Halves<B> {
    /// Starts with the whole batch.
    pub fn of(batch: B) -> Self {
        Self(vec![batch])
    }

    /// Takes the next part to try.
    pub fn next(&mut self) -> Option<B> {
        self.0.pop()
    }

    /// Puts a part back, to be tried next.
    pub fn again(&mut self, part: B) {
        self.0.push(part);
    }

    /// Puts the halves of a failed part back, to be tried next. Returns the part if it is a single
    /// item.
    pub fn failed(&mut self, part: B) -> Option<B> {
        match part.halve() {
            Ok([first, second]) => {
                self.0.extend([second, first]);
                None
            }
            Err(item) => Some(item),
        }
    }
}

impl<T> Halve for &[T] {
    fn halve(self) -> Result<[Self; 2], Self> {
        if self.len() < 2 {
            return Err(self);
        }
        let (first, second) = self.split_at(self.len() / 2);
        Ok([first, second])
    }
}

impl<T> Halve for Vec<T> {
    fn halve(mut self) -> Result<[Self; 2], Self> {
        if self.len() < 2 {
            return Err(self);
        }
        let second = self.split_off(self.len() / 2);
        Ok([self, second])
    }
}

/// The number of items to take from the front of a queue.
impl Halve for i64 {
    fn halve(self) -> Result<[Self; 2], Self> {
        if self < 2 { Err(self) } else { Ok([self / 2, self - self / 2]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_tried_in_order_down_to_the_item_that_is_to_blame() {
        let mut rest = Halves::of(vec![1, 2, 3, 4, 5]);
        let (mut tried, mut blamed) = (Vec::new(), Vec::new());
        while let Some(part) = rest.next() {
            tried.push(part.clone());
            if part.contains(&4) {
                blamed.extend(rest.failed(part));
            }
        }
        let parts: [&[i32]; 6] = [&[1, 2, 3, 4, 5], &[1, 2], &[3, 4, 5], &[3], &[4, 5], &[4]];
        assert_eq!(tried[..6], parts);
        assert_eq!((&tried[6..], blamed), (&[vec![5]][..], vec![vec![4]]));
        assert_eq!((5_i64.halve(), 1_i64.halve()), (Ok([2, 3]), Err(1)));
    }
}
