//! Uses an associated type to prove that a type parameter is the Normal key.
// error: E0308 expected `Client<NormalKey<Test>>`, found `Client<K>`

use mileston_api::{Client, NormalKey, Test};

trait Same {
    type As;
}

impl<T> Same for T {
    type As = T;
}

fn turn<K: Same<As = NormalKey<Test>>>(client: Client<K>) -> Client<NormalKey<Test>> {
    client
}

fn main() {
    let _ = turn::<NormalKey<Test>>;
}
