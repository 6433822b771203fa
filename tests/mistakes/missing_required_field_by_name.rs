//! A recurring payment as the vendor's documentation shows it: without `subscriptionName`.
use mileston_api::{Timestamp, types};

fn subscription(start: Timestamp) -> types::CreateRecurringPayment {
    types::CreateRecurringPayment::new(types::CreateRecurringPaymentRequired {
        amount: "10.00".to_owned(),
        subscriber_full_name: "Example Person".to_owned(),
        subscriber_email: "person@shop.example".to_owned(),
        recurring_date: start,
        recurring_interval: 30,
    })
}

fn main() {}
