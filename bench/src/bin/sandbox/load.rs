//! Sends the same request again and again, from many connections on one thread, and notes how long answers take.

use std::time::Duration;

use mileston_bench::Failure;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::program::Program;

/// What is asked, by how many, for how long.
#[derive(Clone, Copy)]
pub(crate) struct Load<'a> {
    pub(crate) address: &'a str,
    pub(crate) request: &'a [u8],
    pub(crate) connections: usize,
    pub(crate) duration: Duration,
}

/// How long each answer took, the shortest first.
pub(crate) struct Outcome {
    times: Vec<Duration>,
    took: Duration,
}

/// Asks once and gives the body.
pub(crate) async fn once(program: &Program, request: &str) -> Result<Value, Failure> {
    let mut connection = Connection::open(&program.address).await?;
    connection.ask(request.as_bytes()).await?;
    Ok(serde_json::from_slice(&connection.body)?)
}

impl Load<'_> {
    /// A second of it, not measured.
    pub(crate) async fn warm_up(self) -> Result<(), Failure> {
        Load { duration: Duration::from_secs(1), ..self }.full().await.map(drop)
    }

    /// Each connection asks as soon as it was answered.
    pub(crate) async fn full(self) -> Result<Outcome, Failure> {
        self.run(None).await
    }

    /// So many in a second, at fixed points in time. An answer's time counts from when it should have been asked for,
    /// so that waiting in line counts as well.
    pub(crate) async fn paced(self, rate: f64) -> Result<Outcome, Failure> {
        self.run(Some(Duration::from_secs_f64(self.connections as f64 / rate))).await
    }

    async fn run(self, pace: Option<Duration>) -> Result<Outcome, Failure> {
        let mut connections = Vec::new();
        for _ in 0..self.connections {
            connections.push(Connection::open(self.address).await?);
        }
        let mut clients = JoinSet::new();
        let start = Instant::now();
        for (number, mut connection) in connections.into_iter().enumerate() {
            let (request, end) = (self.request.to_owned(), start + self.duration);
            let shift = pace.unwrap_or_default().mul_f64(number as f64 / self.connections as f64);
            clients.spawn(async move {
                let (mut times, mut next) = (Vec::new(), start + shift);
                while Instant::now() < end {
                    match pace {
                        Some(pace) => {
                            sleep_until(next).await;
                            connection.ask(&request).await?;
                            times.push(next.elapsed());
                            next += pace;
                        }
                        None => {
                            let asked = Instant::now();
                            connection.ask(&request).await?;
                            times.push(asked.elapsed());
                        }
                    }
                }
                Ok::<_, Failure>(times)
            });
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

impl Outcome {
    pub(crate) fn count(&self) -> usize {
        self.times.len()
    }

    pub(crate) fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }

    pub(crate) fn quantile(&self, quantile: f64) -> Duration {
        let at = (self.times.len() as f64 * quantile) as usize;
        self.times.get(at).or(self.times.last()).copied().unwrap_or_default()
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

    /// Any answer but a success is a failure.
    async fn ask(&mut self, request: &[u8]) -> Result<(), Failure> {
        self.stream.get_mut().write_all(request).await?;
        let (mut success, mut length) = (false, 0);
        loop {
            self.line.clear();
            if self.stream.read_line(&mut self.line).await? == 0 {
                return Err("the sandbox closed a connection".into());
            }
            let line = self.line.trim_end();
            if line.is_empty() {
                break;
            }
            success |= line.starts_with("HTTP/1.1 2");
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.parse()?;
            }
        }
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body).await?;
        if success { Ok(()) } else { Err(String::from_utf8_lossy(&self.body).into()) }
    }
}
