//! The variable with a page's key or business id isn't set.
use mileston_keys::{Test, business_id, checkout_key};

fn main() {
    let _ = checkout_key!(Test, "AN_UNSET_VARIABLE");
    let _ = business_id!("AN_UNSET_VARIABLE");
}
