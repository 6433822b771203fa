//! Uses the program's own type instead of a key.
// error: E0599 the method `desk` exists for reference `&Client<Credentials<Unset, Own>>`, but its trait bounds were not satisfied

use other_api::archive::Client;
use other_api::archive::credentials::{Credentials, Unset};

struct Own;

fn main() {
    let _ = |client: &Client<Credentials<Unset, Own>>| client.desk().read_counters();
}
