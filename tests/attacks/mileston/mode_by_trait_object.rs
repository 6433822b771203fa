//! Uses a trait object as the mode, so that the key has both modes.
// error: E0038 the trait `Mode` is not dyn compatible
// error: E0277 the size for values of type `(dyn Mode + 'static)` cannot be known

use mileston_api::{Mode, NormalKey};

fn either(key: NormalKey<dyn Mode>) -> NormalKey<dyn Mode> {
    key
}

fn main() {
    let _ = either;
}
