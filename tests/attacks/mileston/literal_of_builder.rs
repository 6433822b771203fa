//! Writes a builder as a literal, without an authenticator.
// error: E0451 field `core` of struct `ClientBuilder` is private
// error: type `Held<NormalKey<Test>>` is private

use mileston_api::{ClientBuilder, NormalKey, Test};

fn any<T>() -> T {
    unreachable!()
}

fn main() {
    let _: ClientBuilder<NormalKey<Test>> = ClientBuilder { core: any() };
}
