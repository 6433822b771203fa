//! Only the error is checked, and the call isn't awaited.
use mileston_api::{NormalClient, PaymentLinkId, Test};

async fn remove(client: &NormalClient<Test>, id: &PaymentLinkId) {
    if let Err(error) = client.payment_links().delete(id) {
        eprintln!("{error}");
    }
}

fn main() {}
