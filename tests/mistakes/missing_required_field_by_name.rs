//! A recurring payment as the vendor's documentation shows it: without `subscriptionName`.
use mileston_api::{Amount, Email, Timestamp, types};

fn subscription(amount: Amount, email: Email, start: Timestamp) -> types::CreateRecurringPayment {
    types::CreateRecurringPayment::new(types::CreateRecurringPaymentRequired {
        amount,
        subscriber_full_name: "Example Person".to_owned(),
        subscriber_email: email,
        recurring_date: start,
        recurring_interval: 30,
    })
}

fn main() {}
