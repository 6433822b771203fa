//! Uses a struct that doesn't declare scopes as scopes.
// error: E0277 `Own` doesn't declare scopes of `Login`

use other_api::archive::credentials::Login;

struct Own;

fn main() {
    let _ = Login::<Own>::new("fake");
}
