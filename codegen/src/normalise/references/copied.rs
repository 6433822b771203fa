//! Resolves references to everything except schemas. Parameters, bodies and responses stay shared,
//! and everything else is copied.

use std::collections::BTreeMap;

use super::omitted::{Broken, omit, operations_of, without_schemes};
use super::pointer::{Lost, Source, weight};
use crate::normalise::Record;
use crate::normalise::kinds::{Kind, Shape, inner, is_extension};
use crate::{Entry, Node, Value};

/// The maximum total size of copies, as measured by [`weight`]. Without this limit, a document full
/// of references to one large path would take quadratic time.
const MAX_COPIED: usize = 400_000;

struct Copier<'a, 'r> {
    source: Source<'a>,
    record: &'r mut Record,
    left: usize,
    /// The definitions in `components` that can't be used.
    broken: BTreeMap<(&'static str, String), Broken>,
}

pub(super) fn resolve(root: &mut Node, record: &mut Record) {
    let original = root.clone();
    let source = Source::new(&original);
    let mut copier = Copier { source, record, left: MAX_COPIED, broken: BTreeMap::new() };
    if let Some(components) = root.get_mut("components") {
        copier.components(components);
    }
    let Some(Value::Mapping(paths)) = root.get_mut("paths").map(|paths| &mut paths.value) else {
        return;
    };
    paths.retain_mut(|path| {
        if is_extension(Kind::PathItem, &path.key) {
            return true;
        }
        let Err(broken) = copier.place(&mut path.value, Kind::PathItem) else { return true };
        let message = format!("Path `{}` is left out: {}.", path.key, broken.reason);
        copier.record.note(broken.code, broken.span, message);
        false
    });
    let broken = copier.broken;
    without_schemes(root, &broken);
}

impl Copier<'_, '_> {
    fn components(&mut self, components: &mut Node) {
        for section in components.entries_mut() {
            let Some((Shape::Map, kind)) = inner(Kind::Components, &section.key) else { continue };
            if kind == Kind::Schema {
                continue;
            }
            let Value::Mapping(definitions) = &mut section.value.value else { continue };
            let stays = shared(kind);
            definitions.retain_mut(|definition| {
                let reference = definition.value.get("$ref").map(|reference| reference.span);
                let result = self.place(&mut definition.value, kind);
                let Entry { key, value, .. } = definition;
                match result {
                    // All references to this definition already point to its target.
                    Ok(()) if value.has("$ref") => {
                        let message = format!(
                            "`components.{}.{key}` is only another name for a definition, which \
                             operations use instead.",
                            section.key,
                        );
                        let span = reference.unwrap_or(value.span);
                        self.record.note("reference-alias", span, message);
                        false
                    }
                    Ok(()) => true,
                    Err(broken) => {
                        if let Some(section) = stays {
                            self.broken.insert((section, key.clone()), broken);
                        } else if kind == Kind::SecurityScheme {
                            self.broken.insert(("securitySchemes", key.clone()), broken);
                        }
                        false
                    }
                }
            });
        }
    }

    /// Resolves a node and everything inside it except schemas.
    fn place(&mut self, node: &mut Node, kind: Kind) -> Result<(), Broken> {
        if node.has("$ref") {
            match self.reference(node, kind) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                // A path may also have its own operations.
                Err(broken) if kind == Kind::PathItem && operations_of(node).next().is_some() => {
                    node.remove("$ref");
                    let message = format!("Some operations are left out: {}.", broken.reason);
                    self.record.note(broken.code, broken.span, message);
                }
                Err(broken) => return Err(broken),
            }
        }
        match kind {
            Kind::PathItem => self.path_item(node),
            Kind::Operation => {
                if let Err(broken) = self.inside(node, kind) {
                    omit(node, &broken);
                }
                Ok(())
            }
            _ => self.inside(node, kind),
        }
    }

    fn path_item(&mut self, node: &mut Node) -> Result<(), Broken> {
        let mut all = None;
        if let Some(Value::Sequence(items)) = node.get_mut("parameters").map(|it| &mut it.value) {
            items.retain_mut(|item| match self.place(item, Kind::Parameter) {
                Ok(()) => true,
                Err(broken) => {
                    all.get_or_insert(broken);
                    false
                }
            });
        }
        for operation in operations_of(node) {
            if let Some(broken) = &all {
                omit(operation, broken);
            }
            // OpenAPI doesn't allow references in place of operations, but some documents contain
            // them.
            if let Err(broken) = self.place(operation, Kind::Operation) {
                operation.remove("$ref");
                omit(operation, &broken);
            }
        }
        Ok(())
    }

    /// Resolves the contents of a node. Headers, examples and links are left out if they can't be
    /// resolved.
    fn inside(&mut self, node: &mut Node, kind: Kind) -> Result<(), Broken> {
        for Entry { key, value, .. } in node.entries_mut() {
            match inner(kind, key) {
                None | Some((_, Kind::Schema)) => {}
                Some((Shape::One, kind)) => self.place(value, kind)?,
                Some((Shape::List, kind)) => {
                    value.items_mut().iter_mut().try_for_each(|item| self.place(item, kind))?;
                }
                Some((Shape::Map, kind @ (Kind::Header | Kind::Example | Kind::Link))) => {
                    let Value::Mapping(entries) = &mut value.value else { continue };
                    entries.retain_mut(|entry| match self.place(&mut entry.value, kind) {
                        Ok(()) => true,
                        Err(Broken { code, reason, span }) => {
                            let message =
                                format!("`{}` in `{key}` is left out: {reason}.", entry.key);
                            self.record.note(code, span, message);
                            false
                        }
                    });
                }
                Some((Shape::Map, kind)) => {
                    let entries = value.entries_mut().iter_mut();
                    let mut entries = entries.filter(|entry| !is_extension(kind, &entry.key));
                    entries.try_for_each(|entry| self.place(&mut entry.value, kind))?;
                }
            }
        }
        Ok(())
    }

    /// Makes a reference direct, or replaces it with its target. Returns whether the reference was
    /// replaced.
    fn reference(&mut self, node: &mut Node, kind: Kind) -> Result<bool, Broken> {
        let span = node.get("$ref").map_or(node.span, |reference| reference.span);
        let Some(text) = node.text("$ref").map(str::to_owned) else {
            let reason = "a `$ref` isn't a string".to_owned();
            return Err(Broken { code: Lost::Missing.code(), reason, span });
        };
        let lost = |lost: Lost| Broken { code: lost.code(), reason: lost.reason(&text), span };
        let target = self.source.follow(&text, |_| true).map_err(lost)?;
        if let ([_, section, name], Some(own)) = (&target.tokens[..], shared(kind)) {
            if let Some(broken) = self.broken.get(&(own, name.clone())).filter(|_| own == section) {
                return Err(broken.clone());
            }
            if own == section && is_plain(name) {
                let misplaced = node.remove("security");
                let reference = Node::text_at(span, format!("#/components/{own}/{name}"));
                *node = Node::mapping_at(node.span, [("$ref", reference)]);
                // A `security` next to the reference is kept for a later step, because the
                // operation may need its credentials.
                if let (Some(misplaced), Value::Mapping(entries)) = (misplaced, &mut node.value) {
                    entries.push(misplaced);
                }
                return Ok(false);
            }
        }
        if target.kind == Some(Kind::Schema) {
            let wrapped = of_schema(node, kind).ok_or_else(|| lost(Lost::Missing))?;
            let message = format!(
                "The reference `{text}` points to a schema where something else is expected, so \
                 that schema is used for `application/json`.",
            );
            self.record.note("reference-kind", span, message);
            *node = wrapped;
            return Ok(true);
        }
        if !target.node.is_mapping() {
            return Err(lost(Lost::Missing));
        }
        self.left = self.left.saturating_sub(weight(target.node));
        if self.left == 0 {
            let reason = format!("the target of the reference `{text}` is too large to copy");
            return Err(Broken { code: "reference-size", reason, span });
        }
        let rest = std::mem::replace(node, target.node.clone());
        for entry in rest.entries() {
            // A `security` is never lost, even where OpenAPI doesn't define it.
            let stays = matches!(entry.key.as_str(), "summary" | "description" | "security");
            let is_kept = stays || matches!(kind, Kind::PathItem | Kind::Operation);
            if entry.key != "$ref" && is_kept {
                node.set(&entry.key, entry.value.clone());
            }
        }
        Ok(true)
    }
}

/// Returns the section that operations refer to, or `None` if definitions of this kind are copied
/// into the operations.
fn shared(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Parameter => Some("parameters"),
        Kind::Body => Some("requestBodies"),
        Kind::Response => Some("responses"),
        _ => None,
    }
}

/// Returns whether a name doesn't need escapes in a reference.
fn is_plain(name: &str) -> bool {
    let plain = |each: u8| each.is_ascii_alphanumeric() || matches!(each, b'.' | b'-' | b'_');
    !name.is_empty() && name.bytes().all(plain)
}

/// Returns a body, response or media type whose schema is the reference.
fn of_schema(node: &Node, kind: Kind) -> Option<Node> {
    let span = node.span;
    let reference = node.get("$ref")?.clone();
    let schema = Node::mapping_at(span, [("$ref", reference)]);
    let media = Node::mapping_at(span, [("schema", schema)]);
    if kind == Kind::Media {
        return Some(media);
    }
    let content = Node::mapping_at(span, [("application/json", media)]);
    match kind {
        Kind::Body => Some(Node::mapping_at(span, [("content", content)])),
        Kind::Response => {
            let description = Node::text_at(span, node.text("description").unwrap_or_default());
            Some(Node::mapping_at(span, [("description", description), ("content", content)]))
        }
        _ => None,
    }
}
