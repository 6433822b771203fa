//! Runs a server that follows a script, which may include faults, and records the requests.

#![allow(dead_code, reason = "shared by several test files, each of which uses only a part")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// The server's behaviour for one request.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Accepts the connection and closes it, without waiting for a request.
    CloseAtOnce,
    /// Accepts the connection, waits for the request, and resets the connection without reading the request.
    ResetBefore,
    /// Reads the first bytes of the request and resets the connection.
    ResetDuring,
    /// Reads the request and resets the connection.
    Reset,
    /// Reads the request and closes the connection.
    Close,
    /// Reads the request, sends these bytes and closes the connection.
    Answer(Vec<u8>),
    /// Reads the request, sends the bytes that this function returns for it, and closes the connection.
    Echo(fn(&str) -> Vec<u8>),
    /// Reads the request, sends these bytes and resets the connection.
    AnswerAndReset(Vec<u8>),
    /// Reads the request, sends these bytes, and then sends nothing more.
    AnswerAndStall(Vec<u8>),
    /// Reads the request, sends these bytes and waits for the next request on the same connection.
    AnswerAndKeep(Vec<u8>),
    /// Reads the request, sends these bytes as if the connection stayed open, and closes the connection after this
    /// time.
    AnswerKeepAndClose(Vec<u8>, Duration),
}

/// Follows a list of acts, one for each request. The last act is repeated for all further requests.
pub(crate) struct FaultServer {
    pub(crate) origin: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl FaultServer {
    pub(crate) async fn start(acts: impl Into<Vec<Act>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::on(listener, acts.into())
    }

    pub(crate) fn on(listener: TcpListener, acts: Vec<Act>) -> Self {
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let script = Script { acts: Arc::new(acts), seen: seen.clone() };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(script.clone().serve(stream));
            }
        });
        FaultServer { origin, seen }
    }

    /// Returns the head and the body of each request, as far as they were received. The string is empty for a request
    /// that wasn't read.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

#[derive(Clone)]
struct Script {
    acts: Arc<Vec<Act>>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Script {
    async fn serve(self, mut stream: TcpStream) {
        while self.serve_one(&mut stream).await {}
    }

    /// Serves one request. Returns whether the connection stays open.
    async fn serve_one(&self, stream: &mut TcpStream) -> bool {
        let act = self.next();
        // A connection without a request isn't counted.
        if !matches!(act, Act::CloseAtOnce) && stream.peek(&mut [0]).await.unwrap_or(0) == 0 {
            return false;
        }
        let request = match act {
            Act::CloseAtOnce | Act::ResetBefore => String::new(),
            Act::ResetDuring => read(stream, |_| true).await,
            _ => read(stream, is_whole).await,
        };
        let act = match act {
            Act::Echo(answer) => Act::Answer(answer(&request)),
            act => act,
        };
        self.record(request);
        match act {
            Act::Echo(_) => false,
            Act::ResetBefore | Act::ResetDuring | Act::Reset => reset(stream),
            Act::CloseAtOnce | Act::Close => false,
            Act::Answer(bytes) => {
                write(stream, &bytes).await;
                let _ = stream.shutdown().await;
                false
            }
            Act::AnswerAndReset(bytes) => {
                write(stream, &bytes).await;
                // This gives the client time to read the response, because a reset discards data that hasn't been read
                // yet.
                tokio::time::sleep(Duration::from_millis(100)).await;
                reset(stream)
            }
            Act::AnswerAndStall(bytes) => {
                write(stream, &bytes).await;
                tokio::time::sleep(Duration::from_secs(600)).await;
                false
            }
            Act::AnswerAndKeep(bytes) => {
                write(stream, &bytes).await;
                true
            }
            Act::AnswerKeepAndClose(bytes, after) => {
                write(stream, &bytes).await;
                tokio::time::sleep(after).await;
                let _ = stream.shutdown().await;
                // A request that is already on its way is recorded, but gets no response.
                let late = read(stream, is_whole).await;
                if !late.is_empty() {
                    self.record(late);
                }
                false
            }
        }
    }

    fn next(&self) -> Act {
        let number = self.seen.lock().unwrap().len();
        self.acts.get(number).or(self.acts.last()).cloned().unwrap()
    }

    fn record(&self, request: String) {
        self.seen.lock().unwrap().push(request);
    }
}

fn reset(stream: &mut TcpStream) -> bool {
    stream.set_zero_linger().unwrap();
    false
}

async fn write(stream: &mut TcpStream, bytes: &[u8]) {
    // The client may already have closed the connection.
    let _ = stream.write_all(bytes).await;
    let _ = stream.flush().await;
}

async fn read(stream: &mut TcpStream, enough: impl Fn(&str) -> bool) -> String {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let read = stream.read(&mut chunk).await.unwrap_or(0);
        bytes.extend_from_slice(&chunk[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if read == 0 || enough(&text) {
            return text;
        }
    }
}

fn is_whole(text: &str) -> bool {
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

/// Returns a socket with its own port. Nothing listens on the port until `listen` is called.
pub(crate) fn nobody() -> TcpSocket {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    socket
}

/// Returns the bytes of a response with a `content-length`.
pub(crate) fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes =
        format!("HTTP/1.1 {status} Status\r\n{headers}content-length: {}\r\n\r\n", body.len())
            .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// Returns a JSON response after which the connection is closed.
pub(crate) fn json(status: u16, body: &str) -> Act {
    Act::Answer(answer(status, "content-type: application/json\r\nconnection: close\r\n", body))
}
