//! An optional title is passed as an `Option`.
use mileston_api::{NormalClient, Test};

async fn offer(client: &NormalClient<Test>, title: Option<String>) -> Result<(), Box<dyn std::error::Error>> {
    client.payment_links().create("100.00").title(title).await?;
    Ok(())
}

fn main() {}
