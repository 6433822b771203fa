//! Borrows a Normal key from a Checkout key with `AsRef`.
// error: E0277 `CheckoutKey<Test>: AsRef<NormalKey<Test>>` is not satisfied

use mileston_api::{CheckoutKey, NormalKey, Test};

fn turn(key: &CheckoutKey<Test>) -> &NormalKey<Test> {
    AsRef::<NormalKey<Test>>::as_ref(key)
}

fn main() {
    let _ = turn;
}
