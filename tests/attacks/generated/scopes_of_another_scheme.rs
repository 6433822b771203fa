//! Uses the scopes of one scheme's token for a different scheme.
// error: E0599 the method `desk` exists for reference `&Client<Credentials<Unset, Unset, Unset, Unset, Unset, ..., ..., ...>>`, but its trait bounds were not satisfied

use other_api::archive::clients::MemberClient;
use other_api::archive::credentials::Login;
use other_api::archive::scopes::login::RecordsRead;
use other_api::archive::scopes::scopes;

scopes! {
    struct Declared for Login: RecordsRead;
}

fn main() {
    let _ = |client: &MemberClient<Declared>| client.desk().request_loans();
}
