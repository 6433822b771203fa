//! The user waits until a payment link is paid, as if it were an invoice.
use mileston_api::{CheckoutClient, PaymentLinkId, Test, Wait};

async fn arrived(client: &CheckoutClient<Test>, id: &PaymentLinkId) -> Result<(), Box<dyn std::error::Error>> {
    Wait::new().until_paid(client, id).await?;
    Ok(())
}

fn main() {}
