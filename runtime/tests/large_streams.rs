//! Measures the memory that an upload and a download of a gigabyte need. This test has its own binary because it counts
//! all allocations.

#![allow(clippy::unwrap_used, reason = "a test fails at the first error")]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use openapi_keys_runtime::generated::{RequestBuilder, call};
use openapi_keys_runtime::{
    Authenticate, Body, Call, ClientCore, CoreBuilder, Error, EventStream, Eventually, JsonLines,
    Method, Operation, Outgoing, Profile, Redactor, RequiredScheme,
};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const SIZE: u64 = 1 << 30;

/// The size for tests that read items byte by byte. It is smaller than `SIZE`, because in an unoptimised build, reading
/// items takes ten times as long as reading raw bytes.
const SIZE_OF_ITEMS: u64 = SIZE / 8;

/// The maximum additional memory, in bytes.
const MAX: usize = 16 << 20;

static PROFILE: Profile = Profile::new("weather/1.0");
static UP: Operation = Operation::new("addExport", Method::PUT, "/export").answer("integer");
static DOWN: Operation = Operation::new("getExport", Method::GET, "/export").answer("integer");

struct Nobody;

impl Authenticate for Nobody {
    fn holds(&self, _: &RequiredScheme) -> bool {
        false
    }
    fn authenticate<'a>(&'a self, _: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now(Ok(()))
    }
    fn redact(&self, _: &mut Redactor) {}
}

/// Starts a server for one connection. The server calls `act` once it has read the request's head. Returns a client
/// that connects to this server.
fn serve(act: impl FnOnce(&mut TcpStream) + Send + 'static) -> ClientCore<Nobody> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut end = [0; 4];
        while end != *b"\r\n\r\n" {
            end.rotate_left(1);
            stream.read_exact(&mut end[3..]).unwrap();
        }
        act(&mut stream);
    });
    let builder = CoreBuilder::new(Nobody, &PROFILE).total_timeout(Duration::from_secs(120));
    builder.origin(&origin).unwrap().build().unwrap()
}

fn request(core: &ClientCore<Nobody>, operation: &'static Operation, body: Body) -> Call<u64> {
    call(core, operation, |base| {
        let request = RequestBuilder::new(operation.method.clone(), base).path("/export");
        request.raw("application/octet-stream", Some(body)).finish()
    })
}

/// Reads everything, and responds with the number of bytes.
fn read_all(stream: &mut TcpStream) {
    let mut buffer = vec![0; 256 << 10];
    let mut received = 0;
    while received < SIZE {
        match u64::try_from(stream.read(&mut buffer).unwrap()).unwrap() {
            0 => break,
            length => received += length,
        }
    }
    let text = received.to_string();
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{text}", text.len()).unwrap();
}

/// Sends a response whose body consists of copies of `part`. `length` must be a multiple of the part's length.
fn write_all(stream: &mut TcpStream, length: u64, content_type: &str, part: &str) {
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n"
    )
    .unwrap();
    let block = part.repeat((256 << 10) / part.len());
    let mut left = usize::try_from(length).unwrap();
    while left > 0 {
        let now = left.min(block.len());
        stream.write_all(&block.as_bytes()[..now]).unwrap();
        left -= now;
    }
}

/// Runs the future, and checks its peak memory.
async fn check<T>(what: &str, run: impl Future<Output = T>) -> T {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let started = Instant::now();
    let result = run.await;
    let peak = MEMORY.peak_usage().saturating_sub(before);
    println!("{what}: {} kB, {:?}", peak >> 10, started.elapsed());
    assert!(peak <= MAX, "{what}: {peak} bytes");
    result
}

async fn upload() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("large_streams");
    // The file is sparse, so it doesn't take up space on the disk.
    std::fs::File::create(&path).unwrap().set_len(SIZE).unwrap();
    let core = serve(read_all);
    let received = check("a file, uploaded", async {
        request(&core, &UP, Body::file(&path).await.unwrap()).await.unwrap()
    })
    .await;
    assert_eq!(received, SIZE);
    std::fs::remove_file(path).unwrap();
}

async fn download() {
    let core = serve(|stream| write_all(stream, SIZE, "text/plain", "0123456789abcdef"));
    let received = check("bytes, downloaded", async {
        let call = request(&core, &DOWN, Body::default()).streamed();
        let (mut download, mut received) = (call.await.unwrap(), 0);
        while let Some(chunk) = download.chunk().await.unwrap() {
            received += u64::try_from(chunk.len()).unwrap();
        }
        received
    })
    .await;
    assert_eq!(received, SIZE);
}

const ITEM: usize = 64 << 10;

async fn events() {
    let event = format!("data: {}\n\n", "x".repeat(ITEM - 8));
    let core = serve(move |stream| write_all(stream, SIZE_OF_ITEMS, "text/event-stream", &event));
    let count = check("events, downloaded", async {
        let call = request(&core, &DOWN, Body::default()).streamed();
        let mut events = EventStream::of_text(call.await.unwrap());
        let mut count = 0;
        while let Some(event) = events.next().await {
            assert_eq!(event.unwrap().data.len(), ITEM - 8);
            count += 1;
        }
        count
    })
    .await;
    assert_eq!(count, SIZE_OF_ITEMS / u64::try_from(ITEM).unwrap());
}

/// Checks small events with a long id. Each event contains a copy of the last id, so the events in a chunk must not all
/// be created at the same time.
async fn small_events_with_a_long_id() {
    let part = format!("id: {}\n{}", "x".repeat(8188), "data\n\n".repeat(40_000));
    let size = u64::try_from(part.len()).unwrap() * 4;
    let core = serve(move |stream| write_all(stream, size, "text/event-stream", &part));
    let count = check("small events, downloaded", async {
        let call = request(&core, &DOWN, Body::default()).streamed();
        let mut events = EventStream::of_text(call.await.unwrap());
        let mut count = 0;
        while let Some(event) = events.next().await {
            assert_eq!(event.unwrap().id.len(), 8188);
            count += 1;
        }
        count
    })
    .await;
    assert_eq!(count, 160_000);
}

async fn lines() {
    let line = format!("\"{}\"\n", "x".repeat(ITEM - 3));
    let core = serve(move |stream| write_all(stream, SIZE_OF_ITEMS, "application/x-ndjson", &line));
    let count = check("lines, downloaded", async {
        let call = request(&core, &DOWN, Body::default()).streamed();
        let mut lines = JsonLines::<String>::from(call.await.unwrap());
        let mut count = 0;
        while let Some(line) = lines.next().await {
            assert_eq!(line.unwrap().len(), ITEM - 3);
            count += 1;
        }
        count
    })
    .await;
    assert_eq!(count, SIZE_OF_ITEMS / u64::try_from(ITEM).unwrap());
}

/// This is a single test because tests that run in parallel would use memory at the same time.
#[tokio::test]
async fn a_gigabyte_needs_little_memory() {
    upload().await;
    download().await;
    events().await;
    small_events_with_a_long_id().await;
    lines().await;
}
