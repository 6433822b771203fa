//! The emulated platform: implements every operation of the generated server, each by a function of its group.

mod boundary;
mod checkout;
mod invoices;
mod lists;
mod on_ramp;
mod payment_links;
mod payment_wallets;
mod recurring_payments;
mod status;
mod subwallets;
mod wallets;

use std::sync::Arc;

use mileston_api::{
    Address, Amount, InvoiceId, OnRampId, PaymentLinkId, RecurringPaymentId, SubwalletId,
    Timestamp, TransactionId, types,
};
use mileston_keys::{BusinessId, ModeName};

use crate::generated::server::Platform;
use crate::issuer::Issuer;
use crate::links::Links;
use crate::runtime::{Answer, Authority, Caller, Grant, Refusal};
use crate::store::{Payer, Resource, Store};
use crate::webhooks::Courier;

/// The operations of one sandbox.
pub(crate) struct Emulation {
    store: Arc<Store>,
    courier: Arc<Courier>,
    issuer: Arc<Issuer>,
    links: Links,
    /// When it was started, by the sandbox's clock.
    started: Option<Timestamp>,
}

impl Emulation {
    /// Creates a platform with the courier's store; payments are announced through the courier.
    pub(crate) fn new(courier: Arc<Courier>, issuer: Arc<Issuer>, links: Links) -> Self {
        let store = Arc::clone(courier.store());
        Emulation { started: store.now().ok(), store, courier, issuer, links }
    }

    /// Returns the URL of the checkout page.
    fn page_of<R: Resource>(&self, data: &R) -> String {
        self.links.checkout::<R>(data.id())
    }
}

/// Applies a field of an update; a missing field keeps its value.
fn merge<T>(slot: &mut Option<T>, update: Option<impl Into<T>>) {
    if let Some(update) = update {
        *slot = Some(update.into());
    }
}

fn acknowledge(message: &str) -> Answer<types::Acknowledgement> {
    Answer::ok(types::Acknowledgement::new().with_status_code(200).with_message(message))
}

impl Authority for Emulation {
    fn grant(&self, key: &str) -> Option<Grant> {
        self.issuer.grant(key)
    }

    fn accepts(&self, mode: ModeName) -> bool {
        self.issuer.accepts(mode)
    }

    fn has_signed(&self, business: &BusinessId, message: &[u8], signature: &[u8; 32]) -> bool {
        self.issuer.has_signed(business, message, signature)
    }
}

impl Platform for Emulation {
    async fn create_payment_link(
        &self,
        caller: Caller,
        body: types::CreatePaymentLink,
    ) -> Result<Answer<types::PaymentLinkEnvelope>, Refusal> {
        payment_links::create(self, caller.identity()?, body).await
    }

    async fn list_payment_links(
        &self,
        caller: Caller,
        limit: Option<u32>,
    ) -> Result<Answer<types::PaymentLinkList>, Refusal> {
        payment_links::list(self, caller.identity()?, limit).await
    }

    async fn update_payment_link(
        &self,
        caller: Caller,
        body: types::UpdatePaymentLink,
    ) -> Result<Answer<types::PaymentLinkEnvelope>, Refusal> {
        payment_links::update(self, caller.identity()?, body).await
    }

    async fn delete_payment_link(
        &self,
        caller: Caller,
        payment_link_id: PaymentLinkId,
    ) -> Result<Answer<types::Acknowledgement>, Refusal> {
        payment_links::delete(self, caller.identity()?, payment_link_id.as_str()).await
    }

    async fn get_payment_link(
        &self,
        caller: Caller,
        payment_link_id: PaymentLinkId,
    ) -> Result<Answer<types::PaymentLinkEnvelope>, Refusal> {
        payment_links::get(self, caller.identity()?, payment_link_id.as_str()).await
    }

    async fn create_invoice(
        &self,
        caller: Caller,
        business_name: String,
        body: types::CreateInvoice,
    ) -> Result<Answer<types::InvoiceEnvelope>, Refusal> {
        invoices::create(self, caller.identity()?, &business_name, body).await
    }

    async fn list_invoices(
        &self,
        caller: Caller,
        limit: Option<u32>,
    ) -> Result<Answer<types::InvoiceList>, Refusal> {
        invoices::list(self, caller.identity()?, limit).await
    }

    async fn update_invoice(
        &self,
        caller: Caller,
        body: types::UpdateInvoice,
    ) -> Result<Answer<types::InvoiceEnvelope>, Refusal> {
        invoices::update(self, caller.identity()?, body).await
    }

    async fn delete_invoice(
        &self,
        caller: Caller,
        invoice_id: InvoiceId,
    ) -> Result<Answer<types::Acknowledgement>, Refusal> {
        invoices::delete(self, caller.identity()?, invoice_id.as_str()).await
    }

    async fn get_invoice(
        &self,
        caller: Caller,
        invoice_id: InvoiceId,
    ) -> Result<Answer<types::InvoiceEnvelope>, Refusal> {
        invoices::get(self, caller.identity()?, invoice_id.as_str()).await
    }

    async fn create_recurring_payment(
        &self,
        caller: Caller,
        business_name: String,
        body: types::CreateRecurringPayment,
    ) -> Result<Answer<types::RecurringPaymentEnvelope>, Refusal> {
        recurring_payments::create(self, caller.identity()?, &business_name, body).await
    }

    async fn list_recurring_payments(
        &self,
        caller: Caller,
        limit: Option<u32>,
    ) -> Result<Answer<types::RecurringPaymentList>, Refusal> {
        recurring_payments::list(self, caller.identity()?, limit).await
    }

    async fn update_recurring_payment(
        &self,
        caller: Caller,
        body: types::UpdateRecurringPayment,
    ) -> Result<Answer<types::RecurringPaymentEnvelope>, Refusal> {
        recurring_payments::update(self, caller.identity()?, body).await
    }

    async fn delete_recurring_payment(
        &self,
        caller: Caller,
        recurring_payment_id: RecurringPaymentId,
    ) -> Result<Answer<types::Acknowledgement>, Refusal> {
        recurring_payments::delete(self, caller.identity()?, recurring_payment_id.as_str()).await
    }

    async fn get_recurring_payment(
        &self,
        caller: Caller,
        recurring_payment_id: RecurringPaymentId,
    ) -> Result<Answer<types::RecurringPaymentEnvelope>, Refusal> {
        recurring_payments::get(self, caller.identity()?, recurring_payment_id.as_str()).await
    }

    async fn send_payment(
        &self,
        caller: Caller,
        body: types::SendPayment,
    ) -> Result<Answer<types::TransferEnvelope>, Refusal> {
        wallets::send(self, caller.identity()?, Payer::Main, &body).await
    }

    async fn send_batch_payment(
        &self,
        caller: Caller,
        body: types::SendBatchPayment,
    ) -> Result<Answer<types::TransferEnvelope>, Refusal> {
        wallets::send_batch(self, caller.identity()?, &body).await
    }

    async fn get_transaction_status(
        &self,
        caller: Caller,
        transaction_uuid: TransactionId,
    ) -> Result<Answer<types::TransactionEnvelope>, Refusal> {
        wallets::transaction_status(self, caller.identity()?, transaction_uuid.as_str()).await
    }

    async fn list_wallets(&self, caller: Caller) -> Result<Answer<types::WalletList>, Refusal> {
        wallets::list(self, caller.identity()?).await
    }

    async fn create_subwallet(
        &self,
        caller: Caller,
    ) -> Result<Answer<types::SubwalletEnvelope>, Refusal> {
        subwallets::create(self, caller.identity()?).await
    }

    async fn create_chain_subwallet(
        &self,
        caller: Caller,
        body: types::CreateChainSubwallet,
    ) -> Result<Answer<types::SubwalletEnvelope>, Refusal> {
        subwallets::create_on_chain(self, caller.identity()?, body).await
    }

    async fn list_subwallets(
        &self,
        caller: Caller,
    ) -> Result<Answer<types::SubwalletList>, Refusal> {
        subwallets::list(self, caller.identity()?).await
    }

    async fn get_subwallet(
        &self,
        caller: Caller,
        sub_wallet_uuid: SubwalletId,
    ) -> Result<Answer<types::SubwalletEnvelope>, Refusal> {
        subwallets::get(self, caller.identity()?, sub_wallet_uuid.as_str()).await
    }

    async fn delete_subwallet(
        &self,
        caller: Caller,
        sub_wallet_uuid: SubwalletId,
    ) -> Result<Answer<types::DeletedSubwalletEnvelope>, Refusal> {
        subwallets::delete(self, caller.identity()?, sub_wallet_uuid.as_str()).await
    }

    async fn send_from_subwallet(
        &self,
        caller: Caller,
        sub_wallet_uuid: SubwalletId,
        body: types::SendPayment,
    ) -> Result<Answer<types::TransferEnvelope>, Refusal> {
        let payer = Payer::Sub(sub_wallet_uuid.to_string());
        wallets::send(self, caller.identity()?, payer, &body).await
    }

    async fn fetch_payment_link(
        &self,
        caller: Caller,
        payment_link_id: PaymentLinkId,
    ) -> Result<Answer<types::PaymentLinkEnvelope>, Refusal> {
        payment_links::fetch(self, caller.identity()?, payment_link_id.as_str()).await
    }

    async fn fetch_invoice(
        &self,
        caller: Caller,
        invoice_id: InvoiceId,
    ) -> Result<Answer<types::InvoiceEnvelope>, Refusal> {
        invoices::fetch(self, caller.identity()?, invoice_id.as_str()).await
    }

    async fn fetch_recurring_payment(
        &self,
        caller: Caller,
        recurring_payment_id: RecurringPaymentId,
    ) -> Result<Answer<types::RecurringPaymentEnvelope>, Refusal> {
        recurring_payments::fetch(self, caller.identity()?, recurring_payment_id.as_str()).await
    }

    async fn save_payment_link_payment(
        &self,
        caller: Caller,
        native_tokens: Option<types::NativeToken>,
        body: types::SavePayment,
    ) -> Result<Answer<types::Acknowledgement>, Refusal> {
        let native = native_tokens.as_ref();
        checkout::save::<types::PaymentLink>(self, caller.identity()?, native, body).await
    }

    async fn save_invoice_payment(
        &self,
        caller: Caller,
        native_tokens: Option<types::NativeToken>,
        body: types::SavePayment,
    ) -> Result<Answer<types::Acknowledgement>, Refusal> {
        let native = native_tokens.as_ref();
        checkout::save::<types::Invoice>(self, caller.identity()?, native, body).await
    }

    async fn save_recurring_payment(
        &self,
        caller: Caller,
        native_tokens: Option<types::NativeToken>,
        body: types::SavePayment,
    ) -> Result<Answer<types::Acknowledgement>, Refusal> {
        let native = native_tokens.as_ref();
        checkout::save::<types::RecurringPayment>(self, caller.identity()?, native, body).await
    }

    async fn verify_payment_link_payment(
        &self,
        caller: Caller,
        native_tokens: Option<types::NativeToken>,
        body: types::VerifyPayment,
    ) -> Result<Answer<types::Acknowledgement>, Refusal> {
        let native = native_tokens.as_ref();
        checkout::verify::<types::PaymentLink>(self, caller.identity()?, native, body).await
    }

    async fn verify_invoice_payment(
        &self,
        caller: Caller,
        native_tokens: Option<types::NativeToken>,
        body: types::VerifyPayment,
    ) -> Result<Answer<types::Acknowledgement>, Refusal> {
        let native = native_tokens.as_ref();
        checkout::verify::<types::Invoice>(self, caller.identity()?, native, body).await
    }

    async fn verify_recurring_payment(
        &self,
        caller: Caller,
        native_tokens: Option<types::NativeToken>,
        body: types::VerifyPayment,
    ) -> Result<Answer<types::Acknowledgement>, Refusal> {
        let native = native_tokens.as_ref();
        checkout::verify::<types::RecurringPayment>(self, caller.identity()?, native, body).await
    }

    async fn get_sui_payment_wallet(
        &self,
        caller: Caller,
    ) -> Result<Answer<types::PaymentWalletEnvelope>, Refusal> {
        payment_wallets::get(self, caller.identity()?, &types::Chain::Sui).await
    }

    async fn get_solana_payment_wallet(
        &self,
        caller: Caller,
    ) -> Result<Answer<types::PaymentWalletEnvelope>, Refusal> {
        payment_wallets::get(self, caller.identity()?, &types::Chain::Solana).await
    }

    async fn get_evm_payment_wallet(
        &self,
        caller: Caller,
        evm_chain: Option<types::EvmChain>,
        env: Option<types::Environment>,
        merchant: Option<Address>,
    ) -> Result<Answer<types::PaymentWalletEnvelope>, Refusal> {
        let (chain, merchant) = (evm_chain.as_ref(), merchant.as_ref().map(Address::as_str));
        payment_wallets::get_evm(self, caller.identity()?, chain, env.as_ref(), merchant).await
    }

    async fn get_on_ramp_data(
        &self,
        caller: Caller,
        amount: Amount,
        recipient_wallet_address: Address,
        chain: types::EvmChain,
    ) -> Result<Answer<types::OnRampEnvelope>, Refusal> {
        on_ramp::start(self, caller.identity()?, amount, recipient_wallet_address, chain).await
    }

    async fn get_on_ramp_payment_status(
        &self,
        caller: Caller,
        on_ramp_id: OnRampId,
        body: types::CheckOnRampPayment,
    ) -> Result<Answer<types::OnRampPaymentEnvelope>, Refusal> {
        on_ramp::status(self, caller.identity()?, on_ramp_id.as_str(), body).await
    }

    async fn get_business(
        &self,
        caller: Caller,
        business_id: BusinessId,
    ) -> Result<Answer<types::BusinessEnvelope>, Refusal> {
        payment_wallets::get_business(self, caller.identity()?, &business_id).await
    }

    async fn get_subwallet_balances(
        &self,
        caller: Caller,
        sub_wallet_uuid: SubwalletId,
        env: types::Environment,
    ) -> Result<Answer<types::SubwalletBalancesEnvelope>, Refusal> {
        subwallets::fetch(self, caller.identity()?, sub_wallet_uuid.as_str(), &env).await
    }

    async fn get_status(&self, _: Caller) -> Result<Answer<types::ServiceStatus>, Refusal> {
        status::get(self)
    }
}
