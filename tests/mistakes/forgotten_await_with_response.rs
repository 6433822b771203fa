//! The headers of a response are read before there is a response.
use mileston_api::{NormalClient, PaymentLinkId, Test};

async fn show(client: &NormalClient<Test>, id: &PaymentLinkId) {
    match client.payment_links().get(id).with_response() {
        Ok(response) => println!("{:?}", response.headers),
        Err(error) => eprintln!("{error}"),
    }
}

fn main() {}
