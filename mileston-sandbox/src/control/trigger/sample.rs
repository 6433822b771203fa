//! Creates a sample record to pay, if no id is given, and reports a payment for a record.

use mileston_api::types::{Invoice, PaymentLink, RecurringPayment, SavePayment};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::business;
use crate::control::state::Control;
use crate::generated::server::services::{
    Checkout as _, Invoices as _, PaymentLinks as _, RecurringPayments as _,
};
use crate::runtime::{Identity, Refusal};
use crate::store::Resource;

/// The default amount.
pub(super) const AMOUNT: &str = "12.50";

/// A kind of record that can be created and paid.
pub(super) trait Sample: Resource {
    /// Creates a record and returns its id.
    async fn make(control: &Control, caller: &Identity, amount: &str) -> Result<String, Refusal>;

    /// Reports a payment for a record.
    async fn report(
        control: &Control,
        caller: &Identity,
        report: SavePayment,
    ) -> Result<(), Refusal>;
}

impl Sample for PaymentLink {
    async fn make(control: &Control, caller: &Identity, amount: &str) -> Result<String, Refusal> {
        let body = json!({"amount": amount, "title": "Coffee beans"});
        let made = control.services.payment_links.create_payment_link(caller, read(body)?).await?;
        id_of(made.into_body().into_value().and_then(|body| body.payment_data))
    }

    async fn report(
        control: &Control,
        caller: &Identity,
        report: SavePayment,
    ) -> Result<(), Refusal> {
        control.services.checkout.save_payment_link_payment(caller, None, report).await.map(drop)
    }
}

impl Sample for Invoice {
    async fn make(control: &Control, caller: &Identity, amount: &str) -> Result<String, Refusal> {
        let body = json!({
            "amount": amount, "itemName": "Coffee beans", "customerEmail": "ada@example.com", "dueDate": control.store.now()?,
        });
        let made = control
            .services
            .invoices
            .create_invoice(caller, business::NAME.to_owned(), read(body)?)
            .await?;
        id_of(made.into_body().into_value().and_then(|body| body.invoice_data))
    }

    async fn report(
        control: &Control,
        caller: &Identity,
        report: SavePayment,
    ) -> Result<(), Refusal> {
        control.services.checkout.save_invoice_payment(caller, None, report).await.map(drop)
    }
}

impl Sample for RecurringPayment {
    async fn make(control: &Control, caller: &Identity, amount: &str) -> Result<String, Refusal> {
        let body = json!({
            "amount": amount, "subscriptionName": "Coffee beans", "subscriberFullName": "Ada Lovelace",
            "subscriberEmail": "ada@example.com", "recurringDate": control.store.now()?, "recurringInterval": 30,
        });
        let made = control
            .services
            .recurring_payments
            .create_recurring_payment(caller, business::NAME.to_owned(), read(body)?)
            .await?;
        id_of(made.into_body().into_value().and_then(|body| body.recurring_payment_data))
    }

    async fn report(
        control: &Control,
        caller: &Identity,
        report: SavePayment,
    ) -> Result<(), Refusal> {
        control.services.checkout.save_recurring_payment(caller, None, report).await.map(drop)
    }
}

/// Builds a body from the platform's own types, in the same way as a client.
pub(super) fn read<T: DeserializeOwned>(body: Value) -> Result<T, Refusal> {
    serde_json::from_value(body).map_err(|error| at_fault(&error))
}

fn id_of<R: Resource>(made: Option<R>) -> Result<String, Refusal> {
    made.map(|made| made.id().to_owned()).ok_or_else(|| at_fault(&"nothing was created"))
}

fn at_fault(problem: &dyn std::fmt::Display) -> Refusal {
    Refusal::internal(format!("This is a bug in the sandbox: {problem}."))
}
