//! The amount isn't text in quotes.
use mileston_api::amount;

fn price(text: &str) {
    let _ = amount!(12.50);
    let _ = amount!(text);
}

fn main() {}
