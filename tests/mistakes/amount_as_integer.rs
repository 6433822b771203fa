//! The price is an integer, like a number of cents.
use mileston_api::{NormalClient, Test};

async fn offer(client: &NormalClient<Test>) -> Result<(), Box<dyn std::error::Error>> {
    client.payment_links().create(100).await?;
    Ok(())
}

fn main() {}
