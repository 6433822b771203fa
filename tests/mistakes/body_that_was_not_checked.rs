//! A body is used before its amount was checked.
use mileston_api::{NormalClient, Test, types};

async fn offer(client: &NormalClient<Test>) -> Result<(), Box<dyn std::error::Error>> {
    let body = types::CreatePaymentLink::new("100.00");
    client.payment_links().create_from(&body).await?;
    Ok(())
}

fn main() {}
