//! How webhooks are delivered.

use std::time::Duration;

/// How a sandbox delivers webhooks: see [`SandboxBuilder::webhooks`](crate::SandboxBuilder::webhooks).
///
/// ```
/// use std::time::Duration;
/// use mileston_sandbox::WebhookSettings;
///
/// // For a test: tries follow quickly, and an adversary makes trouble, the same each time.
/// let settings = WebhookSettings::new().first_wait(Duration::from_millis(10)).adversary(7);
/// # let _ = settings;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "settings do nothing until a sandbox is started with them"]
pub struct WebhookSettings {
    pub(crate) anywhere: bool,
    pub(crate) first_wait: Duration,
    pub(crate) patience: Duration,
    pub(crate) adversary: Option<u64>,
}

impl WebhookSettings {
    /// To addresses of this machine only, again after 1 second, with 10 seconds for an answer, and without an adversary.
    pub fn new() -> Self {
        WebhookSettings {
            anywhere: false,
            first_wait: Duration::from_secs(1),
            patience: Duration::from_secs(10),
            adversary: None,
        }
    }

    /// Whether webhooks may lead to other machines.
    pub fn anywhere(mut self, anywhere: bool) -> Self {
        self.anywhere = anywhere;
        self
    }

    /// How long to wait before the second try. Each further wait is twice as long; there are 10 tries. At least a
    /// millisecond, at most a day.
    pub fn first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = wait.clamp(Duration::from_millis(1), Duration::from_secs(24 * 3600));
        self
    }

    /// How long an endpoint has for its answer.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Lets an adversary make trouble from the start: deliveries come twice, late, in another order, after tries that
    /// were lost, and with forged ones among them. The same seed does the same to the same events.
    pub fn adversary(mut self, seed: u64) -> Self {
        self.adversary = Some(seed);
        self
    }
}

impl Default for WebhookSettings {
    fn default() -> Self {
        WebhookSettings::new()
    }
}
