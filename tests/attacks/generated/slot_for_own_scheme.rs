//! Implements the slot of the program's own scheme for a credential of the API.
// error: E0277 this operation needs a `CatalogueKey`, but the client holds `Credentials<Badge>`

use openapi_keys_runtime::logic::No;
use other_api::archive::clients::BadgeClient;
use other_api::archive::credentials::{CatalogueKey, Slot};

struct Own;

impl Slot<Own> for CatalogueKey {
    type Set = No;
}

fn main() {
    let _ = |client: &BadgeClient| client.desk().read_counters();
}
