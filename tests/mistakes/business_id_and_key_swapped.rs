//! The order of key and business id is remembered wrongly.
use mileston_api::{BusinessId, Client, NormalKey, Test};

fn client(key: NormalKey<Test>, business: BusinessId) {
    let _ = Client::new(business, key);
}

fn main() {}
