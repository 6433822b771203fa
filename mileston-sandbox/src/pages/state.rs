//! What the pages remember: in memory only, it ends with the sandbox.

use mileston_keys::{AnyKey, WebhookToken};

use super::forms::FormToken;
use super::keys::PageKeys;
use super::reveals::Reveals;

/// What the pages of a sandbox remember.
#[derive(Default)]
pub(crate) struct PageState {
    /// The keys that checkout pages call the API with.
    pub(crate) keys: PageKeys,
    /// Keys that were made and not shown yet.
    pub(super) reveals: Reveals<AnyKey>,
    /// Tokens of webhooks that were registered and not shown yet.
    pub(super) tokens: Reveals<WebhookToken>,
    /// What a form must send to be believed.
    pub(super) token: FormToken,
}
