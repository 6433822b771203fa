//! The key is added to a header manually.
use mileston_api::{NormalKey, Test};

fn header(key: &NormalKey<Test>) -> &str {
    key
}

fn main() {}
