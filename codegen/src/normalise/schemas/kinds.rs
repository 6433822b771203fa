//! Determines the values of a discriminator, and the schemas that they select.

use std::collections::BTreeSet;

use super::bases::free;
use super::keys;
use super::walk;
use crate::names::pascal;
use crate::{Entry, Node, Value};

/// The key for the discriminator values of an alternative that has no name yet.
pub(super) const KINDS: &str = "x-openapi-keys-kinds";

/// The maximum number of discriminator values that are read.
pub(super) const MAX: usize = 1_000;

/// Returns the values that select an alternative without a name.
pub(super) fn of_inline(alternative: &Node) -> Vec<String> {
    let kinds = alternative.get(KINDS).map_or(&[][..], Node::items).iter();
    kinds.filter_map(Node::as_str).map(str::to_owned).collect()
}

/// Returns the values that select a referenced schema: those in the mapping, or else those that the
/// schema's discriminator property allows, or else the schema's name.
pub(super) fn of_reference(union: &Node, name: &str, target: Option<&Node>) -> Vec<String> {
    let Some(discriminator) = union.get("discriminator") else { return Vec::new() };
    let mapping = discriminator.get("mapping").map_or(&[][..], Node::entries);
    let means = |entry: &&Entry| {
        entry.value.as_str().is_some_and(|target| {
            target == name || keys::named(target).is_some_and(|target| *target == *name)
        })
    };
    let listed: Vec<String> =
        mapping.iter().take(MAX).filter(means).map(|it| it.key.clone()).collect();
    if !listed.is_empty() {
        return listed;
    }
    let property = discriminator.text("propertyName").unwrap_or_default();
    let allowed = target.map_or_else(Vec::new, |target| allowed(target, property));
    if allowed.is_empty() { vec![name.to_owned()] } else { allowed }
}

/// Returns the enum values of a property.
pub(super) fn allowed(schema: &Node, property: &str) -> Vec<String> {
    let property = schema.get("properties").and_then(|properties| properties.get(property));
    let values = property.and_then(|property| property.get("enum")).map_or(&[][..], Node::items);
    values.iter().take(MAX).filter_map(Node::as_str).map(str::to_owned).collect()
}

/// Turns the alternatives of a discriminator into named schemas.
pub(crate) fn name_alternatives(root: &mut Node) {
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    let entries = schemas.map_or(&[][..], Node::entries).iter();
    let mut taken: BTreeSet<String> = entries.map(|entry| entry.key.clone()).collect();
    let mut added = Vec::new();
    walk::for_each(root, &mut |node, site| {
        let has_discriminator = node.has("discriminator");
        let Some(alternatives) = node.get_mut("oneOf") else { return };
        let mut names = Vec::new();
        for alternative in alternatives.items_mut() {
            let Some(kinds) = alternative.remove(KINDS) else { continue };
            if !has_discriminator {
                continue;
            }
            let kinds: Vec<&str> = kinds.value.items().iter().filter_map(Node::as_str).collect();
            let Some(first) = kinds.first() else { continue };
            let wanted = format!("{}{}", site.name, pascal(first).trim_start_matches('_'));
            let name = free(&mut taken, &wanted);
            let span = alternative.span;
            let reference = Node::reference_at(span, &name);
            let value = std::mem::replace(alternative, reference);
            names.extend(kinds.iter().map(|kind| ((*kind).to_owned(), name.clone())));
            added.push(Entry { key: name, key_span: span, value });
        }
        let discriminator = node.get_mut("discriminator");
        let mapping = discriminator.and_then(|discriminator| discriminator.mapping_mut("mapping"));
        let Some(mapping) = mapping else { return };
        for (kind, name) in names {
            let target = Node::text_at(mapping.span, keys::whole(&name));
            mapping.set(&kind, target);
        }
    });
    if added.is_empty() {
        return;
    }
    let schemas =
        root.mapping_mut("components").and_then(|components| components.mapping_mut("schemas"));
    if let Some(Node { value: Value::Mapping(entries), .. }) = schemas {
        entries.extend(added);
    }
}
