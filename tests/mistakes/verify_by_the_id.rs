//! The type of an id is used instead of the type of its record.
use mileston_api::types::VerifyPayment;
use mileston_api::{CheckoutClient, PaymentLinkId, Test, Wait};

async fn arrived(client: &CheckoutClient<Test>, question: &VerifyPayment) -> Result<(), Box<dyn std::error::Error>> {
    Wait::new().until_verified::<PaymentLinkId, _>(client, question).await?;
    Ok(())
}

fn main() {}
