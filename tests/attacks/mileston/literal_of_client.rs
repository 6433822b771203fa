//! Writes a client with a Normal key as a literal.
// error: E0451 field `core` of struct `Client` is private
// error: type `Held<NormalKey<Test>>` is private

use mileston_api::{Client, NormalClient, Test};

fn any<T>() -> T {
    unreachable!()
}

fn main() {
    let _: NormalClient<Test> = Client { core: any() };
}
