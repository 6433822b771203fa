//! Calls with borrowed credentials.
// error: E0599 the method `desk` exists for reference `&Client<&Credentials<Unset, CatalogueKey>>`, but its trait bounds were not satisfied

use other_api::archive::Client;
use other_api::archive::credentials::{CatalogueKey, Credentials, Unset};

fn main() {
    let _ = |client: &Client<&'static Credentials<Unset, CatalogueKey>>| client.desk().read_counters();
}
