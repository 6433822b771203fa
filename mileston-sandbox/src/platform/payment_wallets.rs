//! The data about a business that a payer needs: the business's details, and the wallets to pay to.

use mileston_api::types::{
    Business, BusinessEnvelope, Chain, Environment, EvmChain, PaymentWalletEnvelope,
};
use mileston_api::{BusinessId, Family};

use super::subwallets::addresses;
use super::success::Success;
use crate::business;
use crate::generated::server::answers::Answer;
use crate::mistakes::Mistakes;
use crate::runtime::{Identity, Refusal};
use crate::store::{Purse, Store, total};

/// Returns the business's own wallet on this chain.
pub(super) async fn get(
    store: &Store,
    caller: &Identity,
    chain: &Chain,
) -> Success<PaymentWalletEnvelope> {
    let purse = main(store, caller).await?;
    let holding = purse
        .get(chain)
        .ok_or_else(|| Refusal::not_found(format!("This business has no wallet on {chain}.")))?;
    Ok(Answer::ok(
        PaymentWalletEnvelope::new().with_status_code(200).with_public_key(&holding.address),
    ))
}

/// Returns the wallet on Ethereum unless another chain is given. `merchant` must not be blank, but is otherwise
/// ignored.
pub(super) async fn get_evm(
    store: &Store,
    caller: &Identity,
    chain: Option<&EvmChain>,
    env: Option<&Environment>,
    merchant: Option<&str>,
) -> Success<PaymentWalletEnvelope> {
    let mut mistakes = Mistakes::default();
    let chain = expect_evm_chain(&mut mistakes, "evmChain", chain.unwrap_or(&EvmChain::Eth));
    if let Some(env) = env {
        mistakes.expect_env(Some(env), caller.mode);
    }
    if let Some(merchant) = merchant {
        mistakes.expect_text("merchant", merchant);
    }
    mistakes.refuse()?;
    get(store, caller, &chain.unwrap_or(Chain::Eth)).await
}

/// Parses an EVM chain, or adds a mistake if the chain is unknown.
pub(super) fn expect_evm_chain(
    mistakes: &mut Mistakes,
    field: &str,
    chain: &EvmChain,
) -> Option<Chain> {
    let chain = Chain::from(chain.clone());
    let chain = (Family::of(&chain) == Some(Family::Evm)).then_some(chain);
    mistakes.expect(chain.is_some(), field, "must be one of avax, pol, base, eth, arb");
    chain
}

/// Returns the business that the key belongs to. Other businesses can't be fetched.
pub(super) async fn get_business(
    store: &Store,
    caller: &Identity,
    id: &BusinessId,
) -> Success<BusinessEnvelope> {
    if *id != caller.business {
        return Err(Refusal::not_found("The key doesn't belong to the business with this id."));
    }
    let purse = main(store, caller).await?;
    let business = Business::new()
        .with_onboarded(true)
        .with_business_name(business::NAME)
        .with_business_admin_email("admin@example.com");
    let answer = BusinessEnvelope::new().with_status_code(200).with_user_data(business);
    // The sandbox prints the wallet secret at startup, so the secret is reported as copied.
    let answer = answer.with_wallet_address(addresses(&purse)).with_is_secret_copied(true);
    Ok(Answer::ok(answer.with_wallet_balance(total([&purse]).to_string())))
}

async fn main(store: &Store, caller: &Identity) -> Result<Purse, Refusal> {
    Ok(store.read(caller, |account| account.wallets().main()).await?)
}
