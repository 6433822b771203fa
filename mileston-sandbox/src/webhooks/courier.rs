//! Runs a worker for each webhook.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use super::WebhookSettings;
use super::sender::Sender;
use super::worker::{self, Office, Signal};
use crate::store::Store;

/// How long deliveries in progress may take when the sandbox stops.
const PATIENCE: Duration = Duration::from_secs(2);
/// The pause before the store is read again after a failure.
const PAUSE: Duration = Duration::from_secs(1);

/// Makes sure that due deliveries are sent.
pub(crate) struct Courier {
    settings: WebhookSettings,
    office: Arc<Office>,
    /// The sandbox's runtime. The workers run on it, because the caller's runtime may end earlier.
    runtime: Handle,
    running: Mutex<Option<Running>>,
}

struct Running {
    /// The number of changes to the webhooks.
    registry: watch::Sender<u64>,
    signal: watch::Sender<Signal>,
    task: JoinHandle<()>,
}

impl Courier {
    /// Creates a courier for a sandbox on this runtime.
    pub(crate) fn new(store: Arc<Store>, settings: WebhookSettings, runtime: Handle) -> Self {
        let (sender, first_wait) = (Sender::new(settings.clone()), settings.first_wait);
        let office = Arc::new(Office { store, sender, first_wait });
        Courier { settings, office, runtime, running: Mutex::default() }
    }

    pub(crate) fn store(&self) -> &Arc<Store> {
        &self.office.store
    }

    pub(crate) fn settings(&self) -> &WebhookSettings {
        &self.settings
    }

    /// Updates the workers, and wakes them. Call this method after webhooks are added, changed or removed, and when
    /// there may be webhooks from an earlier run.
    pub(crate) fn webhooks_changed(&self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let running = running.get_or_insert_with(|| Running::start(&self.office, &self.runtime));
        running.registry.send_modify(|changes| *changes += 1);
        running.signal.send_modify(|signal| signal.nudges += 1);
    }

    /// Wakes the workers. Call this method after a payment is written to disk.
    pub(crate) fn payment_written(&self) {
        self.update_signal(|signal| signal.work += 1);
    }

    /// Delivers now, even to an endpoint that is paused because it failed.
    pub(crate) fn nudge(&self) {
        self.update_signal(|signal| signal.nudges += 1);
    }

    fn update_signal(&self, change: impl FnOnce(&mut Signal)) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = &*running {
            running.signal.send_modify(change);
        }
    }

    /// Starts no new deliveries, and waits briefly for those in progress. Unfinished deliveries are sent after the next
    /// startup.
    pub(crate) async fn stop(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(Running { registry, signal, mut task }) = running else { return };
        drop((registry, signal));
        if tokio::time::timeout(PATIENCE, &mut task).await.is_err() {
            task.abort();
        }
    }

    /// Stops the courier without waiting.
    pub(crate) fn abort(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(running) = running {
            running.task.abort();
        }
    }
}

impl Running {
    fn start(office: &Arc<Office>, runtime: &Handle) -> Self {
        let (registry, changes) = watch::channel(0);
        let (signal, signals) = watch::channel(Signal::default());
        let task = runtime.spawn(supervise(Arc::clone(office), changes, signals));
        Running { registry, signal, task }
    }
}

/// Starts a worker for each webhook that has none. Workers stop when their webhook is removed.
async fn supervise(
    office: Arc<Office>,
    mut changes: watch::Receiver<u64>,
    signals: watch::Receiver<Signal>,
) {
    let (mut workers, mut known) = (JoinSet::new(), HashSet::new());
    loop {
        changes.borrow_and_update();
        let Ok(webhooks) = office.store.all_webhooks().await else {
            tokio::time::sleep(PAUSE).await;
            if changes.has_changed().is_err() { break } else { continue }
        };
        known.retain(|webhook| webhooks.contains(webhook));
        for webhook in webhooks {
            if known.insert(webhook) {
                workers.spawn(worker::run(Arc::clone(&office), webhook, signals.clone()));
            }
        }
        while workers.try_join_next().is_some() {}
        if changes.changed().await.is_err() {
            break;
        }
    }
    while workers.join_next().await.is_some() {}
}
