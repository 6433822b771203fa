//! Creates clients for the emulated platform, and counts how many times the platform executed each write.

use std::collections::HashMap;

use mileston_api::types::SubwalletAddress;
use mileston_api::{NormalClient, Test, WalletClient, WalletKey};
use mileston_sandbox::Sandbox;
use serde::{Deserialize, Serialize};

use crate::writes::{CHAIN, PER_WALLET, name};

/// The settings that a process needs to reach the platform.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Platform {
    url: String,
    business: String,
    key: String,
    wallet_secret: String,
    /// The ids and addresses of the sub wallets that receive the payments.
    pub(crate) wallets: Vec<(String, String)>,
}

/// How many times the platform executed each write.
pub(crate) struct Executions {
    /// The number of records with each name in the platform's lists.
    names: HashMap<String, usize>,
    /// The number of payments to each sub wallet.
    payments: Vec<usize>,
}

impl Platform {
    /// Creates the sub wallets for this many writes.
    pub(crate) async fn prepare(sandbox: &Sandbox, writes: usize) -> Platform {
        let mut platform = Platform {
            url: sandbox.url().to_owned(),
            business: sandbox.business_id().to_string(),
            key: sandbox.normal_key().expose_secret().to_owned(),
            wallet_secret: sandbox.wallet_secret().expose_secret().to_owned(),
            wallets: Vec::new(),
        };
        let client = platform.wallet_client();
        for _ in 0..writes / PER_WALLET {
            let id = client.wallets().create_subwallet().await.unwrap().uuid.unwrap();
            let call = client.wallets().create_chain_subwallet(&id, CHAIN.0);
            let SubwalletAddress::String(address) = call.await.unwrap().address.unwrap() else {
                panic!("a sub wallet on one chain must have one address")
            };
            platform.wallets.push((id.to_string(), address));
        }
        platform
    }

    pub(crate) fn client(&self) -> NormalClient<Test> {
        let key = self.key.parse().unwrap();
        NormalClient::new(key, self.business.as_str()).unwrap().with_origin(&self.url).unwrap()
    }

    pub(crate) fn wallet_client(&self) -> WalletClient<Test> {
        let key: mileston_api::NormalKey<Test> = self.key.parse().unwrap();
        let key: WalletKey<Test> = key.with_wallet_secret(self.wallet_secret.parse().unwrap());
        WalletClient::new(key, self.business.as_str()).unwrap().with_origin(&self.url).unwrap()
    }

    /// Counts the executed writes in the platform's three lists and in the balances of the sub wallets.
    pub(crate) async fn executions(&self) -> Executions {
        let (client, wallet) = (self.client(), self.wallet_client());
        let mut names = HashMap::new();
        let mut count = |name: String| *names.entry(name).or_default() += 1;
        let links = client.payment_links().list().await.unwrap().payment_data;
        links.into_iter().for_each(|link| count(link.title.unwrap()));
        let invoices = client.invoices().list().await.unwrap().invoice_data;
        invoices.into_iter().for_each(|invoice| count(invoice.item_name.unwrap()));
        let recurring = client.recurring_payments().list().await.unwrap().recurring_payment_data;
        recurring.into_iter().for_each(|record| count(record.subscription_name.unwrap()));
        let mut payments = Vec::new();
        for (id, _) in &self.wallets {
            let balance =
                wallet.wallets().get_subwallet(id.as_str()).await.unwrap().balance.unwrap();
            let (whole, _) = balance.as_str().split_once('.').unwrap();
            payments.push(whole.parse().unwrap());
        }
        Executions { names, payments }
    }
}

impl Executions {
    /// Returns how many times a write was executed.
    pub(crate) fn times(&self, number: usize) -> usize {
        if number % PER_WALLET == PER_WALLET - 1 {
            self.payments[number / PER_WALLET]
        } else {
            self.names.get(&name(number)).copied().unwrap_or_default()
        }
    }
}
