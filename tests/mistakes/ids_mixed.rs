//! The id of an invoice is used for a payment link.
use mileston_api::{InvoiceId, NormalClient, Test};

async fn offer(client: &NormalClient<Test>, invoice_id: InvoiceId) -> Result<(), Box<dyn std::error::Error>> {
    client.payment_links().get(&invoice_id).await?;
    Ok(())
}

fn main() {}
