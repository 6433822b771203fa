//! Sends the same request repeatedly, over many connections on one thread, and measures the response times.

use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::Failure;

/// A request to send repeatedly, and how to send it.
#[derive(Clone, Copy, Debug)]
pub struct Load<'a> {
    /// The server's host and port.
    pub address: &'a str,
    /// The bytes of the complete request.
    pub request: &'a [u8],
    /// The number of connections that send requests at the same time.
    pub connections: usize,
    /// When to stop.
    pub until: Until,
}

/// When to stop sending requests.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// After this period.
    Over(Duration),
    /// After at least this many requests.
    Times(usize),
}

/// The response times, shortest first, and the total time.
#[derive(Debug)]
pub struct Outcome {
    times: Vec<Duration>,
    took: Duration,
}

/// Sends a request once and returns the body.
///
/// # Errors
///
/// Returns an error if there is no response, or if the response isn't a success response or isn't JSON.
pub async fn once(address: &str, request: &str) -> Result<Value, Failure> {
    let mut connection = Connection::open(address).await?;
    connection.ask(request.as_bytes()).await?;
    Ok(serde_json::from_slice(&connection.body)?)
}

impl Load<'_> {
    /// Sends requests as fast as possible: each connection sends the next request as soon as it has received a
    /// response.
    ///
    /// # Errors
    ///
    /// Returns an error if a connection fails, or if any response isn't a success response.
    pub async fn full(self) -> Result<Outcome, Failure> {
        self.run(None).await
    }

    /// Sends `rate` requests per second, at regular intervals. A response time is measured from the planned time of the
    /// request, so it includes the wait for a connection.
    ///
    /// # Errors
    ///
    /// Returns an error if a connection fails, or if any response isn't a success response.
    pub async fn paced(self, rate: f64) -> Result<Outcome, Failure> {
        self.run(Some(Duration::from_secs_f64(self.connections as f64 / rate))).await
    }

    async fn run(self, pace: Option<Duration>) -> Result<Outcome, Failure> {
        let mut connections = Vec::new();
        for _ in 0..self.connections {
            connections.push(Connection::open(self.address).await?);
        }
        let mut clients = JoinSet::new();
        let start = Instant::now();
        for (number, connection) in connections.into_iter().enumerate() {
            let shift = pace.unwrap_or_default().mul_f64(number as f64 / self.connections as f64);
            let client = Client {
                connection,
                request: self.request.to_owned(),
                goal: self.until.for_each_of(self.connections, start),
                pace,
                first: start + shift,
            };
            clients.spawn(client.run());
        }
        let mut times = Vec::new();
        while let Some(client) = clients.join_next().await {
            times.extend(client??);
        }
        let took = start.elapsed();
        times.sort_unstable();
        Ok(Outcome { times, took })
    }
}

impl Until {
    fn for_each_of(self, connections: usize, start: Instant) -> Goal {
        match self {
            Until::Over(duration) => Goal::Time(start + duration),
            Until::Times(times) => Goal::Times(times.div_ceil(connections)),
        }
    }
}

impl Outcome {
    /// Returns the number of responses.
    #[must_use]
    pub fn count(&self) -> usize {
        self.times.len()
    }

    /// Returns the number of responses per second.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }

    /// Returns a quantile of the response times.
    #[must_use]
    pub fn quantile(&self, quantile: f64) -> Duration {
        let at = (self.times.len() as f64 * quantile) as usize;
        self.times.get(at).or(self.times.last()).copied().unwrap_or_default()
    }
}

#[derive(Clone, Copy)]
enum Goal {
    Time(Instant),
    Times(usize),
}

struct Client {
    connection: Connection,
    request: Vec<u8>,
    goal: Goal,
    pace: Option<Duration>,
    first: Instant,
}

impl Client {
    async fn run(mut self) -> Result<Vec<Duration>, Failure> {
        let (mut times, mut next) = (Vec::new(), self.first);
        while self.goal.is_ahead(times.len()) {
            match self.pace {
                Some(pace) => {
                    sleep_until(next).await;
                    self.connection.ask(&self.request).await?;
                    times.push(next.elapsed());
                    next += pace;
                }
                None => {
                    let asked = Instant::now();
                    self.connection.ask(&self.request).await?;
                    times.push(asked.elapsed());
                }
            }
        }
        Ok(times)
    }
}

impl Goal {
    fn is_ahead(self, done: usize) -> bool {
        match self {
            Goal::Time(end) => Instant::now() < end,
            Goal::Times(times) => done < times,
        }
    }
}

struct Connection {
    stream: BufReader<TcpStream>,
    line: String,
    body: Vec<u8>,
}

impl Connection {
    async fn open(address: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream: BufReader::new(stream), line: String::new(), body: Vec::new() })
    }

    /// Sends a request and reads the response. Fails if the response isn't a success response, or if it neither has a
    /// length nor is chunked.
    async fn ask(&mut self, request: &[u8]) -> Result<(), Failure> {
        self.stream.get_mut().write_all(request).await?;
        let (mut success, mut chunked, mut length) = (false, false, None);
        loop {
            self.line.clear();
            if self.stream.read_line(&mut self.line).await? == 0 {
                return Err("the server closed a connection".into());
            }
            let line = self.line.trim_end();
            if line.is_empty() {
                break;
            }
            success |= line.starts_with("HTTP/1.1 2");
            if let Some((name, value)) = line.split_once(": ")
                && name.eq_ignore_ascii_case("content-length")
            {
                length = Some(value.parse()?);
            }
            chunked |= line.eq_ignore_ascii_case("transfer-encoding: chunked");
        }
        self.body.clear();
        if chunked {
            while self.part_in_chunks().await? {}
        } else {
            self.part(length.ok_or("a response has no `content-length`")?).await?;
        }
        if success { Ok(()) } else { Err(String::from_utf8_lossy(&self.body).into()) }
    }

    /// Reads a chunk, and returns whether more chunks follow.
    async fn part_in_chunks(&mut self) -> Result<bool, Failure> {
        self.line.clear();
        self.stream.read_line(&mut self.line).await?;
        let length = usize::from_str_radix(self.line.trim_end(), 16)?;
        self.part(length).await?;
        self.line.clear();
        self.stream.read_line(&mut self.line).await?;
        Ok(length > 0)
    }

    /// Reads this many bytes into the body.
    async fn part(&mut self, length: usize) -> Result<(), Failure> {
        let start = self.body.len();
        self.body.resize(start + length, 0);
        self.stream.read_exact(&mut self.body[start..]).await?;
        Ok(())
    }
}
