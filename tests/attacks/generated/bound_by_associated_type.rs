//! Writes the requirement's own formula as the bound, instead of the requirement.
// error: E0271 type mismatch resolving `<K as Credential>::CatalogueKey == Yes`

use openapi_keys_runtime::logic::Yes;
use other_api::archive::Client;
use other_api::archive::credentials::Credential;

trait Claimed: Credential<CatalogueKey = Yes> {}

impl<K: Credential> Claimed for K {}

fn read<K: Claimed>(client: &Client<K>) {
    let _ = client.desk().read_counters();
}

fn main() {}
