//! Accepts connections and limits their cost: the size of a request's head, the time until the head has arrived, and
//! the number of connections.
//!
//! `axum::serve` has no such settings, and has no timeout for the head.

mod base;
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

use self::base::without_base;
use self::line::{Breaker, Line};
pub(crate) use self::listening::Listening;
use crate::faults::Hangup;
use crate::runtime::Response;

/// The maximum size of the request line and headers, in bytes. If they are larger, the response is a 431 or 414.
const HEAD_BYTES: usize = 64 << 10;
/// The maximum number of headers. If there are more, the response is a 431.
const HEADERS: usize = 100;
/// The timeout for a head. It starts at the end of the previous request, so idle connections are closed as well.
const HEAD_TIME: Duration = Duration::from_secs(30);
/// The maximum number of connections. Further connections are closed.
const CONNECTIONS: usize = 1024;
/// The pause after a failed attempt to accept a connection, for example if the process has too many open files.
const PAUSE: Duration = Duration::from_millis(200);

/// Serves requests, including those below a base path, until the signal arrives or its sender is dropped. Then waits
/// for the requests in progress.
pub(crate) async fn serve(
    listener: Listening,
    router: Router,
    base: String,
    mut stopping: oneshot::Receiver<()>,
) -> io::Result<()> {
    let mut settings = http1::Builder::new();
    settings.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
    settings.max_headers(HEADERS).max_header_size(HEAD_BYTES).max_buf_size(2 * HEAD_BYTES);
    let connections = GracefulShutdown::new();
    while let Some(taken) = next(&listener, &mut stopping).await {
        match taken {
            Ok(stream) if connections.count() < CONNECTIONS => {
                let (line, breaker) = Line::new(stream);
                let (router, hands) = (TowerToHyperService::new(router.clone()), breaker.clone());
                let base = base.clone();
                let service = service_fn(move |mut request: Request<Incoming>| {
                    if let Some(uri) = without_base(request.uri(), &base) {
                        *request.uri_mut() = uri;
                    }
                    answer(&router, hands.clone(), request)
                });
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

/// Sends the response, or breaks the connection if a fault requires it.
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

/// Runs until the connection ends or is broken. The connection's errors are ignored, because there is nobody to report
/// them to.
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

/// Returns the next connection, or `None` when it is time to stop.
async fn next(
    listener: &Listening,
    stopping: &mut oneshot::Receiver<()>,
) -> Option<io::Result<TcpStream>> {
    poll_fn(|context| {
        if Pin::new(&mut *stopping).poll(context).is_ready() {
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
