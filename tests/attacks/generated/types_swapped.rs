//! Uses one key's type where a different key's type is needed.
// error: E0599 the method `desk` exists for reference `&Client<Credentials<Unset, Badge>>`, but its trait bounds were not satisfied

use other_api::archive::Client;
use other_api::archive::credentials::{Badge, Credentials, Unset};

fn main() {
    let _ = |client: &Client<Credentials<Unset, Badge>>| client.desk().read_counters();
}
