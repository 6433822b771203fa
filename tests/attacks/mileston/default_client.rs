//! Derives `Default` for a struct with a client.
// error: E0277 `Client<NormalKey<Test>>: Default` is not satisfied

use mileston_api::{NormalClient, Test};

#[derive(Default)]
struct Shop {
    client: NormalClient<Test>,
}

fn main() {
    let _ = Shop::default().client;
}
