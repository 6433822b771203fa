//! The program in `docs/start.md`. The test `start` runs it.

use mileston_api::{BusinessId, Client, NormalKey, Test};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let key = NormalKey::<Test>::from_env("MILESTON_KEY")?;
    let business = BusinessId::from_env("MILESTON_BUSINESS_ID")?;
    let client = Client::new(key, business)?.with_origin_from_env("MILESTON_URL")?;

    let link = client.payment_links().create("12.50").title("Coffee beans").await?;
    println!("{}", link.payment_link()?);
    Ok(())
}
