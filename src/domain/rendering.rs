//! Emails made from templates: variables, conditions and loops over the values of a record. A
//! template can't reach anything else, and what it may take is limited: whoever writes one can't
//! keep a server busy, or fill its memory.

use std::collections::HashSet;
use std::io;

use minijinja::machinery::{Token, tokenize};
use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value, filters};
use serde_json::{Map, Value as Json, json};

use super::sending::{Manual, ManualReason};

/// The most instructions of a subject or a body.
const FUEL: u64 = 10_000;
/// The longest body, in bytes.
const LONGEST_BODY: usize = 512 * 1024;
/// The longest subject, in bytes.
const LONGEST_SUBJECT: usize = 2_000;
/// The longest text or list of a record that a template gets, in bytes. A longer one has no value
/// there.
const LONGEST_VALUE: usize = 16 * 1024;
/// The statements of templates. All others could collect a text piece by piece, without limit.
const STATEMENTS: &[&str] = &["if", "elif", "else", "endif", "for", "endfor"];

/// The values that a template sees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Variables {
    /// The attributes of the record, by name.
    pub record: Map<String, Json>,
    /// The owner of the record. `None` if it has none.
    pub seller: Option<Person>,
    /// Who sends the email. `None`: the owner.
    pub sender: Option<Person>,
    /// Where the person unsubscribes.
    pub unsubscribe_url: Option<String>,
}

/// A person, as templates see one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The name. Can be empty.
    pub name: String,
    /// The email address. Can be empty.
    pub email: String,
}

/// The texts of an email.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// The subject, in one line.
    pub subject: String,
    /// The body.
    pub body: String,
}

/// Makes the texts of an email.
///
/// # Errors
/// A variable has no value, or the template can't be used.
pub fn render(subject: &str, body: &str, variables: &Variables) -> Result<Texts, Manual> {
    let values = variables.values();
    let subject = text("subject", subject, &values, LONGEST_SUBJECT)?;
    // A line break would end the header and begin another one.
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Texts { subject, body: text("body", body, &values, LONGEST_BODY)? })
}

/// Checks a text of a template.
///
/// # Errors
/// What is wrong, with the line.
pub fn check(text: &str) -> Result<(), String> {
    let mut opens = false;
    for token in tokenize(text, false, Default::default()) {
        let (token, span) = token.map_err(|error| sentence(&error))?;
        let wrong = match token {
            Token::Ident(word) if opens && !STATEMENTS.contains(&word) => {
                Some(format!("the statement {word}; there are {}", STATEMENTS.join(", ")))
            }
            // They could make a huge text out of small ones.
            Token::Tilde | Token::Plus | Token::Mul | Token::Pow => {
                Some("the operators ~ + * **; write the parts one after the other".to_owned())
            }
            _ => None,
        };

        if let Some(wrong) = wrong {
            return Err(format!("line {}: templates can't have {wrong}", span.start_line));
        }
        // A statement is the first word after the sign that opens it.
        opens = matches!(token, Token::BlockStart);
    }

    environment().template_from_str(text).map(|_| ()).map_err(|error| sentence(&error))
}

fn environment<'source>() -> Environment<'source> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_fuel(Some(FUEL));

    // None of them makes a text much longer than what it gets.
    environment.add_filter("upper", filters::upper);
    environment.add_filter("lower", filters::lower);
    environment.add_filter("title", filters::title);
    environment.add_filter("capitalize", filters::capitalize);
    environment.add_filter("trim", filters::trim);
    environment.add_filter("first", filters::first);
    environment.add_filter("last", filters::last);
    environment.add_filter("length", filters::length);
    environment.add_filter("round", filters::round);
    environment.add_filter("default", filters::default);

    environment.add_test("defined", minijinja::tests::is_defined);
    environment
}

fn text(part: &str, source: &str, values: &Value, most: usize) -> Result<String, Manual> {
    let unusable = |why: String| Manual::new(ManualReason::TemplateUnusable, format!("the {part}: {why}"));
    check(source).map_err(unusable)?;
    let environment = environment();
    let template = environment.template_from_str(source).map_err(|error| unusable(sentence(&error)))?;

    let mut out = Limited { bytes: Vec::new(), most, full: false };
    match template.render_captured_to(values, &mut out).map(|_| ()) {
        Ok(()) => Ok(String::from_utf8_lossy(&out.bytes).into_owned()),
        Err(_) if out.full => Err(unusable(format!("it is longer than {most} bytes"))),
        Err(error) if error.kind() == ErrorKind::UndefinedError => {
            Err(missing(part, &template.undeclared_variables(true), values))
        }
        Err(error) if error.kind() == ErrorKind::OutOfFuel => Err(unusable("it takes too long".to_owned())),
        Err(error) => Err(unusable(sentence(&error))),
    }
}

/// Names the variables without a value.
fn missing(part: &str, used: &HashSet<String>, values: &Value) -> Manual {
    let has_value = |name: &str| {
        let found = name.split('.').try_fold(values.clone(), |value, part| value.get_attr(part));
        found.is_ok_and(|value| !value.is_undefined())
    };
    let mut names: Vec<&str> = used.iter().map(String::as_str).filter(|name| !has_value(name)).collect();
    names.sort_unstable();

    let detail = match names.as_slice() {
        [] => format!("the {part} needs a value that isn't there"),
        [name] => format!("the {part} needs {name}, which has no value"),
        names => format!("the {part} needs {}, which have no value", names.join(", ")),
    };
    Manual::new(ManualReason::VariableMissing, detail)
}

/// Says what is wrong with a template, with its line.
fn sentence(error: &minijinja::Error) -> String {
    let what = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    error.line().map_or(what.clone(), |line| format!("line {line}: {what}"))
}

/// Takes a text up to a length.
struct Limited {
    bytes: Vec<u8>,
    most: usize,
    full: bool,
}

impl io::Write for Limited {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        self.full |= self.bytes.len() + more.len() > self.most;
        if self.full {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Variables {
    fn values(&self) -> Value {
        let record: Map<String, Json> = self
            .record
            .iter()
            .filter(|(_, value)| has_value(value))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();

        // Without a sender, the owner sends it.
        let sender = self.sender.as_ref().or(self.seller.as_ref());
        let mut values = json!({
            "record": record,
            "seller": self.seller.as_ref().map(Person::values).unwrap_or_default(),
            "sender": sender.map(Person::values).unwrap_or_default(),
        });
        if let Some(url) = &self.unsubscribe_url {
            values["unsubscribe_url"] = json!(url);
        }
        Value::from(Serde(values))
    }
}

impl Person {
    fn values(&self) -> Map<String, Json> {
        let filled =
            [("name", &self.name), ("email", &self.email)].into_iter().filter(|(_, text)| !text.is_empty());
        filled.map(|(name, text)| (name.to_owned(), json!(text))).collect()
    }
}

/// An empty text looks like a gap in an email, so it is no value.
fn has_value(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::String(text) => !text.trim().is_empty() && text.len() <= LONGEST_VALUE,
        Json::Array(_) | Json::Object(_) => value.to_string().len() <= LONGEST_VALUE,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables() -> Variables {
        let record = json!({"first_name": "Kim", "tags": ["a", "b"], "city": "", "big": "x".repeat(15_000)});
        let seller = Person { name: "Ana Ruiz".to_owned(), email: "ana@example.com".to_owned() };
        Variables {
            record: record.as_object().cloned().expect("an object"),
            seller: Some(seller),
            ..Variables::default()
        }
    }

    fn made(body: &str) -> Result<String, Manual> {
        render("Hi", body, &variables()).map(|texts| texts.body)
    }

    #[test]
    fn a_template_sees_the_record_its_owner_and_the_sender() {
        assert_eq!(
            made("Dear {{ record.first_name }}, {{ seller.name }}"),
            Ok("Dear Kim, Ana Ruiz".to_owned())
        );
        assert_eq!(made("{{ sender.email }}"), Ok("ana@example.com".to_owned()));
        assert_eq!(
            made("{% for tag in record.tags %}[{{ tag | upper }}]{% endfor %}"),
            Ok("[A][B]".to_owned())
        );
        assert_eq!(made("{% if record.city %}x{% else %}y{% endif %}"), Ok("y".to_owned()));
        assert_eq!(made("{{ record.city | default('there') }}"), Ok("there".to_owned()));
        assert_eq!(made("<b>&{{ record.first_name }}"), Ok("<b>&Kim".to_owned()));
    }

    #[test]
    fn a_variable_without_a_value_is_named() {
        let missing = made("{{ record.first_name }} {{ record.city }} {{ unsubscribe_url }}").unwrap_err();
        assert_eq!(missing.reason, ManualReason::VariableMissing);
        assert_eq!(missing.detail, "the body needs record.city, unsubscribe_url, which have no value");
        let nobody = render("{{ seller.name }}", "", &Variables::default()).unwrap_err();
        assert_eq!(nobody.detail, "the subject needs seller.name, which has no value");
    }

    #[test]
    fn a_subject_is_one_line() {
        let record = json!({"a": "x\r\nBcc: all@example.com"}).as_object().cloned().expect("an object");
        let made = render("{{ record.a }}", "", &Variables { record, ..Variables::default() });
        assert_eq!(made.map(|texts| texts.subject), Ok("x Bcc: all@example.com".to_owned()));
    }

    #[test]
    fn what_could_take_long_or_much_is_refused() {
        for wrong in [
            "{% set a = 'x' %}",
            "{% with a = 1 %}{% endwith %}",
            "{%- filter upper %}{% endfilter %}",
            "{{ 'a' ~ 'b' }}",
            "{{ 'a' * 1000000 }}",
            "{{ \"}}\" ~ 'b' }}",
            "{% macro a() %}{% endmacro %}",
            "{% include 'x' %}",
            "{{ range(100) }",
            "{% if %}",
        ] {
            assert!(check(wrong).is_err(), "{wrong}");
        }
        assert_eq!(check("a\n{{ 1 + }}").unwrap_err().split(':').next(), Some("line 2"));
        assert!(check("{# {% set %} #} ~ + * {{ a }}").is_ok());
    }

    #[test]
    fn a_template_is_stopped_when_it_takes_too_long_or_makes_too_much() {
        let nested = "{% for a in record.tags %}".repeat(14) + "x" + &"{% endfor %}".repeat(14);
        assert!(made(&nested).unwrap_err().detail.contains("takes too long"));
        let long = made(&"{{ record.big }}".repeat(40)).unwrap_err();
        assert!(long.detail.contains("longer than"), "{}", long.detail);
        for unknown in ["{{ range(9) }}", "{{ record.tags | join(',') }}", "{{ record.first_name.x.y }}"] {
            assert!(made(unknown).is_err(), "{unknown}");
        }
    }
}
