//! What the pages remember: in memory only, it ends with the sandbox.

use mileston_keys::WebhookToken;

use super::forms::FormToken;
use super::keys::PageKeys;
use super::reveals::{Made, Reveals};

/// What the pages of a sandbox remember.
#[derive(Default)]
pub(crate) struct PageState {
    /// The keys that checkout pages call the API with.
    pub(crate) keys: PageKeys,
    /// Credentials that were made and not shown yet.
    pub(super) reveals: Reveals<Made>,
    /// Tokens of webhooks that were registered and not shown yet.
    pub(super) tokens: Reveals<WebhookToken>,
    /// What a form must send to be believed.
    pub(super) token: FormToken,
}
