//! A recurring payment has no `subscriptionName`, as in the vendor's documentation.
use mileston_api::{Email, NormalClient, Test, Timestamp, amount, operations};

async fn subscribe(client: &NormalClient<Test>, email: Email, start: Timestamp) -> Result<(), mileston_api::Error> {
    let required = operations::CreateRecurringPaymentArguments {
        business_name: "Example Shop".to_owned(),
        amount: amount!("9.99"),
        subscriber_full_name: "Example Person".to_owned(),
        subscriber_email: email,
        recurring_date: start,
        recurring_interval: 30,
    };
    client.recurring_payments().create(required).await?;
    Ok(())
}

fn main() {}
