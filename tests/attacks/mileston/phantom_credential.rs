//! Creates a client with only the type of a key, without the key.
// error: E0277 `Client::new` needs an API key, but `PhantomData<NormalKey<Test>>` isn't one

use std::marker::PhantomData;

use mileston_api::{Client, NormalKey, Test};

fn main() {
    let _ = Client::new(PhantomData::<NormalKey<Test>>, "shop");
}
