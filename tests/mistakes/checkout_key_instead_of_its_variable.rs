//! The key is passed instead of the name of its variable.
use mileston_keys::{Test, checkout_key};

fn main() {
    let _ = checkout_key!(Test, "Mileston_TEST_CHECKOUTKEY_fake0123");
}
