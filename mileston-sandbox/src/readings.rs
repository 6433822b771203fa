//! How the sandbox reads what the vendor's sources leave open or contradict, where either way is plausible.

/// How the sandbox reads what the vendor's sources leave open or contradict, where either way is plausible: to see
/// whether a program works with both. `docs/sandbox.md` has the evidence; `mileston-api` reads both.
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
#[must_use = "readings do nothing until a builder is given them"]
pub struct Readings {
    pub(crate) wrapped_sub_wallets: bool,
    pub(crate) own_ids_in_webhooks: bool,
}

impl Readings {
    /// What the sandbox does unless it is told otherwise.
    pub const fn new() -> Self {
        Readings { wrapped_sub_wallets: false, own_ids_in_webhooks: false }
    }

    /// Whether answers with one sub wallet have it in `data`, as `WalletResponse` of `mileston-payments` 0.2.3 says,
    /// instead of flat, as the types of the three calls say.
    pub const fn wrapped_sub_wallets(mut self, wrapped: bool) -> Self {
        self.wrapped_sub_wallets = wrapped;
        self
    }

    /// Whether webhooks of invoices and recurring payments call the id `invoiceId` and `recurringPaymentId`, as these
    /// are called elsewhere, instead of `paymentLinkId`, as in the payment that was saved. The vendor shows the
    /// payload of payment links only.
    pub const fn own_ids_in_webhooks(mut self, own: bool) -> Self {
        self.own_ids_in_webhooks = own;
        self
    }
}
