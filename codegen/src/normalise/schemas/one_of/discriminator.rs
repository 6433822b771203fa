//! Completes the `discriminator` of a union so that it names every alternative, or removes it.

use std::collections::BTreeSet;

use super::super::keys::{self, reference, sequence};
use super::super::kinds::{self, KINDS};
use super::{Unions, kinds_of, resolved};
use crate::{Entry, Node, Value};

impl Unions<'_> {
    /// Completes a union's discriminator, or removes it if it isn't suitable. If the union has no
    /// discriminator, looks for a property that can serve as one.
    pub(super) fn discriminate(&mut self, union: &mut Node, alternatives: &mut [Node]) {
        let Some(entry) = union.remove("discriminator") else {
            if let Some(property) = self.find(alternatives) {
                self.found(union, alternatives, &property);
            }
            return;
        };
        let why = match self.complete(&entry, union, alternatives) {
            Ok(discriminator) => return union.set("discriminator", discriminator),
            Err(why) => why,
        };
        let message =
            format!("The discriminator of {} is ignored, because {why}.", self.site.title);
        self.note("discriminator", entry.key_span, message);
        for alternative in alternatives {
            alternative.remove(KINDS);
        }
    }

    fn complete(
        &mut self,
        entry: &Entry,
        union: &Node,
        alternatives: &[Node],
    ) -> Result<Node, String> {
        let Some(property) = entry.value.get("propertyName").filter(|it| it.as_str().is_some())
        else {
            return Err("it has no `propertyName`".to_owned());
        };
        let name = property.as_str().unwrap_or_default();
        let mut with = Node::at(union.span, Value::Mapping(Vec::new()));
        with.set("discriminator", entry.value.clone());
        let mut mapping = Node::at(entry.value.span, Value::Mapping(Vec::new()));
        let mut without_name = BTreeSet::new();
        for alternative in alternatives {
            self.fits(alternative, name)?;
            let kinds = kinds_of(self.named, &with, alternative);
            let Some(target) = reference(alternative) else {
                if kinds.is_empty() {
                    return Err("an alternative has no name".to_owned());
                }
                without_name.extend(kinds);
                continue;
            };
            let mut is_listed = false;
            for kind in kinds {
                if !mapping.has(&kind) && !without_name.contains(&kind) {
                    is_listed = true;
                    mapping.set(&kind, Node::text_at(alternative.span, keys::whole(&target)));
                }
            }
            if !is_listed {
                return Err(format!("no value of `{name}` selects only schema `{target}`"));
            }
        }
        let wanted = entry.value.get("mapping").map_or(&[][..], Node::entries);
        for entry in wanted.iter().take(kinds::MAX).filter(|it| !mapping.has(&it.key)) {
            let message = format!(
                "The discriminator of {} maps `{}` to a schema that isn't one of the alternatives: the entry is ignored.",
                self.site.title, entry.key
            );
            self.note("discriminator", entry.key_span, message);
        }
        let mut discriminator =
            Node::mapping_at(entry.value.span, [("propertyName", property.clone())]);
        discriminator.set("mapping", mapping);
        Ok(discriminator)
    }

    /// Checks that an alternative is an object in which the discriminator property is a string.
    fn fits(&self, alternative: &Node, name: &str) -> Result<(), String> {
        let schema = resolved(self.named, alternative);
        let Some(properties) = schema.get("properties") else {
            return Err("an alternative isn't an object with properties".to_owned());
        };
        let Some(property) = properties.get(name) else {
            return Err(format!("an alternative has no property `{name}`"));
        };
        match resolved(self.named, property).text("type") {
            Some("string") => Ok(()),
            _ => Err(format!("the property `{name}` of an alternative isn't a string")),
        }
    }

    /// Returns a required property whose values distinguish the alternatives.
    fn find(&self, alternatives: &[Node]) -> Option<String> {
        /// Searching more properties would be slow and unlikely to help.
        const MAX: usize = 200;
        let schemas: Vec<&Node> = alternatives.iter().map(|it| resolved(self.named, it)).collect();
        let properties = schemas.first()?.get("properties")?.entries().iter().take(MAX);
        let tells_apart = |name: &str| {
            let mut seen = BTreeSet::new();
            schemas.iter().all(|schema| {
                let required = sequence(schema, "required").unwrap_or_default();
                let values = self.values(schema, name);
                required.iter().any(|it| it.as_str() == Some(name))
                    && !values.is_empty()
                    && values.into_iter().all(|value| seen.insert(value))
            })
        };
        properties.map(|property| property.key.clone()).find(|name| tells_apart(name))
    }

    fn found(&mut self, union: &mut Node, alternatives: &mut [Node], name: &str) {
        let span = union.span;
        let mut mapping = Node::at(span, Value::Mapping(Vec::new()));
        for alternative in alternatives.iter_mut() {
            let values = self.values(resolved(self.named, alternative), name);
            if let Some(target) = reference(alternative) {
                for value in values {
                    mapping.set(&value, Node::text_at(span, keys::whole(&target)));
                }
            } else {
                let values = values.into_iter().map(|value| Node::text_at(span, value)).collect();
                alternative.set(KINDS, Node::list_at(span, values));
            }
        }
        let entries = [("propertyName", Node::text_at(span, name)), ("mapping", mapping)];
        union.set("discriminator", Node::mapping_at(span, entries));
        let message = format!(
            "The alternatives of {} are distinguished by `{name}`, because each alternative \
             allows different values for this property.",
            self.site.title
        );
        self.note("discriminator-found", span, message);
    }

    /// Returns the enum values of a property, following a reference.
    fn values(&self, schema: &Node, name: &str) -> Vec<String> {
        let inline = kinds::allowed(schema, name);
        if !inline.is_empty() {
            return inline;
        }
        let property = schema.get("properties").and_then(|properties| properties.get(name));
        let target = property.map(|property| resolved(self.named, property));
        let values = target.and_then(|target| target.get("enum")).map_or(&[][..], Node::items);
        values.iter().take(kinds::MAX).filter_map(Node::as_str).map(str::to_owned).collect()
    }
}
