//! Runs a server on the loopback interface, in a separate process, so that only the client's CPU time is measured.
//!
//! The server does as little as possible: it speaks HTTP/1.1 with keep-alive, has a thread for each connection, and
//! sends prepared responses.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use crate::{Failure, answers, by_hand};

/// The argument that makes a binary of this crate act as the server.
pub const ARGUMENT: &str = "serve";

/// A running server. The server stops when this value is dropped, or when this process ends.
#[derive(Debug)]
pub struct Server {
    child: Child,
    origin: String,
}

impl Server {
    /// Starts this binary again as the server.
    ///
    /// # Errors
    ///
    /// Returns an error if the server doesn't start.
    pub fn start() -> Result<Self, Failure> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(ARGUMENT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut port = String::new();
        let out = child.stdout.take().ok_or("the server has no output")?;
        BufReader::new(out).read_line(&mut port)?;
        let port: u16 = port.trim().parse().map_err(|_| "the server did not start")?;
        Ok(Server { child, origin: format!("http://127.0.0.1:{port}") })
    }

    /// Returns the server's origin.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The server ends when its input ends.
        drop(self.child.stdin.take());
        if self.child.wait().is_err() {
            eprintln!("the server didn't exit");
        }
    }
}

/// Returns whether this process was started as the server.
#[must_use]
pub fn is_wanted() -> bool {
    std::env::args().nth(1).as_deref() == Some(ARGUMENT)
}

/// Runs the server until the standard input ends.
///
/// # Errors
///
/// Returns an error if the server can't listen on a port.
pub fn serve() -> Result<(), Failure> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let answers = Answers {
        link: http(&answers::payment_link()?),
        list: http(&answers::payment_links()?),
        invoice: http(&answers::invoice()?),
        transfer: http(&answers::transfer()?),
        signature: by_hand::signature(
            answers::SECRET,
            &serde_json::to_vec(&answers::new_payment()?)?,
        )?,
    };
    // Each connection borrows the responses until the process ends.
    let answers: &'static Answers = Box::leak(Box::new(answers));
    println!("{}", listener.local_addr()?.port());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                if let Err(error) = connection(stream, answers) {
                    eprintln!("server: {error}");
                }
            });
        }
    });
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

struct Answers {
    link: Vec<u8>,
    list: Vec<u8>,
    invoice: Vec<u8>,
    transfer: Vec<u8>,
    /// The signature of the only payment that is sent.
    signature: String,
}

fn http(json: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ndate: Fri, 31 Jan 2031 00:00:00 GMT\r\n\
         content-length: {}\r\n\r\n{json}",
        json.len()
    )
    .into_bytes()
}

/// Responds to requests until the client closes the connection.
fn connection(mut stream: TcpStream, answers: &Answers) -> Result<(), Failure> {
    stream.set_nodelay(true)?;
    let mut buffer = vec![0; 16 * 1024];
    let mut filled = 0;
    loop {
        while let Some((answer, end)) = request(&buffer[..filled], answers)? {
            buffer.copy_within(end..filled, 0);
            filled -= end;
            stream.write_all(answer)?;
        }
        let read = stream.read(&mut buffer[filled..])?;
        if read == 0 {
            return Ok(());
        }
        filled += read;
    }
}

/// Returns the response to the request at the start of the bytes, and where the request ends. Returns `None` if the
/// request isn't complete.
fn request<'a>(bytes: &[u8], answers: &'a Answers) -> Result<Option<(&'a [u8], usize)>, Failure> {
    let Some(head) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&bytes[..head])?;
    let header = |name: &str| {
        let lines = text.lines().filter_map(|line| line.split_once(": "));
        let mut named = lines.filter(|(other, _)| other.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value)
    };
    let end = head + 4 + header("content-length").map_or(Ok(0), str::parse)?;
    if bytes.len() < end {
        return Ok(None);
    }
    // Check the headers, because a difference between the requests would make the comparison
    // unfair.
    let json = "application/json";
    let known = header("content-type") == Some(json)
        && header("accept").is_some_and(|accept| accept.starts_with(json))
        && header("apikey") == Some(answers::KEY)
        && header("businessid") == Some(answers::BUSINESS);
    let answer = match text.split_once(" HTTP/1.1").map(|(line, _)| line) {
        Some("GET /payment-link/?limit=50") => &answers.list,
        Some(line) if line.starts_with("GET /payment-link/") => &answers.link,
        Some(
            "POST /invoice/create?businessName=Tom+%26+Jerry"
            | "POST /invoice/create?businessName=Tom%20%26%20Jerry",
        ) => &answers.invoice,
        Some("POST /user/send-payment")
            if header("x-request-signature") == Some(&answers.signature) =>
        {
            &answers.transfer
        }
        _ => return Err(format!("unexpected request:\n{text}").into()),
    };
    if !known {
        return Err(format!("a header is missing or wrong:\n{text}").into());
    }
    Ok(Some((answer, end)))
}
