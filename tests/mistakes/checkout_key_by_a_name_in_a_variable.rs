//! The name of the variable is known only when the program runs.
use mileston_keys::{Test, checkout_key};

fn main() {
    let name = "MILESTON_CHECKOUT_KEY";
    let _ = checkout_key!(Test, name);
}
