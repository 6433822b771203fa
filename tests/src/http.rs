//! Sends one request over a plain socket, without our client or reqwest.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A response.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, unchanged.
    pub body: String,
}

/// Sends a request to a server at `http://host:port` and returns its response. The `host` header is `host:port` unless
/// `headers` contains a different `host` header.
///
/// # Errors
/// Returns an error if the server can't be reached or the response isn't HTTP.
pub async fn send(
    url: &str,
    method: &str,
    target: &str,
    headers: &[(&'static str, String)],
    body: &str,
) -> Result<Answer, String> {
    let address = url.strip_prefix("http://").ok_or("expected a plain http URL")?;
    let fail = |error: std::io::Error| format!("{method} {target}: {error}");
    let mut stream = TcpStream::connect(address).await.map_err(fail)?;
    let mut request = format!("{method} {target} HTTP/1.1\r\nconnection: close\r\n");
    if headers.iter().all(|(name, _)| *name != "host") {
        request.push_str(&format!("host: {address}\r\n"));
    }
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
    stream.write_all(request.as_bytes()).await.map_err(fail)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.map_err(fail)?;
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3));
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    status
        .and_then(|status| status.parse().ok())
        .zip(body)
        .map(|(status, body)| Answer { status, body })
        .ok_or_else(|| format!("{method} {target}: not HTTP: {answer}"))
}
