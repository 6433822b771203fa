//! The link is read from the response before there is a response.
use mileston_api::{NormalClient, Test};

async fn offer(client: &NormalClient<Test>) -> Result<(), Box<dyn std::error::Error>> {
    let link = client.payment_links().create("100.00").payment_link()?;
    println!("pay here: {link}");
    Ok(())
}

fn main() {}
