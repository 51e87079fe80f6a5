//! The page of a server's measures.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// Reads the page at a URL.
pub fn read(url: &str) -> String {
    let address = url.trim_start_matches("http://").trim_end_matches("/metrics");
    let mut stream = TcpStream::connect(address).expect("somebody listens");
    let request = b"GET /metrics HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n";
    stream.write_all(request).expect("can be asked");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("text");
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    text
}
