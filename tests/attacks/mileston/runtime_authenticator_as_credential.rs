//! Creates a client with the program's own authenticator.
// error: E0277 `Client::new` needs an API key, but `Arc<dyn Authenticate>` isn't one

use std::sync::Arc;

use mileston_api::Client;
use mileston_api::runtime::Authenticate;

fn client(own: Arc<dyn Authenticate>) {
    let _ = Client::new(own, "shop");
}

fn main() {
    let _ = client;
}
