//! Builds the requests that a frontend sends when someone pays. The requests are the same for payment
//! links, invoices and recurring payments.

use mileston_api::PaymentId;
use mileston_api::types::{
    Chain, EvmChain, SavePaymentRequired, Token, VerifyPayment, VerifyPaymentRequired,
};

use crate::check::Failure;

/// The payer's and the shop's wallet addresses. Both are made up.
pub(super) const PAYER: &str = "0x000000000000000000000000000000000000de01";
pub(super) const SHOP: &str = "0x000000000000000000000000000000000000de02";
const USER: &str = "00000000-0000-4000-8000-00000000de03";

/// Builds the report of a USDC transaction on Base. The environment isn't set here, because the
/// client derives the environment from its key.
pub(super) fn report(
    id: impl Into<PaymentId>,
    amount: &str,
    transaction: &str,
) -> Result<SavePaymentRequired, Failure> {
    Ok(SavePaymentRequired {
        payment_link_id: id.into(),
        payer: PAYER.parse()?,
        recipient_wallet_address: SHOP.parse()?,
        amount: amount.parse()?,
        user_uuid: USER.to_owned(),
        transaction_signature: transaction.to_owned(),
        chain: Chain::Base,
    })
}

/// Builds the request that verifies a payment in USDC on Base.
pub(super) fn question(id: impl Into<PaymentId>, amount: &str) -> Result<VerifyPayment, Failure> {
    let question = VerifyPayment::new(VerifyPaymentRequired {
        payment_link_id: id.into(),
        public_key: PAYER.to_owned(),
        amount: amount.parse()?,
        recipient_wallet_address: SHOP.parse()?,
        chain: Chain::Base,
        user_uuid: USER.to_owned(),
        token: Token::Usdc,
    });
    Ok(question.evm_chain(EvmChain::Base).wallet_address(PAYER)?)
}
