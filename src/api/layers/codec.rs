//! How messages become bytes: as prost does it, with buffers that an open stream can afford.

use std::marker::PhantomData;

use prost::Message;
use tonic::codec::{BufferSettings, Codec};
use tonic_prost::ProstCodec;

/// What each call's answers are first written into; it grows as they need. Tonic's own 8 KiB stay with a stream for as long as it is open, and were
/// half of its memory.
const ANSWER_BUFFER: usize = 512;
/// Tonic's own: a buffer with so much in it is sent.
const FULL: usize = 32 * 1024;

/// Tonic's codec of prost messages, but for the size of the buffers.
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
    type Decoder = <ProstCodec<T, U> as Codec>::Decoder;

    fn encoder(&mut self) -> Self::Encoder {
        ProstCodec::<T, U>::raw_encoder(BufferSettings::new(ANSWER_BUFFER, FULL))
    }

    fn decoder(&mut self) -> Self::Decoder {
        ProstCodec::<T, U>::default().decoder()
    }
}
