//! Delivers the due events of one webhook, as long as the webhook exists.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::adversary::{self, Plan};
use super::attempt::Way;
use super::schedule;
use super::sender::{self, Sender};
use crate::store::{Destination, Parcel, Report, Store, Work};

/// The pause before the store is read again after a failure.
const PAUSE: Duration = Duration::from_secs(1);

/// The state that workers share.
pub(super) struct Office {
    pub(super) store: Arc<Store>,
    pub(super) sender: Sender,
    pub(super) first_wait: Duration,
}

/// Signals to a worker: something may be due, or a failed endpoint may be up again.
#[derive(Clone, Copy, Default)]
pub(super) struct Signal {
    pub(super) work: u64,
    pub(super) nudges: u64,
}

/// Runs until the webhook is removed, or the signal channel is closed.
pub(super) async fn run(office: Arc<Office>, webhook: i64, mut signal: watch::Receiver<Signal>) {
    let mut failures = 0;
    loop {
        signal.borrow_and_update();
        let work = match office.store.work(webhook, schedule::at_once(failures)).await {
            Ok(Some(work)) => work,
            Ok(None) => return,
            Err(_) if wait(&mut signal, Some(PAUSE)).await => continue,
            Err(_) => return,
        };
        if work.due.is_empty() {
            if wait(&mut signal, work.next.map(until)).await { continue } else { return }
        }
        let reports = deliver(&office, work).await;
        failures = count(failures, &reports);
        // If the results can't be recorded, the same deliveries are still due, so the worker waits before the next try.
        let stuck = reports.is_empty() || office.store.report(reports).await.is_err();
        if stuck && !wait(&mut signal, Some(PAUSE)).await {
            return;
        }
        if signal.has_changed().is_err() {
            return;
        }
        match rest(&mut signal, schedule::rest(failures, office.first_wait)).await {
            Rest::Over => {}
            Rest::Nudged => failures = 0,
            Rest::End => return,
        }
    }
}

/// Sends all deliveries concurrently, and waits for all of them.
async fn deliver(office: &Arc<Office>, work: Work) -> Vec<Report> {
    let Work { destination, due, .. } = work;
    let mut tasks = JoinSet::new();
    for parcel in due {
        let (office, destination) = (Arc::clone(office), destination.clone());
        tasks.spawn(async move { attempt(&office, &destination, parcel).await });
    }
    let mut reports = Vec::new();
    while let Some(done) = tasks.join_next().await {
        // If a task panicked, its delivery is still due.
        reports.extend(done.ok());
    }
    reports
}

/// Sends a delivery. If the adversary is on, follows its plan.
async fn attempt(office: &Office, destination: &Destination, parcel: Parcel) -> Report {
    let Destination { url, token } = destination;
    let plan = parcel.seed.map(|seed| Plan::of(seed, parcel.number)).unwrap_or_default();
    let mut tries = Vec::new();
    let begins = parcel.acknowledged == 0;
    if begins && parcel.tries < u32::from(plan.lost) {
        tries.push(sender::lost());
    } else {
        if plan.forged && begins && parcel.tries == u32::from(plan.lost) {
            tries.extend(forge(office, url, &parcel).await);
        }
        tries.push(office.sender.send(Way::Sent, url, token, parcel.body.clone()).await);
    }
    let succeeded = tries.last().is_some_and(super::Try::is_acknowledged);
    let state = (parcel.tries, parcel.acknowledged);
    let progress = schedule::after(state, succeeded, u32::from(plan.copies), office.first_wait);
    Report { parcel, tries, progress }
}

async fn forge(office: &Office, url: &str, parcel: &Parcel) -> Option<super::Try> {
    let token = adversary::forged_token(parcel.seed?, parcel.number).parse().ok()?;
    let body = adversary::forged_body(&parcel.body);
    let sent = office.sender.send(Way::Forged, url, &token, body).await;
    // The response isn't kept, because an endpoint's response to a wrong token may contain the right token.
    Some(super::Try { answer: None, ..sent })
}

/// Returns the number of consecutive failed rounds. A round in which the adversary dropped everything doesn't count.
fn count(failures: u32, reports: &[Report]) -> u32 {
    let mut tries = reports.iter().flat_map(|report| &report.tries);
    if tries.clone().any(super::Try::is_acknowledged) {
        0
    } else if tries.any(super::Try::has_failed) {
        failures.saturating_add(1)
    } else {
        failures
    }
}

/// Waits for a signal, for at most this long. Returns `false` if there will be no more signals.
async fn wait(signal: &mut watch::Receiver<Signal>, most: Option<Duration>) -> bool {
    match most {
        None => signal.changed().await.is_ok(),
        Some(most) => !matches!(tokio::time::timeout(most, signal.changed()).await, Ok(Err(_))),
    }
}

enum Rest {
    Over,
    Nudged,
    End,
}

/// Pauses the endpoint for this long, unless a delivery is requested.
async fn rest(signal: &mut watch::Receiver<Signal>, time: Duration) -> Rest {
    if time.is_zero() {
        return Rest::Over;
    }
    let nudges = signal.borrow().nudges;
    let nudged = signal.wait_for(|now| now.nudges != nudges);
    match tokio::time::timeout(time, nudged).await {
        Err(_) => Rest::Over,
        Ok(Ok(_)) => Rest::Nudged,
        Ok(Err(_)) => Rest::End,
    }
}

/// Returns the time until a delivery is due.
fn until(due: i64) -> Duration {
    Duration::from_millis(u64::try_from(due.saturating_sub(sender::now())).unwrap_or(0).max(1))
}
