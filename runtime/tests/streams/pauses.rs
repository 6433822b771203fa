//! Tests servers that send nothing for a while.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use openapi_keys_runtime::futures_core::Stream;
use openapi_keys_runtime::{Body, Bytes, ErrorKind, StatusCode};
use tokio::time::Instant;

use super::steps::{self, Chunk, Pause, Stall, Step};
use super::{DownloadCall, EXPORT, EventsCall, LIST, LinesCall, WATCH};

const LONG: Duration = Duration::from_secs(29);

#[tokio::test(start_paused = true)]
async fn each_pause_of_a_download_may_take_as_long_as_the_timeout() {
    let body = [Chunk("a"), Pause(LONG), Chunk("b"), Pause(LONG), Chunk("c"), Stall];
    let started = Instant::now();
    let core = steps::core("text/plain", &body);
    let mut download = DownloadCall::new(&core, &EXPORT).await.unwrap();
    for expected in ["a", "b", "c"] {
        assert_eq!(download.chunk().await.unwrap().unwrap(), expected);
    }
    let error = download.chunk().await.unwrap_err();
    assert_eq!(started.elapsed(), LONG * 2 + Duration::from_secs(30));
    assert_eq!((error.kind(), error.status()), (ErrorKind::Timeout, Some(StatusCode::OK)));
    assert!(error.to_string().contains("200 OK, but its body did not arrive in time"), "{error}");
    assert!(download.chunk().await.unwrap().is_none());
}

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn the_longest_pause_can_be_chosen() {
    let body = [Chunk("a"), Pause(SECOND * 1000), Chunk("b"), Stall];
    let call = || DownloadCall::new(&steps::core("text/plain", &body), &EXPORT);
    let started = Instant::now();
    let download = call().timeout(SECOND * 5).await.unwrap();
    assert_eq!(download.bytes().await.unwrap_err().kind(), ErrorKind::Timeout);
    assert_eq!(started.elapsed(), SECOND * 5);

    let mut download = call().await.unwrap().longest_pause(SECOND * 2000);
    assert_eq!(download.chunk().await.unwrap().unwrap(), "a");
    assert_eq!(download.chunk().await.unwrap().unwrap(), "b");
    assert_eq!(download.chunk().await.unwrap_err().kind(), ErrorKind::Timeout);

    let mut download = call().await.unwrap().longest_pause(None);
    while let Ok(chunk) = tokio::time::timeout(SECOND * 100_000, download.chunk()).await {
        chunk.unwrap().unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn events_and_lines_may_pause_forever_without_a_limit() {
    const DAY: Duration = Duration::from_secs(86_400);
    const EVENTS: [Step; 3] = [Pause(DAY), Chunk("data: {\"degrees\":1}\n\n"), Stall];
    const LINES: [Step; 3] = [Pause(DAY), Chunk("{\"degrees\":1}\n"), Stall];
    let core = steps::core("text/event-stream", &EVENTS);
    let mut events = EventsCall::new(&core, &WATCH).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data.degrees, 1);
    let mut events = events.longest_pause(SECOND);
    assert_eq!(events.next().await.unwrap().unwrap_err().kind(), ErrorKind::Timeout);
    assert!(events.next().await.is_none());

    let core = steps::core("application/x-ndjson", &LINES);
    let mut lines = LinesCall::new(&core, &LIST).await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().degrees, 1);
    let mut lines = lines.longest_pause(SECOND);
    assert_eq!(lines.next().await.unwrap().unwrap_err().kind(), ErrorKind::Timeout);
    assert!(lines.next().await.is_none());
}

/// A body that yields empty chunks forever.
struct Nothing;

impl Stream for Nothing {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(Some(Ok(Bytes::new())))
    }
}

#[tokio::test]
async fn empty_chunks_count_as_a_pause() {
    let core = steps::with_body("text/plain", Body::from_stream(Nothing)).build().unwrap();
    let call = DownloadCall::new(&core, &EXPORT).timeout(Duration::from_millis(50));
    let error = call.await.unwrap().bytes().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}
