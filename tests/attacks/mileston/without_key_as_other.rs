//! Creates a client without a key, and claims that it has one.
// error: E0599 no function or associated item named `without_key` found for struct `Client<NormalKey<Test>>`

use mileston_api::{Client, NormalKey, Test};

fn main() {
    let _ = Client::<NormalKey<Test>>::without_key();
}
