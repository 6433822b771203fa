//! Describes the payer's payment, and builds the request that checks whether the money has arrived.

use mileston_api::types::{Chain, EvmChain, Token, VerifyPayment, VerifyPaymentRequired};
use mileston_api::{Address, Family, PaymentLinkId};

use super::order::{Merchant, Product};
use super::trouble::Trouble;

/// The network and the token that a payer has picked so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picked {
    /// The network that the payer picked.
    pub chain: Option<Chain>,
    /// The token that the payer picked.
    pub token: Option<Token>,
}

/// A payment that the payer started: the token to send, and the wallet to send it to.
#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    /// The network that the payer picked.
    pub chain: Chain,
    /// The token that the payer picked.
    pub token: Token,
    /// The platform's wallet that the payer sends the token to.
    pub wallet: Address,
    /// The time at which the page began to wait for the payment, in seconds since 1970.
    pub started: u64,
}

impl Payment {
    /// Returns the body of the request that checks whether the payment has arrived.
    ///
    /// As in the vendor's component, the wallet to check is the one that the payer pays into, the recipient is the
    /// merchant's own wallet, the receiving user is the business, and the amount is the price without the fee.
    ///
    /// # Errors
    ///
    /// Returns an error if the merchant has no wallet on the chain.
    pub fn question(
        &self,
        link: &PaymentLinkId,
        business_id: &str,
        product: &Product,
        merchant: &Merchant,
    ) -> Result<VerifyPayment, Trouble> {
        let Some(recipient) = merchant.wallet(&self.chain) else {
            return Err(Trouble::unexpected("the business has no wallet on this network"));
        };
        let mut question = VerifyPayment::new(VerifyPaymentRequired {
            payment_link_id: link.as_str().into(),
            public_key: self.wallet.as_str().to_owned(),
            amount: product.price.into(),
            recipient_wallet_address: recipient,
            chain: self.chain.clone(),
            user_uuid: business_id.to_owned(),
            token: self.token.clone(),
        });
        if Family::of(&self.chain) == Some(Family::Evm) {
            question = question
                .evm_chain(EvmChain::from(self.chain.as_str()))
                .wallet_address(&self.wallet)
                .map_err(|error| Trouble::from(&error))?;
        }
        if let Some(subwallet) = &product.subwallet {
            question = question.sub_wallet_uuid(subwallet);
        }
        Ok(question)
    }
}
