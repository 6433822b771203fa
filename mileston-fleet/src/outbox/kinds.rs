//! The writes that an outbox can send.

use mileston_api::keys::scope;
use mileston_api::reconcile::{CreateCheck, Record, check_created_by_name};
use mileston_api::types::{
    CreateInvoice, CreatePaymentLink, CreateRecurringPayment, Invoice, PaymentLink,
    RecurringPayment, SendBatchPayment, SendPayment, TransferEnvelope,
};
use mileston_api::{Client, Error};
use serde::{Deserialize, Serialize};

use super::intent::sealed::{Name, Sealed};
use super::{Intent, Look, Sent, Write};

/// A new payment link. Its title must be unique.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NewPaymentLink(pub CreatePaymentLink);

/// A new invoice. Its item name must be unique.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewInvoice {
    /// The name of the business, as the customer sees it.
    pub business_name: String,
    /// The invoice.
    pub body: CreateInvoice,
}

/// A new recurring payment. Its subscription name must be unique.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewRecurringPayment {
    /// The name of the business, as the subscriber sees it.
    pub business_name: String,
    /// The recurring payment.
    pub body: CreateRecurringPayment,
}

/// A payment from the business's wallet. The platform has no list of such payments, so if a response is lost, a person
/// always has to decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WalletPayment(pub SendPayment);

/// Payments to several recipients from the business's wallet. The platform has no list of such payments, so if a
/// response is lost, a person always has to decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WalletBatchPayment(pub SendBatchPayment);

fn named(name: Option<&String>) -> Name<'_> {
    name.map(|name| name.trim()).filter(|name| !name.is_empty()).map_or(Name::Missing, Name::Of)
}

async fn look<R: Record, K: scope::Normal>(
    client: &Client<K>,
    body: &R::Create,
    id: impl Fn(&R) -> String,
) -> Result<Look, Error> {
    Ok(match check_created_by_name::<R, K>(client, body).await? {
        CreateCheck::Created(record) => Look::Found(id(&record)),
        CreateCheck::Candidates(records) => Look::Candidates(records.iter().map(id).collect()),
        CreateCheck::NotSeen { complete } => Look::NotSeen { complete },
        // A later version of `CreateCheck` may have more variants. Treat them like an incomplete list, which proves
        // nothing.
        _ => Look::NotSeen { complete: false },
    })
}

/// Reads the response to a payment. The id of the transaction is in one of two places in the response.
fn transferred(response: TransferEnvelope) -> Sent {
    let inside = response.data.and_then(|data| data.transaction_uuid);
    Sent { record: response.transaction_uuid.or(inside).map(|id| id.to_string()) }
}

impl Write for NewPaymentLink {}

impl Sealed for NewPaymentLink {
    const KIND: &'static str = "payment-link";

    fn name(&self) -> Name<'_> {
        named(self.0.title.as_ref())
    }
}

impl<K: scope::Normal> Intent<K> for NewPaymentLink {
    async fn send(&self, client: &Client<K>) -> Result<Sent, Error> {
        let response = client.payment_links().create_from(&self.0).await?;
        Ok(Sent { record: response.payment_data.map(|link| link.payment_link_id.to_string()) })
    }

    async fn look(&self, client: &Client<K>) -> Result<Look, Error> {
        look::<PaymentLink, K>(client, &self.0, |link| link.payment_link_id.to_string()).await
    }
}

impl Write for NewInvoice {}

impl Sealed for NewInvoice {
    const KIND: &'static str = "invoice";

    fn name(&self) -> Name<'_> {
        named(Some(&self.body.item_name))
    }
}

impl<K: scope::Normal> Intent<K> for NewInvoice {
    async fn send(&self, client: &Client<K>) -> Result<Sent, Error> {
        let call = client.invoices().create_from(&self.business_name, &self.body);
        let response = call.await?;
        Ok(Sent { record: response.invoice_data.map(|invoice| invoice.invoice_id.to_string()) })
    }

    async fn look(&self, client: &Client<K>) -> Result<Look, Error> {
        look::<Invoice, K>(client, &self.body, |invoice| invoice.invoice_id.to_string()).await
    }
}

impl Write for NewRecurringPayment {}

impl Sealed for NewRecurringPayment {
    const KIND: &'static str = "recurring-payment";

    fn name(&self) -> Name<'_> {
        named(Some(&self.body.subscription_name))
    }
}

impl<K: scope::Normal> Intent<K> for NewRecurringPayment {
    async fn send(&self, client: &Client<K>) -> Result<Sent, Error> {
        let call = client.recurring_payments().create_from(&self.business_name, &self.body);
        let response = call.await?;
        let record = response.recurring_payment_data;
        Ok(Sent { record: record.map(|record| record.recurring_payment_id.to_string()) })
    }

    async fn look(&self, client: &Client<K>) -> Result<Look, Error> {
        let id = |record: &RecurringPayment| record.recurring_payment_id.to_string();
        look::<RecurringPayment, K>(client, &self.body, id).await
    }
}

impl Write for WalletPayment {}

impl Sealed for WalletPayment {
    const KIND: &'static str = "wallet-payment";

    fn name(&self) -> Name<'_> {
        Name::NoList
    }
}

impl<K: scope::Wallet> Intent<K> for WalletPayment {
    async fn send(&self, client: &Client<K>) -> Result<Sent, Error> {
        let call = client.wallets().send_payment_from(&self.0);
        Ok(transferred(call.await?))
    }

    async fn look(&self, _: &Client<K>) -> Result<Look, Error> {
        Ok(Look::NoList)
    }
}

impl Write for WalletBatchPayment {}

impl Sealed for WalletBatchPayment {
    const KIND: &'static str = "wallet-batch-payment";

    fn name(&self) -> Name<'_> {
        Name::NoList
    }
}

impl<K: scope::Wallet> Intent<K> for WalletBatchPayment {
    async fn send(&self, client: &Client<K>) -> Result<Sent, Error> {
        let call = client.wallets().send_batch_payment(self.0.clone());
        Ok(transferred(call.await?))
    }

    async fn look(&self, _: &Client<K>) -> Result<Look, Error> {
        Ok(Look::NoList)
    }
}
