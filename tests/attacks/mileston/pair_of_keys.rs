//! Creates a client with two keys at once, to call the operations of both keys.
// error: E0277 `Client::new` needs an API key, but `(NormalKey<Test>, CheckoutKey<Test>)` isn't one

use mileston_api::{CheckoutKey, Client, NormalKey, Test};

fn both(normal: NormalKey<Test>, checkout: CheckoutKey<Test>) {
    let _ = Client::new((normal, checkout), "shop");
}

fn main() {
    let _ = both;
}
