//! Stores a write, sends it, and stores its outcome.

use std::sync::Arc;
use std::time::{Duration, Instant};

use mileston_api::{Client, Error, ErrorKind};

use super::decide::{Earlier, Pauses, after_send};
use super::intent::sealed::Name;
use super::rows::{Counts, New, Rows, Settled, Stored};
use super::{Backlog, Cipher, Decision, Intent, OutboxError, Sent, Write};
use crate::digest::digest;
use crate::observe::Observer;
use crate::postgres::{Connection, Tables};

/// How long a process may work on a write before a worker takes the write over.
const LEASE: Duration = Duration::from_secs(120);

/// A write is sent only if at least this much of its lease remains.
const LEAST: Duration = Duration::from_secs(5);

/// Stores writes in PostgreSQL before they are sent, and their outcomes afterwards.
///
/// The platform doesn't support idempotency keys: if a response is lost, or the process dies, it isn't known whether
/// the write was executed. With an outbox, the write isn't forgotten: a [`Worker`](super::Worker) in any process looks
/// for the record in the platform's list before the write is sent again.
///
/// Each write has a key of your choice, such as `order-7`. A write that is begun twice with the same key is sent once.
///
/// # What it guarantees
///
/// * A write is stored before it is sent, in the caller's own transaction.
/// * A write whose outcome is unknown isn't sent again before a worker has looked for the record in the platform's
///   list.
/// * Each write ends as [`Done`](Decision::Done), [`Refused`](Decision::Refused) or
///   [`NeedsPerson`](Decision::NeedsPerson). For the last two, the reason is stored.
///
/// An outbox can't guarantee that a write is executed exactly once, because the platform doesn't document how soon its
/// lists contain a new record. [`IfNotSeen`](super::IfNotSeen) decides what happens if a list doesn't contain the
/// record.
///
/// # What it stores
///
/// The outbox stores the body of the write until the write is decided, and after that only the body's SHA-256. A
/// [`Cipher`] can encrypt the body. API keys and secrets are never stored.
#[cfg_attr(feature = "tokio-postgres", doc = "```no_run")]
#[cfg_attr(not(feature = "tokio-postgres"), doc = "```ignore")]
/// use mileston_api::types::CreatePaymentLink;
/// use mileston_api::{NormalClient, Test};
/// use mileston_fleet::{Decision, NewPaymentLink, Outbox, Started};
///
/// async fn order(
///     outbox: &Outbox,
///     database: &mut tokio_postgres::Client,
///     mileston: &NormalClient<Test>,
/// ) -> Result<(), Box<dyn std::error::Error>> {
///     // The title is unique, because it contains the order number.
///     let link = NewPaymentLink(CreatePaymentLink::new("12.50")?.title("Order 7"));
///     let transaction = database.transaction().await?;
///     transaction.execute("INSERT INTO orders (id) VALUES (7)", &[]).await?;
///     let started = outbox.begin(&transaction, "order-7", link).await?;
///     transaction.commit().await?;
///     let decision = match started {
///         Started::First(pending) => pending.send(&*database, mileston).await?,
///         Started::Known(decision) => decision,
///     };
///     if let Decision::Done { record: Some(id) } = decision {
///         println!("the payment link is {id}");
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Outbox {
    pub(super) rows: Arc<Rows>,
    pub(super) cipher: Option<Arc<dyn Cipher>>,
    pub(super) lease: Duration,
}

/// What [`Outbox::begin`] found.
#[derive(Debug)]
#[must_use = "call `Pending::send` to send the write"]
pub enum Started<I> {
    /// The write is stored. Commit the transaction, and then send the write.
    First(Pending<I>),
    /// A write with this key was already stored.
    Known(Decision),
}

/// A write that is stored, but not yet sent.
///
/// If this value is dropped, a worker takes the write over when its lease ends, by default after 2 minutes.
#[derive(Debug)]
#[must_use = "call `Pending::send` to send the write"]
pub struct Pending<I> {
    outbox: Outbox,
    key: String,
    fence: i64,
    earlier: Earlier,
    begun: Instant,
    intent: I,
}

impl Outbox {
    /// Returns an outbox that uses these tables. [`migrate`](crate::postgres::migrate) creates the tables.
    #[must_use]
    pub fn new(tables: &Tables) -> Self {
        Outbox { rows: Arc::new(Rows::new(tables)), cipher: None, lease: LEASE }
    }

    /// Sets the cipher that encrypts the stored bodies.
    #[must_use]
    pub fn cipher(mut self, cipher: Arc<dyn Cipher>) -> Self {
        self.cipher = Some(cipher);
        self
    }

    /// Sets how long a process may take to send a write and to store its outcome; 2 minutes by default, at least 10
    /// seconds. After that, a worker takes the write over. Set the same value in all processes.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease.max(2 * LEAST);
        self
    }

    /// Sets how long a statement may take; 5 seconds by default. After that, the server may still execute the
    /// statement.
    #[must_use]
    pub fn store_timeout(mut self, timeout: Duration) -> Self {
        Arc::make_mut(&mut self.rows).statements.timeout = timeout;
        self
    }

    /// Registers an observer that receives the outcome of each write, for metrics.
    #[must_use]
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        Arc::make_mut(&mut self.rows).statements.observers.set(observer);
        self
    }

    /// Stores a write under this key, in the caller's transaction.
    ///
    /// Commit the transaction before you call [`Pending::send`]. Otherwise a crash could leave a write that was sent
    /// but isn't stored.
    ///
    /// # Errors
    ///
    /// Returns an error if the key was used for a different body, if the name of the record is missing or taken, or if
    /// a statement fails. After a failed statement, the transaction can no longer be used.
    pub async fn begin<I: Write>(
        &self,
        mut transaction: impl Connection,
        key: &str,
        intent: I,
    ) -> Result<Started<I>, OutboxError> {
        let name = match intent.name() {
            Name::Of(name) => Some(digest(name)),
            Name::NoList => None,
            Name::Missing => return Err(OutboxError::Unnamed),
        };
        let plain = serde_json::to_string(&intent).map_err(OutboxError::Stored)?;
        let body = match &self.cipher {
            Some(cipher) => cipher.encrypt(&plain).map_err(OutboxError::Cipher)?,
            None => plain.clone(),
        };
        let body_hash = digest(&plain);
        let begun = Instant::now();
        let new = New {
            key,
            kind: I::KIND,
            name: name.as_deref(),
            body: &body,
            body_hash: &body_hash,
            lease: self.lease,
        };
        Ok(match self.rows.begin(&mut transaction, &new).await? {
            Stored::First { fence, sends } => Started::First(Pending {
                outbox: self.clone(),
                key: key.to_owned(),
                fence,
                earlier: Earlier { attempts: 0, in_doubt: sends > 1 },
                begun,
                intent,
            }),
            Stored::Known(row) if row.kind == I::KIND && row.body_hash == body_hash => {
                Started::Known(row.decision())
            }
            Stored::Known(_) => return Err(OutboxError::KeyReused),
        })
    }

    /// Returns how the write with this key ended, or `None` if there is no such write.
    ///
    /// # Errors
    ///
    /// Returns an error if a statement fails.
    pub async fn decision(
        &self,
        mut connection: impl Connection,
        key: &str,
    ) -> Result<Option<Decision>, OutboxError> {
        Ok(self.rows.find(&mut connection, key).await?.map(|row| row.decision()))
    }

    /// Returns the keys of the writes that need a person, oldest first, each with the reason.
    ///
    /// # Errors
    ///
    /// Returns an error if a statement fails.
    pub async fn needing_person(
        &self,
        mut connection: impl Connection,
        limit: u32,
    ) -> Result<Vec<(String, String)>, OutboxError> {
        self.rows.needing_person(&mut connection, limit).await
    }

    /// Returns the backlog. The observer receives it as well.
    ///
    /// # Errors
    ///
    /// Returns an error if a statement fails.
    pub async fn backlog(&self, mut connection: impl Connection) -> Result<Backlog, OutboxError> {
        self.rows.backlog(&mut connection).await
    }

    /// Stores what a person found out about a write that [needs a person](Decision::NeedsPerson): that it was executed,
    /// or that it was not. Returns whether there is such a write. For the decisions [`Decision::Undecided`] and
    /// `NeedsPerson`, this method changes nothing and returns `false`.
    ///
    /// # Errors
    ///
    /// Returns an error if a statement fails.
    pub async fn resolve(
        &self,
        mut connection: impl Connection,
        key: &str,
        decision: &Decision,
    ) -> Result<bool, OutboxError> {
        let (state, record, reason) = match decision {
            Decision::Done { record } => ("done", record.as_deref().unwrap_or_default(), ""),
            Decision::Refused { reason } => ("refused", "", reason.as_str()),
            Decision::NeedsPerson { .. } | Decision::Undecided => return Ok(false),
        };
        Ok(self.rows.resolve(&mut connection, (key, state), record, reason).await?)
    }

    /// Deletes a decided write, for example because a person requested the deletion of their data. Returns whether
    /// there was such a write. An undecided write is kept, because otherwise its outcome would be lost.
    ///
    /// # Errors
    ///
    /// Returns an error if a statement fails.
    pub async fn forget(
        &self,
        mut connection: impl Connection,
        key: &str,
    ) -> Result<bool, OutboxError> {
        Ok(self.rows.forget(&mut connection, key).await?)
    }

    /// Deletes the writes that were decided more than `age` ago, and returns their number. Their keys can then be
    /// used again.
    ///
    /// # Errors
    ///
    /// Returns an error if a statement fails.
    pub async fn forget_older_than(
        &self,
        mut connection: impl Connection,
        age: Duration,
    ) -> Result<u64, OutboxError> {
        Ok(self.rows.forget_old(&mut connection, age).await?)
    }
}

impl<I> Pending<I> {
    /// Sends the write and stores its outcome.
    ///
    /// # Errors
    ///
    /// Returns an error if the outcome can't be stored, or if so much time has passed that a worker may be working on
    /// this write. Unless the error is [`OutboxError::Gone`], the write isn't lost: a worker takes it over.
    pub async fn send<K>(
        self,
        mut connection: impl Connection,
        client: &Client<K>,
    ) -> Result<Decision, OutboxError>
    where
        I: Intent<K>,
    {
        let Some(within) = left(self.outbox.lease, self.begun.elapsed()) else {
            return Err(OutboxError::TooLate);
        };
        let result = sent_within(within, self.intent.send(client)).await;
        let next = after_send(&result, self.earlier, Pauses::default());
        let sent = next.decision();
        let row = (self.key.as_str(), self.fence);
        match self.outbox.rows.settle(&mut connection, row, &next, Counts::default()).await {
            Ok(Settled::Mine) => Ok(sent),
            Ok(Settled::Gone) => Err(OutboxError::Gone { decision: sent }),
            Ok(Settled::Other(row)) => {
                self.outbox.rows.agree(&mut connection, &next.late_outcome(), &row).await
            }
            Err(OutboxError::Postgres(error)) => {
                Err(OutboxError::NotStored { decision: sent, error })
            }
            Err(error) => Err(error),
        }
    }
}

/// Waits for a request, but stops in time for its outcome to be stored. A request that takes longer may have been
/// executed.
pub(super) async fn sent_within(
    limit: Duration,
    request: impl Future<Output = Result<Sent, Error>>,
) -> Result<Sent, Error> {
    let result = tokio::time::timeout(limit, request).await;
    result.unwrap_or_else(|_| Err(Error::new(ErrorKind::NoResponse)))
}

/// Returns how long a request may take if its outcome must be stored before the lease ends, or `None` if it is too late
/// to send the request.
pub(super) fn left(lease: Duration, passed: Duration) -> Option<Duration> {
    lease.checked_sub(passed + LEAST / 2).filter(|left| *left >= LEAST / 2)
}
