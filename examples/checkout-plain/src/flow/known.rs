//! What the page knows.

use mileston_api::ModeName;

use super::order::{Merchant, Product};
use super::payment::{Payment, Picked};
use super::state::State;

/// What the page knows, and all that it needs to show something.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) mode: ModeName,
    pub(super) state: State,
    pub(super) product: Option<Product>,
    pub(super) merchant: Option<Merchant>,
    pub(super) picked: Picked,
    /// The last payment that was begun.
    pub(super) payment: Option<Payment>,
}
