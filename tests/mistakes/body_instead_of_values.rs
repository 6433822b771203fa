//! An existing body is passed where its values are expected.
use mileston_api::{NormalClient, Test, types};

async fn offer(client: &NormalClient<Test>, body: types::CreatePaymentLink) -> Result<(), Box<dyn std::error::Error>> {
    client.payment_links().create(&body).await?;
    Ok(())
}

fn main() {}
