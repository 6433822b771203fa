//! The business's wallet that a payer pays to.

use mileston_api::types::{Chain, EvmChain};

use crate::control::state::Control;
use crate::generated::server::services::Checkout as _;
use crate::runtime::{Identity, Refusal};

/// Returns the address of the wallet to pay to on a chain.
pub(super) async fn address(
    control: &Control,
    caller: &Identity,
    chain: &Chain,
) -> Result<String, Refusal> {
    let checkout = &control.services.checkout;
    let wallet = match chain {
        Chain::Sui => checkout.get_sui_payment_wallet(caller).await?,
        Chain::Solana => checkout.get_solana_payment_wallet(caller).await?,
        evm => {
            let chain = EvmChain::from(evm.as_str());
            checkout.get_evm_payment_wallet(caller, Some(chain), None, None).await?
        }
    };
    Ok(wallet.into_body().into_value().and_then(|body| body.public_key).unwrap_or_default())
}
