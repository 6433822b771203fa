//! Settings for webhook deliveries.

use std::time::Duration;

/// Settings for webhook deliveries: see [`SandboxBuilder::webhooks`](crate::SandboxBuilder::webhooks).
///
/// ```
/// use std::time::Duration;
/// use mileston_sandbox::WebhookSettings;
///
/// // For a test: quick retries, and an adversary that causes the same faults each time.
/// let settings = WebhookSettings::new().first_wait(Duration::from_millis(10)).adversary(7);
/// # let _ = settings;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "settings do nothing until a sandbox is started with them"]
pub struct WebhookSettings {
    pub(crate) targets: Targets,
    pub(crate) first_wait: Duration,
    pub(crate) timeout: Duration,
    pub(crate) adversary: Option<u64>,
}

/// Where webhooks may be sent, in addition to this machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Targets {
    pub(super) anywhere: bool,
    /// Names and addresses, in lower case.
    pub(super) hosts: Vec<String>,
}

impl Targets {
    /// Returns whether webhooks may go to this host, at any address.
    pub(super) fn allow(&self, host: &str) -> bool {
        self.anywhere || self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
    }
}

impl WebhookSettings {
    /// Returns the defaults: webhooks may go only to this machine, the first wait is 1 second, the timeout is 10
    /// seconds, and the adversary is off.
    pub fn new() -> Self {
        WebhookSettings {
            targets: Targets::default(),
            first_wait: Duration::from_secs(1),
            timeout: Duration::from_secs(10),
            adversary: None,
        }
    }

    /// Sets whether webhooks may go to other machines.
    pub fn anywhere(mut self, anywhere: bool) -> Self {
        self.targets.anywhere = anywhere;
        self
    }

    /// Also allows webhooks to this host, for example another container. The host is a name or IP address, as in the
    /// URL. Call this once for each host.
    pub fn to_host(mut self, host: impl Into<String>) -> Self {
        self.targets.hosts.push(host.into().to_ascii_lowercase());
        self
    }

    /// Sets the wait before the second attempt. Each further wait is twice as long as the one before. There are at most
    /// 10 attempts. The first wait is at least one millisecond and at most one day.
    pub fn first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = wait.clamp(Duration::from_millis(1), Duration::from_secs(24 * 3600));
        self
    }

    /// Sets the timeout for an endpoint's response.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Turns the adversary on from the start: some deliveries are sent more than once, late, out of order or after
    /// dropped attempts, and forged deliveries are added. The same seed causes the same faults for the same events.
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
