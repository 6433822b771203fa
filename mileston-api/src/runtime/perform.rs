//! A call from its request to its value: prepares once, attempts as often as it may, decodes.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::time::Duration;

use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use tokio::time::Instant;
use tracing::Span;

use crate::runtime::HttpRequest;
use crate::runtime::credentials::Secrets;
use crate::runtime::decode::{self, Decoded};
use crate::runtime::error::Error;
use crate::runtime::governor;
use crate::runtime::observer::Watch;
use crate::runtime::operation::Operation;
use crate::runtime::options::Options;
use crate::runtime::response::Response;
use crate::runtime::retry::{self, Attempt, Limits};
use crate::runtime::timer::Timer;
use crate::runtime::trace;
use crate::runtime::transport::{self, Prepared, Shared, Success};

/// A call that succeeded.
pub(crate) struct Done<'a, T> {
    pub(crate) value: T,
    success: Success,
    attempts: u32,
    prepared: Prepared<'a>,
}

impl<T> Done<'_, T> {
    pub(crate) fn response(self) -> Response<T> {
        let Done { value, success, attempts, prepared } = self;
        let headers = prepared.redactor().headers(&success.headers);
        let Success { status, unexpected, .. } = success;
        Response { status, headers, value, attempts, unexpected }
    }
}

pub(crate) async fn perform<'a, T: DeserializeOwned>(
    shared: &'a Shared<dyn Secrets>,
    operation: &'static Operation,
    options: Option<&Options>,
    request: &'a mut HttpRequest,
) -> Result<Done<'a, T>, Error> {
    transport::prepare(shared, operation, options, request)?;
    let prepared = Prepared { shared, operation, request };
    let settings = &shared.settings;
    let limits = Limits {
        write: !operation.method.is_safe(),
        policy: options.and_then(|options| options.retries.as_ref()).unwrap_or(&settings.retries),
        total: options.and_then(|options| options.timeout).unwrap_or(settings.total_timeout),
        connecting: settings.connect_timeout,
        budget: &shared.budget,
        random: settings.random,
    };
    let span = trace::call(operation, shared.key.mode(), prepared.request.url());
    let clock = Clock::of(&span);
    let watch = Watch::new(settings.observer.as_ref(), operation, shared.key.mode());
    let needed = limits.needed();
    let (attempts, result) = {
        let attempts = pin!(retry::run(&limits, |this| attempt(&prepared, this, needed, &watch)));
        within(&span, attempts).await
    };
    // The outcome depends on the operation as well.
    let result = result.map_err(|error| error.with_attempts(attempts).of(operation));
    trace::called(&span, status(&result), attempts, clock.took());
    watch.called(attempts, status(&result));
    let (value, success) = result?;
    Ok(Done { value, success, attempts, prepared })
}

async fn attempt<T: DeserializeOwned>(
    prepared: &Prepared<'_>,
    attempt: Attempt,
    needed: Duration,
    watch: &Watch<'_>,
) -> Result<(T, Success), Error> {
    let Prepared { shared, operation, request } = prepared;
    let limit = match &shared.settings.governor {
        // In a box, so that the call is no larger for those who have none.
        Some(governor) => {
            Box::pin(governor::admission(governor, operation, attempt, needed)).await?
        }
        None => attempt.limit,
    };
    let span = trace::attempt(operation, request.url(), attempt.number);
    let clock = Clock::of(&span);
    let begun = watch.begin();
    let mut sleep = pin!(tokio::time::sleep(limit));
    let exchange = pin!(exchange(prepared, Timer::of(sleep.as_mut())));
    let result = within(&span, exchange).await;
    trace::attempted(&span, status(&result), clock.took());
    watch.attempted(begun, attempt.number, status(&result));
    result
}

/// Sends the request and makes a value of the answer.
async fn exchange<T: DeserializeOwned>(
    prepared: &Prepared<'_>,
    timer: Timer<'_>,
) -> Result<(T, Success), Error> {
    let mut success = transport::send(prepared, timer).await?;
    let decoded = match &success.body {
        None => decode::nothing(),
        Some(body) => decode::decode(body, prepared.operation.promise()),
    };
    match decoded {
        Ok(Decoded { value, unexpected }) => {
            if !unexpected.is_empty() {
                trace::unexpected(prepared.operation, &unexpected, &prepared.redactor());
            }
            success.unexpected = unexpected;
            Ok((value, success))
        }
        Err(error) => Err(success.not_understood(error, prepared)),
    }
}

fn status<T>(result: &Result<(T, Success), Error>) -> Result<StatusCode, &Error> {
    result.as_ref().map(|(_, success)| success.status)
}

/// Runs in a span.
///
/// The future stays where it is pinned: what is handed to an async function is kept twice, and these are large.
fn within<F: Future>(span: &Span, mut future: Pin<&mut F>) -> impl Future<Output = F::Output> {
    poll_fn(move |context| span.in_scope(|| future.as_mut().poll(context)))
}

/// How long something takes, if somebody listens.
struct Clock(Option<Instant>);

impl Clock {
    fn of(span: &Span) -> Self {
        Clock((!span.is_disabled()).then(Instant::now))
    }

    fn took(&self) -> Duration {
        self.0.map(|started| started.elapsed()).unwrap_or_default()
    }
}
