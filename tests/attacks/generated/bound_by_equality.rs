//! Claims in a bound that the key is set, and passes credentials without the key.
// error: E0271 type mismatch resolving `<Credentials as Credential>::CatalogueKey == Yes`

use openapi_keys_runtime::logic::Yes;
use other_api::archive::Client;
use other_api::archive::credentials::{Credential, Credentials};

fn read<K: Credential<CatalogueKey = Yes>>(client: &Client<K>) {
    let _ = client.desk().read_counters();
}

fn main() {
    let _ = |client: &Client<Credentials>| read(client);
}
