//! Creates a client with a credential of the runtime.
// error: E0277 a client holds `Credentials`, not `Key`

use openapi_keys_runtime::credential::{Key, Place};
use other_api::archive::Client;

fn main() {
    let _ = |key: Key, _: Place| Client::new(key);
}
