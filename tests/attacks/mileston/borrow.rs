//! Borrows a live key from a test key with `Borrow`, which every type implements for itself.
// error: E0277 `NormalKey<Test>: Borrow<NormalKey<Live>>` is not satisfied

use std::borrow::Borrow;

use mileston_api::{Live, NormalKey, Test};

fn turn(key: &NormalKey<Test>) -> &NormalKey<Live> {
    Borrow::<NormalKey<Live>>::borrow(key)
}

fn main() {
    let _ = turn;
}
