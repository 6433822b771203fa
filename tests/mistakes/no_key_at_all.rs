//! The client that asks for the services' health is used for invoices as well.
use mileston_api::Client;

async fn overdue() -> Result<(), mileston_api::Error> {
    let client = Client::without_key()?;
    client.invoices().list().limit(50).await?;
    Ok(())
}

fn main() {}
