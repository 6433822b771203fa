//! Lowers the checked document to the model. Decides names, and turns `security` into a bound.
//!
//! The input has already been checked, so a missing key is never an error here. If a key is
//! missing, the model contains a default or no value.

mod bodies;
mod constraints;
pub(crate) mod credentials;
mod errors;
mod groups;
pub(crate) mod identities;
pub(crate) mod pages;
mod response_headers;
pub(crate) mod schemas;
pub(crate) mod security;
pub(crate) mod unions;

use std::collections::BTreeSet;

use crate::model::{
    Choice, Constraints, Form, Location, Model, NamedConstraints, Operation, Parameter, Servers,
    Shape, Style, StyleName,
};
use crate::names;
use crate::normalise::operations::parameters::STYLE;
use crate::normalise::operations::wire::{MAY_BE_EMPTY, NOT_MODIFIED};
use crate::normalise::tree::METHODS;
use crate::{Document, Entry, Node, RequiredScheme, Requirement, Settings};

/// Returns the operations in document order.
pub(crate) fn operation_nodes(document: &Document) -> impl Iterator<Item = &Node> {
    nodes_of_operations(document.root())
}

/// Does the same as `operation_nodes`, but takes the document's root node.
pub(crate) fn nodes_of_operations(root: &Node) -> impl Iterator<Item = &Node> {
    entries_of_operations(root).map(|(_, method)| &method.value)
}

/// Returns each operation as the entry of its path and the entry of its method.
pub(crate) fn entries_of_operations(root: &Node) -> impl Iterator<Item = (&Entry, &Entry)> {
    let paths = root.get("paths").map(Node::entries).unwrap_or_default();
    // Extensions may have any form, including that of a path.
    let paths = paths.iter().filter(|path| !path.key.starts_with("x-"));
    let methods = paths.flat_map(|path| path.value.entries().iter().map(move |it| (path, it)));
    methods.filter(|(_, method)| METHODS.contains(&method.key.as_str()))
}

pub(crate) fn lower(document: &Document, settings: &Settings) -> Model {
    let constraints = match settings.check_constraints {
        true => constraints::named(document),
        false => NamedConstraints::new(),
    };
    let lowering = Lowering { document, settings, constraints };
    let mut operations = lowering.operations();
    let headers = response_headers::distinct(operations.iter_mut().map(|(_, operation)| operation));
    let bodies = operations.iter().filter_map(|(_, operation)| operation.body.clone());
    let parameters = operations.iter().flat_map(|(_, operation)| &operation.parameters);
    let objects = parameters.filter(|it| matches!(it.style.form, Form::Object | Form::Json));
    let objects = objects.filter_map(|it| it.shape.name().map(str::to_owned));
    let sent: Vec<String> = bodies.chain(objects).collect();
    let mut constraints = lowering.constraints;
    let shapes = operations.iter().flat_map(|(_, operation)| &operation.parameters);
    let named = shapes.filter_map(|it| it.constraints.schema.as_deref());
    let checked = schemas::reached(document, sent.iter().map(String::as_str).chain(named));
    constraints.retain(|name, _| checked.contains(name.as_str()));
    let schemes = security::schemes(document, operations.iter().map(|(_, operation)| operation));
    Model::new(
        text(document.root().get("info"), "title"),
        groups::groups(document, operations),
        schemes,
        schemas::lower(document, settings, sent.iter().map(String::as_str)),
        headers,
        constraints,
    )
}

struct Lowering<'a> {
    document: &'a Document,
    settings: &'a Settings,
    /// The constraints of named schemas, if the client checks them.
    constraints: NamedConstraints,
}

impl Lowering<'_> {
    /// Returns the operations, each with its tags.
    fn operations(&self) -> Vec<(Vec<String>, Operation)> {
        let mut operations = Vec::new();
        let paths = self.document.root().get("paths").map(Node::entries).unwrap_or_default();
        for path in paths {
            for method in path.value.entries() {
                if METHODS.contains(&method.key.as_str()) {
                    let mut operation = self.operation(&path.value, &method.value);
                    operation.path.clone_from(&path.key);
                    operation.method = method.key.to_ascii_uppercase();
                    operations.push((tags(&method.value), operation));
                }
            }
        }
        operations
    }

    /// Lowers an operation, except its path and method, which are outside its node.
    fn operation(&self, path: &Node, node: &Node) -> Operation {
        let id = name(Some(node), "operationId");
        let name = names::field(&id);
        let Lowering { document, settings, .. } = *self;
        let security = security::of(document, node)
            .map(|it| security::lowered(document, settings, it))
            .unwrap_or_default();
        let body = node.get("requestBody").map(|body| self.resolve(body));
        Operation {
            // The operation gets this name later, when operations are grouped by tag.
            function: String::new(),
            type_name: names::pascal(&id),
            bound: self.bound(&security),
            security,
            servers: servers(path),
            deprecated: node.get("deprecated").and_then(Node::as_bool).unwrap_or(false),
            parameters: self.parameters(path, node),
            body: body.and_then(json_schema),
            body_format: body.map(bodies::format),
            body_media_type: body.map(bodies::media_type).unwrap_or_default(),
            body_required: body.and_then(|body| body.get("required")).and_then(Node::as_bool)
                == Some(true),
            answer_may_be_missing: bodies::may_be_missing(node)
                && (node.is_true(MAY_BE_EMPTY) || self.answer_may_be_null(node)),
            not_modified: node.is_true(NOT_MODIFIED),
            body_description: described(body, || "The body of the request.".to_owned()),
            body_example: body
                .and_then(json_content)
                .and_then(|content| content.get("example"))
                .map(Node::to_json),
            answer: self.answer(node),
            answer_format: bodies::response_format(node),
            accept: bodies::accept(node),
            pages: None,
            answer_may_be_null: self.answer_may_be_null(node),
            successes: bodies::successes(node),
            errors: errors::lower(node),
            headers: response_headers::lower(settings, node),
            summary: text(Some(node), "summary"),
            description: text(Some(node), "description"),
            evidence: text(Some(node), "x-evidence"),
            path: String::new(),
            method: String::new(),
            id,
            name,
        }
    }

    fn bound(&self, security: &[BTreeSet<RequiredScheme>]) -> Option<usize> {
        let wanted: Requirement = security.iter().cloned().collect();
        if wanted.is_empty() || wanted.contains(&BTreeSet::new()) {
            return None;
        }
        self.settings.bounds.iter().position(|bound| bound.requirement == wanted)
    }

    /// Returns the parameters, those of the path first. A parameter of the operation replaces one
    /// of the path with the same name and location.
    fn parameters(&self, path: &Node, operation: &Node) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for owner in [path, operation] {
            for node in owner.get("parameters").map(Node::items).unwrap_or_default() {
                let Some(new) = self.parameter(self.resolve(node)) else { continue };
                let twin = |old: &Parameter| old.name == new.name && old.location == new.location;
                match parameters.iter_mut().find(|old| twin(old)) {
                    Some(old) => *old = new,
                    None => parameters.push(new),
                }
            }
        }
        parameters
    }

    fn parameter(&self, node: &Node) -> Option<Parameter> {
        let name = name(Some(node), "name");
        let filled = node.get("x-filled-by-client").and_then(Node::as_str);
        let place = node.get("in").and_then(Node::as_str)?;
        let description = || format!("Parameter `{name}` in {place}.");
        Some(Parameter {
            ident: names::argument(&name),
            location: match place {
                "path" => Location::Path,
                "query" => Location::Query,
                "header" => Location::Header,
                "cookie" => Location::Cookie,
                _ => return None,
            },
            required: node.get("required").and_then(Node::as_bool).unwrap_or(false),
            description: schemas::with_facets(
                described(Some(node), description),
                node.get("schema"),
            ),
            name,
            shape: node
                .get("schema")
                .map_or(Shape::Other, |schema| schemas::shape(self.settings, schema)),
            // Every parameter has a style in the normal form.
            style: node
                .text(STYLE)
                .and_then(Style::read)
                .unwrap_or(Style::single(StyleName::usual(place).unwrap_or(StyleName::Form))),
            example: node.get("example").map(Node::to_json),
            filled: filled.and_then(|value| self.settings.hooks.values.get(value)).cloned(),
            constraints: self.constraints(node.get("schema")),
        })
    }

    /// Returns the constraints that the client checks.
    fn constraints(&self, schema: Option<&Node>) -> Constraints {
        let schema = schema.filter(|_| self.settings.check_constraints);
        schema.map(|it| constraints::of_value(it, &self.constraints)).unwrap_or_default()
    }

    /// Returns the name of the JSON schema of the first success response. If there is no success
    /// response, `default` is used.
    fn answer(&self, operation: &Node) -> Option<String> {
        json_schema(self.success(operation)?)
    }

    fn success<'n>(&'n self, operation: &'n Node) -> Option<&'n Node> {
        let responses = operation.get("responses").map(Node::entries).unwrap_or_default();
        let success = responses.iter().find(|response| response.key.starts_with('2'));
        let success =
            success.or_else(|| responses.iter().find(|response| response.key == "default"))?;
        Some(self.resolve(&success.value))
    }

    /// Returns whether the body of a success response may be `null`.
    fn answer_may_be_null(&self, operation: &Node) -> bool {
        let schema = self.success(operation).and_then(json_content).and_then(|it| it.get("schema"));
        schema.is_some_and(|schema| schema.is_true("nullable"))
    }

    /// Returns the target of a reference, or the node itself.
    fn resolve<'n>(&'n self, node: &'n Node) -> &'n Node {
        let Some(reference) = node.get("$ref").and_then(Node::as_str) else { return node };
        let pointer: Vec<&str> = reference.trim_start_matches("#/").split('/').collect();
        self.document.get(&pointer).unwrap_or(node)
    }
}

fn tags(operation: &Node) -> Vec<String> {
    let tags = operation.get("tags").map(Node::items).unwrap_or_default();
    tags.iter().filter_map(Node::as_str).map(str::to_owned).collect()
}

/// Returns a choice if there is a server variable, and otherwise a list.
fn servers(path: &Node) -> Servers {
    let servers = path.get("servers").map(Node::items).unwrap_or_default();
    let url = |server: &Node| name(Some(server), "url");
    if let Some(server) = servers.first()
        && let Some(variable) = server.get("variables").and_then(|list| list.entries().first())
    {
        let template = url(server);
        let placeholder = format!("{{{}}}", variable.key);
        let values = variable.value.get("enum").map(Node::items).unwrap_or_default();
        let choice = |value: &Node| {
            let value = value.as_str()?.to_owned();
            Some(Choice { url: template.replace(&placeholder, &value), value })
        };
        return Servers::Choice {
            variable: variable.key.clone(),
            description: described(Some(&variable.value), || {
                format!("Server variable `{}`.", variable.key)
            }),
            choices: values.iter().filter_map(choice).collect(),
        };
    }
    Servers::Fixed(servers.iter().map(url).collect())
}

fn json_content(holder: &Node) -> Option<&Node> {
    holder.get("content")?.get("application/json")
}

/// Returns the name of the schema of a JSON body.
fn json_schema(holder: &Node) -> Option<String> {
    let schema = json_content(holder)?.get("schema")?;
    schemas::reference(schema).map(str::to_owned)
}

/// Returns the string under a key, e.g. a name, unchanged. The result is empty if the key is
/// missing.
fn name(node: Option<&Node>, key: &str) -> String {
    node.and_then(|node| node.get(key)).and_then(Node::as_str).unwrap_or_default().to_owned()
}

/// Returns the prose under a key, trimmed and with uniform line breaks. The result is empty if the
/// key is missing.
pub(super) fn text(node: Option<&Node>, key: &str) -> String {
    name(node, key).trim().replace("\r\n", "\n").replace('\r', "\n")
}

/// Returns the description, or a default one. Every item needs documentation, because crates may
/// enable the `missing_docs` lint.
pub(super) fn described(node: Option<&Node>, otherwise: impl FnOnce() -> String) -> String {
    let text = text(node, "description");
    if text.is_empty() { otherwise() } else { text }
}
