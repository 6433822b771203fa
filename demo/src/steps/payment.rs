//! What a frontend reports and asks when somebody pays. The same for whatever is paid.

use mileston_api::types::{
    Chain, Environment, EvmChain, SavePayment, SavePaymentRequired, Token, VerifyPayment,
    VerifyPaymentRequired,
};

const PAYER: &str = "0x000000000000000000000000000000000000dE01";
const SHOP: &str = "0x000000000000000000000000000000000000dE02";
const USER: &str = "00000000-0000-4000-8000-00000000de03";

/// Reports a transaction: USDC on Base.
pub(super) fn report(id: &str, amount: &str, transaction: &str) -> SavePayment {
    SavePayment::new(SavePaymentRequired {
        payment_link_id: id.to_owned(),
        payer: PAYER.to_owned(),
        recipient_wallet_address: SHOP.to_owned(),
        amount: amount.to_owned(),
        user_uuid: USER.to_owned(),
        transaction_signature: transaction.to_owned(),
        chain: Chain::Base,
        env: Environment::Test,
    })
}

/// Asks whether it was paid: USDC on Base.
pub(super) fn question(id: &str, amount: &str) -> VerifyPayment {
    VerifyPayment::new(VerifyPaymentRequired {
        payment_link_id: id.to_owned(),
        public_key: PAYER.to_owned(),
        amount: amount.to_owned(),
        recipient_wallet_address: SHOP.to_owned(),
        chain: Chain::Base,
        env: Environment::Test,
        user_uuid: USER.to_owned(),
        token: Token::Usdc,
    })
    .evm_chain(EvmChain::Base)
    .wallet_address(PAYER)
}
