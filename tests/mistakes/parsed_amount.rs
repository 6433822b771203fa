//! The amount is parsed, although the call accepts text, and nothing determines the type to parse it into.
use mileston_api::{NormalClient, Test};

async fn offer(client: &NormalClient<Test>) -> Result<(), Box<dyn std::error::Error>> {
    client.payment_links().create("100.00".parse()?).await?;
    Ok(())
}

fn main() {}
