//! Enough of Postgres' wire protocol to tell statements apart. Without TLS.

use std::collections::HashMap;
use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

/// The server's message that it is done, and waits for the next statement.
pub const READY_FOR_QUERY: u8 = b'Z';
/// The server's message of a NOTIFY.
pub const NOTIFICATION: u8 = b'A';

/// Asks for TLS before the startup message.
const SSL_REQUEST: u32 = 80_877_103;

/// How a client begins.
pub struct Startup {
    /// The message.
    pub bytes: Vec<u8>,
    /// Its `application_name`, without the number that a Citus appends; empty without one.
    pub application: String,
}

/// Reads how a client begins; TLS is declined.
pub async fn startup<T: AsyncRead + AsyncWrite + Unpin>(client: &mut T) -> io::Result<Startup> {
    loop {
        let length = client.read_u32().await?;
        let mut bytes = length.to_be_bytes().to_vec();
        bytes.resize(length as usize, 0);
        client.read_exact(&mut bytes[4..]).await?;

        if u32::from_be_bytes(bytes[4..8].try_into().expect("four bytes")) == SSL_REQUEST {
            client.write_all(b"N").await?;
            continue;
        }

        let mut texts = bytes[8..].split(|byte| *byte == 0).map(String::from_utf8_lossy);
        let named = texts.any(|text| text == "application_name");
        let name = if named { texts.next().unwrap_or_default() } else { "".into() };
        let application = name.split(" gpid=").next().unwrap_or_default().to_owned();
        return Ok(Startup { bytes, application });
    }
}

/// Messages, cut out of a stream of bytes: a type, a length, a body.
#[derive(Default)]
pub struct Frames(Vec<u8>, usize);

impl Frames {
    /// The next whole message.
    pub fn next(&mut self) -> Option<Vec<u8>> {
        let rest = &self.0[self.1..];
        let length = u32::from_be_bytes(rest.get(1..5)?.try_into().expect("four bytes")) as usize + 1;
        let frame = rest.get(..length)?.to_vec();
        self.1 += length;
        Some(frame)
    }

    /// Reads on; an error at the end.
    pub async fn read_from(&mut self, from: &mut (impl AsyncRead + Unpin)) -> io::Result<()> {
        self.0.drain(..self.1);
        self.1 = 0;
        match from.read_buf(&mut self.0).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

/// The statements of one connection, by the names that the client gave them.
#[derive(Default)]
pub struct Statements {
    prepared: HashMap<Vec<u8>, String>,
    bound: String,
}

impl Statements {
    /// Reads a client's message: the text of the statement that it has executed, if it does.
    pub fn read(&mut self, frame: &[u8]) -> Option<String> {
        let mut texts = frame[5..].split(|byte| *byte == 0);
        let mut text = || texts.next().unwrap_or_default();

        match frame[0] {
            b'Q' => Some(String::from_utf8_lossy(text()).into_owned()),
            b'P' => {
                let name = text().to_vec();
                self.prepared.insert(name, String::from_utf8_lossy(text()).into_owned());
                None
            }
            b'B' => {
                let (_portal, name) = (text(), text());
                self.bound = self.prepared.get(name).cloned().unwrap_or_default();
                None
            }
            b'E' => Some(self.bound.clone()),
            _ => None,
        }
    }
}
