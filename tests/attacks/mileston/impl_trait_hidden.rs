//! Hides the type of a credential, and creates a client with that credential.
// error: E0277 `Client::new` needs an API key, but `impl Credential` isn't one

use mileston_api::{Client, Credential, NoKey};

fn hide() -> impl Credential {
    NoKey
}

fn main() {
    let _ = Client::new(hide(), "shop");
}
