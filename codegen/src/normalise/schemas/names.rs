//! Gives schemas distinct names that are usable for Rust types.

use std::collections::{BTreeMap, BTreeSet};

use super::taken::usable;
use crate::names::pascal;
use crate::normalise::Record;
use crate::normalise::kinds::{Kind, for_each_schema};
use crate::{Entry, Node};

/// Names from Rust's prelude, which generated code, derive macros and code that imports the
/// generated types use without a path. A type with one of these names would shadow the prelude.
pub(crate) const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Renames schemas whose names can't be used in Rust, and all references to them. Other schemas
/// keep their names.
pub(crate) fn names(root: &mut Node, record: &mut Record) {
    let renamed = renamed(root);
    if renamed.is_empty() {
        return;
    }
    let components = root.get_mut("components");
    let schemas = components.and_then(|components| components.get_mut("schemas"));
    for entry in schemas.into_iter().flat_map(Node::entries_mut) {
        if let Some(name) = renamed.get(&entry.key) {
            let shown: String = entry.key.chars().take(100).collect();
            let message = format!("The type of schema `{shown}` is named `{name}`.");
            record.note("schema-name", entry.key_span, message);
            entry.key.clone_from(name);
        }
    }
    let target = |text: &str| renamed.get(text.strip_prefix(SCHEMAS)?).cloned();
    for_each_schema(root, Kind::Document, &mut |node| {
        if let Some(reference) = node.get_mut("$ref") {
            rename(reference, target);
        }
        let discriminator = node.get_mut("discriminator");
        if let Some(mapping) = discriminator.and_then(|node| node.get_mut("mapping")) {
            mapping.entries_mut().iter_mut().for_each(|entry| rename(&mut entry.value, target));
        }
    });
}

const SCHEMAS: &str = "#/components/schemas/";

fn rename(reference: &mut Node, target: impl Fn(&str) -> Option<String>) {
    if let Some(name) = reference.as_str().and_then(target) {
        *reference = Node::text_at(reference.span, format!("{SCHEMAS}{name}"));
    }
}

/// Returns the new names of schemas that have to be renamed.
fn renamed(root: &Node) -> BTreeMap<String, String> {
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    let schemas = schemas.map_or(&[][..], Node::entries);
    let structs: BTreeSet<String> = schemas.iter().filter_map(required_struct).collect();
    // Schemas whose names are already Rust names come first, so that they keep their names
    // regardless of their order in the document.
    let mut keys: Vec<(&str, String)> =
        schemas.iter().map(|entry| (entry.key.as_str(), pascal(&entry.key))).collect();
    keys.sort_by_key(|(key, rust)| (key != rust, *key));
    let mut taken = BTreeSet::new();
    let mut without = Vec::new();
    for (key, rust) in keys {
        let is_free = is_usable(&rust) && !structs.contains(&rust) && !taken.contains(&rust);
        // A free name is kept unless it has characters that need escaping in references.
        if is_free && is_plain(key) {
            taken.insert(rust);
        } else {
            without.push((key, rust, is_free));
        }
    }
    let mut renamed = BTreeMap::new();
    for (key, rust, is_free) in without {
        // A later stage converts the new name to a Rust name, e.g. `AB` to `Ab`. Converting the name
        // here makes sure that the final name is free.
        let own = Some(pascal(&rust)).filter(|own| is_free && !taken.contains(own));
        let mut wanted = own.unwrap_or_else(|| longer(&rust));
        let stem = wanted.clone();
        let mut number = 1_u32;
        while taken.contains(&wanted) || structs.contains(&wanted) || !is_usable(&wanted) {
            number += 1;
            wanted = format!("{stem}{number}");
        }
        taken.insert(wanted.clone());
        renamed.insert(key.to_owned(), wanted);
    }
    renamed
}

/// Returns the replacement name for a schema, without a number.
fn longer(rust: &str) -> String {
    let usable = usable(rust);
    match is_usable(rust) || !is_usable(&usable) {
        true => pascal(&format!("{usable}Schema")),
        false => usable,
    }
}

/// Returns the name of the struct that may be generated for an object's required fields.
fn required_struct(entry: &Entry) -> Option<String> {
    let required = entry.value.get("required")?.items();
    (required.len() > 1).then(|| format!("{}Required", pascal(&entry.key)))
}

/// Returns whether this can be the name of a type in `types`.
fn is_usable(rust: &str) -> bool {
    const LONGEST: usize = 100;
    rust.starts_with(|first: char| first.is_ascii_uppercase())
        && rust.len() <= LONGEST
        && !PRELUDE.contains(&rust)
}

/// Returns whether a name doesn't need escaping in a reference.
fn is_plain(key: &str) -> bool {
    key.chars().all(|each| each.is_alphanumeric() || matches!(each, '.' | '-' | '_'))
}

#[cfg(test)]
mod tests {
    use crate::Document;
    use crate::normalise::Record;

    /// Returns the names of the schemas after renaming.
    fn named(schemas: &str) -> Vec<String> {
        let text = format!("components: {{ schemas: {schemas} }}");
        let mut root = Document::parse("a.yaml", &text).unwrap().root().clone();
        super::names(&mut root, &mut Record::default());
        let schemas = root.get("components").and_then(|components| components.get("schemas"));
        schemas.unwrap().entries().iter().map(|entry| entry.key.clone()).collect()
    }

    #[test]
    fn usable_names_are_unchanged() {
        for name in
            ["Order", "order", "order-item", "order_item.v2", "Café", "Error", "ListCall", "Self"]
        {
            assert_eq!(named(&format!("{{ {name}: {{}} }}")), [name]);
        }
    }

    #[test]
    fn unusable_names_are_replaced() {
        for (name, expected) in [
            ("Option", "OptionSchema"),
            ("string", "StringSchema"),
            ("3d", "Type3d"),
            ("'Page[Order]'", "PageOrder"),
            ("a/b", "Ab"),
            ("Über", "Ber"),
            ("日本", "Type"),
            ("'%'", "X"),
        ] {
            assert_eq!(named(&format!("{{ {name}: {{}} }}")), [expected]);
        }
        let long = "A".repeat(300);
        assert!(named(&format!("{{ {long}: {{}} }}"))[0].len() <= 100);
    }

    #[test]
    fn colliding_names_are_resolved_in_any_order() {
        assert_eq!(named("{ pet: {}, Pet: {} }"), ["PetSchema", "Pet"]);
        assert_eq!(named("{ Pet: {}, pet: {} }"), ["Pet", "PetSchema"]);
        assert_eq!(named("{ a-b: {}, a_b: {}, AB: {} }"), ["a-b", "AbSchema", "AB"]);
        assert_eq!(named("{ A: { required: [a, b] }, ARequired: {} }"), ["A", "ARequiredSchema"]);
    }

    #[test]
    fn references_follow_renamed_schemas() {
        let before = r##"
paths: { /a: { get: { responses: { "200": { content: { application/json: { schema: { $ref: "#/components/schemas/Page[A]" } } } } } } } }
components:
  schemas:
    "Page[A]": { properties: { $ref: { $ref: "#/components/schemas/Vec" } } }
    Vec: { discriminator: { mapping: { a: "#/components/schemas/Page[A]" } }, example: { $ref: "#/components/schemas/Vec" } }
"##;
        let after = r##"
paths: { /a: { get: { responses: { "200": { content: { application/json: { schema: { $ref: "#/components/schemas/PageA" } } } } } } } }
components:
  schemas:
    PageA: { properties: { $ref: { $ref: "#/components/schemas/VecSchema" } } }
    VecSchema: { discriminator: { mapping: { a: "#/components/schemas/PageA" } }, example: { $ref: "#/components/schemas/Vec" } }
"##;
        let mut root = Document::parse("a.yaml", before).unwrap().root().clone();
        let mut record = Record::default();
        super::names(&mut root, &mut record);
        assert_eq!(root.to_json(), Document::parse("b.yaml", after).unwrap().to_json());
        let codes: Vec<_> = record.into_notes().iter().map(|it| it.code).collect();
        assert_eq!(codes, ["schema-name", "schema-name"]);
    }
}
