//! A proxy between a program and the sandbox. The proxy forwards requests and responses, and
//! records the requests.

use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use mileston_tests::wire::recorder::{Recorded, receive};

/// The relay. It runs until the process ends.
pub(crate) struct Relay {
    /// The relay's origin, e.g. `http://127.0.0.1:4010`.
    pub(crate) origin: String,
    requests: Receiver<(usize, Recorded)>,
}

impl Relay {
    /// Starts the relay.
    pub(crate) fn start(sandbox: &str) -> Relay {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let sandbox = sandbox.trim_start_matches("http://").to_owned();
        let (sender, requests) = channel();
        let block = AtomicUsize::new(0);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // If a connection breaks, the program notices, because it gets no response.
                drop(serve(stream, &sandbox, &block, &sender));
            }
        });
        Relay { origin, requests }
    }

    /// Returns each request with the number of the code block that sent it.
    pub(crate) fn take(&self) -> Vec<(usize, Recorded)> {
        self.requests.try_iter().collect()
    }
}

fn serve(
    mut stream: TcpStream,
    sandbox: &str,
    block: &AtomicUsize,
    sender: &Sender<(usize, Recorded)>,
) -> io::Result<()> {
    let bytes = receive(&mut stream)?;
    let request = Recorded::of(&bytes).map_err(io::Error::other)?;
    if let Some(number) = request.target.strip_prefix("/at/") {
        block.store(number.parse().map_err(io::Error::other)?, Ordering::SeqCst);
        return stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    }
    let mut head =
        format!("{} {} HTTP/1.1\r\nconnection: close\r\n", request.method, request.target);
    for (name, value) in request.headers.iter().filter(|(name, _)| name != "connection") {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut upstream = TcpStream::connect(sandbox)?;
    upstream.write_all(format!("{head}\r\n").as_bytes())?;
    upstream.write_all(&request.body)?;
    let mut response = Vec::new();
    upstream.read_to_end(&mut response)?;
    // Pass the request on before the response, so that the request is available when the program continues.
    drop(sender.send((block.load(Ordering::SeqCst), request)));
    stream.write_all(&response)
}
