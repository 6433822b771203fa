//! The key is put into a header by hand.
use mileston_api::{NormalKey, Test};

fn header(key: &NormalKey<Test>) -> &str {
    key
}

fn main() {}
