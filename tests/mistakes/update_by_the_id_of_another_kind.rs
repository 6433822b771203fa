//! An invoice is updated with the id of a payment link.
use mileston_api::types::PaymentLink;
use mileston_api::{NormalClient, Test};

async fn offer(client: &NormalClient<Test>, link: PaymentLink) -> Result<(), Box<dyn std::error::Error>> {
    client.invoices().update(link.payment_link_id).amount("12.50").await?;
    Ok(())
}

fn main() {}
