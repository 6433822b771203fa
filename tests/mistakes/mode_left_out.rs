//! A function takes a client without declaring whether its key is for test or live mode.
use mileston_api::NormalClient;

async fn offer(client: &NormalClient) -> Result<(), mileston_api::Error> {
    client.payment_links().create("100.00").await?;
    Ok(())
}

fn main() {}
