//! Calls by name, with JSON in the names of the proto.

use anyhow::Context as _;
use prost::Message as _;
use prost_reflect::{DynamicMessage, MessageDescriptor, SerializeOptions};
use serde_json::{Value, json};
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::{Code, Request, Status};

use super::kinds::Kind;
use crate::api::pb::DESCRIPTORS;
use crate::cli::client::{Calls, readable};

/// Calls methods by name.
#[derive(Clone)]
pub(super) struct Caller(pub Calls);

impl Caller {
    /// Calls a method, like `upnext.v1.SequenceService/GetSequence`.
    ///
    /// # Errors
    /// The server refuses it.
    async fn answer(&self, name: &str, request: Value) -> Result<Value, Status> {
        let internal = |error: String| Status::internal(error);
        let (service, method) = name.split_once('/').unwrap_or_default();
        let service = DESCRIPTORS.get_service_by_name(service);
        let method = service.and_then(|service| service.methods().find(|listed| listed.name() == method));
        let method = method.ok_or_else(|| internal(format!("no method {name}")))?;
        let message = DynamicMessage::deserialize(method.input(), request);
        let message = message.map_err(|error| internal(error.to_string()))?;

        let mut grpc = tonic::client::Grpc::new(self.0.clone());
        grpc.ready().await.map_err(|error| Status::unavailable(error.to_string()))?;
        let path = format!("/{name}").parse().map_err(|_| internal(format!("no path {name}")))?;
        let answer = grpc.unary(Request::new(message), path, DynamicCodec(method.output())).await?;
        Ok(plain(&answer.into_inner()))
    }

    /// Calls a method.
    ///
    /// # Errors
    /// The server refuses it, in words for people.
    pub async fn call(&self, name: &str, request: Value) -> anyhow::Result<Value> {
        self.answer(name, request).await.map_err(readable)
    }

    /// Reads a resource. `None` if it doesn't exist.
    ///
    /// # Errors
    /// The server refuses it.
    pub async fn get(&self, kind: &Kind, name: &str) -> anyhow::Result<Option<Value>> {
        match self.answer(&kind.method("Get"), json!({"name": name})).await {
            Ok(mut answer) => Ok(Some(answer[kind.field].take())),
            // What is missing is created, so it is no error.
            Err(status) if status.code() == Code::NotFound => Ok(None),
            Err(status) => Err(readable(status)),
        }
    }

    /// Lists the names of all resources of a kind.
    ///
    /// # Errors
    /// The server refuses it.
    pub async fn names(&self, kind: &Kind, parent: Option<&str>) -> anyhow::Result<Vec<String>> {
        let (mut names, mut token) = (Vec::new(), String::new());
        loop {
            let mut request = json!({"page_size": 1000, "page_token": token});
            if let Some(parent) = parent {
                request["parent"] = json!(parent);
            }

            let answer = self.call(&kind.list_method(), request).await?;
            let page = answer[kind.list].as_array().cloned().unwrap_or_default();
            names.extend(page.iter().filter_map(|one| one["name"].as_str()).map(str::to_owned));
            token = answer["next_page_token"].as_str().unwrap_or_default().to_owned();
            if token.is_empty() {
                return Ok(names);
            }
        }
    }
}

/// Reads a message from JSON. Unknown fields are errors.
///
/// # Errors
/// What is wrong with it.
pub(super) fn message(kind: &Kind, value: &Value) -> anyhow::Result<DynamicMessage> {
    let name = kind.message();
    let descriptor = DESCRIPTORS.get_message_by_name(&name).with_context(|| format!("no message {name}"))?;
    Ok(DynamicMessage::deserialize(descriptor, value)?)
}

/// Writes a message as JSON, in the names of the proto and without values that are the default.
pub(super) fn plain(message: &DynamicMessage) -> Value {
    let options = SerializeOptions::new().use_proto_field_name(true).skip_default_fields(true);
    let written = message.serialize_with_options(serde_json::value::Serializer, &options);
    written.expect("every message has a JSON form")
}

struct DynamicCodec(MessageDescriptor);

impl Codec for DynamicCodec {
    type Encode = DynamicMessage;
    type Decode = DynamicMessage;
    type Encoder = DynamicEncoder;
    type Decoder = DynamicDecoder;

    fn encoder(&mut self) -> DynamicEncoder {
        DynamicEncoder
    }

    fn decoder(&mut self) -> DynamicDecoder {
        DynamicDecoder(self.0.clone())
    }
}

struct DynamicEncoder;

impl Encoder for DynamicEncoder {
    type Item = DynamicMessage;
    type Error = Status;

    fn encode(&mut self, item: DynamicMessage, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        item.encode(buffer).map_err(|error| Status::internal(error.to_string()))
    }
}

struct DynamicDecoder(MessageDescriptor);

impl Decoder for DynamicDecoder {
    type Item = DynamicMessage;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<DynamicMessage>, Status> {
        let decoded = DynamicMessage::decode(self.0.clone(), buffer);
        decoded.map(Some).map_err(|error| Status::internal(error.to_string()))
    }
}
