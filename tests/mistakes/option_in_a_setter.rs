//! A title that may be missing is passed as it is.
use mileston_api::{NormalClient, Test};

async fn offer(client: &NormalClient<Test>, title: Option<String>) -> Result<(), Box<dyn std::error::Error>> {
    client.payment_links().create("100.00").title(title).await?;
    Ok(())
}

fn main() {}
