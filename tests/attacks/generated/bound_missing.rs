//! Calls an operation with any credential.
// error: E0277 this operation needs a `CatalogueKey`, but the client holds `K`

use other_api::archive::Client;
use other_api::archive::credentials::Credential;

fn read<K: Credential>(client: &Client<K>) {
    let _ = client.desk().read_counters();
}

fn main() {
}
