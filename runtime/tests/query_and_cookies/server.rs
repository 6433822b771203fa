//! Runs a local server that records each request's head and creates the response from it.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Creates a response from the head of a request.
pub(crate) type Act = fn(&str) -> String;

pub(crate) struct Server {
    pub(crate) origin: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server that closes each connection after its response, and stops after `times` requests.
    pub(crate) fn start(act: Act, times: usize) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::<Mutex<Vec<String>>>::default();
        let kept = seen.clone();
        std::thread::spawn(move || {
            for _ in 0..times {
                let (mut stream, _) = listener.accept().unwrap();
                let head = head(&mut stream);
                kept.lock().unwrap().push(head.clone());
                // The client may have disconnected.
                let _ = stream.write_all(act(&head).as_bytes());
            }
        });
        Server { origin, seen }
    }

    /// Returns the heads of the requests received so far.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    /// Returns the targets of the requests received so far, e.g. `/readings?key=…`.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.seen().iter().map(|head| head.split(' ').nth(1).unwrap().to_owned()).collect()
    }
}

fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer).unwrap() {
            0 => break,
            length => head.extend_from_slice(&buffer[..length]),
        }
    }
    String::from_utf8(head).unwrap()
}

/// Returns a complete response. The connection is closed after this response.
pub(crate) fn response(status: u16, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Whatever\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}
