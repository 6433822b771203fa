//! Visits every schema of a document. Inner schemas come before outer ones.

use crate::names::pascal;
use crate::normalise::tree::METHODS;
use crate::{Entry, Node};

/// The role of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// In `components.schemas`.
    Named,
    Property,
    /// `items`.
    Item,
    /// The values of `additionalProperties`.
    Value,
    /// An alternative of `oneOf` or `anyOf`.
    Alternative,
    /// A part of `allOf`.
    Part,
    Not,
    Parameter,
    /// The body of a request or a response.
    Body,
    /// A response header.
    Header,
}

/// The place of a schema.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) position: Position,
    /// A name that is derived from the place, in the style of a Rust type name, e.g.
    /// `ListOrdersResponseItem`. Two places may have the same name.
    pub(crate) name: String,
    /// The name in messages, e.g. "property `title` of schema `Book`".
    pub(crate) title: String,
}

impl Site {
    fn inner(&self, position: Position, name: &str, title: impl std::fmt::Display) -> Site {
        /// The length after which names and titles don't grow. Hostile documents have long, deeply
        /// nested keys.
        const LONGEST: usize = 500;
        let is_short = |text: &str| text.len() <= LONGEST;
        let title = title.to_string();
        Site {
            position,
            name: match is_short(&self.name) && is_short(name) {
                true => format!("{}{}", self.name, pascal(name).trim_start_matches('_')),
                false => self.name.chars().take(LONGEST).collect(),
            },
            title: match is_short(&self.title) {
                true => {
                    format!("{} of {}", title.chars().take(LONGEST).collect::<String>(), self.title)
                }
                false => self.title.clone(),
            },
        }
    }
}

/// Calls `visit` once for every schema, including references.
pub(crate) fn for_each(root: &mut Node, visit: &mut dyn FnMut(&mut Node, &Site)) {
    if let Some(components) = root.get_mut("components") {
        for section in components.entries_mut() {
            let Entry { key, value, .. } = section;
            for entry in value.entries_mut() {
                let name = pascal(&entry.key);
                match key.as_str() {
                    "schemas" => {
                        let title = format!("schema `{}`", entry.key);
                        let site = Site { position: Position::Named, name, title };
                        schema(&mut entry.value, &site, visit);
                    }
                    "parameters" => parameter(&mut entry.value, "", visit),
                    "headers" => header(&mut entry.value, &name, &entry.key, visit),
                    "requestBodies" => {
                        let title = format!("the shared body `{}`", entry.key);
                        content(&mut entry.value, &format!("{name}Body"), &title, visit);
                    }
                    "responses" => {
                        let title = format!("the shared response `{}`", entry.key);
                        response(&mut entry.value, &format!("{name}Response"), &title, visit);
                    }
                    _ => {}
                }
            }
        }
    }
    let Some(paths) = root.get_mut("paths") else { return };
    for path in paths.entries_mut() {
        let shared = pascal(&path.key);
        each_parameter(&mut path.value, &shared, visit);
        for method in path.value.entries_mut() {
            if METHODS.contains(&method.key.as_str()) {
                operation(&mut method.value, &format!("{}{shared}", pascal(&method.key)), visit);
            }
        }
    }
}

fn operation(node: &mut Node, otherwise: &str, visit: &mut dyn FnMut(&mut Node, &Site)) {
    let id = node.text("operationId").map(str::to_owned);
    let name = id.as_deref().map_or_else(|| otherwise.to_owned(), pascal);
    let title = format!("operation `{}`", id.as_deref().unwrap_or(otherwise));
    each_parameter(node, &name, visit);
    if let Some(body) = node.get_mut("requestBody") {
        content(body, &format!("{name}Body"), &format!("the body of {title}"), visit);
    }
    let Some(responses) = node.get_mut("responses") else { return };
    for entry in responses.entries_mut() {
        // All success responses share one body, so only the names for errors contain the status.
        let status = if entry.key.starts_with('2') { "" } else { &*pascal(&entry.key) };
        let name = format!("{name}Response{}", status.trim_start_matches('_'));
        let title = format!("response `{}` of {title}", entry.key);
        response(&mut entry.value, &name, &title, visit);
    }
}

fn each_parameter(holder: &mut Node, owner: &str, visit: &mut dyn FnMut(&mut Node, &Site)) {
    if let Some(parameters) = holder.get_mut("parameters") {
        parameters.items_mut().iter_mut().for_each(|node| parameter(node, owner, visit));
    }
}

fn parameter(node: &mut Node, owner: &str, visit: &mut dyn FnMut(&mut Node, &Site)) {
    let wire = node.text("name").unwrap_or_default().to_owned();
    let site = Site {
        position: Position::Parameter,
        name: format!("{owner}{}", pascal(&wire)),
        title: format!("parameter `{wire}`"),
    };
    if let Some(node) = node.get_mut("schema") {
        schema(node, &site, visit);
    }
    media(node, &site, visit);
}

fn response(node: &mut Node, name: &str, title: &str, visit: &mut dyn FnMut(&mut Node, &Site)) {
    content(node, name, title, visit);
    let Some(headers) = node.get_mut("headers") else { return };
    for entry in headers.entries_mut() {
        // The name doesn't contain the response, so that the same header in many operations is one
        // type.
        let name = format!("{}Header", pascal(&entry.key).trim_start_matches('_'));
        header(&mut entry.value, &name, &entry.key, visit);
    }
}

fn header(node: &mut Node, name: &str, wire: &str, visit: &mut dyn FnMut(&mut Node, &Site)) {
    let title = format!("header `{wire}`");
    let site = Site { position: Position::Header, name: name.to_owned(), title };
    if let Some(node) = node.get_mut("schema") {
        schema(node, &site, visit);
    }
    media(node, &site, visit);
}

fn content(node: &mut Node, name: &str, title: &str, visit: &mut dyn FnMut(&mut Node, &Site)) {
    let site = Site { position: Position::Body, name: name.to_owned(), title: title.to_owned() };
    media(node, &site, visit);
}

fn media(node: &mut Node, site: &Site, visit: &mut dyn FnMut(&mut Node, &Site)) {
    let Some(content) = node.get_mut("content") else { return };
    for media in content.entries_mut() {
        if let Some(node) = media.value.get_mut("schema") {
            schema(node, site, visit);
        }
    }
}

/// Visits a schema and the schemas inside it, starting with the innermost.
pub(crate) fn schema(node: &mut Node, site: &Site, visit: &mut dyn FnMut(&mut Node, &Site)) {
    for entry in node.entries_mut() {
        let Entry { key, value, .. } = entry;
        match key.as_str() {
            "properties" => {
                for property in value.entries_mut() {
                    let title = format!("property `{}`", property.key);
                    let inner = site.inner(Position::Property, &property.key, title);
                    schema(&mut property.value, &inner, visit);
                }
            }
            "items" => schema(value, &site.inner(Position::Item, "item", "`items`"), visit),
            "additionalProperties" if value.is_mapping() => {
                let inner = site.inner(Position::Value, "value", "`additionalProperties`");
                schema(value, &inner, visit);
            }
            "not" => schema(value, &site.inner(Position::Not, "not", "`not`"), visit),
            "oneOf" | "anyOf" | "allOf" => {
                let position = match key.as_str() {
                    "allOf" => Position::Part,
                    _ => Position::Alternative,
                };
                for (at, part) in value.items_mut().iter_mut().enumerate() {
                    let title = format!("item {} in `{key}`", at + 1);
                    schema(part, &site.inner(position, &format!("{}", at + 1), title), visit);
                }
            }
            _ => {}
        }
    }
    visit(node, site);
}
