//! The error is returned with `?`, but the call isn't awaited.
use mileston_api::{NormalClient, PaymentLinkId, Test};

async fn show(client: &NormalClient<Test>, id: &PaymentLinkId) -> Result<(), mileston_api::Error> {
    let link = client.payment_links().get(id)?;
    println!("{link:?}");
    Ok(())
}

fn main() {}
