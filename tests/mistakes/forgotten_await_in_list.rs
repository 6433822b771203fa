//! A call with optional parameters is matched as if it had already been sent.
use mileston_api::{NormalClient, Test};

async fn show(client: &NormalClient<Test>) {
    match client.invoices().list().limit(50) {
        Ok(invoices) => println!("{invoices:?}"),
        Err(error) => eprintln!("{error}"),
    }
}

fn main() {}
