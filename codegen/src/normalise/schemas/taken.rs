//! Assigns new names to unnamed schemas. The names are distinct from all existing names.

use std::collections::{BTreeMap, BTreeSet};

use super::walk::{Position, Site};
use crate::Node;
use crate::names::{is_type, pascal};

/// The Rust type names of all schemas.
pub(crate) struct Taken {
    names: BTreeSet<String>,
    /// The last number that was used for each name. Remembering it keeps the time linear even if
    /// many places have the same name.
    numbers: BTreeMap<String, u32>,
}

impl Taken {
    /// Collects the names in the document.
    pub(crate) fn of(root: &Node) -> Taken {
        let schemas = root.get("components").and_then(|components| components.get("schemas"));
        let names = schemas.map_or(&[][..], Node::entries).iter();
        let names = names.map(|schema| pascal(&schema.key)).collect();
        Taken { names, numbers: BTreeMap::new() }
    }

    /// Reserves a name.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.names.insert(pascal(name));
    }

    /// Assigns a name to the schema at a site. If another schema already has the name, a word that
    /// describes the place is appended. If the longer name isn't free either, a number is also
    /// appended.
    pub(crate) fn free(&mut self, site: &Site) -> String {
        self.first(&site.name, word(site.position))
    }

    /// Assigns the preferred name, followed by this word and a number if necessary.
    pub(crate) fn first(&mut self, wanted: &str, word: &str) -> String {
        let plain = usable(wanted);
        let longer = pascal(&format!("{plain}{word}"));
        let mut name = if self.names.contains(&plain) { longer.clone() } else { plain };
        while self.names.contains(&name) {
            let number = self.numbers.entry(longer.clone()).or_insert(1);
            *number += 1;
            name = format!("{longer}{number}");
        }
        self.names.insert(name.clone());
        name
    }
}

/// Returns a valid type name: the name with a valid first letter and a limited length.
pub(crate) fn usable(name: &str) -> String {
    /// The maximum length. It is shorter than [`is_type`] allows, because words may be appended.
    const LONGEST: usize = 80;
    let ascii: String = name.chars().filter(char::is_ascii_alphanumeric).take(LONGEST).collect();
    // The preferred name is converted to a Rust name, e.g. `ABC` to `Abc`.
    let begun = match pascal(&ascii) {
        name if name.starts_with(|first: char| first.is_ascii_uppercase()) => name,
        _ => format!("Type{ascii}"),
    };
    if is_type(&begun) { begun } else { format!("{}Type", begun.trim_end_matches('_')) }
}

fn word(position: Position) -> &'static str {
    match position {
        Position::Named => "Schema",
        Position::Property => "Property",
        Position::Item => "Item",
        Position::Value => "Value",
        Position::Alternative => "Alternative",
        Position::Part => "Part",
        Position::Not => "Not",
        Position::Parameter => "Parameter",
        Position::Body => "Body",
        Position::Header => "Header",
    }
}

#[cfg(test)]
mod tests {
    use super::{Taken, usable};
    use crate::Document;

    #[test]
    fn a_taken_name_gets_a_word_that_describes_its_place() {
        let text = "components: { schemas: { ab: {}, AbProperty: {} } }";
        let document = Document::parse("a.yaml", text).unwrap();
        let mut taken = Taken::of(document.root());
        assert_eq!(taken.first("A", "Property"), "A");
        assert_eq!(taken.first("AB", "Item"), "AbItem");
        assert_eq!(taken.first("AB", "Property"), "AbProperty2");
        assert_eq!(taken.first("AB", "Property"), "AbProperty3");
    }

    #[test]
    fn names_are_usable_for_types() {
        assert_eq!(usable("_3d"), "Type3d");
        assert_eq!(usable("Größe"), "Gre");
        assert_eq!(usable("self"), "SelfType");
        assert_eq!(usable(""), "Type");
        assert_eq!(usable(&"A".repeat(300)).len(), 80);
    }
}
