//! Creates a client with a shared pointer to a key of any kind.
// error: E0277 `Client::new` needs an API key, but `Arc<dyn Any + Send + Sync>` isn't one

use std::any::Any;
use std::sync::Arc;

use mileston_api::Client;

fn shared(key: Arc<dyn Any + Send + Sync>) {
    let _ = Client::new(key, "shop");
}

fn main() {
    let _ = shared;
}
