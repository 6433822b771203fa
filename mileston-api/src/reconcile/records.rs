//! Defines the records that can be checked: payment links, invoices and recurring payments.

use std::fmt;
use std::future::Future;

use mileston_keys::scope;
use openapi_keys_runtime::MaybeSend;

use super::comparison::{Comparison, is_name, resembles, same, same_amount};
use crate::types::{
    CreateInvoice, CreatePaymentLink, CreateRecurringPayment, Invoice, PaymentLink,
    RecurringPayment, UpdateInvoice, UpdatePaymentLink, UpdateRecurringPayment,
};
use crate::{Client, Error, ErrorKind, InvoiceId, PaymentLinkId, RecurringPaymentId};

/// A record that the platform stores and lists. The trait is sealed, so only this crate's types
/// implement it.
#[diagnostic::on_unimplemented(
    message = "the platform doesn't list `{Self}`, so it can't be checked",
    label = "expected `PaymentLink`, `Invoice` or `RecurringPayment`",
    note = "for payments from a wallet, use `Balances` or `Wait::new().until_settled(&client, &transaction_id).await?`",
    note = "use the type of the record, not of its id or of the body that creates it: `Snapshot::<PaymentLink>::take(&client).await?`"
)]
pub trait Record: sealed::Sealed + Clone + fmt::Debug + Send {
    /// The type of the record's id.
    type Id: Clone + fmt::Debug + Ord + Send + Sync;
    /// The body of a request that creates such a record.
    type Create: Sync;
    /// The body of a request that updates such a record.
    type Update: Sync;

    #[doc(hidden)]
    fn list<K: scope::Normal>(
        client: &Client<K>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Self>, Error>> + MaybeSend;

    #[doc(hidden)]
    fn get<K: scope::Normal>(
        client: &Client<K>,
        id: &Self::Id,
    ) -> impl Future<Output = Result<Option<Self>, Error>> + MaybeSend;

    #[doc(hidden)]
    fn id(&self) -> Self::Id;

    #[doc(hidden)]
    fn compare(&self, body: &Self::Create) -> Comparison;

    /// Returns whether the record has the body's title or name unchanged.
    #[doc(hidden)]
    fn is_named_by(&self, body: &Self::Create) -> bool {
        is_name(self.name(), Self::name_in(body))
    }

    /// Returns whether the record's title or name could be the body's after the platform changed it.
    #[doc(hidden)]
    fn is_namesake_of(&self, body: &Self::Create) -> bool {
        resembles(self.name(), Self::name_in(body))
    }

    /// Returns the title or name in a body, or `None` if it has none.
    #[doc(hidden)]
    fn name_in(body: &Self::Create) -> Option<&String>;

    /// Returns the title or name of a record.
    #[doc(hidden)]
    fn name(&self) -> Option<&String>;

    /// Returns whether the record resembles the body in a field that can identify it, other than the title or name.
    #[doc(hidden)]
    fn resembles(&self, body: &Self::Create) -> bool;

    /// Compares the record's amount with the body's.
    #[doc(hidden)]
    fn amount_of(&self, body: &Self::Create) -> Comparison;

    #[doc(hidden)]
    fn has(&self, body: &Self::Update) -> Comparison;

    #[doc(hidden)]
    fn id_of(body: &Self::Update) -> Self::Id;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::PaymentLink {}
    impl Sealed for super::Invoice {}
    impl Sealed for super::RecurringPayment {}
}

/// Returns `None` if the response has a 2xx status, but contains no record or reports an error in its body. For a
/// check, such a response isn't an error, but it proves nothing.
fn or_none<T>(response: Result<T, Error>) -> Result<Option<T>, Error> {
    match response {
        Err(error) if matches!(error.kind(), ErrorKind::NoRecord | ErrorKind::ErrorInBody) => {
            Ok(None)
        }
        other => other.map(Some),
    }
}

impl Record for PaymentLink {
    type Id = PaymentLinkId;
    type Create = CreatePaymentLink;
    type Update = UpdatePaymentLink;

    async fn list<K: scope::Normal>(client: &Client<K>, limit: u32) -> Result<Vec<Self>, Error> {
        let listed = client.payment_links().list().limit(limit).with_response().await?;
        Ok(listed.whole()?.payment_data)
    }

    async fn get<K: scope::Normal>(
        client: &Client<K>,
        id: &PaymentLinkId,
    ) -> Result<Option<Self>, Error> {
        Ok(or_none(client.payment_links().get(id).await)?
            .and_then(|response| response.payment_data))
    }

    fn id(&self) -> PaymentLinkId {
        self.payment_link_id.clone()
    }

    fn compare(&self, body: &CreatePaymentLink) -> Comparison {
        Comparison::of([
            self.amount_of(body),
            same(self.title.as_ref(), body.title.as_ref()),
            same(self.description.as_ref(), body.description.as_ref()),
            same(self.redirect_url.as_ref(), body.redirect_url.as_ref()),
            same(self.logo_url.as_ref(), body.logo_url.as_ref()),
            same(self.banner_url.as_ref(), body.banner_url.as_ref()),
        ])
    }

    fn name_in(body: &CreatePaymentLink) -> Option<&String> {
        body.title.as_ref()
    }

    fn name(&self) -> Option<&String> {
        self.title.as_ref()
    }

    fn resembles(&self, body: &CreatePaymentLink) -> bool {
        resembles(self.description.as_ref(), body.description.as_ref())
            || resembles(self.redirect_url.as_ref(), body.redirect_url.as_ref())
    }

    fn amount_of(&self, body: &CreatePaymentLink) -> Comparison {
        same_amount(self.amount.as_ref(), Some(body.amount))
    }

    fn has(&self, body: &UpdatePaymentLink) -> Comparison {
        Comparison::of([
            same_amount(self.amount.as_ref(), body.amount),
            same(self.title.as_ref(), body.title.as_ref()),
            same(self.description.as_ref(), body.description.as_ref()),
            same(self.redirect_url.as_ref(), body.redirect_url.as_ref()),
            same(self.logo_url.as_ref(), body.logo_url.as_ref()),
            same(self.banner_url.as_ref(), body.banner_url.as_ref()),
        ])
    }

    fn id_of(body: &UpdatePaymentLink) -> PaymentLinkId {
        body.payment_link_id.clone()
    }
}

impl Record for Invoice {
    type Id = InvoiceId;
    type Create = CreateInvoice;
    type Update = UpdateInvoice;

    async fn list<K: scope::Normal>(client: &Client<K>, limit: u32) -> Result<Vec<Self>, Error> {
        let listed = client.invoices().list().limit(limit).with_response().await?;
        Ok(listed.whole()?.invoice_data)
    }

    async fn get<K: scope::Normal>(
        client: &Client<K>,
        id: &InvoiceId,
    ) -> Result<Option<Self>, Error> {
        Ok(or_none(client.invoices().get(id).await)?.and_then(|response| response.invoice_data))
    }

    fn id(&self) -> InvoiceId {
        self.invoice_id.clone()
    }

    fn compare(&self, body: &CreateInvoice) -> Comparison {
        Comparison::of([
            self.amount_of(body),
            same(self.item_name.as_ref(), Some(&body.item_name)),
            same(self.customer_email.as_ref(), Some(&body.customer_email)),
            same(self.due_date.as_ref(), Some(&body.due_date)),
        ])
    }

    fn name_in(body: &CreateInvoice) -> Option<&String> {
        Some(&body.item_name)
    }

    fn name(&self) -> Option<&String> {
        self.item_name.as_ref()
    }

    fn resembles(&self, body: &CreateInvoice) -> bool {
        resembles(self.customer_email.as_ref(), Some(&body.customer_email))
    }

    fn amount_of(&self, body: &CreateInvoice) -> Comparison {
        same_amount(self.amount.as_ref(), Some(body.amount))
    }

    fn has(&self, body: &UpdateInvoice) -> Comparison {
        Comparison::of([
            same_amount(self.amount.as_ref(), body.amount),
            same(self.item_name.as_ref(), body.item_name.as_ref()),
            same(self.customer_email.as_ref(), body.customer_email.as_ref()),
            same(self.due_date.as_ref(), body.due_date.as_ref()),
            same(self.add_pdf.as_ref(), body.add_pdf.as_ref()),
        ])
    }

    fn id_of(body: &UpdateInvoice) -> InvoiceId {
        body.invoice_id.clone()
    }
}

impl Record for RecurringPayment {
    type Id = RecurringPaymentId;
    type Create = CreateRecurringPayment;
    type Update = UpdateRecurringPayment;

    async fn list<K: scope::Normal>(client: &Client<K>, limit: u32) -> Result<Vec<Self>, Error> {
        let listed = client.recurring_payments().list().limit(limit).with_response().await?;
        Ok(listed.whole()?.recurring_payment_data)
    }

    async fn get<K: scope::Normal>(
        client: &Client<K>,
        id: &RecurringPaymentId,
    ) -> Result<Option<Self>, Error> {
        Ok(or_none(client.recurring_payments().get(id).await)?
            .and_then(|response| response.recurring_payment_data))
    }

    fn id(&self) -> RecurringPaymentId {
        self.recurring_payment_id.clone()
    }

    fn compare(&self, body: &CreateRecurringPayment) -> Comparison {
        Comparison::of([
            self.amount_of(body),
            same(self.subscription_name.as_ref(), Some(&body.subscription_name)),
            same(self.subscriber_full_name.as_ref(), Some(&body.subscriber_full_name)),
            same(self.subscriber_email.as_ref(), Some(&body.subscriber_email)),
            same(self.recurring_date.as_ref(), Some(&body.recurring_date)),
            same(self.recurring_interval.as_ref(), Some(&body.recurring_interval)),
        ])
    }

    fn name_in(body: &CreateRecurringPayment) -> Option<&String> {
        Some(&body.subscription_name)
    }

    fn name(&self) -> Option<&String> {
        self.subscription_name.as_ref()
    }

    fn resembles(&self, body: &CreateRecurringPayment) -> bool {
        resembles(self.subscriber_full_name.as_ref(), Some(&body.subscriber_full_name))
            || resembles(self.subscriber_email.as_ref(), Some(&body.subscriber_email))
    }

    fn amount_of(&self, body: &CreateRecurringPayment) -> Comparison {
        same_amount(self.amount.as_ref(), Some(body.amount))
    }

    fn has(&self, body: &UpdateRecurringPayment) -> Comparison {
        Comparison::of([
            same_amount(self.amount.as_ref(), body.amount),
            same(self.subscription_name.as_ref(), body.subscription_name.as_ref()),
            same(self.subscriber_full_name.as_ref(), body.subscriber_full_name.as_ref()),
            same(self.subscriber_email.as_ref(), body.subscriber_email.as_ref()),
            same(self.recurring_date.as_ref(), body.recurring_date.as_ref()),
            same(self.recurring_interval.as_ref(), body.recurring_interval.as_ref()),
        ])
    }

    fn id_of(body: &UpdateRecurringPayment) -> RecurringPaymentId {
        body.recurring_payment_id.clone()
    }
}
