//! Creates the demo's parties, such as the shop's backend and the payer's browser. Each has its own
//! client.

use std::time::Duration;

use mileston_api::{
    ApiKey, BusinessId, CheckoutClient, Client, Error, NormalClient, OpenClient, Test, WalletClient,
};
use mileston_sandbox::Sandbox;

/// A generous timeout for a server on the same machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// The demo's parties. The type of each client decides which operations it may call.
pub(crate) struct Parties {
    /// A client without a key.
    pub(crate) anyone: OpenClient,
    /// The client in the shop's backend, with the Normal key.
    pub(crate) backend: NormalClient<Test>,
    /// The client that the shop's backend uses for signed transfers. It holds the Normal key and the wallet secret.
    pub(crate) wallet: WalletClient<Test>,
    /// The client in the payer's browser, with the Checkout key.
    pub(crate) frontend: CheckoutClient<Test>,
}

impl Parties {
    pub(crate) fn of(sandbox: &Sandbox) -> Result<Self, Error> {
        let (normal, checkout) = (sandbox.normal_key().clone(), sandbox.checkout_key().clone());
        Ok(Parties {
            anyone: Client::without_key()?.with_origin(sandbox.url())?,
            wallet: client(
                sandbox,
                normal.clone().with_wallet_secret(sandbox.wallet_secret().clone()),
                sandbox.business_id(),
            )?,
            backend: client(sandbox, normal, sandbox.business_id())?,
            frontend: client(sandbox, checkout, sandbox.business_id())?,
        })
    }
}

/// Creates a client for the sandbox with this key.
pub(crate) fn client<K: ApiKey>(
    sandbox: &Sandbox,
    key: K,
    business: &BusinessId,
) -> Result<Client<K>, Error> {
    Client::builder(key, business)?.origin(sandbox.url())?.total_timeout(PATIENCE).build()
}
