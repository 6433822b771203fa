//! Writes a key as a literal.
// error: E0423 cannot initialize a tuple struct which contains private fields

use other_api::archive::credentials::CatalogueKey;

fn main() {
    let _ = CatalogueKey(unreachable!());
}
