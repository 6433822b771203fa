//! A shop and its paying customer.

use mileston_api::{Client, PaymentId, amount, operations, token_amount, types};
use mileston_keys::{CheckoutKey, NormalKey, Test};
use mileston_sandbox::{Credentials, Sandbox};

/// The kinds of records that can be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Link,
    Invoice,
    Recurring,
}

pub(crate) const KINDS: [Kind; 3] = [Kind::Link, Kind::Invoice, Kind::Recurring];

impl Kind {
    pub(crate) fn event(self) -> &'static str {
        match self {
            Kind::Link => "paymentlink-paid",
            Kind::Invoice => "invoice-paid",
            Kind::Recurring => "recurring-paid",
        }
    }
}

pub(crate) struct Shop {
    backend: Client<NormalKey<Test>>,
    pub(crate) frontend: Client<CheckoutKey<Test>>,
    business: String,
}

impl Shop {
    pub(crate) fn of(sandbox: &Sandbox) -> Self {
        Shop::at(sandbox.url(), sandbox.credentials())
    }

    pub(crate) fn at(url: &str, credentials: &Credentials) -> Self {
        let (normal, checkout) = (credentials.normal_key(), credentials.checkout_key());
        Shop::with(url, credentials.business_id().as_str(), normal.clone(), checkout.clone())
    }

    pub(crate) fn with(
        url: &str,
        business: &str,
        normal: NormalKey<Test>,
        checkout: CheckoutKey<Test>,
    ) -> Self {
        let backend = Client::new(normal, business).unwrap().with_origin(url).unwrap();
        let frontend = Client::new(checkout, business).unwrap().with_origin(url).unwrap();
        Shop { backend, frontend, business: business.to_owned() }
    }

    /// Creates a record of this kind for 12.50, and pays for it.
    pub(crate) async fn sell(&self, kind: Kind) -> String {
        let id = self.ask(kind).await;
        self.pay(kind, &id).await.unwrap();
        id
    }

    pub(crate) async fn ask(&self, kind: Kind) -> String {
        let (email, date) = ("ada@example.com", "2031-01-31T00:00:00.000Z");
        match kind {
            Kind::Link => {
                let made = self.backend.payment_links().create("12.50").await.unwrap();
                made.payment_data.unwrap().payment_link_id.into()
            }
            Kind::Invoice => {
                let wanted = operations::CreateInvoiceArguments {
                    business_name: "Shop".to_owned(),
                    amount: amount!("12.50"),
                    item_name: "A chair".to_owned(),
                    customer_email: email.parse().unwrap(),
                    due_date: date.parse().unwrap(),
                };
                let made = self.backend.invoices().create(wanted).await.unwrap();
                made.invoice_data.unwrap().invoice_id.into()
            }
            Kind::Recurring => {
                let wanted = operations::CreateRecurringPaymentArguments {
                    business_name: "Shop".to_owned(),
                    amount: amount!("12.50"),
                    subscription_name: "Newsletter".to_owned(),
                    subscriber_full_name: "Ada Lovelace".to_owned(),
                    subscriber_email: email.parse().unwrap(),
                    recurring_date: date.parse().unwrap(),
                    recurring_interval: 30,
                };
                let made = self.backend.recurring_payments().create(wanted).await.unwrap();
                made.recurring_payment_data.unwrap().recurring_payment_id.into()
            }
        }
    }

    pub(crate) async fn pay(&self, kind: Kind, id: &str) -> Result<(), mileston_api::Error> {
        self.pay_by(kind, id, &format!("transaction of {id}")).await
    }

    /// Reports a payment with this transaction signature.
    pub(crate) async fn pay_by(
        &self,
        kind: Kind,
        id: &str,
        transaction: &str,
    ) -> Result<(), mileston_api::Error> {
        let wallet = |digits: &str| format!("0x{}", digits.repeat(32)).parse().unwrap();
        let report = types::SavePaymentRequired {
            payment_link_id: PaymentId::from(id),
            payer: wallet("11"),
            recipient_wallet_address: wallet("22"),
            amount: token_amount!("12.50"),
            user_uuid: self.business.clone(),
            transaction_signature: transaction.to_owned(),
            chain: types::Chain::Sui,
        };
        let checkout = self.frontend.checkout();
        match kind {
            Kind::Link => checkout.save_payment_link_payment(report).await.map(drop),
            Kind::Invoice => checkout.save_invoice_payment(report).await.map(drop),
            Kind::Recurring => checkout.save_recurring_payment(report).await.map(drop),
        }
    }
}
