//! Writes the expansion of `checkout_key!` with an unchecked string.
// error: E0451 fields `text` and `make` of struct `Compiled` are private

use mileston_keys::compiled::Compiled;
use mileston_keys::{CheckoutKey, Test};

fn main() {
    let key = Compiled::<CheckoutKey<Test>> { text: "anything", make: |text| text.parse().unwrap() };
    let _: CheckoutKey<Test> = key.value();
}
