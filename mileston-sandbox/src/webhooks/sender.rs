//! Sends a delivery once, over HTTP, to the registered URL only.

use std::error::Error;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use mileston_api::Timestamp;
use mileston_api::webhook::SIGNATURE_HEADER;
use mileston_keys::WebhookToken;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Client, Response, redirect, retry};
use tokio::sync::Semaphore;

use super::address::Resolver;
use super::attempt::{Try, Way};
use super::{WebhookSettings, address, excerpt};

/// The maximum number of concurrent deliveries to all endpoints.
const MAX_CONCURRENT: usize = 256;

/// Sends deliveries. The HTTP client is created on first use.
pub(super) struct Sender {
    settings: WebhookSettings,
    resolver: Arc<Resolver>,
    client: OnceLock<Result<Client, String>>,
    permits: Semaphore,
}

impl Sender {
    pub(super) fn new(settings: WebhookSettings) -> Self {
        let resolver = Resolver::of_system(settings.targets.clone());
        Sender::resolving(settings, resolver)
    }

    fn resolving(settings: WebhookSettings, resolver: Arc<Resolver>) -> Self {
        let permits = Semaphore::new(MAX_CONCURRENT);
        Sender { settings, resolver, client: OnceLock::new(), permits }
    }

    /// Sends a delivery and returns the result.
    pub(super) async fn send(
        &self,
        way: Way,
        url: &str,
        token: &WebhookToken,
        body: String,
    ) -> Try {
        let _permit = self.permits.acquire().await;
        let (started, clock) = (now(), Instant::now());
        let asking = tokio::time::timeout(self.settings.timeout, self.ask(url, token, body));
        let outcome = asking.await.unwrap_or_else(|_| Err(slow(self.settings.timeout)));
        let (status, problem, answer) = match outcome {
            Ok((status, answer)) => (Some(status), None, Some(answer)),
            Err(problem) => (None, Some(problem), None),
        };
        Try { way, started, took: clock.elapsed(), status, problem, answer }
    }

    async fn ask(
        &self,
        url: &str,
        token: &WebhookToken,
        body: String,
    ) -> Result<(u16, String), String> {
        let url = address::parse(url, &self.settings.targets)?;
        let mut signature = HeaderValue::from_str(token.expose_secret())
            .map_err(|_| "the token isn't a valid header value".to_owned())?;
        signature.set_sensitive(true);
        let request = self
            .client()?
            .post(url)
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .header(SIGNATURE_HEADER, signature)
            .body(body);
        let response = request.send().await.map_err(|error| reason(&error))?;
        let status = response.status().as_u16();
        Ok((status, excerpt::of(&start_of(response).await, token.expose_secret())))
    }

    fn client(&self) -> Result<&Client, String> {
        let client = self.client.get_or_init(|| build(Arc::clone(&self.resolver)));
        client.as_ref().map_err(Clone::clone)
    }
}

/// Returns the result of an attempt that the adversary dropped.
pub(super) fn lost() -> Try {
    let problem = Some("dropped by the adversary".to_owned());
    Try {
        way: Way::Lost,
        started: now(),
        took: Duration::ZERO,
        status: None,
        problem,
        answer: None,
    }
}

/// Creates a client that doesn't follow redirects or use proxies, so that requests go only to the endpoint. The client
/// doesn't reuse connections, so that the address is checked for every request.
fn build(resolver: Arc<Resolver>) -> Result<Client, String> {
    Client::builder()
        .user_agent(concat!("mileston-sandbox/", env!("CARGO_PKG_VERSION")))
        .dns_resolver(resolver)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .no_proxy()
        .pool_max_idle_per_host(0)
        .build()
        .map_err(|error| format!("cannot create an HTTP client: {}", reason(&error)))
}

/// Reads the start of the body, and doesn't wait for the rest.
async fn start_of(mut response: Response) -> Vec<u8> {
    let mut start = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        let room = excerpt::READ.saturating_sub(start.len());
        start.extend(chunk.iter().take(room));
        if start.len() == excerpt::READ {
            break;
        }
    }
    start
}

/// Returns the innermost cause. It says what happened, while the outer errors repeat the URL.
fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    let what = if error.is_connect() { "cannot connect" } else { "no response" };
    format!("{what}: {cause}")
}

fn slow(timeout: Duration) -> String {
    format!("no response within {timeout:?}")
}

/// Returns the system time in milliseconds since 1970, or 0 if the clock can't be read.
pub(super) fn now() -> i64 {
    Timestamp::now().map_or(0, |now| now.as_millisecond())
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::Pin;
    use std::sync::atomic::{AtomicU32, Ordering};

    use axum::Router;

    use super::*;

    /// The number of lookups.
    static LOOKUPS: AtomicU32 = AtomicU32::new(0);

    /// Resolves a name to this machine the first time, and to another machine after that.
    fn rebinding(
        _: String,
    ) -> Pin<Box<dyn Future<Output = std::io::Result<Vec<std::net::SocketAddr>>> + Send>> {
        let first = LOOKUPS.fetch_add(1, Ordering::SeqCst) == 0;
        let address = if first { [127, 0, 0, 1] } else { [192, 0, 2, 1] };
        Box::pin(async move { Ok(vec![(address, 0).into()]) })
    }

    #[tokio::test]
    async fn a_name_that_resolves_elsewhere_later_is_refused() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://shop.example:{}/", listener.local_addr().unwrap().port());
        let router = Router::new().fallback(|| async { "ok" });
        tokio::spawn(async move { axum::serve(listener, router).await });
        let resolver = Resolver::asking(Default::default(), rebinding);
        let sender = Sender::resolving(WebhookSettings::new(), resolver);
        let token = "fake-webhook-token".parse().unwrap();
        let first = sender.send(Way::Sent, &url, &token, String::new()).await;
        assert_eq!((first.status, first.problem), (Some(200), None));
        let second = sender.send(Way::Sent, &url, &token, String::new()).await;
        let problem = second.problem.unwrap();
        assert!(problem.contains("--webhooks-anywhere"), "{problem}");
        assert_eq!(LOOKUPS.load(Ordering::SeqCst), 2);
    }
}
