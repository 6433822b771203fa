//! The key and the business id are in the wrong order.
use mileston_api::{BusinessId, Client, NormalKey, Test};

fn client(key: NormalKey<Test>, business: BusinessId) {
    let _ = Client::new(business, key);
}

fn main() {}
