//! A client is created with only the key.
use mileston_api::{Client, NormalKey, Test};

fn client(key: NormalKey<Test>) {
    let _ = Client::new(key);
}

fn main() {}
