//! Encodes messages like prost, but with buffers that open streams can afford.

use std::marker::PhantomData;

use bytes::Buf as _;
use prost::Message;
use tonic::Status;
use tonic::codec::{BufferSettings, Codec, DecodeBuf, Decoder};
use tonic_prost::ProstCodec;

use super::in_flight;
use crate::api::apart::apart;

/// The initial buffer of each call's response; it grows when needed. Tonic's default of 8 KiB stays
/// allocated while a stream is open, and was half of a stream's memory.
const ANSWER_BUFFER: usize = 512;
/// Tonic's default: a buffer is sent once it holds this much.
const FULL: usize = 32 * 1024;

/// Tonic's codec for prost messages with smaller buffers.
pub struct SmallBuffers<T, U>(PhantomData<(T, U)>);

impl<T, U> Default for SmallBuffers<T, U> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T, U> Codec for SmallBuffers<T, U>
where
    T: Message + Send + 'static,
    U: Message + Default + Send + 'static,
{
    type Encode = T;
    type Decode = U;
    type Encoder = <ProstCodec<T, U> as Codec>::Encoder;
    type Decoder = Apart<<ProstCodec<T, U> as Codec>::Decoder>;

    fn encoder(&mut self) -> Self::Encoder {
        ProstCodec::<T, U>::raw_encoder(BufferSettings::new(ANSWER_BUFFER, FULL))
    }

    fn decoder(&mut self) -> Self::Decoder {
        Apart(ProstCodec::<T, U>::default().decoder())
    }
}

/// A decoder of large messages that doesn't hold up other calls, and has room for what it makes.
pub struct Apart<D>(D);

impl<D: Decoder<Error = Status>> Decoder for Apart<D> {
    type Item = D::Item;
    type Error = D::Error;

    fn decode(&mut self, source: &mut DecodeBuf<'_>) -> Result<Option<D::Item>, D::Error> {
        in_flight::decoded(source.remaining())?;
        apart(source.remaining(), || self.0.decode(source))
    }

    fn buffer_settings(&self) -> BufferSettings {
        self.0.buffer_settings()
    }
}
