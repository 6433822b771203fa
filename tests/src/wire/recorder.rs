//! A server on loopback that records the bytes of every request and always sends the same response.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// The response. It has the required fields of all operations, so that each call succeeds.
const BODY: &str = r#"{"statusCode":200,"message":"ok","status":"ok","paymentLink":"a","paymentData":{"paymentLinkId":"a"},
"invoiceLink":"a","invoiceData":{"invoiceId":"a"},"recurringPaymentData":{"recurringPaymentId":"a"},
"userData":{"businessName":"a"},"publicKey":"a","uuid":"a","address":{},
"data":{"link":"a","status":"a","data":{"status":"a"},"balances":{},"walletData":[]}}"#;

/// The server. It runs until the process ends.
#[derive(Debug)]
pub struct Recorder {
    /// The server's origin, e.g. `http://127.0.0.1:4010`.
    pub origin: String,
    requests: Receiver<Vec<u8>>,
}

/// A request as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The method.
    pub method: String,
    /// The target of the request line.
    pub target: String,
    /// The headers in the order received. Names are in lower case, and values are decoded as Latin-1.
    pub headers: Vec<(String, String)>,
    /// The bytes after the headers.
    pub body: Vec<u8>,
}

impl Recorder {
    /// Starts the server.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no free port.
    pub fn start() -> io::Result<Recorder> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let origin = format!("http://{}", listener.local_addr()?);
        let (sender, requests) = channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // If a connection breaks, the client notices, because it gets no response.
                let _ = serve(stream, &sender);
            }
        });
        Ok(Recorder { origin, requests })
    }

    /// Returns the requests that arrived since this method was last called.
    ///
    /// # Errors
    ///
    /// Returns an error if something other than a request arrived.
    pub fn take(&self) -> Result<Vec<Recorded>, String> {
        self.requests.try_iter().map(|bytes| Recorded::of(&bytes)).collect()
    }
}

/// Reads a request. The body ends at its declared length or after its last chunk. The result is empty if the connection
/// was closed without a request.
///
/// # Errors
///
/// Returns an error if the connection breaks, or nothing arrives for five seconds.
pub fn receive(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    while !is_whole(&bytes) {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        bytes.extend_from_slice(&buffer[..read]);
    }
    Ok(bytes)
}

fn serve(mut stream: TcpStream, sender: &Sender<Vec<u8>>) -> io::Result<()> {
    let bytes = receive(&mut stream)?;
    if bytes.is_empty() {
        return Ok(());
    }
    // Send the request to the channel first, so that `take` returns it once the client has the response.
    let _ = sender.send(bytes);
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{BODY}",
        BODY.len()
    )
}

fn is_whole(bytes: &[u8]) -> bool {
    Recorded::of(bytes).is_ok_and(|request| {
        let length = request.header("content-length").and_then(|length| length.parse().ok());
        let is_chunked = request.header("transfer-encoding") == Some("chunked");
        request.body.len() >= length.unwrap_or(0)
            && (!is_chunked || request.body.ends_with(b"0\r\n\r\n"))
    })
}

impl Recorded {
    /// Reads a request.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes aren't an HTTP/1.1 request.
    pub fn of(bytes: &[u8]) -> Result<Recorded, String> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        let (head, body) = bytes.split_at(end.ok_or("incomplete headers")?);
        let head: String = head.iter().copied().map(char::from).collect();
        let (first, rest) = head.split_once("\r\n").unwrap_or((&head, ""));
        let mut words = first.split(' ');
        let (Some(method), Some(target), Some("HTTP/1.1"), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(format!("not a request line: {first:?}"));
        };
        let header = |line: &str| {
            let (name, value) = line.split_once(':').ok_or(format!("not a header: {line:?}"))?;
            Ok((name.to_ascii_lowercase(), value.trim().to_owned()))
        };
        let lines = rest.split("\r\n").filter(|line| !line.is_empty());
        Ok(Recorded {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: lines.map(header).collect::<Result<_, String>>()?,
            body: body[4..].to_vec(),
        })
    }

    /// Returns the first header with that name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}
