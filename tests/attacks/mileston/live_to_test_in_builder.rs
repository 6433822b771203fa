//! Starts a builder with a test key and finishes with a live client.
// error: E0308 expected `Result<Client<NormalKey<Live>>, Error>`, found `Result<Client<NormalKey<Test>>, Error>`

use mileston_api::{Client, Error, Live, NormalClient, NormalKey, Test};

fn build(key: NormalKey<Test>) -> Result<NormalClient<Live>, Error> {
    Client::builder(key, "shop")?.build()
}

fn main() {
    let _ = build;
}
