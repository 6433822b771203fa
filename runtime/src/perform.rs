//! Runs a call, from the request to the value: prepares the request once, attempts it as many times as allowed, and
//! decodes the response.
//!
//! The type of the value is erased, so a program contains this code only once instead of once per response type.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::time::Duration;

use http::StatusCode;
use tracing::Span;

use crate::admit::admission;
use crate::answered_by::decoding;
use crate::clock::Clock;
use crate::decode::{self, Decoded, Expected};
use crate::envelope::Envelope;
use crate::error::{Error, ErrorKind};
use crate::json::{AnyValue, ReadValue};
use crate::observer::Watch;
use crate::operation::Operation;
use crate::options::Options;
use crate::prepare::{Prepared, Signed, prepare};
use crate::reading::{Given, Kind, Reading};
use crate::request::Request;
use crate::response::Response;
use crate::retry::{self, Attempt, Limits, RetryPolicy};
use crate::send::{Success, send};
use crate::shared::Shared;
use crate::timer::Timer;
use crate::trace::{self, Address};
use crate::typed::typed;

/// Decodes the JSON of a success response. `body` is `None` if the body wasn't read.
fn decode_json(
    body: Option<&[u8]>,
    operation: &'static Operation,
    envelope: &Envelope,
    read: ReadValue,
) -> Result<Decoded, Error> {
    decoding(operation, || match body {
        Some(body) if operation.may_be_empty && body.trim_ascii().is_empty() => {
            decode::nothing(body, envelope, read)
        }
        Some(body) if operation.answer.is_some() => {
            let anything = operation.undescribed;
            decode::decode(body, Expected { envelope, anything, read })
        }
        body => decode::nothing(body.unwrap_or_default(), envelope, read),
    })
}

/// Converts a success response to its value.
fn decode(
    prepared: &Prepared<'_>,
    success: &mut Success,
    attempt: u32,
    reading: Reading,
) -> Result<Decoded, Error> {
    match reading.0 {
        Kind::Json(read) => {
            let envelope = &prepared.shared.profile.envelope;
            decode_json(success.body.as_deref(), prepared.operation, envelope, read)
        }
        Kind::Other { make, .. } => {
            let value = make(Given { prepared, success, attempt })?;
            Ok(Decoded { value, unexpected: Vec::new() })
        }
    }
}

/// A call that succeeded.
pub(crate) struct Done<'a> {
    value: AnyValue,
    success: Success,
    attempts: u32,
    prepared: Prepared<'a>,
}

impl Done<'_> {
    pub(crate) fn value(self) -> AnyValue {
        self.value
    }

    /// Returns the response. `T` is the type that the call decodes.
    pub(crate) fn response<T: 'static>(self) -> Result<Response<T>, Error> {
        let Done { value, success, attempts, prepared } = self;
        let headers = success.headers.redacted(&prepared.redactor(&success.transient)).into_map();
        let Success { status, unexpected, .. } = success;
        Ok(Response { status, headers, value: typed(value)?, attempts, unexpected })
    }
}

pub(crate) async fn perform<'a>(
    shared: &'a Shared,
    operation: &'static Operation,
    base: &'a str,
    options: Option<&'a Options>,
    request: &'a mut Request,
    reading: Reading,
) -> Result<Done<'a>, Error> {
    let prepared = prepare(shared, operation, base, options, request)?;
    let settings = &shared.settings;
    let never = RetryPolicy::never();
    let limits = Limits {
        write: !operation.method.is_safe(),
        policy: match prepared.request.body() {
            Some(_) => options.and_then(|it| it.retries.as_ref()).unwrap_or(&settings.retries),
            // A body that is read while it is sent can't be sent again.
            None => &never,
        },
        total: prepared.total_timeout(),
        connecting: settings.connect_timeout,
        budget: &shared.budget,
        clock: &*settings.clock,
    };
    let label = shared.authenticator.label();
    let address = Address::of(&prepared.request.url);
    let span = trace::call(operation, label, &address);
    let stopwatch = Stopwatch::of(&span, limits.clock);
    let watch = Watch::new(settings.observer.as_ref(), operation, label, limits.clock);
    let needed = limits.needed();
    let (attempts, result) = {
        let attempts = pin!(retry::run(&limits, |this| {
            attempt(&prepared, &address, this, needed, &watch, reading)
        }));
        within(&span, attempts).await
    };
    // The outcome also depends on the operation.
    let result = result.map_err(|error| error.with_attempts(attempts).of(operation));
    trace::called(&span, status(&result), attempts, stopwatch.took());
    watch.called(attempts, status(&result));
    let (value, success) = result?;
    Ok(Done { value, success, attempts, prepared })
}

async fn attempt(
    prepared: &Prepared<'_>,
    address: &Address<'_>,
    attempt: Attempt,
    needed: Duration,
    watch: &Watch<'_>,
    reading: Reading,
) -> Result<(AnyValue, Success), Error> {
    let Prepared { shared, operation, .. } = prepared;
    let clock = &*shared.settings.clock;
    let limit = match &shared.settings.governor {
        // The future is boxed so that it doesn't increase the size of calls without a governor.
        Some(governor) => {
            Box::pin(admission(&**governor, clock, operation, attempt, needed)).await?
        }
        None => attempt.limit,
    };
    let mut timer = Timer::new(clock, limit);
    let mut signed = prepared.signed(&mut timer, limit, needed).await?;
    let sent_token = signed.sent_token.take();
    let span = trace::attempt(operation, address, attempt.number);
    let stopwatch = Stopwatch::of(&span, clock);
    let begun = watch.begin();
    let exchange = pin!(exchange(prepared, signed, attempt.number, timer, reading));
    let result = within(&span, exchange).await;
    if let Err(error) = &result
        && error.kind() == ErrorKind::Refused(StatusCode::UNAUTHORIZED)
    {
        prepared.rejected(sent_token.as_ref());
    }
    trace::attempted(&span, status(&result), stopwatch.took());
    watch.attempted(begun, attempt.number, status(&result));
    result
}

/// Sends the request and decodes the response.
async fn exchange(
    prepared: &Prepared<'_>,
    signed: Signed,
    attempt: u32,
    mut timer: Timer,
    reading: Reading,
) -> Result<(AnyValue, Success), Error> {
    let mut success = send(prepared, signed, &mut timer, reading.is_streamed()).await?;
    match decode(prepared, &mut success, attempt, reading) {
        Ok(Decoded { value, unexpected }) => {
            if !unexpected.is_empty() && trace::is_possible() {
                let redactor = prepared.redactor(&success.transient);
                trace::unexpected(prepared.operation, &unexpected, &redactor);
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

/// Runs a future in a span, as `tracing`'s `Instrument` does.
///
/// The future stays pinned in place because it is large, and moving it would copy it.
fn within<F: Future>(span: &Span, mut future: Pin<&mut F>) -> impl Future<Output = F::Output> {
    poll_fn(move |context| match trace::is_possible() {
        true => span.in_scope(|| future.as_mut().poll(context)),
        false => future.as_mut().poll(context),
    })
}

/// Measures a duration, but only if the span is enabled.
struct Stopwatch<'a>(Option<(&'a dyn Clock, Duration)>);

impl<'a> Stopwatch<'a> {
    fn of(span: &Span, clock: &'a dyn Clock) -> Self {
        Stopwatch((trace::is_possible() && !span.is_disabled()).then(|| (clock, clock.now())))
    }

    fn took(&self) -> Duration {
        self.0.map(|(clock, started)| clock.now().saturating_sub(started)).unwrap_or_default()
    }
}
