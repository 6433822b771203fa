//! The business id is written as a number.
use mileston_api::{Client, NormalKey, Test};

fn client(key: NormalKey<Test>) {
    let _ = Client::new(key, 42);
}

fn main() {}
