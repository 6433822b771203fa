//! A blocking client that keeps its connection open and notices when the server is gone.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use mileston_keys::WalletSecret;
use serde_json::Value;

use crate::program::text;
use crate::signed::{SIGNATURE, sign};

/// What `serve` printed when it first started.
pub(super) struct Keys {
    address: String,
    pub(super) business: String,
    normal: String,
    checkout: String,
    secret: WalletSecret,
}

/// The credentials of a request.
#[derive(Clone, Copy)]
pub(super) enum As {
    Backend,
    Frontend,
    Wallet,
    /// A program that controls the sandbox.
    Program,
}

impl Keys {
    pub(super) fn of(ready: &Value) -> Self {
        Keys {
            address: address(ready),
            business: text(ready, "businessId"),
            normal: text(ready, "normalKey"),
            checkout: text(ready, "checkoutKey"),
            secret: text(ready, "walletSecret").parse().unwrap(),
        }
    }

    /// Uses the same keys with the new URL.
    pub(super) fn move_to(&mut self, ready: &Value) {
        self.address = address(ready);
    }
}

fn address(ready: &Value) -> String {
    text(ready, "url").strip_prefix("http://").unwrap().to_owned()
}

/// A connection.
pub(super) struct Wire<'k> {
    keys: &'k Keys,
    stream: BufReader<TcpStream>,
}

impl<'k> Wire<'k> {
    pub(super) fn open(keys: &'k Keys) -> std::io::Result<Self> {
        let stream = TcpStream::connect(&keys.address)?;
        stream.set_nodelay(true)?;
        Ok(Wire { keys, stream: BufReader::new(stream) })
    }

    /// Returns the status and body of the response, or an error if it is missing or incomplete.
    pub(super) fn ask(
        &mut self,
        who: As,
        method: &str,
        target: &str,
        body: &Value,
    ) -> std::io::Result<(u16, Value)> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let request = self.request(who, method, target, &body);
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest[..3].parse().unwrap();
            } else if let Some(rest) = line.strip_prefix("content-length: ") {
                length = rest.parse().unwrap();
            } else if line.is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        self.stream.read_exact(&mut answer)?;
        Ok((status, serde_json::from_slice(&answer).unwrap()))
    }

    /// Returns the body of a success response.
    #[track_caller]
    pub(super) fn expect(&mut self, who: As, method: &str, target: &str, body: &Value) -> Value {
        let (status, answer) = self.ask(who, method, target, body).unwrap();
        assert!((200..300).contains(&status), "{method} {target}: {status} {answer}");
        answer
    }

    fn request(&self, who: As, method: &str, target: &str, body: &str) -> String {
        let Keys { address, business, normal, checkout, secret } = self.keys;
        let key = if matches!(who, As::Frontend) { checkout } else { normal };
        let mut head = format!(
            "{method} {target} HTTP/1.1\r\nHost: {address}\r\napikey: {key}\r\n\
             businessid: {business}\r\nContent-Type: application/json\r\n"
        );
        if matches!(who, As::Wallet) {
            let signed = if body.is_empty() { "{}" } else { body };
            head.push_str(&format!("{SIGNATURE}: {}\r\n", sign(secret, signed)));
        }
        if matches!(who, As::Program) {
            head.push_str("mileston-sandbox: test\r\n");
        }
        format!("{head}Content-Length: {}\r\n\r\n{body}", body.len())
    }
}
