//! Creates a key with the function that the parsers call after their checks.
// error: E0624 associated function `of_checked` is private

use mileston_api::{Live, NormalKey};

fn main() {
    let _ = NormalKey::<Live>::of_checked("not a key");
}
