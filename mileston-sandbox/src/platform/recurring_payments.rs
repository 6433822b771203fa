//! Creates, reads, updates and deletes recurring payments, for the backend and the checkout.

use std::sync::Arc;

use mileston_api::RecurringPaymentId;
use mileston_api::types::{
    Acknowledgement, CreateRecurringPayment, RecurringPayment, RecurringPaymentEnvelope,
    RecurringPaymentList, RecurringPaymentStatus, UpdateRecurringPayment,
};

use super::lists;
use super::success::{Success, acknowledge, merge};
use crate::generated::server::answers::Answer;
use crate::generated::server::services;
use crate::mistakes::Mistakes;
use crate::runtime::{Identity, Refusal};
use crate::store::{Account, Kept, Rejection, Store};

/// The recurring payments of all businesses.
#[derive(Clone)]
pub(crate) struct RecurringPayments {
    pub(super) store: Arc<Store>,
}

impl services::RecurringPayments for RecurringPayments {
    /// Creates a recurring payment. The platform puts the business name into an e-mail. The sandbox sends no
    /// e-mail, but shows the name on the checkout page.
    async fn create_recurring_payment(
        &self,
        caller: &Identity,
        business_name: String,
        body: CreateRecurringPayment,
    ) -> Success<RecurringPaymentEnvelope> {
        check_create(&business_name, &body)?;
        let paid = body.current_payment_status == Some(RecurringPaymentStatus::Paid);
        let add = move |account: &Account<'_>| {
            let mut kept = Kept::new(new(account.draw().uuid()?, body));
            kept.mark(paid);
            account.add(&kept, Some(&business_name))?;
            Ok(kept)
        };
        let payment = seen(self.store.write(caller, add).await?);
        Ok(Answer::created(envelope(payment, 201, "Recurring payment created")))
    }

    async fn list_recurring_payments(
        &self,
        caller: &Identity,
        limit: Option<u32>,
    ) -> Success<RecurringPaymentList> {
        let list = RecurringPaymentList::new()
            .with_status_code(200)
            .with_message("Recurring payments found");
        let envelope = |payments| list.with_recurring_payment_data(payments);
        Ok(Answer::ok(lists::list(&self.store, caller, limit, seen, envelope).await?))
    }

    async fn update_recurring_payment(
        &self,
        caller: &Identity,
        body: UpdateRecurringPayment,
    ) -> Success<RecurringPaymentEnvelope> {
        check_update(&body)?;
        let id = body.recurring_payment_id.clone();
        let change = move |kept: &mut Kept<RecurringPayment>| apply(kept, body);
        let update = move |account: &Account<'_>| account.change(id.as_str(), change);
        let payment = seen(self.store.write(caller, update).await?);
        Ok(Answer::ok(envelope(payment, 200, "Recurring payment updated")))
    }

    async fn delete_recurring_payment(
        &self,
        caller: &Identity,
        recurring_payment_id: RecurringPaymentId,
    ) -> Success<Acknowledgement> {
        let id = recurring_payment_id;
        let remove = move |account: &Account<'_>| account.remove::<RecurringPayment>(id.as_str());
        self.store.write(caller, remove).await?;
        Ok(acknowledge("Recurring payment deleted"))
    }

    async fn get_recurring_payment(
        &self,
        caller: &Identity,
        recurring_payment_id: RecurringPaymentId,
    ) -> Success<RecurringPaymentEnvelope> {
        let payment = find(&self.store, caller, recurring_payment_id).await?;
        Ok(Answer::ok(envelope(payment, 200, "Recurring payment found")))
    }
}

fn new(id: String, body: CreateRecurringPayment) -> RecurringPayment {
    let mut payment = RecurringPayment::new(id.into());
    payment.amount = Some(body.amount.into());
    payment.subscription_name = Some(body.subscription_name);
    payment.subscriber_full_name = Some(body.subscriber_full_name);
    payment.subscriber_email = Some(body.subscriber_email.into());
    payment.recurring_date = Some(body.recurring_date);
    payment.recurring_interval = Some(body.recurring_interval);
    payment.subscriber_wallet_address =
        body.subscriber_wallet_address.map(|address| address.to_string());
    payment.add_pdf = body.add_pdf;
    payment
}

fn check_create(business_name: &str, body: &CreateRecurringPayment) -> Result<(), Refusal> {
    let mut mistakes = Mistakes::default();
    mistakes.expect_text("businessName", business_name);
    mistakes.expect_text("subscriptionName", &body.subscription_name);
    mistakes.expect_text("subscriberFullName", &body.subscriber_full_name);
    expect_interval(&mut mistakes, body.recurring_interval);
    expect_status(&mut mistakes, body.current_payment_status.as_ref());
    mistakes.refuse()
}

fn apply(kept: &mut Kept<RecurringPayment>, body: UpdateRecurringPayment) -> Result<(), Rejection> {
    // While the recurring payment is paid, an update may change its amount only if the update also marks it as unpaid.
    if body.current_payment_status == Some(RecurringPaymentStatus::Unpaid) {
        kept.mark(false);
    }
    kept.change_amount(body.amount)?;
    if body.current_payment_status == Some(RecurringPaymentStatus::Paid) {
        kept.mark(true);
    }
    let data = &mut kept.data;
    merge(&mut data.subscription_name, body.subscription_name);
    merge(&mut data.subscriber_full_name, body.subscriber_full_name);
    merge(&mut data.subscriber_email, body.subscriber_email);
    merge(&mut data.recurring_date, body.recurring_date);
    merge(&mut data.recurring_interval, body.recurring_interval);
    merge(
        &mut data.subscriber_wallet_address,
        body.subscriber_wallet_address.map(|address| address.to_string()),
    );
    merge(&mut data.add_pdf, body.add_pdf);
    Ok(())
}

fn check_update(body: &UpdateRecurringPayment) -> Result<(), Refusal> {
    let mut mistakes = Mistakes::default();
    if let Some(name) = &body.subscription_name {
        mistakes.expect_text("subscriptionName", name);
    }
    if let Some(name) = &body.subscriber_full_name {
        mistakes.expect_text("subscriberFullName", name);
    }
    if let Some(days) = body.recurring_interval {
        expect_interval(&mut mistakes, days);
    }
    expect_status(&mut mistakes, body.current_payment_status.as_ref());
    mistakes.refuse()
}

fn expect_interval(mistakes: &mut Mistakes, days: u32) {
    mistakes.expect(days > 0, "recurringInterval", "must be a number of days, at least 1");
}

fn expect_status(mistakes: &mut Mistakes, status: Option<&RecurringPaymentStatus>) {
    let known = match status {
        None | Some(RecurringPaymentStatus::Paid | RecurringPaymentStatus::Unpaid) => true,
        Some(_) => false,
    };
    mistakes.expect(known, "currentPaymentStatus", "must be paid or unpaid");
}

pub(super) async fn find(
    store: &Store,
    caller: &Identity,
    id: RecurringPaymentId,
) -> Result<RecurringPayment, Refusal> {
    let find = move |account: &Account<'_>| account.find::<RecurringPayment>(id.as_str());
    Ok(seen(store.read(caller, find).await?))
}

/// Returns the recurring payment with its current status.
fn seen(kept: Kept<RecurringPayment>) -> RecurringPayment {
    let paid = kept.is_paid();
    let status = if paid { RecurringPaymentStatus::Paid } else { RecurringPaymentStatus::Unpaid };
    kept.data.with_current_payment_status(status)
}

/// Wraps a recurring payment, without the URL of its page, because no platform type has that field.
pub(super) fn envelope(
    payment: RecurringPayment,
    status: u16,
    message: &str,
) -> RecurringPaymentEnvelope {
    RecurringPaymentEnvelope::new()
        .with_status_code(status)
        .with_message(message)
        .with_recurring_payment_data(payment)
}
