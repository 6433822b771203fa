//! Determines the unknown outcomes of writes, and sends writes that weren't sent.

use std::time::{Duration, Instant};

use mileston_api::keys::{Credential, scope};
use mileston_api::{Client, Error};

use super::decide::{ATTEMPTS, Earlier, Next, Pauses, Seen, after_look, after_send};
use super::intent::sealed::Sealed as _;
use super::rows::{Counts, Row, Settled};
use super::send::{left, sent_within};
use super::{
    Decision, IfNotSeen, Intent, Look, NewInvoice, NewPaymentLink, NewRecurringPayment, Outbox,
    OutboxError, WalletBatchPayment, WalletPayment,
};
use crate::postgres::Connection;

/// Works on the writes of an [`Outbox`] that are due: those with an unknown outcome, those whose sender died, and those
/// that weren't sent because, for example, there was no connection.
///
/// Any number of processes may run a worker, but only one process at a time works on a given write.
///
#[cfg_attr(feature = "tokio-postgres", doc = "```no_run")]
#[cfg_attr(not(feature = "tokio-postgres"), doc = "```ignore")]
/// use std::time::Duration;
///
/// use mileston_api::{NormalClient, Test};
/// use mileston_fleet::{IfNotSeen, Outbox, OutboxError, Worker};
///
/// async fn work(
///     outbox: &Outbox,
///     database: &tokio_postgres::Client,
///     mileston: NormalClient<Test>,
///     stop: impl Future<Output = ()>,
/// ) -> Result<(), OutboxError> {
///     let worker = Worker::new(outbox, mileston, IfNotSeen::AskPerson);
///     worker.run(database, Duration::from_secs(1), stop).await
/// }
/// ```
///
/// If you have a job queue, such as apalis or graphile_worker, you can use it instead of [`run`](Self::run): let a
/// periodic job call [`step`](Self::step) with the job's connection until `step` returns `None`. Don't create a
/// separate job for each write: a queue repeats a failed job, but a worker must look for a write's record before it
/// sends the write again.
///
/// Payments from a wallet are never sent by a worker: if their sender dies, they end as
/// [`Decision::NeedsPerson`], because the platform has no list of payments.
#[derive(Clone, Debug)]
pub struct Worker<K: Credential> {
    outbox: Outbox,
    client: Client<K>,
    if_not_seen: IfNotSeen,
    pauses: Pauses,
    kinds: String,
}

/// The pause between two reports of the backlog.
const REPORTS: Duration = Duration::from_secs(15);

/// The state of a write that wasn't sent.
const READY: &str = "ready";

/// What a worker did with a write.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The key of the write.
    pub key: String,
    /// How the write ended, or [`Decision::Undecided`] if a worker has to continue with the write later.
    pub decision: Decision,
}

impl<K: scope::Normal> Worker<K> {
    /// Creates a worker that uses this client to send writes and to look for their records.
    #[must_use]
    pub fn new(outbox: &Outbox, client: Client<K>, if_not_seen: IfNotSeen) -> Self {
        let kinds = [
            NewPaymentLink::KIND,
            NewInvoice::KIND,
            NewRecurringPayment::KIND,
            WalletPayment::KIND,
            WalletBatchPayment::KIND,
        ];
        let (outbox, kinds) = (outbox.clone(), kinds.join(","));
        Worker { outbox, client, if_not_seen, pauses: Pauses::default(), kinds }
    }

    /// Sets the first pause before this worker continues with a write; 1 second by default. Each pause is twice as long
    /// as the one before it, up to 60 times the first pause.
    ///
    /// The first pause is the one between sending and the first look at the platform's list, so the pause after that
    /// look is twice as long. After [`Pending::send`](super::Pending::send), the first pause is always 1 second.
    #[must_use]
    pub fn first_pause(mut self, pause: Duration) -> Self {
        self.pauses = Pauses { first: pause };
        self
    }

    /// Works on one write that is due. Returns what the worker did, or `None` if no write is due.
    ///
    /// Dropping the future is safe: another worker takes the write over when its lease ends.
    ///
    /// # Errors
    ///
    /// Returns an error if a statement fails, or if a stored body can't be decrypted. The write stays stored, and a
    /// worker tries again.
    pub async fn step(&self, mut connection: impl Connection) -> Result<Option<Step>, OutboxError> {
        self.step_on(&mut connection).await
    }

    /// Works until `stop` is ready. Then finishes the write in progress, and returns.
    ///
    /// If nothing is due, the worker checks again after a pause of `idle`. It also reports the
    /// [`Backlog`](super::Backlog) to the outbox's observer, at most every 15 seconds.
    ///
    /// # Errors
    ///
    /// Returns the first error, e.g. because the connection broke. Connect and call `run` again; no write is lost.
    pub async fn run(
        &self,
        mut connection: impl Connection,
        idle: Duration,
        stop: impl Future<Output = ()>,
    ) -> Result<(), OutboxError> {
        let mut stop = std::pin::pin!(stop);
        let mut reported: Option<Instant> = None;
        loop {
            if reported.is_none_or(|then| then.elapsed() >= REPORTS) {
                reported = Some(Instant::now());
                self.outbox.rows.backlog(&mut connection).await?;
            }
            let is_idle = self.step_on(&mut connection).await?.is_none();
            let pause = if is_idle { idle } else { Duration::ZERO };
            if tokio::time::timeout(pause, stop.as_mut()).await.is_ok() {
                return Ok(());
            }
        }
    }

    async fn step_on(&self, connection: &mut impl Connection) -> Result<Option<Step>, OutboxError> {
        let (rows, lease) = (&self.outbox.rows, self.outbox.lease);
        let Some(row) = rows.claim(connection, &self.kinds, lease).await? else {
            return Ok(None);
        };
        let decision = match row.kind.as_str() {
            NewPaymentLink::KIND => self.work::<NewPaymentLink>(connection, &row).await?,
            NewInvoice::KIND => self.work::<NewInvoice>(connection, &row).await?,
            NewRecurringPayment::KIND => self.work::<NewRecurringPayment>(connection, &row).await?,
            _ if row.state == READY => {
                let why = row.reason.as_deref().unwrap_or("its sender stopped before sending it");
                let reason =
                    format!("the write was not sent, and its sender didn't begin it again: {why}");
                let next = Next::Decided(Decision::NeedsPerson { reason });
                self.settle(connection, &row, next, Counts::default()).await?
            }
            _ => {
                let look = Ok(Look::NoList);
                let counts = counts(&row, &look);
                let next = self.judge(&row, counts, &look);
                self.settle(connection, &row, next, counts).await?
            }
        };
        Ok(Some(Step { key: row.key, decision }))
    }

    async fn work<I: Intent<K>>(
        &self,
        connection: &mut impl Connection,
        row: &Row,
    ) -> Result<Decision, OutboxError> {
        let intent: I = match self.read(row) {
            Ok(intent) => intent,
            Err(error) => return self.unreadable(connection, row, error).await,
        };
        if row.state != READY {
            let look = intent.look(&self.client).await;
            let counts = counts(row, &look);
            let next = self.judge(row, counts, &look);
            if next != Next::SendAgain {
                return self.settle(connection, row, next, counts).await;
            }
        }
        self.send(connection, row, &intent).await
    }

    /// Postpones a write whose body can't be decrypted, because the key service may be unavailable for a while.
    /// After about a day, or if the body can't be read for a different reason, a person has to decide.
    async fn unreadable(
        &self,
        connection: &mut impl Connection,
        row: &Row,
        error: OutboxError,
    ) -> Result<Decision, OutboxError> {
        let reason = format!("the stored write can't be read: {error}");
        let after = self.pauses.after(row.looks);
        let next = match &error {
            OutboxError::Cipher(_) if row.looks < ATTEMPTS && row.state == READY => {
                Next::Ready { after, reason }
            }
            OutboxError::Cipher(_) if row.looks < ATTEMPTS => {
                Next::Look { after, executed: row.executed }
            }
            _ => Next::Decided(Decision::NeedsPerson { reason }),
        };
        let is_decided = matches!(next, Next::Decided(_));
        let counts = Counts { looks: row.looks.saturating_add(1), unseen: row.unseen };
        let decision = self.settle(connection, row, next, counts).await?;
        if is_decided { Ok(decision) } else { Err(error) }
    }

    async fn send<I: Intent<K>>(
        &self,
        connection: &mut impl Connection,
        row: &Row,
        intent: &I,
    ) -> Result<Decision, OutboxError> {
        let lease = self.outbox.lease;
        let started = Instant::now();
        let is_mine = self.outbox.rows.resend(connection, (&row.key, row.fence), lease).await?;
        // If the lease has already ended and another process has claimed the write, the write has a new fence, so this
        // process can't extend the lease.
        let (true, Some(within)) = (is_mine, left(lease, started.elapsed())) else {
            return Ok(Decision::Undecided);
        };
        let result = sent_within(within, intent.send(&self.client)).await;
        let is_ready = row.state == READY;
        let attempts = if is_ready { row.looks } else { 0 };
        // `sends` doesn't count requests that certainly weren't executed.
        let earlier = Earlier { attempts, in_doubt: !is_ready || row.sends > 1 };
        let next = after_send(&result, earlier, self.pauses);
        let looks = if matches!(next, Next::Ready { .. }) { attempts.saturating_add(1) } else { 0 };
        self.settle(connection, row, next, Counts { looks, unseen: 0 }).await
    }

    fn judge(&self, row: &Row, counts: Counts, look: &Result<Look, Error>) -> Next {
        let Counts { looks, unseen } = counts;
        let seen = Seen { looks, unseen, executed: row.executed, sends: row.sends };
        after_look(look, seen, self.if_not_seen, self.pauses)
    }

    fn read<I: Intent<K>>(&self, row: &Row) -> Result<I, OutboxError> {
        let stored = row.body.as_deref().unwrap_or_default();
        let decrypted;
        let plain = match &self.outbox.cipher {
            Some(cipher) => {
                decrypted = cipher.decrypt(stored).map_err(OutboxError::Cipher)?;
                &decrypted
            }
            None => stored,
        };
        serde_json::from_str(plain).map_err(OutboxError::Stored)
    }

    async fn settle(
        &self,
        connection: &mut impl Connection,
        row: &Row,
        next: Next,
        counts: Counts,
    ) -> Result<Decision, OutboxError> {
        let settled =
            self.outbox.rows.settle(connection, (&row.key, row.fence), &next, counts).await?;
        match settled {
            Settled::Mine => Ok(next.decision()),
            Settled::Other(row) => {
                self.outbox.rows.agree(connection, &next.late_outcome(), &row).await
            }
            Settled::Gone => Err(OutboxError::Gone { decision: next.decision() }),
        }
    }
}

/// Returns the counts after a look.
fn counts(row: &Row, look: &Result<Look, Error>) -> Counts {
    let is_unseen = matches!(look, Ok(Look::NotSeen { complete: true }));
    Counts {
        looks: row.looks.saturating_add(1),
        unseen: row.unseen.saturating_add(u32::from(is_unseen)),
    }
}
