//! Uses a struct that declares nothing as scopes.
// error: E0599 the function or associated item `new` exists for struct `Login<Own>`, but its trait bounds were not satisfied

use other_api::archive::credentials::{Credentials, Login};

struct Own;

fn main() {
    let _ = Login::<Own>::new("fake").map(|token| Credentials::new().login(token));
}
