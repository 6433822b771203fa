//! Creates a client with a key whose kind wasn't checked.
// error: E0277 `Client::new` needs an API key, but `AnyKey` isn't one

use mileston_api::{AnyKey, Client};

fn client(key: AnyKey) {
    let _ = Client::new(key, "shop");
}

fn main() {
    let _ = client;
}
