//! Creates a client with an optional key.
// error: E0277 `Client::new` needs an API key, but `Option<NormalKey<Test>>` isn't one

use mileston_api::{Client, NormalKey, Test};

fn perhaps(key: Option<NormalKey<Test>>) {
    let _ = Client::new(key, "shop");
}

fn main() {
    let _ = perhaps;
}
