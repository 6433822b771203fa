//! Waits for a payment by polling until it has arrived or the deadline has passed.

mod error;
mod pace;
mod payable;

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use mileston_keys::scope;
use openapi_keys_runtime::{Clock, Timer};

use crate::types::{Acknowledgement, Transaction, TransactionStatus, VerifyPayment};
use crate::{Client, Error, ErrorKind, StatusCode, TransactionId};

pub use error::WaitError;
use pace::{FAR, Pace};
pub use payable::{Payable, Verifiable};

/// The settings for waiting for a payment: the deadline, and the pauses between requests.
///
/// The default deadline is ten minutes, and the pauses grow by half each time, from 2 to 15 seconds. Each pause is
/// shortened by a random amount, at most by half, so that waits that begin at the same time spread out.
///
/// With these defaults, one wait sends at most 12 requests in its first minute, 8 in each further minute, and 84 in
/// total. The average is 57. On its Wallet API page, the vendor documents limits of 100 requests a minute, 1000 an hour
/// and 10,000 a day for a key. So 8 waits that begin at the same time stay within the limit per minute, and 11
/// full-length waits stay within the limit per hour, no matter when they begin. A request that fails and is retried
/// counts up to three times against these limits. If you need more waits, use a webhook or longer pauses.
/// [`documented_rate_limit`](crate::documented_rate_limit) delays excess requests, including those that a wait sends.
///
/// Temporary failures don't end the wait: no connection, a response that is late or cut off, 408, 429, any 5xx, a
/// success response without a record, and the client's own rate limit. A browser doesn't say why there is no response,
/// so in a browser a missing response ends the wait only if the platform has never responded. If the platform or the
/// client's rate limit says how long to wait, the next request isn't sent earlier. Everything else ends the wait: any
/// other 4xx, a redirect, an argument that can't be sent, or a response in an unexpected form.
///
/// Cancel safe: waiting only reads, so the future can be dropped at any time, e.g. by `select!`.
///
/// ```
/// use std::time::Duration;
///
/// use mileston_api::Wait;
///
/// let wait = Wait::new().deadline(Duration::from_secs(60)).pauses(Duration::from_secs(1), Duration::from_secs(5));
/// # let _ = wait;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a `Wait` does nothing until one of its `until_…` methods is awaited"]
pub struct Wait {
    deadline: Duration,
    first: Duration,
    longest: Duration,
}

impl Default for Wait {
    fn default() -> Self {
        Wait::new()
    }
}

/// The result of one of the requests that a wait sends.
enum Polled<T> {
    Done(T),
    NotYet(Option<T>),
}

impl Wait {
    /// Creates a wait with the default times.
    pub const fn new() -> Self {
        Wait {
            deadline: Duration::from_secs(600),
            first: Duration::from_secs(2),
            longest: Duration::from_secs(15),
        }
    }

    /// Sets the maximum total time, including the time that the requests take. A deadline of more than thirty years is
    /// shortened to thirty years.
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets the first and the longest pause between two requests. The pause grows by half after each request, up to
    /// `longest`. Each pause is then shortened by a random amount, at most by half, but never to less than 10
    /// milliseconds. A `longest` that is shorter than `first` is treated as equal to `first`.
    pub const fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first = first;
        self.longest = longest;
        self
    }

    /// Waits until the checkout service reports that an invoice or a recurring payment is paid.
    ///
    /// A payment link has no status, and a webhook doesn't prove that the link was paid. If the payer pays into a
    /// payment wallet, use [`until_verified`](Wait::until_verified). Otherwise check the chain, as described in
    /// `docs/webhooks.md` in the repository.
    ///
    /// # Errors
    ///
    /// Returns a [`WaitError`] if the deadline has passed, or a request failed permanently.
    ///
    /// ```no_run
    /// # async fn run(client: mileston_api::CheckoutClient<mileston_api::Live>) -> Result<(), Box<dyn std::error::Error>> {
    /// use mileston_api::{InvoiceId, Wait};
    ///
    /// let invoice = Wait::new().until_paid(&client, &InvoiceId::from("7")).await?;
    /// println!("paid: {:?}", invoice.amount);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn until_paid<P: Payable, K: scope::Checkout>(
        &self,
        client: &Client<K>,
        id: &P,
    ) -> Result<P::Record, WaitError<P::Record>> {
        self.poll(client.core.clock(), || async {
            let record = id.fetch(client).await?;
            Ok(match record {
                Some(record) if P::is_paid(&record) => Polled::Done(record),
                other => Polled::NotYet(other),
            })
        })
        .await
    }

    /// Waits until the platform finds a payment in the wallet that the payer was asked to pay into. `R` is the type of
    /// the record that is paid: a payment link, an invoice or a recurring payment.
    ///
    /// Until then the platform responds with 400 and the message `Still awaiting payment`. Any other rejection ends the
    /// wait, except for 408 and 429. Like the vendor's checkout page, this method treats the payment as received only
    /// if the body of the response contains `statusCode` 200. A success response with a different `statusCode`, or
    /// without one, means "not yet".
    ///
    /// If the token is ETH, POL, AVAX or SOL, the query also contains the token, as in the vendor's SDK.
    ///
    /// # Errors
    ///
    /// Returns a [`WaitError`] if the deadline has passed, or a request failed permanently.
    ///
    /// ```no_run
    /// use mileston_api::types::{PaymentLink, VerifyPayment};
    ///
    /// # async fn run(
    /// #     client: mileston_api::CheckoutClient<mileston_api::Live>,
    /// #     question: VerifyPayment,
    /// # ) -> Result<(), Box<dyn std::error::Error>> {
    /// mileston_api::Wait::new().until_verified::<PaymentLink, _>(&client, &question).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn until_verified<R: Verifiable, K: scope::Checkout>(
        &self,
        client: &Client<K>,
        question: &VerifyPayment,
    ) -> Result<(), WaitError<()>> {
        self.poll(client.core.clock(), || async {
            match R::verify(client, question).await {
                Ok(answer) if is_verified(&answer) => Ok(Polled::Done(())),
                Ok(_) => Ok(Polled::NotYet(None)),
                Err(error) if is_awaiting(&error) => Ok(Polled::NotYet(None)),
                Err(error) => Err(error),
            }
        })
        .await
    }

    /// Waits until a payment from a wallet is settled: completed, failed or cancelled. **Check the status of the
    /// payment**, because settled doesn't mean paid. A status that this version doesn't recognise is treated as not
    /// settled.
    ///
    /// # Errors
    ///
    /// Returns a [`WaitError`] if the deadline has passed, or a request failed permanently.
    ///
    /// ```no_run
    /// use mileston_api::types::TransactionStatus;
    /// use mileston_api::{TransactionId, Wait};
    ///
    /// # async fn run(
    /// #     client: mileston_api::WalletClient<mileston_api::Live>,
    /// # ) -> Result<(), Box<dyn std::error::Error>> {
    /// let transaction = Wait::new().until_settled(&client, &TransactionId::from("9")).await?;
    /// if transaction.status == Some(TransactionStatus::Completed) {
    ///     println!("arrived");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn until_settled<K: scope::Wallet>(
        &self,
        client: &Client<K>,
        id: &TransactionId,
    ) -> Result<Transaction, WaitError<Transaction>> {
        self.poll(client.core.clock(), || async {
            let transaction = client.wallets().get_transaction_status(id).await?.data;
            Ok(match transaction {
                Some(transaction) if is_settled(&transaction) => Polled::Done(transaction),
                other => Polled::NotYet(other),
            })
        })
        .await
    }

    /// Sends requests until one returns the final result, one fails permanently, or the deadline has passed. Uses the
    /// client's clock, as calls do.
    async fn poll<T, F: Future<Output = Result<Polled<T>, Error>>>(
        &self,
        clock: &dyn Clock,
        request: impl Fn() -> F,
    ) -> Result<T, WaitError<T>> {
        let deadline = clock.now().saturating_add(self.deadline.min(FAR));
        let mut timer = Timer::new(clock, self.deadline.min(FAR));
        let mut pace = Pace::new(self.first, self.longest);
        let (mut last, mut failure) = (None, None);
        let mut was_answered = false;
        loop {
            let Some(polled) = timer.bound(pin!(request())).await else { break };
            was_answered |= match &polled {
                Ok(_) => true,
                Err(error) => error.status().is_some(),
            };
            match polled {
                Ok(Polled::Done(value)) => return Ok(value),
                Ok(Polled::NotYet(seen)) => (last, failure) = (seen.or(last), None),
                Err(error) if is_temporary(&error, was_answered) => failure = Some(error),
                Err(error) => return Err(WaitError::Refused(error)),
            }
            let requested = failure.as_ref().and_then(Error::retry_after).unwrap_or_default();
            let pause = pace.next(requested, clock.random());
            let left = deadline.saturating_sub(clock.now());
            clock.sleep(pause.min(left)).await;
            if pause >= left {
                break;
            }
        }
        Err(WaitError::Deadline { last: last.map(Box::new), failure })
    }
}

fn is_settled(transaction: &Transaction) -> bool {
    use TransactionStatus::{Cancelled, Completed, Failed};
    matches!(transaction.status, Some(Completed | Failed | Cancelled))
}

/// Returns whether the response proves a payment. Like the vendor's component, this function requires `statusCode` 200
/// in the body, because a success response alone proves nothing.
fn is_verified(answer: &Acknowledgement) -> bool {
    answer.status_code == Some(StatusCode::OK.as_u16())
}

/// Returns whether the error means "not yet". The vendor's component compares the whole body, but the message is
/// enough. An error in the body of a success response also means "not yet".
fn is_awaiting(error: &Error) -> bool {
    let in_body = error.status().is_some_and(|status| status.is_success());
    let reported = matches!(
        error.kind(),
        ErrorKind::Refused(_) | ErrorKind::Failed(_) | ErrorKind::ErrorInBody
    );
    (in_body && reported)
        || error.status() == Some(StatusCode::BAD_REQUEST)
            && error.messages().iter().any(|message| message == "Still awaiting payment")
}

/// Returns whether the next request may succeed.
///
/// The rule for retries is stricter, because a retry happens within seconds, while the call is still running. A wait
/// has minutes, so it also continues after any 5xx, after a success response without a record and after an error from
/// the client's own rate limit. A browser doesn't say why there is no response. If there has already been a response,
/// the cause is the network, not CORS, because CORS would have blocked every response.
fn is_temporary(error: &Error, was_answered: bool) -> bool {
    match error.kind() {
        ErrorKind::NoResponse => was_answered,
        ErrorKind::Connect
        | ErrorKind::Timeout
        | ErrorKind::Interrupted
        | ErrorKind::BodyCut
        | ErrorKind::JsonCut
        | ErrorKind::RateLimited
        | ErrorKind::NoRecord
        | ErrorKind::Failed(_) => true,
        ErrorKind::Refused(status) => {
            matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS)
        }
        _ => false,
    }
}
