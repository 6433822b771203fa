//! Finds security schemes that are declared under an unknown key of `components`, such as a
//! misspelt `securitySchemes`.

use std::collections::BTreeSet;

use crate::check::api::Api;
use crate::check::keys;

/// The schemes that are unknown only because of a key that has already been reported.
pub(super) struct Misplaced<'a> {
    names: BTreeSet<&'a str>,
    /// Whether the key `securitySchemes` itself is misspelt.
    all: bool,
}

impl<'a> Misplaced<'a> {
    pub(super) fn of(api: &Api<'a>) -> Self {
        let has_section = api.document.get(&["components", "securitySchemes"]).is_some();
        let mut misplaced = Misplaced { names: BTreeSet::new(), all: false };
        for section in keys::unknown_sections(api) {
            misplaced.names.extend(section.value.entries().iter().map(|it| it.key.as_str()));
            misplaced.all |= !has_section && keys::is_like_security_schemes(&section.key);
        }
        misplaced
    }

    /// Returns whether a scheme is unknown only because of the key that has already been reported.
    pub(super) fn has(&self, name: &str) -> bool {
        self.all || self.names.contains(name)
    }
}
