//! The new price is a float variable.
use mileston_api::{NormalClient, Test};

async fn offer(client: &NormalClient<Test>, price: f64) -> Result<(), Box<dyn std::error::Error>> {
    client.payment_links().update("31f0").amount(price).await?;
    Ok(())
}

fn main() {}
