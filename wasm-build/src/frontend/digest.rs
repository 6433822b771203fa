//! Computes a hash that changes if a frontend must be built again.

use sha2::{Digest as _, Sha256};

use super::bindings::version;
use super::pages::Pages;

/// The files of this crate that affect how a frontend is built. If one of them changes, every frontend is out of date.
const RECIPE: [&str; 3] = [
    include_str!("bindings.rs"),
    include_str!("optimise.rs"),
    include_str!("../../node/package-lock.json"),
];

/// Returns a hash of everything that affects a frontend's files.
pub(super) fn digest(module: &[u8], pages: &Pages, optimised: bool) -> String {
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    for part in RECIPE {
        add(part.as_bytes());
    }
    add(&[u8::from(optimised)]);
    add(version().as_bytes());
    add(module);
    for (name, content) in pages {
        add(name.as_bytes());
        add(content);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_input_changes_the_digest() {
        let pages = |name: &str, content: &str| {
            Pages::from([(name.to_owned(), content.as_bytes().to_vec())])
        };
        let first = digest(b"module", &pages("a", "bc"), true);
        assert_eq!(first, digest(b"module", &pages("a", "bc"), true));
        for other in [
            digest(b"another", &pages("a", "bc"), true),
            digest(b"module", &pages("ab", "c"), true),
            digest(b"module", &pages("a", "bd"), true),
            digest(b"module", &pages("a", "bc"), false),
        ] {
            assert_ne!(other, first);
        }
    }
}
