//! The sandbox's choice between plausible interpretations of the vendor's sources.

/// Chooses between two plausible interpretations where the vendor's sources are silent or contradict each other. A
/// program can be tested with both interpretations. `docs/sandbox.md` has the evidence. `mileston-api` accepts both
/// interpretations.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), mileston_sandbox::StartError> {
/// use mileston_sandbox::{Readings, Sandbox};
///
/// let other = Readings::new().wrapped_sub_wallets(true).own_ids_in_webhooks(true);
/// let sandbox = Sandbox::builder().readings(other).start().await?;
/// # let _ = sandbox;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "readings do nothing until they are passed to a builder"]
pub struct Readings {
    pub(crate) wrapped_sub_wallets: bool,
    pub(crate) own_ids_in_webhooks: bool,
}

impl Readings {
    /// Returns the defaults.
    pub const fn new() -> Self {
        Readings { wrapped_sub_wallets: false, own_ids_in_webhooks: false }
    }

    /// Sets where a response puts a single sub wallet. With `true`, the sub wallet is in `data`, as in
    /// `WalletResponse` in `mileston-payments` 0.2.3. By default, it is at the top level, as in the types of the three
    /// calls that return a sub wallet.
    pub const fn wrapped_sub_wallets(mut self, wrapped: bool) -> Self {
        self.wrapped_sub_wallets = wrapped;
        self
    }

    /// Sets the name of the id in webhooks for invoices and recurring payments. With `true`, the name is `invoiceId` or
    /// `recurringPaymentId`, as in the types of invoices and recurring payments. By default, it is `paymentLinkId`, as
    /// in a request that saves a payment. The vendor documents the payload for payment links only.
    pub const fn own_ids_in_webhooks(mut self, own: bool) -> Self {
        self.own_ids_in_webhooks = own;
        self
    }
}
