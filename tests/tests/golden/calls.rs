//! Repeats, with our client, the SDK calls for which responses were recorded.

use mileston_api::types::{EvmChain, SavePaymentRequired, VerifyPaymentRequired, WalletType};
use mileston_api::{
    Address, Amount, CheckoutClient, CheckoutKey, Client, Error, NormalKey, Test, WalletClient,
    amount,
};

const AMOUNT: Amount = amount!("12.5");

/// Clients without retries, so that one call is one request.
pub(crate) struct Clients {
    wallet: WalletClient<Test>,
    checkout: CheckoutClient<Test>,
}

impl Clients {
    pub(crate) fn new() -> Clients {
        let key: NormalKey<Test> = "Mileston_TEST_golden0123456789abcdef".parse().unwrap();
        let key = key.with_wallet_secret("golden-wallet-secret".parse().unwrap());
        let wallet =
            Client::builder(key, "golden-business-id").unwrap().without_retries().build().unwrap();
        let key: CheckoutKey<Test> =
            "Mileston_TEST_CHECKOUTKEY_golden0123456789abcdef".parse().unwrap();
        let checkout =
            Client::builder(key, "golden-business-id").unwrap().without_retries().build().unwrap();
        Clients { wallet, checkout }
    }

    /// Makes our client's equivalent of the SDK call with this name.
    pub(crate) async fn make(&self, call: &str, origin: &str) -> Result<(), Error> {
        let wallet = self.wallet.clone().with_origin(origin).unwrap();
        let checkout = self.checkout.clone().with_origin(origin).unwrap();
        let checkout = checkout.checkout();
        let address = Address::unchecked("0x742d35Cc6634C0532925a3b844Bc9e7595f0bEb1");
        match call {
            "PaymentLink.get" => wallet.payment_links().get("id").await.map(drop),
            "Wallet.sendPayment" => {
                wallet.wallets().send_payment(AMOUNT, address, WalletType::Eth).await.map(drop)
            }
            "fetchPayment" => checkout.fetch_payment_link("id").await.map(drop),
            "savePayment" => checkout.save_payment_link_payment(save(address)).await.map(drop),
            "verifyPaymentWithWallet" => {
                checkout.verify_payment_link_payment(verify(address)).await.map(drop)
            }
            "getPaymentWallet" => checkout.get_sui_payment_wallet().await.map(drop),
            "getOnRampData" => {
                checkout.get_on_ramp_data(AMOUNT, address, EvmChain::Eth).await.map(drop)
            }
            "getOnRampPaymentStatus" => {
                let call =
                    checkout.get_on_ramp_payment_status("id", AMOUNT, EvmChain::Eth, address);
                call.await.map(drop)
            }
            "getUserDetails" => checkout.get_business("golden-business-id").await.map(drop),
            "fetchSubWallets" => checkout.get_subwallet_balances("id").await.map(drop),
            other => {
                panic!("add the recorded call {other} to `make` in tests/tests/golden/calls.rs")
            }
        }
    }
}

fn save(address: Address) -> SavePaymentRequired {
    SavePaymentRequired {
        payment_link_id: "id".into(),
        payer: address.clone(),
        recipient_wallet_address: address,
        amount: AMOUNT.into(),
        user_uuid: "golden-business-id".to_owned(),
        transaction_signature: "0xfake".to_owned(),
        chain: "eth".into(),
    }
}

fn verify(address: Address) -> VerifyPaymentRequired {
    VerifyPaymentRequired {
        payment_link_id: "id".into(),
        public_key: "0xfake".to_owned(),
        amount: AMOUNT.into(),
        recipient_wallet_address: address,
        chain: "sui".into(),
        user_uuid: "golden-business-id".to_owned(),
        token: "USDC".into(),
    }
}
