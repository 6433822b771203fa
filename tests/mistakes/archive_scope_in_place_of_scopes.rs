//! The token's type parameter is a scope itself instead of a declaration of scopes.
use other_api::archive::credentials::Login;
use other_api::archive::scopes::login::RecordsRead;

fn main() {
    let _ = Login::<RecordsRead>::new("not-a-real-token");
}
