//! Defines the program's own mode, to get a key that is neither test nor live.
// error: E0277 `Staging` is not a mode of a Mileston key

use mileston_api::NormalKey;

enum Staging {}

fn main() {
    let _ = "Mileston_TEST_fake0123".parse::<NormalKey<Staging>>();
}
