//! Derives `Deserialize` for a struct with a client.
// error: E0277 `Client<NormalKey<Test>>: Deserialize<'de>` is not satisfied

use mileston_api::{NormalClient, Test};

#[derive(serde::Deserialize)]
struct Shop {
    client: NormalClient<Test>,
}

fn main() {
    let _ = |shop: Shop| shop.client;
}
