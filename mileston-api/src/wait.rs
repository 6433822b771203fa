//! Waiting for a payment: asking again and again, politely, until it is there or the time is up.

mod error;
mod pace;
mod payable;

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use mileston_keys::scope;
use openapi_keys_runtime::{BoxFuture, Clock};

use crate::types::{Acknowledgement, Transaction, TransactionStatus, VerifyPayment};
use crate::{Client, Error, ErrorKind, StatusCode, TransactionId};

pub use error::WaitError;
use pace::Pace;
pub use payable::{Payable, Verifiable};

/// How to wait: until when, and how long between two questions.
///
/// By default ten minutes, with pauses from 2 to 15 seconds that grow by half each time. Each is cut by chance to between
/// half and whole, so that waits that began together don't go on together.
///
/// With these times one wait asks at most 12 times in its first minute, 8 times in each minute after it and 84 times in
/// all; on the average it is 57 times. The vendor documents 100 requests a minute, 1000 an hour and 10 000 a day for a
/// key, on its page about the Wallet API. So 8 waits that begin at once keep within a minute's 100, and an hour's 1000
/// have room for 11 waits of full length, whenever they begin. A question that fails and is tried again counts up to
/// three times. For more than that, a webhook is better, or longer pauses; and
/// [`documented_rate_limit`](crate::documented_rate_limit) holds back what is too much, in a wait as well.
///
/// What may pass is waited through: no connection, an answer that is late or cut off, 408, 429, any 5xx, and the client's
/// own rate limit. Where the platform or the client's limit says for how long, the next question comes no sooner. All
/// else ends the wait: another 4xx, a redirect, an argument that cannot be sent, an answer of another shape.
///
/// All that waits can be dropped at any time, as `select!` does: it only ever asks. Time and chance are those of the client's
/// [`Clock`].
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
#[must_use = "it does nothing until it is asked to wait"]
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

/// What a question brought.
enum Asked<T> {
    Done(T),
    NotYet(Option<T>),
}

impl Wait {
    /// With the default times.
    pub const fn new() -> Self {
        Wait {
            deadline: Duration::from_secs(600),
            first: Duration::from_secs(2),
            longest: Duration::from_secs(15),
        }
    }

    /// How long to wait in all, a question that is under way included. More than thirty years count as thirty.
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// The first pause between two questions, and the longest; in between, each is half as long again as the one before.
    /// Chance cuts each to between half and whole. None is shorter than 10 milliseconds, and a longest one that is
    /// shorter than the first counts as the first.
    pub const fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first = first;
        self.longest = longest;
        self
    }

    /// Waits until an invoice or a recurring payment is paid, as its status at checkout says.
    ///
    /// A payment link has no status: whether it is paid is for [`until_verified`](Wait::until_verified) or a webhook.
    ///
    /// # Errors
    ///
    /// [`WaitError`]: the time is up, or the platform refuses the question.
    ///
    /// ```no_run
    /// # async fn run(client: mileston_api::CheckoutClient) -> Result<(), Box<dyn std::error::Error>> {
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
        self.until(client.core.clock(), || async {
            let record = id.fetch(client).await?;
            Ok(match record {
                Some(record) if P::is_paid(&record) => Asked::Done(record),
                other => Asked::NotYet(other),
            })
        })
        .await
    }

    /// Waits until the platform finds a payment in the wallet that the payer was told to pay to. `R` is what is paid: a
    /// payment link, an invoice or a recurring payment.
    ///
    /// Until then the platform answers 400 with the message `Still awaiting payment` (`mileston-payment-client` 0.9.3,
    /// `dist/index.mjs`). Any other refusal ends the wait. The vendor's page takes only an answer whose body has the
    /// `statusCode` 200 as paid, so a success with another one in its body, or with none, is "not yet".
    ///
    /// If the token is ETH, POL, AVAX or SOL it is named in the query as well, as the vendor's SDK does.
    ///
    /// # Errors
    ///
    /// [`WaitError`]: the time is up, or the platform refuses the question.
    ///
    /// ```no_run
    /// use mileston_api::types::{PaymentLink, VerifyPayment};
    ///
    /// # async fn run(
    /// #     client: mileston_api::CheckoutClient,
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
        self.until(client.core.clock(), || async {
            match R::verify(client, question).await {
                Ok(answer) if is_verified(&answer) => Ok(Asked::Done(())),
                Ok(_) => Ok(Asked::NotYet(None)),
                Err(error) if is_awaiting(&error) => Ok(Asked::NotYet(None)),
                Err(error) => Err(error),
            }
        })
        .await
    }

    /// Waits until a payment from a wallet is settled: completed, failed or cancelled. **Look at its status**: settled is
    /// not the same as paid. A status that this version does not know counts as not settled.
    ///
    /// # Errors
    ///
    /// [`WaitError`]: the time is up, or the platform refuses the question.
    ///
    /// ```no_run
    /// use mileston_api::types::TransactionStatus;
    /// use mileston_api::{TransactionId, Wait};
    ///
    /// # async fn run(client: mileston_api::WalletClient) -> Result<(), Box<dyn std::error::Error>> {
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
        self.until(client.core.clock(), || async {
            let transaction = client.wallets().get_transaction_status(id).await?.data;
            Ok(match transaction {
                Some(transaction) if is_settled(&transaction) => Asked::Done(transaction),
                other => Asked::NotYet(other),
            })
        })
        .await
    }

    async fn until<T, F: Future<Output = Result<Asked<T>, Error>>>(
        &self,
        clock: &dyn Clock,
        ask: impl Fn() -> F,
    ) -> Result<T, WaitError<T>> {
        let whole = pace::cut(self.deadline);
        let deadline = clock.now().saturating_add(whole);
        let mut over = clock.sleep(whole);
        let mut pace = Pace::new(self.first, self.longest);
        let (mut last, mut failure) = (None, None);
        loop {
            let Some(asked) = before(&mut over, pin!(ask())).await else { break };
            match asked {
                Ok(Asked::Done(value)) => return Ok(value),
                Ok(Asked::NotYet(seen)) => (last, failure) = (seen.or(last), None),
                Err(error) if may_pass(&error) => failure = Some(error),
                Err(error) => return Err(WaitError::Refused(error)),
            }
            let asked_to = failure.as_ref().and_then(Error::retry_after).unwrap_or_default();
            let pause = pace.next(asked_to, clock.random());
            if pause >= deadline.saturating_sub(clock.now()) {
                over.await;
                break;
            }
            clock.sleep(pause).await;
        }
        Err(WaitError::Deadline { last: last.map(Box::new), failure })
    }
}

/// What the question brings, or `None` if the time is over before.
fn before<F: Future>(
    over: &mut BoxFuture<'static, ()>,
    mut question: Pin<&mut F>,
) -> impl Future<Output = Option<F::Output>> {
    poll_fn(move |context| match question.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => over.as_mut().poll(context).map(|()| None),
    })
}

/// [`Wait::until_paid`] with the default times.
///
/// # Errors
///
/// [`WaitError`]: the time is up, or the platform refuses the question.
pub async fn wait_until_paid<P: Payable, K: scope::Checkout>(
    client: &Client<K>,
    id: &P,
) -> Result<P::Record, WaitError<P::Record>> {
    Wait::new().until_paid(client, id).await
}

/// [`Wait::until_settled`] with the default times.
///
/// # Errors
///
/// [`WaitError`]: the time is up, or the platform refuses the question.
pub async fn wait_until_settled<K: scope::Wallet>(
    client: &Client<K>,
    id: &TransactionId,
) -> Result<Transaction, WaitError<Transaction>> {
    Wait::new().until_settled(client, id).await
}

fn is_settled(transaction: &Transaction) -> bool {
    use TransactionStatus::{Cancelled, Completed, Failed};
    matches!(transaction.status, Some(Completed | Failed | Cancelled))
}

/// As the vendor's component has it: a success that doesn't say 200 in its body proves no payment.
fn is_verified(answer: &Acknowledgement) -> bool {
    answer.status_code == Some(StatusCode::OK.as_u16())
}

/// The vendor's component compares the whole body; here the message is enough. An error in the body of a success is
/// another way to say "not yet".
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

/// What may be over at the next question. Not the outcome, which is about what the platform did: here it is about asking
/// again, which does no harm whatever became of the question.
fn may_pass(error: &Error) -> bool {
    match error.kind() {
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
