//! Checks what `{:?}` prints for the errors of this crate.

mod rules;

use mileston_keys::{NormalKey, Test};

#[test]
fn debug_prints_the_message_and_its_causes() {
    let error = "fake0123".parse::<NormalKey<Test>>().unwrap_err();
    rules::check_all(env!("CARGO_MANIFEST_DIR"), &[("KeyError", &error)]);
}
