//! Writes credentials as a literal.
// error: E0308 expected `Credentials<Badge>`, found `Credentials`

use other_api::archive::credentials::{Badge, Credentials, Unset};

fn main() {
    let _ = Credentials::<Badge> { badge: unreachable!(), ..Credentials::new() };
}
