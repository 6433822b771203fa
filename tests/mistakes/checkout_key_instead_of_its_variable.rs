//! The key itself where the name of its variable belongs.
use mileston_keys::{Test, checkout_key};

fn main() {
    let _ = checkout_key!(Test, "Mileston_TEST_CHECKOUTKEY_fake0123");
}
