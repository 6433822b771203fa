//! Makes what `checkout_key!` expands to, of a text that nothing judged.
// error: E0451 fields `text` and `make` of struct `Compiled` are private

use mileston_keys::compiled::Compiled;
use mileston_keys::{CheckoutKey, Test};

fn main() {
    let key = Compiled::<CheckoutKey<Test>> { text: "anything", make: |text| text.parse().unwrap() };
    let _: CheckoutKey<Test> = key.value();
}
