//! Calls with credentials that may be missing.
// error: E0599 the method `desk` exists for reference `&Client<Option<Credentials<Unset, CatalogueKey>>>`, but its trait bounds were not satisfied

use other_api::archive::Client;
use other_api::archive::credentials::{CatalogueKey, Credentials, Unset};

fn main() {
    let _ = |client: &Client<Option<Credentials<Unset, CatalogueKey>>>| client.desk().read_counters();
}
