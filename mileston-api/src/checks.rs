//! Checks request bodies for mistakes that would cost money and that the compiler can't catch. A body that fails the
//! check isn't sent.
//!
//! Generated operations call these functions. `Settings::hooks` in `xtask` assigns each function to a request body. A
//! chain or token that this version doesn't recognise passes the check.

use mileston_keys::{Credential, ModeName};
use openapi_keys_runtime::Error;

use crate::address::on_chain::chain_of;
use crate::types::{
    Chain, CheckOnRampPayment, Environment, SavePayment, SendBatchPayment, SendPayment,
    VerifyPayment,
};
use crate::{Address, Client, Family, tokens};

/// Returns the environment of the client's key. It is `Test` for a client without a key, because such a client can't
/// move money.
pub(crate) fn mode<K: Credential>(client: &Client<K>) -> Environment {
    match client.credential().mode() {
        Some(ModeName::Live) => Environment::Prod,
        Some(ModeName::Test) | None => Environment::Test,
    }
}

pub(crate) fn send_payment(body: &SendPayment) -> Result<(), Error> {
    match chain_of(&body.wallet_type) {
        Some(chain) => fits("recipientAddress", &body.recipient_address, &chain),
        None => Ok(()),
    }
}

pub(crate) fn send_batch_payment(body: &SendBatchPayment) -> Result<(), Error> {
    if body.payments().is_empty() {
        return Err(refusal("`recipients` is empty: add a payment with `pay`".to_owned()));
    }
    for (at, (recipient, _)) in body.payments().iter().enumerate() {
        fits(&format!("recipients[{at}]"), recipient, body.chain())?;
    }
    Ok(())
}

pub(crate) fn save_payment(body: &SavePayment) -> Result<(), Error> {
    fits("payer", &body.payer, &body.chain)?;
    fits("recipientWalletAddress", &body.recipient_wallet_address, &body.chain)
}

pub(crate) fn verify_payment(body: &VerifyPayment) -> Result<(), Error> {
    fits("recipientWalletAddress", &body.recipient_wallet_address, &body.chain)?;
    if let Some(address) = &body.wallet_address {
        fits("walletAddress", address, &body.chain)?;
    }
    // For an EVM chain, the vendor's SDK also requires these two fields (`mileston-payment-client` 0.9.3,
    // `dist/index.mjs`).
    let named = body.evm_chain.as_ref().is_some_and(|chain| !chain.as_str().is_empty());
    let told = body.wallet_address.as_ref().is_some_and(|address| !address.as_str().is_empty());
    if Family::of(&body.chain) == Some(Family::Evm) && !(named && told) {
        return Err(refusal(format!(
            "`chain` is {}, an EVM chain, which also needs `evmChain` and `walletAddress`",
            body.chain
        )));
    }
    body.amount
        .check(&body.token)
        .map_err(|error| refusal(format!("`amount`: {error}")).with_source(error))?;
    let mode = match body.env() {
        Some(Environment::Prod) => ModeName::Live,
        _ => ModeName::Test,
    };
    tokens::check(&body.chain, &body.token, mode)
        .map_err(|error| refusal(error.to_string()).with_source(error))
}

pub(crate) fn check_on_ramp_payment(body: &CheckOnRampPayment) -> Result<(), Error> {
    let chain = Chain::from(body.chain.clone());
    fits("recipientWalletAddress", &body.recipient_wallet_address, &chain)
}

fn fits(field: &str, address: &Address, chain: &Chain) -> Result<(), Error> {
    address.check_for(chain).map_err(|error| {
        refusal(format!("`{field}` can't be used on {chain}: {error}")).with_source(error)
    })
}

fn refusal(detail: String) -> Error {
    Error::invalid_argument(detail)
}
