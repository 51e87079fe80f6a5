//! Runs the scenario that every SDK runs, or listens to a queue for the fault test.
//!
//!     conformance scenario FILE DESCRIPTORS      conformance listen QUEUE
//!
//! DESCRIPTORS is what `buf build` makes of the protos: prost knows no JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use futures::TryStreamExt;
use prost::Message;
use prost_reflect::{DescriptorPool, DynamicMessage, SerializeOptions};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::transport::{Certificate, ClientTlsConfig, Identity};
use tonic::{Request, Status};
use upnext_client::pages::Paged;
use upnext_client::v1::{
    ListCalendarsRequest, ListProblemsRequest, ListRecordsRequest, ListSellersRequest, ListTeamsRequest,
    ListViewsRequest,
};
use upnext_client::{Client, Key, Options, Queue};

type Result<T> = std::result::Result<T, Box<dyn StdError>>;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["listen", queue] => listen(queue).await,
        ["scenario", file, descriptors] => scenario(file, descriptors).await,
        _ => Err("conformance scenario FILE DESCRIPTORS, or conformance listen QUEUE".into()),
    }
}

struct Runner {
    client: Client,
    pool: DescriptorPool,
    queue: Option<Queue>,
    saved: BTreeMap<String, String>,
}

async fn scenario(file: &str, descriptors: &str) -> Result<()> {
    let steps: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let uuid = || uuid::Uuid::new_v4().to_string();
    let tomorrow = std::time::SystemTime::now() + Duration::from_secs(86_400);
    let saved = [
        ("run", uuid()[..8].to_owned()),
        ("fixed", uuid()),
        ("tomorrow", prost_types::Timestamp::from(tomorrow).to_string()),
    ];
    let mut runner = Runner {
        client: Client::from_env()?,
        pool: DescriptorPool::decode(std::fs::read(descriptors)?.as_slice())?,
        queue: None,
        saved: saved.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    };
    for (at, step) in steps.iter().enumerate() {
        let step = runner.fill(step)?;
        let problem = runner.step(&step).await?;
        if !problem.is_empty() {
            return Err(format!("step {}, {}: {problem}", at + 1, step["do"]).into());
        }
    }
    println!("{} steps as promised", steps.len());
    Ok(())
}

impl Runner {
    /// The step with `${name}` replaced by what was saved.
    fn fill(&self, step: &Value) -> Result<Value> {
        let mut text = step.to_string().replace("${uuid}", &uuid::Uuid::new_v4().to_string());
        for (name, value) in &self.saved {
            text = text.replace(&format!("${{{name}}}"), value);
        }
        Ok(serde_json::from_str(&text)?)
    }

    async fn step(&mut self, step: &Value) -> Result<String> {
        let found = match self.answer(step).await {
            Ok(found) => found,
            Err(failed) => {
                let error = match failed.downcast::<Status>() {
                    Ok(status) => upnext_client::Error::from(*status),
                    Err(other) => *other.downcast::<upnext_client::Error>()?,
                };
                let refused = format!("refused: {error}");
                return Ok(step
                    .get("error")
                    .map_or(refused, |expected| difference(expected, &error_json(&error), "")));
            }
        };
        if step.get("error").is_some() {
            return Ok("not refused".to_owned());
        }
        let problem = step.get("expect").map_or(String::new(), |expected| difference(expected, &found, ""));
        for (name, path) in step["save"].as_object().into_iter().flatten().filter(|_| problem.is_empty()) {
            let pointer = format!("/{}", path.as_str().unwrap_or_default().replace('.', "/"));
            let value = found.pointer(&pointer).and_then(Value::as_str).ok_or(pointer)?;
            self.saved.insert(name.clone(), value.to_owned());
        }
        Ok(problem)
    }

    async fn answer(&mut self, step: &Value) -> Result<Value> {
        if let Some(operation) = step["wait"].as_str() {
            let result = self.client.wait(operation, |_| {}).await?;
            return self.json("OperationResult", &result.encode_to_vec());
        }
        let Some(path) = step["call"].as_str() else {
            if let Some(name) = step["watch"].as_str() {
                self.queue = Some(self.client.watch(name));
            }
            let queue = self.queue.as_ref().ok_or("no queue")?;
            let until = step["until"].as_u64().ok_or("no until")? as usize;
            let reached = queue.until(|queue| (queue.live() && queue.items().len() == until).then_some(()));
            tokio::time::timeout(Duration::from_secs(20), reached).await??;
            return Ok(Value::Null);
        };

        let client = match step["key"].as_str() {
            Some(key) => {
                Client::connect(&Options { key: Some(Key::Fixed(key.to_owned())), ..Options::default() })?
            }
            None => self.client.clone(),
        };
        let method = path.rsplit('/').next().ok_or("no method")?;
        let request = self.encode(&format!("{method}Request"), &step["request"])?;
        if step["pages"].is_string() {
            return self.pages(&client, method, &request, step).await;
        }
        let path = http::uri::PathAndQuery::try_from(format!("/upnext.v1.{path}"))?;
        let mut calls = tonic::client::Grpc::new(client.channel());
        let answer = calls.unary(Request::new(request), path, Raw).await?;
        self.json(&format!("{method}Response"), &answer.into_inner())
    }

    async fn pages(&self, client: &Client, method: &str, request: &[u8], step: &Value) -> Result<Value> {
        let count = match method {
            "ListCalendars" => count(client, ListCalendarsRequest::decode(request)?).await?,
            "ListSellers" => count(client, ListSellersRequest::decode(request)?).await?,
            "ListRecords" => count(client, ListRecordsRequest::decode(request)?).await?,
            "ListTeams" => count(client, ListTeamsRequest::decode(request)?).await?,
            "ListViews" => count(client, ListViewsRequest::decode(request)?).await?,
            "ListProblems" => count(client, ListProblemsRequest::decode(request)?).await?,
            other => return Err(format!("pages of {other}").into()),
        };
        if step["count"].as_u64().is_some_and(|expected| expected != count)
            || step["atLeast"].as_u64().is_some_and(|least| count < least)
        {
            return Err(format!("{count} items").into());
        }
        Ok(Value::Null)
    }

    fn encode(&self, message: &str, value: &Value) -> Result<Vec<u8>> {
        let descriptor =
            self.pool.get_message_by_name(&format!("upnext.v1.{message}")).ok_or("no such message")?;
        Ok(DynamicMessage::deserialize(descriptor, value)?.encode_to_vec())
    }

    fn json(&self, message: &str, bytes: &[u8]) -> Result<Value> {
        let descriptor =
            self.pool.get_message_by_name(&format!("upnext.v1.{message}")).ok_or("no such message")?;
        let message = DynamicMessage::decode(descriptor, bytes)?;
        Ok(message.serialize_with_options(serde_json::value::Serializer, &SerializeOptions::new())?)
    }
}

async fn count<R: Paged>(client: &Client, request: R) -> Result<u64> {
    Ok(client.pages(request).try_collect::<Vec<_>>().await?.len() as u64)
}

/// Bytes as they are.
struct Raw;

impl Codec for Raw {
    type Encode = Vec<u8>;
    type Decode = Vec<u8>;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;

    fn encode(&mut self, item: Vec<u8>, buffer: &mut EncodeBuf<'_>) -> std::result::Result<(), Status> {
        bytes::BufMut::put_slice(buffer, &item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> std::result::Result<Option<Vec<u8>>, Status> {
        let length = bytes::Buf::remaining(buffer);
        Ok(Some(bytes::Buf::copy_to_bytes(buffer, length).to_vec()))
    }
}

fn error_json(error: &upnext_client::Error) -> Value {
    let mut code = String::new();
    for (at, letter) in format!("{:?}", error.code).char_indices() {
        if at > 0 && letter.is_uppercase() {
            code.push('_');
        }
        code.push(letter.to_ascii_uppercase());
    }
    let violations: Vec<_> =
        error.violations.iter().map(|v| json!({"field": v.field, "reason": v.reason})).collect();
    json!({"code": code, "reason": error.reason, "metadata": error.metadata, "violations": violations})
}

/// Where the answer isn't as expected; "" if it is.
fn difference(expected: &Value, found: &Value, path: &str) -> String {
    match expected {
        Value::Object(fields) => {
            let problem = |(name, one): (&String, &Value)| {
                difference(one, &found[name.as_str()], &format!("{path}.{name}"))
            };
            fields.iter().map(problem).find(|problem| !problem.is_empty()).unwrap_or_default()
        }
        Value::Array(expected) => {
            let items = found.as_array().map_or(&[][..], Vec::as_slice);
            if items.len() != expected.len() {
                return format!("{path} has {} items, not {}", items.len(), expected.len());
            }
            let problem = |(at, (one, item))| difference(one, item, &format!("{path}[{at}]"));
            expected
                .iter()
                .zip(items)
                .enumerate()
                .map(problem)
                .find(|problem| !problem.is_empty())
                .unwrap_or_default()
        }
        _ => {
            let any = *expected == "*" && !found.is_null() && *found != "";
            let missing =
                found.is_null() && [json!(0), json!("0"), json!(""), json!(false)].contains(expected);
            let same = expected == found || expected.is_number() && expected.as_f64() == found.as_f64();
            if any || missing || same { String::new() } else { format!("{path} is {found}, not {expected}") }
        }
    }
}

/// As the driver says: with certificates, or a key that is read from its file before each call.
fn options() -> Result<Options> {
    let mut options = Options::default();
    if let Ok(file) = std::env::var("UPNEXT_KEY_FILE") {
        options.key = Some(Key::Asked(Arc::new(move || {
            let key = std::fs::read_to_string(&file).map_err(Into::into);
            Box::pin(std::future::ready(key))
        })));
    }
    if std::env::var_os("UPNEXT_CA").is_some() {
        let pem = |name| std::fs::read(std::env::var(name).unwrap_or_default());
        let identity = Identity::from_pem(pem("UPNEXT_CERT")?, pem("UPNEXT_CERT_KEY")?);
        let tls = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(pem("UPNEXT_CA")?));
        options.tls = Some(tls.identity(identity));
    }
    Ok(options)
}

async fn listen(name: &str) -> Result<()> {
    let queue = Client::connect(&options()?)?.watch_window(name, 500);
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while lines.next_line().await?.is_some() {
        let items = queue.items();
        let names: BTreeSet<_> = items.iter().map(|activity| &activity.name).collect();
        let pairs: Vec<_> = items.iter().map(|activity| [&activity.name, &activity.etag]).collect();
        println!(
            "{}",
            json!({
                "revision": queue.revision(), "live": queue.live(), "items": pairs, "due": queue.counts().due,
                "twice": items.len() - names.len(), "reconnects": queue.reconnects(),
                "error": queue.last_error().map_or(String::new(), |error| error.reason),
            })
        );
    }
    Ok(())
}
