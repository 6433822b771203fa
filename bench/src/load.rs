//! Sends the same request again and again, from many connections on one thread, and notes how long answers take.

use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::Failure;

/// What is asked, by how many, for how long.
#[derive(Clone, Copy, Debug)]
pub struct Load<'a> {
    /// Host and port.
    pub address: &'a str,
    /// The whole of it, as it goes over the wire.
    pub request: &'a [u8],
    /// How many ask at once.
    pub connections: usize,
    /// When no more is asked.
    pub until: Until,
}

/// When no more is asked.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// Once this much time is over.
    Over(Duration),
    /// Once there were at least so many.
    Times(usize),
}

/// How long each answer took, the shortest first.
#[derive(Debug)]
pub struct Outcome {
    times: Vec<Duration>,
    took: Duration,
}

/// Asks once and gives the body.
///
/// # Errors
///
/// There is no answer, it is no success, or it is no JSON.
pub async fn once(address: &str, request: &str) -> Result<Value, Failure> {
    let mut connection = Connection::open(address).await?;
    connection.ask(request.as_bytes()).await?;
    Ok(serde_json::from_slice(&connection.body)?)
}

impl Load<'_> {
    /// Each connection asks as soon as it was answered.
    ///
    /// # Errors
    ///
    /// Any answer that is no success.
    pub async fn full(self) -> Result<Outcome, Failure> {
        self.run(None).await
    }

    /// So many in a second, at fixed points in time. An answer's time counts from when it should have been asked for,
    /// so that waiting in line counts as well.
    ///
    /// # Errors
    ///
    /// Any answer that is no success.
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
    /// How many were answered.
    #[must_use]
    pub fn count(&self) -> usize {
        self.times.len()
    }

    /// How many in a second.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }

    /// What so large a part of them did not exceed.
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

    /// Any answer but a success is a failure, and so is one that does not say how long it is.
    async fn ask(&mut self, request: &[u8]) -> Result<(), Failure> {
        self.stream.get_mut().write_all(request).await?;
        let (mut success, mut length) = (false, None);
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
        }
        self.body.resize(length.ok_or("an answer does not say how long it is")?, 0);
        self.stream.read_exact(&mut self.body).await?;
        if success { Ok(()) } else { Err(String::from_utf8_lossy(&self.body).into()) }
    }
}
