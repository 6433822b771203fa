//! The call is made but not awaited, so nothing is sent.
#![deny(unused_must_use)]
use mileston_api::{NormalClient, PaymentLinkId, Test};

async fn remove(client: &NormalClient<Test>, id: &PaymentLinkId) {
    client.payment_links().delete(id);
}

fn main() {}
