//! Wallets of a business and its sub wallets: balances, sending, and the status of transactions.

use std::sync::Arc;

use mileston_api::types::{
    Chain, CreateChainSubwallet, DeletedSubwalletEnvelope, SendBatchPayment, SendPayment,
    SubwalletEnvelope, SubwalletList, TransactionEnvelope, TransferEnvelope, Wallet, WalletList,
};
use mileston_api::{ReportedAmount, SubwalletId, TransactionId};

use super::success::Success;
use super::{subwallet_list, subwallets, transfers};
use crate::generated::server::answers::Answer;
use crate::generated::server::services;
use crate::runtime::Identity;
use crate::store::{Account, Holding, Payer, Store};

/// The wallets of all businesses.
#[derive(Clone)]
pub(crate) struct Wallets {
    pub(super) store: Arc<Store>,
}

impl services::Wallets for Wallets {
    async fn send_payment(
        &self,
        caller: &Identity,
        body: SendPayment,
    ) -> Success<TransferEnvelope> {
        transfers::send(&self.store, caller, Payer::Main, &body).await
    }

    async fn send_batch_payment(
        &self,
        caller: &Identity,
        body: SendBatchPayment,
    ) -> Success<TransferEnvelope> {
        transfers::send_batch(&self.store, caller, &body).await
    }

    async fn get_transaction_status(
        &self,
        caller: &Identity,
        transaction_uuid: TransactionId,
    ) -> Success<TransactionEnvelope> {
        let look = move |account: &Account<'_>| account.wallets().look(transaction_uuid.as_str());
        let found = self.store.write(caller, look).await?;
        let answer =
            TransactionEnvelope::new().with_status_code(200).with_message("Transaction found");
        Ok(Answer::ok(answer.with_data(found)))
    }

    /// Returns the wallets. A balance is a number only in this response, as in the vendor's types.
    async fn list_wallets(&self, caller: &Identity) -> Success<WalletList> {
        let purse = self.store.read(caller, |account| account.wallets().main()).await?;
        let wallets = purse.iter().zip(1..).map(wallet).collect::<Vec<_>>();
        let list = WalletList::new().with_status_code(200).with_message("Wallets found");
        Ok(Answer::ok(list.with_wallet_data(wallets)))
    }

    async fn create_subwallet(&self, caller: &Identity) -> Success<SubwalletEnvelope> {
        subwallets::create(&self.store, caller).await
    }

    async fn create_chain_subwallet(
        &self,
        caller: &Identity,
        body: CreateChainSubwallet,
    ) -> Success<SubwalletEnvelope> {
        subwallets::create_on_chain(&self.store, caller, body).await
    }

    async fn list_subwallets(&self, caller: &Identity) -> Success<SubwalletList> {
        subwallet_list::list(&self.store, caller).await
    }

    async fn get_subwallet(
        &self,
        caller: &Identity,
        sub_wallet_uuid: SubwalletId,
    ) -> Success<SubwalletEnvelope> {
        subwallets::get(&self.store, caller, sub_wallet_uuid.as_str()).await
    }

    async fn delete_subwallet(
        &self,
        caller: &Identity,
        sub_wallet_uuid: SubwalletId,
    ) -> Success<DeletedSubwalletEnvelope> {
        subwallets::delete(&self.store, caller, sub_wallet_uuid.as_str()).await
    }

    async fn send_from_subwallet(
        &self,
        caller: &Identity,
        sub_wallet_uuid: SubwalletId,
        body: SendPayment,
    ) -> Success<TransferEnvelope> {
        let payer = Payer::Sub(sub_wallet_uuid.to_string());
        transfers::send(&self.store, caller, payer, &body).await
    }
}

fn wallet(((chain, holding), id): ((&Chain, &Holding), i64)) -> Wallet {
    let balance = holding.balance.to_string().parse().unwrap_or_default();
    Wallet::new()
        .with_id(id)
        .with_blockchain(chain.as_str())
        .with_address(&holding.address)
        .with_balance(ReportedAmount::from_number(balance))
}
