//! The user waits for a payment link as for an invoice.
use mileston_api::{CheckoutClient, PaymentLinkId, Test, Wait};

async fn arrived(client: &CheckoutClient<Test>, id: &PaymentLinkId) -> Result<(), Box<dyn std::error::Error>> {
    Wait::new().until_paid(client, id).await?;
    Ok(())
}

fn main() {}
