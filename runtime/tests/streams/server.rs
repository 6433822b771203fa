//! Runs a local server that doesn't use the client's libraries. The server records the requests that it receives.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request as received on the wire.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) head: String,
    /// The body, without chunk lengths.
    pub(crate) body: Vec<u8>,
    /// Whether the body ended as announced.
    pub(crate) is_whole: bool,
}

impl Seen {
    /// Returns the values of a header.
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, it)| it).collect()
    }

    /// Returns how the headers announce the length of the body: the length itself, `chunked` or `none`.
    pub(crate) fn framing(&self) -> String {
        match (&*self.header("content-length"), &*self.header("transfer-encoding")) {
            ([], []) => "none".to_owned(),
            ([length], []) => (*length).to_owned(),
            ([], ["chunked"]) => "chunked".to_owned(),
            other => unreachable!("{other:?}"),
        }
    }
}

/// A connection whose request is being read.
pub(crate) struct Connection {
    reader: BufReader<TcpStream>,
    seen: Seen,
    all: Arc<Mutex<Vec<Seen>>>,
    /// The number of the connection, counted from 1.
    pub(crate) number: usize,
}

impl Connection {
    fn read_head(&mut self) -> bool {
        while !self.seen.head.ends_with("\r\n\r\n") {
            if self.reader.read_line(&mut self.seen.head).unwrap_or(0) == 0 {
                return false;
            }
        }
        true
    }

    /// Reads the rest of the request.
    pub(crate) fn read(&mut self) {
        self.seen.is_whole = match &*self.seen.framing() {
            "none" => true,
            "chunked" => self.read_chunks().is_some(),
            length => self.read_exactly(length.parse().unwrap()).is_some(),
        };
    }

    fn read_exactly(&mut self, length: u64) -> Option<()> {
        let read = (&mut self.reader).take(length).read_to_end(&mut self.seen.body).ok()?;
        (u64::try_from(read).unwrap() == length).then_some(())
    }

    fn read_chunks(&mut self) -> Option<()> {
        loop {
            let mut line = String::new();
            self.reader.read_line(&mut line).ok()?;
            let length = u64::from_str_radix(line.trim_end(), 16).ok()?;
            self.read_exactly(length)?;
            self.reader.read_exact(&mut [0; 2]).ok()?;
            if length == 0 {
                return Some(());
            }
        }
    }

    /// Sends bytes. Returns `false` if the client has disconnected.
    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        let stream = self.reader.get_mut();
        stream.write_all(bytes.as_ref()).and_then(|()| stream.flush()).is_ok()
    }

    /// Reads until the client closes the connection. Returns `false` if the connection breaks instead.
    pub(crate) fn is_closed(&mut self) -> bool {
        std::io::copy(&mut self.reader, &mut std::io::sink()).is_ok()
    }

    pub(crate) fn end_writing(&mut self) {
        let _ = self.reader.get_mut().shutdown(std::net::Shutdown::Write);
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.all.lock().unwrap().push(std::mem::take(&mut self.seen));
    }
}

pub(crate) struct Server {
    pub(crate) origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Calls `act` for each connection, once the head of the request has been read.
    pub(crate) fn start(act: impl Fn(&mut Connection) + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::<Mutex<Vec<Seen>>>::default();
        let all = seen.clone();
        std::thread::spawn(move || {
            let act = Arc::new(act);
            for (at, stream) in listener.incoming().enumerate() {
                let (reader, all) = (BufReader::new(stream.unwrap()), all.clone());
                let act = act.clone();
                std::thread::spawn(move || {
                    let seen = Seen::default();
                    let mut connection = Connection { reader, seen, all, number: at + 1 };
                    if connection.read_head() {
                        act(&mut connection);
                    }
                });
            }
        });
        Server { origin, seen }
    }

    /// Reads each request and responds with these bytes.
    pub(crate) fn responding(response: impl AsRef<[u8]> + Send + Sync + 'static) -> Server {
        Server::start(move |connection| {
            connection.read();
            connection.write(&response);
        })
    }

    /// Waits until `times` requests have been served, and returns them.
    pub(crate) async fn seen(&self, times: usize) -> Vec<Seen> {
        let seen = || self.seen.lock().unwrap().clone();
        for _ in 0..500 {
            if seen().len() >= times {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        assert_eq!(seen().len(), times);
        seen()
    }
}

/// Returns a complete response. The connection is closed after this response.
pub(crate) fn response(status: u16, content_type: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Whatever\r\nconnection: close\r\ncontent-length: {}\r\ncontent-type: {content_type}\r\n\r\n{body}",
        body.len()
    )
}

/// Returns the head of a chunked response.
pub(crate) fn chunked(content_type: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\ncontent-type: {content_type}\r\n\r\n"
    )
}

/// Returns a chunk. An empty chunk ends the body.
pub(crate) fn chunk(text: &str) -> String {
    format!("{:x}\r\n{text}\r\n", text.len())
}
