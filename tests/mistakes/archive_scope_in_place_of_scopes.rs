//! A scope itself is the parameter of the token, without a declaration.
use other_api::archive::credentials::Login;
use other_api::archive::scopes::login::RecordsRead;

fn main() {
    let _ = Login::<RecordsRead>::new("not-a-real-token");
}
