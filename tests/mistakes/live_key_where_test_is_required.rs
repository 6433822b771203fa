//! The live client is passed to a script that fills a test account.
use mileston_api::{Live, NormalClient, Test};

async fn seed(client: &NormalClient<Test>) -> Result<(), mileston_api::Error> {
    for amount in ["1.00", "2.00", "3.00"] {
        client.payment_links().create(amount).await?;
    }
    Ok(())
}

async fn deploy(client: NormalClient<Live>) -> Result<(), mileston_api::Error> {
    seed(&client).await
}

fn main() {}
