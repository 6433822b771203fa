//! The price is a float.
use mileston_api::{NormalClient, Test};

async fn offer(client: &NormalClient<Test>) -> Result<(), Box<dyn std::error::Error>> {
    client.payment_links().create(12.5).await?;
    Ok(())
}

fn main() {}
