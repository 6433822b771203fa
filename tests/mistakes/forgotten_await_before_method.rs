//! The response is unwrapped before there is a response.
use mileston_api::{NormalClient, PaymentLinkId, Test};

async fn show(client: &NormalClient<Test>, id: &PaymentLinkId) {
    let link = client.payment_links().get(id).unwrap();
    println!("{link:?}");
}

fn main() {}
