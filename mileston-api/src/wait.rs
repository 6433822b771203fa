//! Waiting for a payment: asking again and again, politely, until it is there or the time is up.

mod error;
mod payable;

use std::future::Future;
use std::time::Duration;

use mileston_keys::scope;
use tokio::time::{Instant, sleep_until, timeout_at};

use crate::types::{Transaction, TransactionStatus, VerifyPayment};
use crate::{Client, Error, Outcome, StatusCode, TransactionId};

pub use error::WaitError;
pub use payable::{Payable, Verifiable};

/// How to wait: until when, and how long between two questions.
///
/// By default ten minutes, with pauses from 2 to 15 seconds that grow by half each time: a single waiter keeps within
/// the 100 requests a minute that the vendor documents for a key, 40 at once do as well.
///
/// All that waits can be dropped at any time, as `select!` does: it only ever asks.
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

    /// How long to wait in all, a question that is under way included.
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// The first pause between two questions, and the longest; in between, each is half as long again as the one before.
    /// A pause is never shorter than 10 milliseconds.
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first = first.max(Duration::from_millis(10));
        self.longest = longest.max(self.first);
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
        self.until(|| async {
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
    /// `dist/index.mjs`). Any other refusal ends the wait.
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
        self.until(|| async {
            match R::verify(client, question).await {
                Ok(()) => Ok(Asked::Done(())),
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
        self.until(|| async {
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
        ask: impl Fn() -> F,
    ) -> Result<T, WaitError<T>> {
        let deadline = Instant::now() + self.deadline;
        let (mut pause, mut last, mut failure) = (self.first, None, None);
        loop {
            let Ok(asked) = timeout_at(deadline, ask()).await else { break };
            match asked {
                Ok(Asked::Done(value)) => return Ok(value),
                Ok(Asked::NotYet(seen)) => (last, failure) = (seen.or(last), None),
                Err(error) if may_pass(&error) => failure = Some(error),
                Err(error) => return Err(WaitError::Refused(error)),
            }
            let asked_to = failure.as_ref().and_then(Error::retry_after).unwrap_or_default();
            let next = Instant::now() + pause.max(asked_to);
            if next >= deadline {
                sleep_until(deadline).await;
                break;
            }
            sleep_until(next).await;
            pause = (pause * 3 / 2).min(self.longest);
        }
        Err(WaitError::Deadline { last: last.map(Box::new), failure })
    }
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

/// The vendor's component compares the whole body; here the message is enough.
fn is_awaiting(error: &Error) -> bool {
    error.status() == Some(StatusCode::BAD_REQUEST)
        && error.messages().iter().any(|message| message == "Still awaiting payment")
}

/// What may be over at the next question: no connection, an overloaded or failing service.
fn may_pass(error: &Error) -> bool {
    match error.outcome() {
        Outcome::Refused => error.status() == Some(StatusCode::TOO_MANY_REQUESTS),
        Outcome::Unknown => true,
        Outcome::NotSent => error.operation().is_some() && error.attempts() > 0,
    }
}
