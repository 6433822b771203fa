//! What can be waited for at checkout.

use std::fmt;
use std::future::Future;

use mileston_keys::scope;

use crate::types::{
    Acknowledgement, Invoice, InvoiceStatus, NativeToken, PaymentLink, RecurringPayment,
    RecurringPaymentStatus, Token, VerifyPayment,
};
use crate::{Client, Error, InvoiceId, RecurringPaymentId};

/// The id of something that says whether it is paid: an invoice or a recurring payment. Nothing else can implement it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` doesn't say whether it is paid, so waiting for that is not possible",
    label = "expected an `InvoiceId` or a `RecurringPaymentId`",
    note = "a payment link has no status: wait with `Wait::new().until_verified::<PaymentLink, _>(&client, &question)`, where `question` is a `VerifyPayment`, or let a webhook report the payment",
    note = "wait for a payment from a wallet with `Wait::new().until_settled(&client, &transaction_id)`"
)]
pub trait Payable: sealed::Sealed + Sync {
    /// What the id is of.
    type Record: fmt::Debug;

    #[doc(hidden)]
    fn fetch<K: scope::Checkout>(
        &self,
        client: &Client<K>,
    ) -> impl Future<Output = Result<Option<Self::Record>, Error>> + Send;

    #[doc(hidden)]
    fn is_paid(record: &Self::Record) -> bool;
}

/// Something whose payment the platform can look for in a wallet. Nothing else can implement it.
#[diagnostic::on_unimplemented(
    message = "the platform can't verify a payment of `{Self}`",
    label = "expected `PaymentLink`, `Invoice` or `RecurringPayment`",
    note = "name the type of what is paid, not of its id: `until_verified::<PaymentLink, _>(&client, &question)`"
)]
pub trait Verifiable: sealed::Sealed {
    #[doc(hidden)]
    fn verify<K: scope::Checkout>(
        client: &Client<K>,
        question: &VerifyPayment,
    ) -> impl Future<Output = Result<Acknowledgement, Error>> + Send;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::InvoiceId {}
    impl Sealed for super::RecurringPaymentId {}
    impl Sealed for super::PaymentLink {}
    impl Sealed for super::Invoice {}
    impl Sealed for super::RecurringPayment {}
}

impl Payable for InvoiceId {
    type Record = Invoice;

    async fn fetch<K: scope::Checkout>(
        &self,
        client: &Client<K>,
    ) -> Result<Option<Invoice>, Error> {
        Ok(client.checkout().fetch_invoice(self).await?.invoice_data)
    }

    fn is_paid(invoice: &Invoice) -> bool {
        invoice.status == Some(InvoiceStatus::Paid)
    }
}

impl Payable for RecurringPaymentId {
    type Record = RecurringPayment;

    async fn fetch<K: scope::Checkout>(
        &self,
        client: &Client<K>,
    ) -> Result<Option<RecurringPayment>, Error> {
        Ok(client.checkout().fetch_recurring_payment(self).await?.recurring_payment_data)
    }

    fn is_paid(payment: &RecurringPayment) -> bool {
        payment.current_payment_status == Some(RecurringPaymentStatus::Paid)
    }
}

/// The three operations differ in their name alone.
macro_rules! verifiable {
    ($($record:ident: $operation:ident)+) => {$(
        impl Verifiable for $record {
            async fn verify<K: scope::Checkout>(
                client: &Client<K>,
                question: &VerifyPayment,
            ) -> Result<Acknowledgement, Error> {
                let checkout = client.checkout();
                let call = checkout.$operation(question);
                match native(&question.token) {
                    Some(token) => call.native_tokens(token).await,
                    None => call.await,
                }
            }
        }
    )+};
}

verifiable! {
    PaymentLink: verify_payment_link_payment
    Invoice: verify_invoice_payment
    RecurringPayment: verify_recurring_payment
}

/// What the vendor's SDK names in the query beside the body: a token that is its chain's own (`mileston-payment-client`
/// 0.9.3, `dist/index.mjs`).
fn native(token: &Token) -> Option<NativeToken> {
    match token {
        Token::Eth => Some(NativeToken::Eth),
        Token::Pol => Some(NativeToken::Pol),
        Token::Avax => Some(NativeToken::Avax),
        Token::Sol => Some(NativeToken::Sol),
        Token::Usdc | Token::Usdt | Token::Unknown(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From outside it cannot be shown: with a test key no native token is paid in, and a live key reaches no server of
    /// a test.
    #[test]
    fn the_tokens_that_are_a_chains_own_are_named() {
        let named = |token: &str| native(&token.into()).map(|token| token.as_str().to_owned());
        for token in ["ETH", "POL", "AVAX", "SOL"] {
            assert_eq!(named(token).as_deref(), Some(token));
        }
        for token in ["USDC", "USDT", "EURC", "eth"] {
            assert_eq!(named(token), None);
        }
    }
}
