//! The client for checking the services' status is also used for invoices.
use mileston_api::Client;

async fn overdue() -> Result<(), mileston_api::Error> {
    let client = Client::without_key()?;
    client.invoices().list().limit(50).await?;
    Ok(())
}

fn main() {}
