//! Finds the places where schemas occur.

use super::super::api::{Api, Definition, Operation};
use super::super::identifiers::suggestion;
use super::super::names::pascal;
use crate::{Diagnostic, Entry, Node, Span, Value};

/// A schema and its place in the document.
#[derive(Clone)]
pub(super) struct Site<'a> {
    pub(super) node: &'a Node,
    /// The name of a named schema, or `None`.
    pub(super) name: Option<&'a str>,
    pub(super) position: Position,
    /// The span of the schema's name or key, where the schema begins.
    pub(super) at: Span,
    /// The schema's name in messages, e.g. "schema `Book`" or "property `title` of schema `Book`".
    pub(super) title: String,
    /// The name that the schema would get under `components.schemas`.
    pub(super) suggestion: String,
    pub(super) operation: Option<Operation<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// In `components.schemas`.
    Named,
    Property,
    /// `items`, or the values of `additionalProperties`.
    Item,
    /// An alternative of a `oneOf`.
    Alternative,
    /// A part of an `allOf` or `anyOf`.
    Part,
    Parameter,
    /// The body of a request or a response.
    Body,
}

impl<'a> Site<'a> {
    /// Returns an error about this schema. The message is the schema's title followed by `what`.
    pub(super) fn mistake(&self, code: &'static str, what: impl std::fmt::Display) -> Diagnostic {
        let operation = self.operation.and_then(|operation| operation.id());
        Diagnostic::new(code, format!("{} {what}", self.title)).operation(operation)
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.node.get(key).and_then(Node::as_str)
    }

    fn inner(&self, entry: &'a Entry, position: Position, title: String, name: &str) -> Self {
        Site {
            node: &entry.value,
            name: None,
            position,
            at: entry.key_span,
            title,
            suggestion: format!("{}{}", self.suggestion, pascal(name)),
            operation: self.operation,
        }
    }

    /// Returns a part of an `allOf`, `anyOf` or `oneOf`. Parts are numbered from 1.
    fn part(&self, key: &str, number: usize, node: &'a Node) -> Self {
        let (position, title) = match key {
            "oneOf" => (Position::Alternative, format!("alternative {number}")),
            _ => (Position::Part, format!("part {number} of `{key}`")),
        };
        Site {
            node,
            name: None,
            position,
            at: node.span,
            title: format!("{title} of {}", self.title),
            suggestion: format!("{}{number}", self.suggestion),
            operation: self.operation,
        }
    }

    /// Returns the schemas directly inside this one.
    fn children(&self) -> Vec<Self> {
        let mut children = Vec::new();
        for entry in self.node.get("properties").map_or(&[][..], Node::entries) {
            let title = format!("property `{}` of {}", entry.key, self.title);
            children.push(self.inner(entry, Position::Property, title, &entry.key));
        }
        if let Some(entry) = self.node.entry("items") {
            let title = format!("`items` of {}", self.title);
            children.push(self.inner(entry, Position::Item, title, "item"));
        }
        let additional = self.node.entry("additionalProperties");
        if let Some(entry) = additional.filter(|it| matches!(it.value.value, Value::Mapping(_))) {
            let title = format!("`additionalProperties` of {}", self.title);
            children.push(self.inner(entry, Position::Item, title, "value"));
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            let parts = self.node.get(key).map_or(&[][..], Node::items);
            children
                .extend(parts.iter().enumerate().map(|(at, node)| self.part(key, at + 1, node)));
        }
        children
    }
}

/// Returns all schemas of the document, each only once. References are not followed, because their
/// targets are included anyway.
pub(super) fn all<'a>(api: &Api<'a>) -> Vec<Site<'a>> {
    let mut open: Vec<Site<'a>> = named(api);
    open.extend(api.parameters().iter().filter_map(parameter));
    if api.as_written {
        open.extend(api.headers().iter().filter_map(header));
    }
    open.extend(api.request_bodies().iter().flat_map(|body| media(body, "body")));
    open.extend(api.responses().iter().flat_map(|response| media(response, "response")));
    let mut all = Vec::new();
    while let Some(site) = open.pop() {
        if site.node.get("$ref").is_none() {
            open.extend(site.children());
        }
        all.push(site);
    }
    all
}

fn named<'a>(api: &Api<'a>) -> Vec<Site<'a>> {
    let schemas = api.section("schemas").iter();
    schemas
        // Schemas that are references are reported only as aliases.
        .filter(|entry| entry.value.get("$ref").is_none())
        .map(|entry| Site {
            node: &entry.value,
            name: Some(&entry.key),
            position: Position::Named,
            at: entry.key_span,
            title: format!("schema `{}`", entry.key),
            suggestion: pascal(&entry.key),
            operation: None,
        })
        .collect()
}

fn parameter<'a>(definition: &Definition<'a>) -> Option<Site<'a>> {
    let entry = definition.node.entry("schema")?;
    let name = definition.node.get("name").and_then(Node::as_str).unwrap_or("");
    Some(Site {
        node: &entry.value,
        name: None,
        position: Position::Parameter,
        at: entry.key_span,
        title: format!("parameter `{name}`"),
        suggestion: pascal(name),
        operation: definition.operation,
    })
}

fn header<'a>(definition: &Definition<'a>) -> Option<Site<'a>> {
    let entry = definition.node.entry("schema")?;
    let name = definition.key.map_or("", |entry| entry.key.as_str());
    Some(Site {
        node: &entry.value,
        name: None,
        position: Position::Parameter,
        at: entry.key_span,
        title: format!("header `{name}` of a response"),
        suggestion: format!("{}Header", pascal(name)),
        operation: definition.operation,
    })
}

fn media<'a>(definition: &Definition<'a>, what: &str) -> Vec<Site<'a>> {
    let content = definition.node.get("content").map_or(&[][..], Node::entries);
    let (operation, key) = (definition.operation, definition.key);
    let owner = match (operation, key) {
        (Some(operation), Some(entry)) if what == "response" => {
            format!("response `{}` of {}", entry.key, operation.title())
        }
        (Some(operation), _) => format!("the {what} of {}", operation.title()),
        (None, entry) => {
            let name = entry.map_or("", |entry| entry.key.as_str());
            format!("the shared {what} `{name}`")
        }
    };
    let base = match (operation, key) {
        (Some(operation), _) => {
            operation.id().map_or_else(|| suggestion(&operation), str::to_owned)
        }
        (None, entry) => entry.map(|entry| entry.key.clone()).unwrap_or_default(),
    };
    // All success responses share one body, so only the names for errors contain the status.
    let status = key
        .filter(|entry| operation.is_some() && what == "response" && !entry.key.starts_with('2'));
    let status = status.map_or("", |entry| entry.key.as_str());
    let suggestion = format!("{}{}{}", pascal(&base), pascal(what), pascal(status));
    let site = |entry: &'a Entry| {
        let schema = entry.value.entry("schema")?;
        Some(Site {
            node: &schema.value,
            name: None,
            position: Position::Body,
            at: schema.key_span,
            title: owner.clone(),
            suggestion: suggestion.clone(),
            operation,
        })
    };
    // A different rule rejects other media types.
    content.iter().filter(|entry| entry.key == "application/json").filter_map(site).collect()
}
