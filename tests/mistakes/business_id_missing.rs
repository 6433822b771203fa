//! A client is created with the key alone.
use mileston_api::{Client, NormalKey, Test};

fn client(key: NormalKey<Test>) {
    let _ = Client::new(key);
}

fn main() {}
