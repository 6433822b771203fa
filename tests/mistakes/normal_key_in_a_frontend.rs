//! The page of a shop shows a payment link with the backend's key.
use mileston_api::{BusinessId, Client, NormalKey, PaymentLinkId, Test};

async fn show(key: NormalKey<Test>, business: BusinessId, id: &PaymentLinkId) -> Result<(), mileston_api::Error> {
    let client = Client::new(key, business)?;
    let link = client.checkout().fetch_payment_link(id).await?;
    println!("{:?}", link.payment_data);
    Ok(())
}

fn main() {}
