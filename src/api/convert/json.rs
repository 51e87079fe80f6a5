//! `google.protobuf.Struct` and JSON; messages as JSON.

use prost_reflect::{ReflectMessage, SerializeOptions};
use prost_types::value::Kind;
use prost_types::{ListValue, Struct, Value as PbValue};
use serde_json::{Map, Number, Value};

use crate::domain::reason::Reason;
use crate::domain::violation::Violations;

/// Writes a message as one line of JSON.
pub fn line(message: &impl ReflectMessage) -> String {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::new(&mut bytes);
    message
        .transcode_to_dynamic()
        .serialize_with_options(&mut serializer, &SerializeOptions::new())
        .expect("every message has a JSON form");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// Reads an object.
///
/// # Errors
/// A number that JSON can't represent, with paths that start at the object, like `revenue` or
/// `tags[2]`.
pub fn object(message: Struct) -> Result<Map<String, Value>, Violations> {
    let mut found = Violations::new();
    let fields = message.fields.into_iter();
    let fields = fields.filter_map(|(name, value)| found.keep(&name, any(value)).map(|value| (name, value)));
    let object = fields.collect();
    found.into_result(object)
}

/// Reads a value.
///
/// # Errors
/// A number that JSON can't represent, with a path that starts at the value.
pub fn any(value: PbValue) -> Result<Value, Violations> {
    Ok(match value.kind {
        None | Some(Kind::NullValue(_)) => Value::Null,
        Some(Kind::BoolValue(value)) => Value::Bool(value),
        Some(Kind::StringValue(text)) => Value::String(text),
        Some(Kind::NumberValue(number)) => Number::from_f64(number)
            .map(Value::Number)
            .ok_or_else(|| Violations::one("", Reason::AttributeValueInvalid, "must be a finite number"))?,
        Some(Kind::ListValue(list)) => Value::Array(items(list)?),
        Some(Kind::StructValue(message)) => Value::Object(object(message)?),
    })
}

fn items(list: ListValue) -> Result<Vec<Value>, Violations> {
    let mut found = Violations::new();
    let items = list.values.into_iter().enumerate();
    let items = items.filter_map(|(index, item)| found.keep(&format!("[{index}]"), any(item))).collect();
    found.into_result(items)
}

/// Writes a value. Whole numbers beyond 2^53 - 1 become text, because a double can stand for
/// several of them.
pub fn value(value: &Value) -> PbValue {
    let kind = match value {
        Value::Null => Kind::NullValue(0),
        Value::Bool(value) => Kind::BoolValue(*value),
        Value::String(text) => Kind::StringValue(text.clone()),
        Value::Number(number) => self::number(number),
        Value::Array(items) => Kind::ListValue(ListValue { values: items.iter().map(self::value).collect() }),
        Value::Object(fields) => Kind::StructValue(message(fields.iter())),
    };
    PbValue { kind: Some(kind) }
}

/// Writes a number as the double that it is declared to be, whatever digits the database returned.
pub fn double(value: &Value) -> PbValue {
    PbValue { kind: value.as_f64().map(Kind::NumberValue) }
}

/// Writes an object.
pub fn message<'a>(fields: impl Iterator<Item = (&'a String, &'a Value)>) -> Struct {
    Struct { fields: fields.map(|(name, value)| (name.clone(), self::value(value))).collect() }
}

/// The largest whole number that no other whole number rounds to.
const EXACT: u64 = (1 << 53) - 1;

fn number(number: &Number) -> Kind {
    match number.as_i64() {
        Some(whole) if whole.unsigned_abs() > EXACT => Kind::StringValue(whole.to_string()),
        _ => Kind::NumberValue(number.as_f64().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_double_holds_comes_back_as_it_was() {
        let Value::Object(fields) = json!({"a": [true, null, "x", 1.5], "b": {"c": -3.0}}) else {
            panic!("an object")
        };
        assert_eq!(object(message(fields.iter())), Ok(fields));
    }

    #[test]
    fn whole_numbers_that_a_double_may_confuse_are_written_as_text() {
        let written = |whole: i64| value(&json!(whole)).kind;
        assert_eq!(written((1 << 53) - 1), Some(Kind::NumberValue(9_007_199_254_740_991.0)));
        assert_eq!(written(1 << 53), Some(Kind::StringValue("9007199254740992".into())));
        assert_eq!(written((1 << 53) + 1), Some(Kind::StringValue("9007199254740993".into())));
        assert_eq!(written(i64::MIN), Some(Kind::StringValue("-9223372036854775808".into())));
    }

    #[test]
    fn numbers_that_json_does_not_have_are_refused_where_they_stand() {
        let number = |number| PbValue { kind: Some(Kind::NumberValue(number)) };
        let list = PbValue { kind: Some(Kind::ListValue(ListValue { values: vec![number(f64::INFINITY)] })) };
        let fields = [("a".to_owned(), number(f64::NAN)), ("b".to_owned(), list)];
        let found = object(Struct { fields: fields.into() }).expect_err("refused");
        let fields: Vec<_> = found.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["a", "b[0]"]);
    }
}
