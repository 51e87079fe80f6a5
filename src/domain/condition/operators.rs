//! The operators: their signs, and the kinds that arithmetic can be applied to.

use super::tree::{Arithmetic, Comparison, Kind};

/// The comparison that a sign stands for; `None` for any other sign.
pub fn comparison(sign: &str) -> Option<Comparison> {
    Some(match sign {
        "==" => Comparison::Equal,
        "!=" => Comparison::NotEqual,
        "<" => Comparison::Less,
        "<=" => Comparison::LessOrEqual,
        ">" => Comparison::Greater,
        ">=" => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

/// The arithmetic that a sign stands for; `None` for any other sign.
pub fn arithmetic(sign: &str) -> Option<Arithmetic> {
    Some(match sign {
        "+" => Arithmetic::Add,
        "-" => Arithmetic::Subtract,
        "*" => Arithmetic::Multiply,
        "/" => Arithmetic::Divide,
        "%" => Arithmetic::Remainder,
        _ => return None,
    })
}

/// The kind of the result; `None` if the operator can't be applied to these kinds.
pub fn result_kind(operator: Arithmetic, left: &Kind, right: &Kind) -> Option<Kind> {
    let whole = *left == Kind::INT && *right == Kind::INT;
    let instant = |kind: &Kind| *kind == Kind::TIMESTAMP;

    match operator {
        // Like in CEL, arithmetic on whole numbers stays whole, even division.
        _ if whole => Some(Kind::INT),
        Arithmetic::Remainder => None,
        _ if left.is_number() && right.is_number() => Some(Kind::DOUBLE),

        Arithmetic::Add if instant(left) && *right == Kind::Duration => Some(Kind::TIMESTAMP),
        Arithmetic::Add if *left == Kind::Duration && instant(right) => Some(Kind::TIMESTAMP),
        Arithmetic::Subtract if instant(left) && *right == Kind::Duration => Some(Kind::TIMESTAMP),
        Arithmetic::Subtract if instant(left) && instant(right) => Some(Kind::Duration),
        Arithmetic::Add | Arithmetic::Subtract if *left == Kind::Duration && *right == Kind::Duration => {
            Some(Kind::Duration)
        }
        _ => None,
    }
}
