//! Takes connections and bounds what each may cost: bytes and lines of a head, time, and how many there are at once.
//!
//! `axum::serve` has no such settings, and waits for a head as long as it takes.

mod line;
mod listening;

use std::convert::Infallible;
use std::future::{Future, pending, poll_fn};
use std::io;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use self::line::{Breaker, Line};
pub(crate) use self::listening::Listening;
use crate::faults::Hangup;
use crate::runtime::Response;

/// The most bytes of a request line and headers together; more are answered with 431.
const HEAD_BYTES: usize = 64 << 10;
/// The most headers; more are answered with 431.
const HEADERS: usize = 100;
/// How long a head may take, counted from the end of the request before: idle connections end as well.
const HEAD_TIME: Duration = Duration::from_secs(30);
/// The most connections at once; one more is closed without a word.
const CONNECTIONS: usize = 1024;
/// How long to wait when no connection could be taken, for instance because the process has too many files open.
const PAUSE: Duration = Duration::from_millis(200);

/// Serves until it is told to stop, or until whoever would tell is gone; then waits for the requests under way.
pub(crate) async fn serve(
    listener: Listening,
    router: Router,
    mut told: oneshot::Receiver<()>,
) -> io::Result<()> {
    let mut settings = http1::Builder::new();
    settings.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
    settings.max_headers(HEADERS).max_header_size(HEAD_BYTES).max_buf_size(2 * HEAD_BYTES);
    let connections = GracefulShutdown::new();
    while let Some(taken) = next(&listener, &mut told).await {
        match taken {
            Ok(stream) if connections.count() < CONNECTIONS => {
                let (line, breaker) = Line::new(stream);
                let (router, hands) = (TowerToHyperService::new(router.clone()), breaker.clone());
                let service = service_fn(move |request| answer(&router, hands.clone(), request));
                let connection = settings.serve_connection(TokioIo::new(line), service);
                tokio::spawn(until_broken(connections.watch(connection), breaker));
            }
            Ok(_) => {}
            Err(error) if is_of_one_connection(&error) => {}
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
    listener.close();
    connections.shutdown().await;
    Ok(())
}

/// Answers, or breaks the connection off where a fault was ordered.
fn answer(
    router: &TowerToHyperService<Router>,
    breaker: Breaker,
    request: Request<Incoming>,
) -> impl Future<Output = Result<Response, Infallible>> + use<> {
    let answering = router.call(request);
    async move {
        let response = answering.await?;
        if response.extensions().get::<Hangup>().is_some() {
            breaker.break_off();
            return pending().await;
        }
        Ok(response)
    }
}

/// Until the connection ends or is broken off. However it ended, there is nobody to tell.
async fn until_broken(connection: impl Future, breaker: Breaker) {
    let mut connection = pin!(connection);
    poll_fn(|context| {
        if connection.as_mut().poll(context).is_ready() || breaker.is_broken() {
            return Poll::Ready(());
        }
        Poll::Pending
    })
    .await;
}

/// The next connection. `None`: it is time to stop.
async fn next(
    listener: &Listening,
    told: &mut oneshot::Receiver<()>,
) -> Option<io::Result<TcpStream>> {
    poll_fn(|context| {
        if Pin::new(&mut *told).poll(context).is_ready() {
            return Poll::Ready(None);
        }
        listener.poll_next(context)
    })
    .await
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
