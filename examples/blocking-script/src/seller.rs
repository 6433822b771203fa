//! Makes the calls. The script isn't async: `Runtime::run` waits for each call.

use std::time::Duration;

use mileston_api::blocking::{InsideRuntime, Runtime};
use mileston_api::operations::CreateInvoiceArguments;
use mileston_api::reconcile::{CreateCheck, Snapshot};
use mileston_api::types::Invoice;
use mileston_api::{
    BusinessId, CheckoutClient, CheckoutKey, Client, Error, InvoiceId, NormalClient, NormalKey,
    Outcome, Test, Timestamp, Wait, WaitError,
};

use crate::failure::Failure;
use crate::order::Order;

const WEEK: i64 = 7 * 24 * 60 * 60 * 1000;

/// The clients, one for each key, and the runtime that waits for their calls.
pub(crate) struct Seller {
    /// Waits for calls from both clients.
    runtime: Runtime,
    /// Creates and lists invoices.
    backend: NormalClient<Test>,
    /// Checks whether an invoice is paid.
    checkout: CheckoutClient<Test>,
}

/// An invoice that was created.
pub(crate) struct Billed {
    /// The id of the invoice, to check later whether it is paid.
    pub(crate) id: InvoiceId,
    /// The URL where the customer pays. `None` if the response was lost; then only the
    /// email contains the URL.
    pub(crate) link: Option<String>,
}

impl Seller {
    pub(crate) fn from_env() -> Result<Self, Failure> {
        let usage = |error: Error| Failure::Usage(error.to_string());
        let business = BusinessId::from_env("MILESTON_BUSINESS_ID")?;
        let mut backend =
            Client::new(NormalKey::from_env("MILESTON_KEY")?, &business).map_err(usage)?;
        let key = CheckoutKey::from_env("MILESTON_CHECKOUT_KEY")?;
        let mut checkout = Client::new(key, &business).map_err(usage)?;
        // The origin of the sandbox. Without this variable, the calls go to the real platform.
        if let Some(origin) = std::env::var_os("MILESTON_URL") {
            let origin = origin.to_string_lossy();
            backend = backend.with_origin(&origin).map_err(usage)?;
            checkout = checkout.with_origin(&origin).map_err(usage)?;
        }
        let runtime = Runtime::new().map_err(|error| Failure::Failed(error.to_string()))?;
        Ok(Seller { runtime, backend, checkout })
    }

    /// Creates an invoice. If the outcome is unknown, looks for the invoice instead of creating a second one.
    pub(crate) fn bill(&self, order: &Order) -> Result<Billed, Failure> {
        let now = Timestamp::now().map_err(|error| Failure::Failed(error.to_string()))?;
        let due_date = Timestamp::from_millisecond(now.as_millisecond() + WEEK);
        let call = self.backend.invoices().create(CreateInvoiceArguments {
            business_name: "Example Shop".to_owned(),
            amount: order.amount,
            item_name: order.item.clone(),
            customer_email: order.email.clone(),
            due_date: due_date.map_err(|error| Failure::Failed(error.to_string()))?,
        });
        let body = call.body().map_err(|error| Failure::of_write(&error))?.clone();
        let before = self.run(Snapshot::<Invoice>::take(&self.backend))?;
        let before = before.map_err(|error| Failure::Failed(error.to_string()))?;
        let error = match self.run(call)? {
            Ok(response) => {
                let id = response.invoice_data().map(|invoice| invoice.invoice_id.clone());
                let link = response.invoice_link().map(str::to_owned);
                let billed = id.and_then(|id| Ok(Billed { id, link: Some(link?) }));
                return billed.map_err(|error| Failure::of_write(&error));
            }
            Err(error) => error,
        };
        if error.outcome() == Outcome::Unknown
            && let Ok(CreateCheck::Created(invoice)) =
                self.run(before.check_created(&self.backend, &body))?
        {
            return Ok(Billed { id: invoice.invoice_id, link: None });
        }
        Err(Failure::of_write(&error))
    }

    /// Waits until the invoice is paid. Only the checkout operations report that.
    pub(crate) fn wait(&self, id: &InvoiceId, deadline: Duration) -> Result<Invoice, Failure> {
        let wait = Wait::new().deadline(deadline);
        self.run(wait.until_paid(&self.checkout, id))?.map_err(|error| match error {
            WaitError::Deadline { .. } => Failure::NotPaid(format!("invoice {id}: {error}")),
            _ => Failure::Failed(format!("invoice {id}: {error}")),
        })
    }

    fn run<T>(&self, call: impl IntoFuture<Output = T>) -> Result<T, Failure> {
        self.runtime.run(call).map_err(|error: InsideRuntime| Failure::Failed(error.to_string()))
    }
}
