//! The call is matched as if it had already been sent.
use mileston_api::{NormalClient, PaymentLinkId, Test};

async fn show(client: &NormalClient<Test>, id: &PaymentLinkId) {
    match client.payment_links().get(id) {
        Ok(link) => println!("{link:?}"),
        Err(error) => eprintln!("{error}"),
    }
}

fn main() {}
