//! The sources of settings in order of precedence. Each key is read separately, so that one bad
//! value doesn't hide another.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{DEFAULTS, Problem, Problems, environment};

pub(super) const PREFIX: &str = "UPNEXT_";

/// The file to use if no flag names one.
const CONFIG_VARIABLE: &str = "UPNEXT_CONFIG";

/// Settings without a default. All others are in the defaults.
const WITHOUT_DEFAULT: [&str; 13] = [
    "database_url",
    "jwt_audience",
    "jwt_issuer",
    "jwt_jwks_file",
    "jwt_jwks_url",
    "listen_url",
    "metrics_address",
    "otlp_endpoint",
    "public_url",
    "replica_url",
    "tls_certificate",
    "tls_client_authority",
    "tls_key",
];

/// The settings of one source.
type Layer = Map<String, Value>;

/// All sources, merged, and the problems found so far.
pub(super) struct Layers {
    /// The value of each setting, and where it came from.
    merged: BTreeMap<String, (Value, Origin)>,
    /// The name of the file.
    file: String,
    problems: Problems,
}

/// A source of settings, in order of precedence.
#[derive(Clone, Copy, Debug)]
enum Origin {
    Default,
    File,
    Environment,
    Flag,
}

impl Layers {
    /// Merges the sources. Stops at a file that can't be read or parsed, because its values are
    /// unknown.
    pub(super) fn read(
        file: Option<&Path>,
        environment: &[(String, String)],
        flags: &impl Serialize,
    ) -> Result<Self, Problems> {
        let defaults = parse(DEFAULTS, "defaults")?;
        // The defaults double as the list of settings.
        let known = |key: &str| defaults.contains_key(key) || WITHOUT_DEFAULT.contains(&key);

        let named = environment.iter().find(|(name, _)| name == CONFIG_VARIABLE);
        let path = file.map(Path::to_owned).or_else(|| named.map(|(_, path)| PathBuf::from(path)));
        let file = path.as_deref().map(read_file).transpose()?.unwrap_or_default();

        let unknown = file.keys().filter(|key| !known(key)).map(|key| Problem {
            setting: key.clone(),
            origin: path.as_ref().map(|path| path.display().to_string()),
            message: "is not a setting".to_owned(),
        });
        let problems = Problems(unknown.collect());
        let settings: Vec<&str> = defaults.keys().map(String::as_str).chain(WITHOUT_DEFAULT).collect();
        // Not refused: a shell may have variables of another program, or of another version of this
        // one.
        for unknown in environment::unknown(environment, &settings) {
            eprintln!("upnext: warning: {unknown}");
        }

        let environment = from_environment(environment, known);
        let mut merged = BTreeMap::new();
        for (origin, layer) in [
            (Origin::Default, defaults),
            (Origin::File, file),
            (Origin::Environment, environment),
            (Origin::Flag, from_flags(flags)),
        ] {
            merged.extend(layer.into_iter().map(|(key, value)| (key, (value, origin))));
        }
        let file = path.map(|path| path.display().to_string()).unwrap_or_default();
        Ok(Self { merged, file, problems })
    }

    pub(super) fn into_problems(self) -> Problems {
        self.problems
    }

    /// Whether any source sets it.
    pub(super) fn has(&self, key: &str) -> bool {
        self.merged.contains_key(key)
    }

    /// A setting that has a default.
    pub(super) fn value<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        let (value, _) = self.merged.get(key)?;
        // The reason never repeats a secret: secrets are texts, and any text can be read.
        let read = serde_json::from_value(value.clone());
        read.map_err(|error| self.refuse(key, error.to_string())).ok()
    }

    /// A setting that may be unset.
    pub(super) fn optional<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        if self.has(key) { self.value(key) } else { None }
    }

    /// A number with limits.
    pub(super) fn within<T>(&mut self, key: &'static str, limits: RangeInclusive<T>) -> Option<T>
    where
        T: DeserializeOwned + PartialOrd + Display,
    {
        let value = self.value(key)?;
        if !limits.contains(&value) {
            self.refuse(key, format!("{value} is not between {} and {}", limits.start(), limits.end()));
        }
        Some(value)
    }

    /// A duration with limits.
    pub(super) fn duration(
        &mut self,
        key: &'static str,
        limits: RangeInclusive<Duration>,
    ) -> Option<Duration> {
        let text: String = self.value(key)?;
        let Some(duration) = parse_duration(&text) else {
            self.refuse(key, format!("{text:?} is not a whole number with a unit of ms, s, m or h"));
            return None;
        };
        if !limits.contains(&duration) {
            self.refuse(key, format!("{text} is not between {:?} and {:?}", limits.start(), limits.end()));
        }
        Some(duration)
    }

    /// Reports a problem with a setting's value.
    pub(super) fn refuse(&mut self, key: &'static str, message: impl Into<String>) {
        // Name the source as the user wrote it.
        let origin = self.merged.get(key).map(|(_, origin)| match origin {
            Origin::Default => "default".to_owned(),
            Origin::File => self.file.clone(),
            Origin::Environment => format!("{PREFIX}{}", key.to_ascii_uppercase()),
            Origin::Flag => format!("--{}", key.replace('_', "-")),
        });
        self.problems.0.push(Problem { setting: key.to_owned(), origin, message: message.into() });
    }
}

fn read_file(path: &Path) -> Result<Layer, Problems> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(&name, &error))?;
    parse(&text, &name)
}

fn parse(text: &str, name: &str) -> Result<Layer, Problems> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        // Only the number of the line, which may hold a password.
        let line = error.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
        unreadable(name, &format!("line {line}: {}", error.message()))
    })
}

fn unreadable(name: &str, error: &impl Display) -> Problems {
    Problems(vec![Problem { setting: name.to_owned(), origin: None, message: error.to_string() }])
}

/// Takes the variables that name a setting. Commands have other variables with the same prefix.
fn from_environment(environment: &[(String, String)], known: impl Fn(&str) -> bool) -> Layer {
    let settings = environment.iter().filter_map(|(name, text)| {
        let key = name.strip_prefix(PREFIX)?.to_ascii_lowercase();
        known(&key).then(|| (key, from_text(text)))
    });
    settings.collect()
}

/// Numbers and booleans are recognized by their form; everything else is text.
fn from_text(text: &str) -> Value {
    let (number, boolean) = (text.parse::<i64>(), text.parse::<bool>());
    // Without a point, infinity would be a number, too.
    let fraction = text.parse::<f64>().ok().filter(|_| text.contains('.'));
    match (number, boolean, fraction) {
        (Ok(number), _, _) => Value::from(number),
        (_, Ok(boolean), _) => Value::from(boolean),
        (_, _, Some(fraction)) => Value::from(fraction),
        _ => Value::from(text),
    }
}

/// Takes the fields that are set.
fn from_flags(flags: &impl Serialize) -> Layer {
    let Ok(Value::Object(mut values)) = serde_json::to_value(flags) else { return Layer::new() };
    // Flags that were not given must not hide other sources.
    values.retain(|_, value| !value.is_null());
    values
}

/// A whole number and its unit, like `20s`.
fn parse_duration(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at(text.find(|character: char| !character.is_ascii_digit())?);
    let number: u64 = number.parse().ok()?;
    match unit {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_secs(number.checked_mul(60)?)),
        "h" => Some(Duration::from_secs(number.checked_mul(3_600)?)),
        _ => None,
    }
}
