//! Uses a bound with fewer scopes than the operation needs.
// error: E0277 this operation needs a `Login` token with the scopes `records.read` and `records.write`, but the client holds `K`

use other_api::archive::{Client, requirements};

fn edit<K: requirements::LoginWithRecordsAuditOrLoginWithRecordsWrite>(client: &Client<K>) {
    let _ = client.desk().move_records();
}

fn main() {
}
