//! The Checkout key was copied into the backend's environment.
use mileston_api::{BusinessId, CheckoutKey, Client, Live};

async fn new_link() -> Result<(), Box<dyn std::error::Error>> {
    let key = CheckoutKey::<Live>::from_env("MILESTON_API_KEY")?;
    let client = Client::new(key, BusinessId::from_env("MILESTON_BUSINESS_ID")?)?;
    client.payment_links().create("100.00").await?;
    Ok(())
}

fn main() {}
