//! A minimal client that sends exactly what it is given. It doesn't follow redirects or normalize paths.

use mileston_keys::{BusinessId, CheckoutKey, Mode, NormalKey};
use mileston_sandbox::{Credentials, Sandbox};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A response.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Reply {
    /// Parses a response. Its body may be chunked. Panics if the head, the body or a chunk is incomplete.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let reply = Reply::of_any_length(bytes);
        let length = reply.head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if let Some(length) = length {
            assert_eq!(length, reply.body.len().to_string(), "{}", reply.head);
        }
        reply
    }

    /// Parses a response whose `Content-Length` may differ from the length of its body, such as a response to `HEAD`.
    fn of_any_length(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|part| part == b"\r\n\r\n");
        let (head, body) = bytes.split_at(end.expect("a response has a head") + 4);
        let head = String::from_utf8(head.trim_ascii_end().to_vec()).unwrap().to_ascii_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let is_chunked = head.contains("\r\ntransfer-encoding: chunked");
        let body = if is_chunked { joined(body) } else { body.to_vec() };
        Reply { status, head, body: String::from_utf8(body).unwrap() }
    }

    pub(crate) fn json(&self) -> Value {
        assert!(self.head.contains("\r\ncontent-type: application/json"), "{}", self.head);
        serde_json::from_str(&self.body).unwrap()
    }

    /// Returns the JSON of the response. Its `statusCode` and the HTTP status must both be `status`.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        let json = self.json();
        assert_eq!(json["statusCode"], status, "{json}");
        json
    }

    /// Returns the `message` of an error response in NestJS's format, as text.
    #[track_caller]
    pub(crate) fn expect_refusal(self, status: u16, error: &str) -> String {
        let json = self.expect(status);
        assert_eq!(json["error"], error);
        let keys: Vec<_> = json.as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys.len(), 3, "{keys:?}");
        json["message"].to_string()
    }

    /// Expects a 400 with a list of mistakes that mentions this text.
    #[track_caller]
    pub(crate) fn expect_invalid(self, mention: &str) -> String {
        let message = self.expect_refusal(400, "Bad Request");
        assert!(message.starts_with('['), "{message} isn't a list");
        assert!(message.contains(mention), "{message} does not mention {mention}");
        message
    }
}

/// Joins the chunks of a body.
fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let line =
            chunks.windows(2).position(|part| part == b"\r\n").expect("a chunk has a length");
        let length = std::str::from_utf8(&chunks[..line]).unwrap();
        let length = usize::from_str_radix(length, 16).unwrap();
        let (chunk, rest) = chunks[line + 2..].split_at(length);
        body.extend(chunk);
        chunks = rest.strip_prefix(b"\r\n").expect("a chunk has an end");
        if length == 0 {
            return body;
        }
    }
}

#[test]
fn a_response_that_is_cut_off_is_noticed() {
    for whole in [
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
    ] {
        assert_eq!(Reply::read(whole.as_bytes()).body, "ab");
        for end in 0..whole.len() {
            let start = &whole.as_bytes()[..end];
            assert!(std::panic::catch_unwind(|| Reply::read(start)).is_err(), "{end}: {whole:?}");
        }
    }
}

/// Returns the items of a list, or no items if the response doesn't have the field.
pub(crate) fn items(list: &Value, field: &str) -> Vec<Value> {
    list.get(field).map(|items| items.as_array().unwrap().clone()).unwrap_or_default()
}

/// A client that sends the same headers with every request.
#[derive(Clone)]
pub(crate) struct Client {
    address: String,
    host: String,
    headers: String,
}

impl Client {
    pub(crate) fn anonymous(sandbox: &Sandbox) -> Self {
        Client::of_url(sandbox.url())
    }

    pub(crate) fn of_url(url: &str) -> Self {
        let address = url.strip_prefix("http://").unwrap().to_owned();
        Client { host: address.clone(), address, headers: String::new() }
    }

    /// Returns the same client for a different URL.
    pub(crate) fn at_url(self, url: &str) -> Self {
        Client { headers: self.headers, ..Client::of_url(url) }
    }

    /// Creates a backend client with these credentials, for any kind of sandbox.
    pub(crate) fn at(url: &str, credentials: &Credentials) -> Self {
        let key = credentials.normal_key().expose_secret();
        let client = Client::of_url(url).header("apikey", key);
        client.header("businessid", credentials.business_id().as_str())
    }

    pub(crate) fn backend(sandbox: &Sandbox) -> Self {
        Client::with_normal(sandbox, sandbox.business_id(), sandbox.normal_key())
    }

    pub(crate) fn frontend(sandbox: &Sandbox) -> Self {
        Client::with_checkout(sandbox, sandbox.business_id(), sandbox.checkout_key())
    }

    pub(crate) fn backend_of(sandbox: &Sandbox, credentials: &Credentials) -> Self {
        Client::with_normal(sandbox, credentials.business_id(), credentials.normal_key())
    }

    pub(crate) fn with_normal<M: Mode>(
        sandbox: &Sandbox,
        business: &BusinessId,
        key: &NormalKey<M>,
    ) -> Self {
        let client = Client::anonymous(sandbox).header("apikey", key.expose_secret());
        client.header("businessid", business.as_str())
    }

    pub(crate) fn with_checkout<M: Mode>(
        sandbox: &Sandbox,
        business: &BusinessId,
        key: &CheckoutKey<M>,
    ) -> Self {
        let client = Client::anonymous(sandbox).header("apikey", key.expose_secret());
        client.header("businessid", business.as_str())
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    /// Sets a `Host` other than the address that the client connects to.
    pub(crate) fn with_host(mut self, host: &str) -> Self {
        host.clone_into(&mut self.host);
        self
    }

    pub(crate) async fn get(&self, target: &str) -> Reply {
        self.send("GET", target, None).await
    }

    /// Returns the bytes of the response, which may be incomplete.
    pub(crate) async fn get_raw(&self, target: &str) -> Vec<u8> {
        self.exchange("GET", target, "", None).await
    }

    pub(crate) async fn delete(&self, target: &str) -> Reply {
        self.send("DELETE", target, Some("{}")).await
    }

    pub(crate) async fn post(&self, target: &str, body: &Value) -> Reply {
        self.send("POST", target, Some(&body.to_string())).await
    }

    pub(crate) async fn patch(&self, target: &str, body: &Value) -> Reply {
        self.send("PATCH", target, Some(&body.to_string())).await
    }

    pub(crate) async fn send(&self, method: &str, target: &str, body: Option<&str>) -> Reply {
        self.send_as(method, target, "application/json", body).await
    }

    pub(crate) async fn send_as(
        &self,
        method: &str,
        target: &str,
        content_type: &str,
        body: Option<&str>,
    ) -> Reply {
        self.send_bytes(method, target, content_type, body.map(str::as_bytes)).await
    }

    pub(crate) async fn send_bytes(
        &self,
        method: &str,
        target: &str,
        content_type: &str,
        body: Option<&[u8]>,
    ) -> Reply {
        let answer = self.exchange(method, target, content_type, body).await;
        if method == "HEAD" { Reply::of_any_length(&answer) } else { Reply::read(&answer) }
    }

    /// Sends a request with a body, and returns the head of the response without changing upper or lower case.
    pub(crate) async fn raw_head(
        &self,
        method: &str,
        target: &str,
        content_type: &str,
        body: &str,
    ) -> String {
        let answer = self.exchange(method, target, content_type, Some(body.as_bytes())).await;
        let answer = String::from_utf8(answer).unwrap();
        let end = answer.find("\r\n\r\n").unwrap();
        answer[..end + 2].to_owned()
    }

    async fn exchange(
        &self,
        method: &str,
        target: &str,
        content_type: &str,
        body: Option<&[u8]>,
    ) -> Vec<u8> {
        let mut request = format!(
            "{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{}",
            self.host, self.headers
        );
        if !content_type.is_empty() {
            request.push_str(&format!("Content-Type: {content_type}\r\n"));
        }
        if let Some(body) = body {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        let request = [request.as_bytes(), body.unwrap_or_default()].concat();
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        stream.write_all(&request).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        answer
    }
}
