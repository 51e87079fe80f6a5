//! The parts of a condition: the operands of its outermost operator, each with its own text.

use super::token::{Token, tokens};
use super::{Condition, Predicate};

/// How parts make up a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// All must be true: `&&`, or a single part.
    All,
    /// One must be true: `||`.
    Any,
}

impl Condition {
    /// Returns the operands of the outermost `||`, or of the outermost `&&`. A condition with
    /// neither is its own only part.
    pub fn parts(&self) -> (Join, Vec<Condition>) {
        let (join, operator, predicates) = match &self.root {
            Predicate::Any(parts) => (Join::Any, "||", parts),
            Predicate::All(parts) => (Join::All, "&&", parts),
            _ => return (Join::All, vec![self.clone()]),
        };

        // The parser made a predicate of each operand.
        let texts = operands(&self.text, operator);
        if texts.len() != predicates.len() {
            return (Join::All, vec![self.clone()]);
        }
        let part = |(text, root): (String, &Predicate)| Condition { text, root: root.clone() };
        (join, texts.into_iter().zip(predicates).map(part).collect())
    }
}

/// Returns the texts between the outermost signs `operator`. Brackets around the whole text don't
/// count.
fn operands(text: &str, operator: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let tokens = tokens(text).unwrap_or_default();

    // The last token is the end of the text.
    let (mut first, mut last) = (0, tokens.len().saturating_sub(1));
    while is_bracketed(&tokens[first..last]) {
        (first, last) = (first + 1, last - 1);
    }

    let signs = outermost(&tokens[first..last], operator).into_iter().map(|place| first + place);
    let ends: Vec<usize> = signs.chain([last]).collect();
    let begins = [first].into_iter().chain(ends.iter().map(|sign| sign + 1));
    let text = |(begin, end): (usize, &usize)| {
        let place = |token: usize| tokens.get(token).map_or(characters.len(), |(at, _)| *at);
        characters[place(begin)..place(*end)].iter().collect::<String>().trim().to_owned()
    };
    begins.zip(&ends).map(text).collect()
}

/// True if the first token opens a bracket that the last one closes.
fn is_bracketed(tokens: &[(usize, Token)]) -> bool {
    let [(_, Token::Sign("(")), inner @ .., (_, Token::Sign(")"))] = tokens else { return false };
    depths(inner).all(|(depth, _)| depth >= 0)
}

/// Returns the places of a sign outside of all brackets.
fn outermost(tokens: &[(usize, Token)], sign: &str) -> Vec<usize> {
    let is_sign = |(place, (depth, token)): (usize, (i32, &Token))| {
        let found = depth == 0 && matches!(token, Token::Sign(found) if *found == sign);
        found.then_some(place)
    };
    depths(tokens).enumerate().filter_map(is_sign).collect()
}

/// Returns the tokens, each with the number of brackets that are open after it.
fn depths(tokens: &[(usize, Token)]) -> impl Iterator<Item = (i32, &Token)> {
    tokens.iter().scan(0, |depth, (_, token)| {
        match token {
            Token::Sign("(" | "[") => *depth += 1,
            Token::Sign(")" | "]") => *depth -= 1,
            _ => {}
        }
        Some((*depth, token))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::attribute::AttributeType;
    use crate::domain::condition::Subject;

    fn subject() -> Subject {
        Subject::new("r", [("a", AttributeType::Int), ("t", AttributeType::String)])
    }

    fn parts(text: &str) -> (Join, Vec<String>) {
        let condition = Condition::parse(text, &subject()).expect("a condition");
        let (join, parts) = condition.parts();
        for part in &parts {
            let alone = Condition::parse(part.text(), &subject()).expect("a part is a condition");
            assert_eq!(alone.root(), part.root(), "{text}");
        }
        (join, parts.iter().map(|part| part.text().to_owned()).collect())
    }

    #[test]
    fn parts_are_the_operands_of_the_outermost_operator() {
        let cases: [(&str, Join, &[&str]); 9] = [
            ("r.a == 1", Join::All, &["r.a == 1"]),
            ("r.a == 1 && r.t == \"x\"", Join::All, &["r.a == 1", "r.t == \"x\""]),
            ("r.a == 1 || r.a == 2 && r.t == \"x\"", Join::Any, &["r.a == 1", "r.a == 2 && r.t == \"x\""]),
            ("((r.a == 1 && (r.a == 2 || r.a == 3)))", Join::All, &["r.a == 1", "(r.a == 2 || r.a == 3)"]),
            ("(r.a == 1) && (r.a == 2)", Join::All, &["(r.a == 1)", "(r.a == 2)"]),
            ("!(r.a == 1 && r.a == 2)", Join::All, &["!(r.a == 1 && r.a == 2)"]),
            (
                "r.t == \"ü || (\" ||\n r.t.startsWith(\"&&\")",
                Join::Any,
                &["r.t == \"ü || (\"", "r.t.startsWith(\"&&\")"],
            ),
            (
                "r.a in [1, 2] && (r.a == 1 || r.a == 2) == true",
                Join::All,
                &["r.a in [1, 2]", "(r.a == 1 || r.a == 2) == true"],
            ),
            ("(r.a == 1 || r.a == 2)\n// both\n", Join::Any, &["r.a == 1", "r.a == 2"]),
        ];
        for (text, join, expected) in cases {
            assert_eq!(
                parts(text),
                (join, expected.iter().map(|part| (*part).to_owned()).collect()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_two_conditions_were_joined_to_has_both_as_its_parts() {
        let one = Condition::parse("r.a == 1 || r.a == 2", &subject()).expect("a condition");
        let both = one.and(&Condition::parse("has(r.t)", &subject()).expect("a condition"));
        let texts: Vec<String> = both.parts().1.iter().map(|part| part.text().to_owned()).collect();
        assert_eq!(texts, ["(r.a == 1 || r.a == 2)", "(has(r.t))"]);
    }
}
