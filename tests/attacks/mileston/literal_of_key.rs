//! Writes a key as a literal, with unparsed text.
// error: E0451 fields `text` and `mode` of struct `NormalKey` are private
// error: type `SecretText` is private

use std::marker::PhantomData;

use mileston_api::{Live, NormalKey};

fn any<T>() -> T {
    unreachable!()
}

fn main() {
    let _: NormalKey<Live> = NormalKey { text: any(), mode: PhantomData };
}
