//! The operations for frontends: fetching the record to pay, reporting and verifying payments, and getting the wallet
//! to pay to.

use std::sync::Arc;

use mileston_api::types::{
    Acknowledgement, BusinessEnvelope, Chain, CheckOnRampPayment, Environment, EvmChain, Invoice,
    InvoiceEnvelope, InvoiceStatus, NativeToken, OnRampEnvelope, OnRampPaymentEnvelope,
    PaymentLink, PaymentLinkEnvelope, PaymentWalletEnvelope, RecurringPayment,
    RecurringPaymentEnvelope, SavePayment, SubwalletBalancesEnvelope, VerifyPayment,
};
use mileston_api::{
    Address, Amount, BusinessId, InvoiceId, OnRampId, PaymentLinkId, RecurringPaymentId,
    SubwalletId,
};

use super::success::Success;
use super::{
    invoices, on_ramp, payment_links, payment_wallets, payments, recurring_payments, subwallets,
};
use crate::environment::environment;
use crate::generated::server::answers::Answer;
use crate::generated::server::services;
use crate::links::Links;
use crate::runtime::Identity;
use crate::store::Store;
use crate::webhooks::Courier;

type Acknowledged = Success<Acknowledgement>;

/// The checkout operations for all businesses. They announce payments through the courier.
#[derive(Clone)]
pub(crate) struct Checkout {
    pub(super) store: Arc<Store>,
    pub(super) courier: Arc<Courier>,
    pub(super) links: Links,
}

impl services::Checkout for Checkout {
    async fn fetch_payment_link(
        &self,
        caller: &Identity,
        payment_link_id: PaymentLinkId,
    ) -> Success<PaymentLinkEnvelope> {
        let link = payment_links::find(&self.store, caller, payment_link_id).await?;
        let link = link.with_env(environment(caller.mode));
        Ok(Answer::ok(payment_links::envelope(&self.links, link, 200, "Payment link found")))
    }

    /// Returns the invoice with `status` and `env`. Responses to backends don't have these fields.
    async fn fetch_invoice(
        &self,
        caller: &Identity,
        invoice_id: InvoiceId,
    ) -> Success<InvoiceEnvelope> {
        let kept = invoices::find(&self.store, caller, invoice_id).await?;
        let status = if kept.is_paid() { InvoiceStatus::Paid } else { InvoiceStatus::Pending };
        let invoice = kept.data.with_status(status).with_env(environment(caller.mode));
        Ok(Answer::ok(invoices::envelope(&self.links, invoice, 200, "Invoice found")))
    }

    async fn fetch_recurring_payment(
        &self,
        caller: &Identity,
        recurring_payment_id: RecurringPaymentId,
    ) -> Success<RecurringPaymentEnvelope> {
        let payment = recurring_payments::find(&self.store, caller, recurring_payment_id).await?;
        let payment = payment.with_env(environment(caller.mode));
        Ok(Answer::ok(recurring_payments::envelope(payment, 200, "Recurring payment found")))
    }

    async fn save_payment_link_payment(
        &self,
        caller: &Identity,
        native_tokens: Option<NativeToken>,
        body: SavePayment,
    ) -> Acknowledged {
        payments::save::<PaymentLink>(&self.courier, caller, native_tokens.as_ref(), body).await
    }

    async fn save_invoice_payment(
        &self,
        caller: &Identity,
        native_tokens: Option<NativeToken>,
        body: SavePayment,
    ) -> Acknowledged {
        payments::save::<Invoice>(&self.courier, caller, native_tokens.as_ref(), body).await
    }

    async fn save_recurring_payment(
        &self,
        caller: &Identity,
        native_tokens: Option<NativeToken>,
        body: SavePayment,
    ) -> Acknowledged {
        let native = native_tokens.as_ref();
        payments::save::<RecurringPayment>(&self.courier, caller, native, body).await
    }

    async fn verify_payment_link_payment(
        &self,
        caller: &Identity,
        native_tokens: Option<NativeToken>,
        body: VerifyPayment,
    ) -> Acknowledged {
        payments::verify::<PaymentLink>(&self.courier, caller, native_tokens.as_ref(), body).await
    }

    async fn verify_invoice_payment(
        &self,
        caller: &Identity,
        native_tokens: Option<NativeToken>,
        body: VerifyPayment,
    ) -> Acknowledged {
        payments::verify::<Invoice>(&self.courier, caller, native_tokens.as_ref(), body).await
    }

    async fn verify_recurring_payment(
        &self,
        caller: &Identity,
        native_tokens: Option<NativeToken>,
        body: VerifyPayment,
    ) -> Acknowledged {
        let native = native_tokens.as_ref();
        payments::verify::<RecurringPayment>(&self.courier, caller, native, body).await
    }

    async fn get_sui_payment_wallet(&self, caller: &Identity) -> Success<PaymentWalletEnvelope> {
        payment_wallets::get(&self.store, caller, &Chain::Sui).await
    }

    async fn get_solana_payment_wallet(&self, caller: &Identity) -> Success<PaymentWalletEnvelope> {
        payment_wallets::get(&self.store, caller, &Chain::Solana).await
    }

    async fn get_evm_payment_wallet(
        &self,
        caller: &Identity,
        evm_chain: Option<EvmChain>,
        env: Option<Environment>,
        merchant: Option<Address>,
    ) -> Success<PaymentWalletEnvelope> {
        let (chain, merchant) = (evm_chain.as_ref(), merchant.as_ref().map(Address::as_str));
        payment_wallets::get_evm(&self.store, caller, chain, env.as_ref(), merchant).await
    }

    async fn get_on_ramp_data(
        &self,
        caller: &Identity,
        amount: Amount,
        recipient_wallet_address: Address,
        chain: EvmChain,
    ) -> Success<OnRampEnvelope> {
        let parts = (&*self.store, &self.links);
        on_ramp::start(parts, caller, amount, recipient_wallet_address, chain).await
    }

    async fn get_on_ramp_payment_status(
        &self,
        caller: &Identity,
        on_ramp_id: OnRampId,
        body: CheckOnRampPayment,
    ) -> Success<OnRampPaymentEnvelope> {
        on_ramp::status(&self.store, caller, on_ramp_id.as_str(), body).await
    }

    async fn get_business(
        &self,
        caller: &Identity,
        business_id: BusinessId,
    ) -> Success<BusinessEnvelope> {
        payment_wallets::get_business(&self.store, caller, &business_id).await
    }

    async fn get_subwallet_balances(
        &self,
        caller: &Identity,
        sub_wallet_uuid: SubwalletId,
        env: Environment,
    ) -> Success<SubwalletBalancesEnvelope> {
        subwallets::fetch(&self.store, caller, sub_wallet_uuid.as_str(), &env).await
    }
}
