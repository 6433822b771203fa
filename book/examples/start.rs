//! The program of `docs/start.md`: the test `start` runs it.

use mileston_api::{BusinessId, Client, NormalKey, Test};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let key = NormalKey::<Test>::from_env("MILESTON_KEY")?;
    let business = BusinessId::from_env("MILESTON_BUSINESS_ID")?;
    let client = Client::new(key, business)?.with_origin(&std::env::var("MILESTON_URL")?)?;

    let link = client.payment_links().create("12.50").title("Coffee beans").await?;
    println!("{}", link.payment_link()?);
    Ok(())
}
