//! An endpoint that records what it receives, and responds as the test decides.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use mileston_api::webhook::{Delivery, Verifier};
use mileston_keys::WebhookToken;
use mileston_sandbox::WebhookSettings;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// A timeout that is long enough even on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Returns settings with quick retries.
pub(crate) fn hasty() -> WebhookSettings {
    WebhookSettings::new().first_wait(Duration::from_millis(5))
}

pub(crate) fn token() -> WebhookToken {
    "fake-webhook-token".parse().unwrap()
}

/// A received request.
#[derive(Clone)]
pub(crate) struct Got {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Got {
    /// Verifies and parses the request with the client's `Verifier`.
    #[track_caller]
    pub(crate) fn delivery(&self) -> Delivery {
        Verifier::new(token()).verify(&self.headers, &self.body).unwrap()
    }
}

pub(crate) struct Endpoint {
    pub(crate) url: String,
    got: Arc<Mutex<Vec<Got>>>,
    count: watch::Receiver<usize>,
    task: tokio::task::JoinHandle<()>,
}

impl Endpoint {
    /// Starts an endpoint that accepts everything.
    pub(crate) async fn start() -> Self {
        Endpoint::answering(|_| respond(200, "ok")).await
    }

    /// Starts an endpoint whose response depends on the number of earlier requests.
    pub(crate) async fn answering(
        answer: impl Fn(usize) -> Response + Clone + Send + Sync + 'static,
    ) -> Self {
        Endpoint::replying(move |before, _| answer(before)).await
    }

    /// Starts an endpoint that accepts the bodies that the function accepts.
    pub(crate) async fn judging(
        passes: impl Fn(&str) -> bool + Clone + Send + Sync + 'static,
    ) -> Self {
        let status = move |body: &str| if passes(body) { 200 } else { 500 };
        Endpoint::replying(move |_, body| respond(status(body), "")).await
    }

    async fn replying(
        answer: impl Fn(usize, &str) -> Response + Clone + Send + Sync + 'static,
    ) -> Self {
        let got = Arc::<Mutex<Vec<Got>>>::default();
        let (counter, count) = watch::channel(0);
        let (kept, counter) = (Arc::clone(&got), Arc::new(counter));
        let hook = move |headers: HeaderMap, body: Bytes| {
            let mut kept = kept.lock().unwrap();
            let answer = answer(kept.len(), str::from_utf8(&body).unwrap());
            kept.push(Got { headers, body });
            counter.send_replace(kept.len());
            async { answer }
        };
        let (url, task) = serve(Router::new().fallback(hook)).await;
        Endpoint { url, got, count, task }
    }

    /// Waits until at least `count` requests have been received, and returns all of them.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<Got> {
        let mut counter = self.count.clone();
        let waiting = counter.wait_for(|now| *now >= count);
        let waited = tokio::time::timeout(PATIENCE, waiting).await;
        assert!(waited.is_ok(), "only {} of {count} requests arrived", self.got().len());
        self.got()
    }

    pub(crate) fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub(crate) fn respond(status: u16, body: &'static str) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response
}

/// Serves the router on a free port, and returns the URL.
pub(crate) async fn serve(router: Router) -> (String, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    (url, tokio::spawn(async move { axum::serve(listener, router).await.unwrap() }))
}
