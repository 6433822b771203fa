//! Implements a trait for every client, and again for one kind of client, to change the key.
// error: E0119 conflicting implementations of trait `Turn` for type `Client<NormalKey<Test>>`

use mileston_api::{CheckoutKey, Client, Credential, NormalKey, Test};

trait Turn {
    fn turn(self) -> Client<NormalKey<Test>>;
}

impl Turn for Client<NormalKey<Test>> {
    fn turn(self) -> Client<NormalKey<Test>> {
        self
    }
}

impl<K: Credential> Turn for Client<K> {
    fn turn(self) -> Client<NormalKey<Test>> {
        Turn::turn(self)
    }
}

fn main() {
    let _ = <Client<CheckoutKey<Test>> as Turn>::turn;
}
