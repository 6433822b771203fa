//! A relay between the clients and Prism. `prism mock` doesn't support server paths, so the relay removes the server's
//! path from each request. It also removes the header with the number of the call, and sets `connection: close`. The
//! relay changes nothing else, and records Prism's verdict.

use std::fmt;
use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use mileston_tests::wire::recorder::{Recorded, receive};

/// The header with the number of the call. The relay doesn't pass this header to Prism.
pub(crate) const CALL: &str = "x-number-of-call";

/// The relay. It runs until the process ends.
pub(crate) struct Relay {
    /// The relay's origin, e.g. `http://127.0.0.1:4010`.
    pub(crate) origin: String,
    exchanges: Receiver<Exchange>,
}

/// A request as Prism received it, and Prism's response.
pub(crate) struct Exchange {
    /// The number of the call.
    pub(crate) call: usize,
    pub(crate) request: Recorded,
    pub(crate) response: Response,
}

/// Prism's response.
pub(crate) struct Response {
    pub(crate) status: u16,
    /// The `sl-violations` header: the problems with the request, and with Prism's own response.
    pub(crate) violations: Option<String>,
    pub(crate) body: String,
}

impl Response {
    /// Returns whether Prism accepted the request. Prism reports problems in the `sl-violations` header or, if the
    /// document has no response for them, with an error status.
    pub(crate) fn accepts(&self) -> bool {
        let violations = self.violations.as_deref().unwrap_or_default();
        self.status < 400 && !violations.contains(r#""location":["request""#)
    }
}

/// Shows the request and Prism's response for a failed test.
impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Exchange { request, response, .. } = self;
        let type_ = request.header("content-type").unwrap_or("no body");
        writeln!(f, "  {} {} ({type_})", request.method, request.target)?;
        writeln!(f, "  {}", String::from_utf8_lossy(&request.body))?;
        let violations = response.violations.as_deref().unwrap_or(&response.body);
        write!(f, "  {}: {violations}", response.status)
    }
}

impl Relay {
    /// Starts the relay. `bases` are the paths of the servers.
    pub(crate) fn start(prism: &str, mut bases: Vec<String>) -> Relay {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        // The longest path comes first, because one path can begin with another.
        bases.sort_by_key(|base| std::cmp::Reverse(base.len()));
        let prism = prism.to_owned();
        let (sender, exchanges) = channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // If a connection breaks, the test notices, because no exchange is recorded.
                drop(serve(stream, &prism, &bases, &sender));
            }
        });
        Relay { origin, exchanges }
    }

    /// Returns the exchanges since this method was last called.
    pub(crate) fn take(&self) -> Vec<Exchange> {
        self.exchanges.try_iter().collect()
    }
}

fn serve(
    mut stream: TcpStream,
    prism: &str,
    bases: &[String],
    sender: &Sender<Exchange>,
) -> io::Result<()> {
    let bytes = receive(&mut stream)?;
    let mut request = Recorded::of(&bytes).map_err(io::Error::other)?;
    let base = bases.iter().find(|base| request.target.starts_with(base.as_str()));
    request.target = request.target[base.map_or(0, String::len)..].to_owned();
    let call = request.header(CALL).and_then(|number| number.parse().ok());
    let call = call.ok_or_else(|| io::Error::other("a request without the number of its call"))?;
    request.headers.retain(|(name, _)| name != CALL);
    let (bytes, exchange) = send(prism, call, request)?;
    // Send the exchange to the channel first, so that `take` returns it once the client has the response.
    drop(sender.send(exchange));
    stream.write_all(&bytes)
}

/// Sends a request to Prism. Returns the bytes of the response, and the parsed exchange.
pub(crate) fn send(prism: &str, call: usize, request: Recorded) -> io::Result<(Vec<u8>, Exchange)> {
    let mut head =
        format!("{} {} HTTP/1.1\r\nconnection: close\r\n", request.method, request.target);
    let own = ["connection", "content-length"];
    for (name, value) in request.headers.iter().filter(|(name, _)| !own.contains(&name.as_str())) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if request.header("content-length").is_some() {
        head.push_str(&format!("content-length: {}\r\n", request.body.len()));
    }
    head.push_str("\r\n");
    // The relay reads bytes as Latin-1, so each character is one byte.
    let mut bytes: Vec<u8> = head.chars().map(|each| each as u8).collect();
    bytes.extend(&request.body);
    let mut stream = TcpStream::connect(prism)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.write_all(&bytes)?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let response =
        response(&bytes).ok_or_else(|| io::Error::other("Prism's response isn't HTTP"))?;
    Ok((bytes, Exchange { call, request, response }))
}

fn response(bytes: &[u8]) -> Option<Response> {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    let headers = head.lines().filter_map(|line| line.split_once(':'));
    let violations = headers.filter(|(name, _)| name.eq_ignore_ascii_case("sl-violations"));
    let violations = violations.map(|(_, value)| value.trim().to_owned()).next();
    Some(Response { status, violations, body: body.to_owned() })
}
