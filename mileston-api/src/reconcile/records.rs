//! What can be looked for: payment links, invoices, recurring payments.

use std::fmt;
use std::future::Future;

use mileston_keys::scope;

use crate::types::{
    CreateInvoice, CreatePaymentLink, CreateRecurringPayment, Invoice, PaymentLink,
    RecurringPayment, UpdateInvoice, UpdatePaymentLink, UpdateRecurringPayment,
};
use crate::{
    Amount, Client, Error, InvoiceId, PaymentLinkId, RecurringPaymentId, ReportedAmount, StatusCode,
};

/// Something that the platform keeps and lists. Nothing else can be made one.
pub trait Record: sealed::Sealed + Clone + fmt::Debug + Send {
    /// Its id.
    type Id: Clone + fmt::Debug + Ord + Send + Sync;
    /// The body that creates one.
    type Create: Sync;
    /// The body that changes one.
    type Update: Sync;

    #[doc(hidden)]
    fn list<K: scope::Normal>(
        client: &Client<K>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Self>, Error>> + Send;

    #[doc(hidden)]
    fn get<K: scope::Normal>(
        client: &Client<K>,
        id: &Self::Id,
    ) -> impl Future<Output = Result<Option<Self>, Error>> + Send;

    #[doc(hidden)]
    fn id(&self) -> Self::Id;

    /// Whether it is what the body asked for, as far as it says.
    #[doc(hidden)]
    fn answers(&self, body: &Self::Create) -> bool;

    #[doc(hidden)]
    fn has(&self, body: &Self::Update) -> bool;

    #[doc(hidden)]
    fn id_of(body: &Self::Update) -> Self::Id;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::PaymentLink {}
    impl Sealed for super::Invoice {}
    impl Sealed for super::RecurringPayment {}
}

/// Whether a change was made: `None` where the platform does not say (it is gone, or its answer lacks what was changed).
///
/// A change can be sent again in any case: it sets the same values. Asking first tells whether somebody else has changed
/// it meanwhile.
///
/// # Errors
///
/// Those of the read. They say nothing about the write.
///
/// ```no_run
/// use mileston_api::reconcile;
/// use mileston_api::types::{PaymentLink, UpdatePaymentLink};
///
/// # async fn run(client: mileston_api::NormalClient) -> Result<(), mileston_api::Error> {
/// let body = UpdatePaymentLink::new("31f0".into()).amount("120.00".parse()?);
/// if reconcile::is_updated::<PaymentLink, _>(&client, &body).await? != Some(true) {
///     client.payment_links().update(&body).await?;
/// }
/// # Ok(())
/// # }
/// ```
pub async fn is_updated<R: Record, K: scope::Normal>(
    client: &Client<K>,
    body: &R::Update,
) -> Result<Option<bool>, Error> {
    let found = found(R::get(client, &R::id_of(body)).await)?;
    Ok(found.map(|record| record.has(body)))
}

/// Whether something is gone: the platform answers 404, or an answer without data.
///
/// # Errors
///
/// Those of the read, but for 404. They say nothing about the write.
///
/// ```no_run
/// use mileston_api::reconcile;
/// use mileston_api::types::Invoice;
///
/// # async fn run(client: mileston_api::NormalClient) -> Result<(), mileston_api::Error> {
/// let gone = reconcile::is_deleted::<Invoice, _>(&client, &"7".into()).await?;
/// # let _ = gone;
/// # Ok(())
/// # }
/// ```
pub async fn is_deleted<R: Record, K: scope::Normal>(
    client: &Client<K>,
    id: &R::Id,
) -> Result<bool, Error> {
    Ok(found(R::get(client, id).await)?.is_none())
}

fn found<R>(answer: Result<Option<R>, Error>) -> Result<Option<R>, Error> {
    match answer {
        Err(error) if error.status() == Some(StatusCode::NOT_FOUND) => Ok(None),
        other => other,
    }
}

/// What an answer leaves out counts as equal.
fn same<T: PartialEq>(answered: Option<&T>, asked: Option<&T>) -> bool {
    match (answered, asked) {
        (Some(answered), Some(asked)) => answered == asked,
        (None, _) | (_, None) => true,
    }
}

fn same_amount(answered: Option<&ReportedAmount>, asked: Option<Amount>) -> bool {
    match (answered, asked) {
        (Some(answered), Some(asked)) => answered.is_same_number(asked.to_string()),
        (None, _) | (_, None) => true,
    }
}

impl Record for PaymentLink {
    type Id = PaymentLinkId;
    type Create = CreatePaymentLink;
    type Update = UpdatePaymentLink;

    async fn list<K: scope::Normal>(client: &Client<K>, limit: u32) -> Result<Vec<Self>, Error> {
        Ok(client.payment_links().list().limit(limit).await?.payment_data)
    }

    async fn get<K: scope::Normal>(
        client: &Client<K>,
        id: &PaymentLinkId,
    ) -> Result<Option<Self>, Error> {
        Ok(client.payment_links().get(id).await?.payment_data)
    }

    fn id(&self) -> PaymentLinkId {
        self.payment_link_id.clone()
    }

    fn answers(&self, body: &CreatePaymentLink) -> bool {
        same_amount(self.amount.as_ref(), Some(body.amount))
            && same(self.title.as_ref(), body.title.as_ref())
            && same(self.description.as_ref(), body.description.as_ref())
            && same(self.redirect_url.as_ref(), body.redirect_url.as_ref())
            && same(self.logo_url.as_ref(), body.logo_url.as_ref())
            && same(self.banner_url.as_ref(), body.banner_url.as_ref())
    }

    fn has(&self, body: &UpdatePaymentLink) -> bool {
        same_amount(self.amount.as_ref(), body.amount)
            && same(self.title.as_ref(), body.title.as_ref())
            && same(self.description.as_ref(), body.description.as_ref())
            && same(self.redirect_url.as_ref(), body.redirect_url.as_ref())
            && same(self.logo_url.as_ref(), body.logo_url.as_ref())
            && same(self.banner_url.as_ref(), body.banner_url.as_ref())
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
        Ok(client.invoices().list().limit(limit).await?.invoice_data)
    }

    async fn get<K: scope::Normal>(
        client: &Client<K>,
        id: &InvoiceId,
    ) -> Result<Option<Self>, Error> {
        Ok(client.invoices().get(id).await?.invoice_data)
    }

    fn id(&self) -> InvoiceId {
        self.invoice_id.clone()
    }

    fn answers(&self, body: &CreateInvoice) -> bool {
        same_amount(self.amount.as_ref(), Some(body.amount))
            && same(self.item_name.as_ref(), Some(&body.item_name))
            && same(self.customer_email.as_ref(), Some(&body.customer_email))
            && same(self.due_date.as_ref(), Some(&body.due_date))
    }

    fn has(&self, body: &UpdateInvoice) -> bool {
        same_amount(self.amount.as_ref(), body.amount)
            && same(self.item_name.as_ref(), body.item_name.as_ref())
            && same(self.customer_email.as_ref(), body.customer_email.as_ref())
            && same(self.due_date.as_ref(), body.due_date.as_ref())
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
        Ok(client.recurring_payments().list().limit(limit).await?.recurring_payment_data)
    }

    async fn get<K: scope::Normal>(
        client: &Client<K>,
        id: &RecurringPaymentId,
    ) -> Result<Option<Self>, Error> {
        Ok(client.recurring_payments().get(id).await?.recurring_payment_data)
    }

    fn id(&self) -> RecurringPaymentId {
        self.recurring_payment_id.clone()
    }

    fn answers(&self, body: &CreateRecurringPayment) -> bool {
        same_amount(self.amount.as_ref(), Some(body.amount))
            && same(self.subscription_name.as_ref(), Some(&body.subscription_name))
            && same(self.subscriber_full_name.as_ref(), Some(&body.subscriber_full_name))
            && same(self.subscriber_email.as_ref(), Some(&body.subscriber_email))
            && same(self.recurring_date.as_ref(), Some(&body.recurring_date))
            && same(self.recurring_interval.as_ref(), Some(&body.recurring_interval))
    }

    fn has(&self, body: &UpdateRecurringPayment) -> bool {
        same_amount(self.amount.as_ref(), body.amount)
            && same(self.subscription_name.as_ref(), body.subscription_name.as_ref())
            && same(self.subscriber_full_name.as_ref(), body.subscriber_full_name.as_ref())
            && same(self.subscriber_email.as_ref(), body.subscriber_email.as_ref())
            && same(self.recurring_date.as_ref(), body.recurring_date.as_ref())
            && same(self.recurring_interval.as_ref(), body.recurring_interval.as_ref())
    }

    fn id_of(body: &UpdateRecurringPayment) -> RecurringPaymentId {
        body.recurring_payment_id.clone()
    }
}
