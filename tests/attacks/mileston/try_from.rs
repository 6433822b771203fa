//! Converts a key with `TryFrom`, which would parse its text again.
// error: E0277 `NormalKey<Live>: TryFrom<NormalKey<Test>>` is not satisfied
// error: E0277 `NormalKey<Live>: From<NormalKey<Test>>` is not satisfied

use mileston_api::{Live, NormalKey, Test};

fn turn(key: NormalKey<Test>) -> Option<NormalKey<Live>> {
    NormalKey::<Live>::try_from(key).ok()
}

fn main() {
    let _ = turn;
}
