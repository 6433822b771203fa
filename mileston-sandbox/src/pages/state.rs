//! The state of the pages: in memory only, lost when the sandbox stops.

use mileston_keys::WebhookToken;

use super::forms::FormToken;
use super::keys::PageKeys;
use super::reveals::{Made, Reveals};

/// The state of a sandbox's pages.
#[derive(Default)]
pub(crate) struct PageState {
    /// The keys with which checkout pages call the API.
    pub(crate) keys: PageKeys,
    /// Credentials that were created and not yet shown.
    pub(super) reveals: Reveals<Made>,
    /// Tokens of webhooks that were registered and not yet shown.
    pub(super) tokens: Reveals<WebhookToken>,
    /// The token that a form must send to be accepted.
    pub(super) token: FormToken,
}
