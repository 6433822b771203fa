//! Defines the traits that `Wait` uses to check for payments through the checkout service.

use std::fmt;
use std::future::Future;

use mileston_keys::scope;
use openapi_keys_runtime::MaybeSend;

use crate::types::{
    Acknowledgement, Invoice, InvoiceStatus, NativeToken, PaymentLink, RecurringPayment,
    RecurringPaymentStatus, Token, VerifyPayment,
};
use crate::{Client, Error, InvoiceId, RecurringPaymentId};

/// The id of a record that has a payment status: an invoice or a recurring payment. Other crates can't implement this
/// trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` doesn't say whether it is paid, so you can't wait for it",
    label = "expected an `InvoiceId` or a `RecurringPaymentId`",
    note = "wait for a payment from a wallet with `Wait::new().until_settled(&client, &transaction_id).await?`",
    note = "a payment link has no status; use a webhook to learn of its payment, or look for the payment in the wallet with a `VerifyPayment`: `Wait::new().until_verified::<PaymentLink, _>(&client, &question).await?`"
)]
pub trait Payable: sealed::Sealed + Sync {
    /// The record that the id identifies.
    type Record: fmt::Debug;

    #[doc(hidden)]
    fn fetch<K: scope::Checkout>(
        &self,
        client: &Client<K>,
    ) -> impl Future<Output = Result<Option<Self::Record>, Error>> + MaybeSend;

    #[doc(hidden)]
    fn is_paid(record: &Self::Record) -> bool;
}

/// A record whose payment the platform can look for in a wallet. Other crates can't implement this trait.
#[diagnostic::on_unimplemented(
    message = "the platform can't verify a payment for `{Self}`",
    label = "expected `PaymentLink`, `Invoice` or `RecurringPayment`",
    note = "use the type of the record that is paid, not of its id: \
    `Wait::new().until_verified::<PaymentLink, _>(&client, &question).await?`"
)]
pub trait Verifiable: sealed::Sealed {
    #[doc(hidden)]
    fn verify<K: scope::Checkout>(
        client: &Client<K>,
        question: &VerifyPayment,
    ) -> impl Future<Output = Result<Acknowledgement, Error>> + MaybeSend;
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

/// Implements `Verifiable` for each record type, using that type's own operation. The three operations differ only in
/// their names.
macro_rules! verifiable {
    ($($record:ident: $verify:ident)+) => {$(
        impl Verifiable for $record {
            async fn verify<K: scope::Checkout>(
                client: &Client<K>,
                question: &VerifyPayment,
            ) -> Result<Acknowledgement, Error> {
                let checkout = client.checkout();
                let call = checkout.$verify(question);
                match native(&question.token) {
                    Some(token) => call.native_tokens(token).await,
                    None => call.await,
                }
            }
        }
    )+};
}

verifiable! {
    PaymentLink: verify_payment_link_payment_from
    Invoice: verify_invoice_payment_from
    RecurringPayment: verify_recurring_payment_from
}

/// Returns the token if it is the native token of its chain. The vendor's SDK sends a native token both in the query
/// and in the body.
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

    /// An integration test isn't possible, because native tokens can't be used with a test key, and a live key is never
    /// sent to a test server.
    #[test]
    fn native_tokens_are_named() {
        let named = |token: &str| native(&token.into()).map(|token| token.as_str().to_owned());
        for token in ["ETH", "POL", "AVAX", "SOL"] {
            assert_eq!(named(token).as_deref(), Some(token));
        }
        for token in ["USDC", "USDT", "EURC", "eth"] {
            assert_eq!(named(token), None);
        }
    }
}
