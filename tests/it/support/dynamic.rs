//! Calls by method name and JSON, like grpcurl makes them.

use prost::Message as _;
use prost_reflect::{DynamicMessage, MessageDescriptor, MethodDescriptor, SerializeOptions};
use serde_json::Value;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::{Request, Status};
use upnext::api::pb::DESCRIPTORS;

use super::app::Client;
use super::promised::unpromised;

/// The method of this name, like `upnext.v1.SellerService/GetSeller`.
pub fn method(name: &str) -> MethodDescriptor {
    let (service, method) = name.split_once('/').expect("service/method");
    let service = DESCRIPTORS.get_service_by_name(service).unwrap_or_else(|| panic!("no service {service}"));
    let found = service.methods().find(|listed| listed.name() == method);
    found.unwrap_or_else(|| panic!("no method {name}"))
}

/// Calls a method; of a stream, the first message. A refusal must be one that the call's comment
/// promises.
pub async fn call(client: &Client, name: &str, request: Value) -> Result<Value, Status> {
    let answer = answer(client, name, request.clone()).await;
    if let Err(status) = &answer
        && !status.details().is_empty()
    {
        let unpromised = unpromised(name, status);
        assert!(unpromised.is_empty(), "{name} doesn't promise {unpromised:?}: {request} {status:?}");
    }
    answer
}

async fn answer(client: &Client, name: &str, request: Value) -> Result<Value, Status> {
    let method = method(name);
    let message = DynamicMessage::deserialize(method.input(), request).expect("the request fits its type");
    let mut grpc = tonic::client::Grpc::new(client.calls());
    grpc.ready().await.map_err(|error| Status::unavailable(error.to_string()))?;

    let path = format!("/{name}").parse().expect("a path");
    let codec = DynamicCodec(method.output());
    let answer = if method.is_server_streaming() {
        let mut stream = grpc.server_streaming(Request::new(message), path, codec).await?.into_inner();
        stream.message().await?.ok_or_else(|| Status::unknown("the stream ended without a message"))?
    } else {
        grpc.unary(Request::new(message), path, codec).await?.into_inner()
    };

    let options = SerializeOptions::new().skip_default_fields(true);
    Ok(answer
        .serialize_with_options(serde_json::value::Serializer, &options)
        .expect("every message has a JSON form"))
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
