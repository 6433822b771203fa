//! The key is printed to see whether it was read.
use mileston_api::{NormalKey, Test};

fn main() {
    let key = NormalKey::<Test>::from_env("MILESTON_API_KEY").unwrap();
    println!("using {key}");
}
