//! Represents the document as the rules use it: its operations, shared definitions and schemas.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::Stage;
use super::names::{closest, pascal};
use super::security;
use crate::lower::schemas::{reached, references};
use crate::lower::security::Place;
pub(super) use crate::normalise::tree::METHODS;
use crate::{Diagnostic, Document, Entry, Node, Settings};

pub(super) struct Api<'a> {
    pub(super) document: &'a Document,
    pub(super) settings: &'a Settings,
    /// Whether the document is as its author wrote it. If not, it is in the normal form.
    pub(super) as_written: bool,
    pub(super) operations: Vec<Operation<'a>>,
    /// The definitions under `components` by section and name.
    definitions: BTreeMap<(&'a str, &'a str), &'a Entry>,
    /// The Rust names of schemas.
    pub(super) schema_types: BTreeSet<String>,
    /// The names of schemas that are used in requests: in a body, in a parameter, or nested in
    /// either.
    pub(super) sent: BTreeSet<&'a str>,
    /// The places in requests that carry credentials, each with a security scheme whose credential
    /// is sent there.
    pub(super) credentials: BTreeMap<Place, &'a Entry>,
    /// How many more name comparisons are allowed. Each misspelt name is compared with many
    /// names, so without this limit a document full of errors would take quadratic time.
    comparisons: Cell<usize>,
}

/// The maximum number of name comparisons for one document. This is enough for far more errors
/// than anyone reads.
const MAX_COMPARISONS: usize = 100_000;

/// One operation: a method of a path.
#[derive(Clone, Copy)]
pub(super) struct Operation<'a> {
    pub(super) path: &'a Entry,
    pub(super) method: &'a Entry,
}

/// A definition: inline in an operation or a path, or shared in `components`.
#[derive(Clone, Copy)]
pub(super) struct Definition<'a> {
    pub(super) node: &'a Node,
    /// The operation that contains the definition, if any.
    pub(super) operation: Option<Operation<'a>>,
    /// The definition's key in the enclosing mapping: a name or a status. `None` for a list item.
    pub(super) key: Option<&'a Entry>,
}

impl<'a> Api<'a> {
    pub(super) fn new(document: &'a Document, settings: &'a Settings, stage: Stage) -> Self {
        let is_operation = |entry: &&Entry| METHODS.contains(&entry.key.as_str());
        let operations = document
            .root()
            .get("paths")
            .map_or(&[][..], Node::entries)
            .iter()
            .filter(|path| !path.key.starts_with("x-"))
            .flat_map(|path| {
                let methods = path.value.entries().iter().filter(is_operation);
                methods.map(move |method| Operation { path, method })
            })
            .collect();
        let sections = document.root().get("components").map_or(&[][..], Node::entries).iter();
        let definitions = sections.flat_map(|section| {
            let definitions = section.value.entries().iter();
            definitions.map(|entry| ((section.key.as_str(), entry.key.as_str()), entry))
        });
        let comparisons = Cell::new(MAX_COMPARISONS);
        let definitions: BTreeMap<_, _> = definitions.collect();
        let schemas = definitions.keys().filter(|(section, _)| *section == "schemas");
        let schema_types = schemas.map(|(_, name)| pascal(name)).collect();
        let sent = BTreeSet::new();
        let mut api = Api {
            document,
            settings,
            as_written: stage == Stage::Written,
            operations,
            definitions,
            schema_types,
            sent,
            credentials: BTreeMap::new(),
            comparisons,
        };
        api.sent = reached(document, api.bodies().into_iter().chain(api.schemas_of_parameters()));
        api.credentials = security::places_of_used(&api);
        api
    }

    /// Returns the names of the schemas that request bodies refer to.
    pub(super) fn bodies(&self) -> BTreeSet<&'a str> {
        let schema = |body: &'a Node| {
            let content = body.get("content")?.get("application/json")?;
            reference_name(content.get("schema")?.get("$ref")?.as_str()?, "schemas")
        };
        self.request_bodies().into_iter().filter_map(|body| schema(body.node)).collect()
    }

    /// Returns the names of the schemas that parameters refer to.
    fn schemas_of_parameters(&self) -> Vec<&'a str> {
        let mut names = Vec::new();
        for parameter in self.parameters() {
            let content = parameter.node.get("content").map_or(&[][..], Node::entries).iter();
            let schemas = content.filter_map(|media| media.value.get("schema"));
            let schemas = parameter.node.get("schema").into_iter().chain(schemas);
            schemas.for_each(|schema| references(schema, &mut names));
        }
        names
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let paths = self.document.root().get("paths").map_or(&[][..], Node::entries);
        paths.iter().filter(|path| !path.key.starts_with("x-"))
    }

    /// Returns the definitions in a section of `components`.
    pub(super) fn section(&self, section: &str) -> &'a [Entry] {
        self.document.get(&["components", section]).map_or(&[], Node::entries)
    }

    /// Returns the definition with this name in a section of `components`.
    pub(super) fn definition(&self, section: &str, name: &str) -> Option<&'a Entry> {
        self.definitions.get(&(section, name)).copied()
    }

    /// Returns the definition of a security scheme, following its `$ref`.
    pub(super) fn security_scheme(&self, name: &str) -> Option<&'a Node> {
        self.resolve(&self.definition("securitySchemes", name)?.value, "securitySchemes")
    }

    /// Returns the candidate that was probably meant. Returns `None` if no candidate is similar, or
    /// if the document contains too many unknown names.
    pub(super) fn closest<'c>(
        &self,
        name: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        let left = self.comparisons.get();
        let mut compared = 0;
        let candidates = candidates.into_iter().take(left).inspect(|_| compared += 1);
        let found = closest(name, candidates);
        self.comparisons.set(left - compared);
        found
    }

    /// Returns the node itself, or the target of its `$ref`. Returns `None` if the target doesn't
    /// exist or is a `$ref` itself.
    pub(super) fn resolve(&self, node: &'a Node, section: &str) -> Option<&'a Node> {
        let Some(reference) = node.get("$ref") else { return Some(node) };
        let name = reference_name(reference.as_str()?, section)?;
        let target = self.definition(section, name)?;
        target.value.get("$ref").is_none().then_some(&target.value)
    }

    /// Returns the definitions of a section, followed by the inline definitions. References are
    /// left out.
    pub(super) fn definitions(
        &self,
        section: &str,
        in_place: impl Iterator<Item = Definition<'a>>,
    ) -> Vec<Definition<'a>> {
        let shared = self.section(section).iter();
        let shared = shared.map(|entry| Definition {
            node: &entry.value,
            operation: None,
            key: Some(entry),
        });
        let is_definition = |definition: &Definition<'_>| definition.node.get("$ref").is_none();
        shared.chain(in_place).filter(is_definition).collect()
    }

    /// Returns a `$ref` to use in a help message. The target is the document's first schema, or a
    /// made-up name if the document has no schemas.
    pub(super) fn example_schema(&self) -> String {
        let name = self.section("schemas").first().map_or("Name", |entry| entry.key.as_str());
        format!("$ref: \"#/components/schemas/{name}\"")
    }

    pub(super) fn parameters(&self) -> Vec<Definition<'a>> {
        let of_paths = self
            .paths()
            .flat_map(|path| list(&path.value, "parameters"))
            .map(|node| Definition { node, operation: None, key: None });
        let of_operations = self.operations.iter().flat_map(|&operation| {
            let nodes = list(operation.node(), "parameters").iter();
            nodes.map(move |node| Definition { node, operation: Some(operation), key: None })
        });
        self.definitions("parameters", of_paths.chain(of_operations))
    }

    pub(super) fn request_bodies(&self) -> Vec<Definition<'a>> {
        let in_place = self.operations.iter().filter_map(|&operation| {
            let entry = operation.node().entry("requestBody")?;
            Some(Definition { node: &entry.value, operation: Some(operation), key: Some(entry) })
        });
        self.definitions("requestBodies", in_place)
    }

    pub(super) fn responses(&self) -> Vec<Definition<'a>> {
        let in_place = self.operations.iter().flat_map(|&operation| {
            let responses = operation.node().get("responses").map_or(&[][..], Node::entries);
            let responses = responses.iter().filter(|entry| !entry.key.starts_with("x-"));
            responses.map(move |entry| Definition {
                node: &entry.value,
                operation: Some(operation),
                key: Some(entry),
            })
        });
        self.definitions("responses", in_place)
    }

    /// Returns the headers of responses.
    pub(super) fn headers(&self) -> Vec<Definition<'a>> {
        let in_place = self.responses().into_iter().flat_map(|response| {
            let headers = response.node.get("headers").map_or(&[][..], Node::entries);
            headers.iter().map(move |entry| Definition {
                node: &entry.value,
                operation: response.operation,
                key: Some(entry),
            })
        });
        self.definitions("headers", in_place)
    }
}

impl<'a> Operation<'a> {
    pub(super) fn node(&self) -> &'a Node {
        &self.method.value
    }

    pub(super) fn id(&self) -> Option<&'a str> {
        self.node().get("operationId").and_then(Node::as_str)
    }

    /// Returns the operation's name for messages: its id, or else its method and path.
    pub(super) fn title(&self) -> String {
        match self.id() {
            Some(id) => format!("operation `{id}`"),
            None => format!("operation `{} {}`", self.method.key.to_uppercase(), self.path.key),
        }
    }

    /// Returns an error about this operation, without a label yet.
    pub(super) fn mistake(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, message).operation(self.id())
    }

    /// Returns the operation's parameters with each `$ref` resolved: first the path's parameters
    /// that the operation doesn't override, and then the operation's own parameters.
    pub(super) fn parameters(&self, api: &Api<'a>) -> Vec<Parameter<'a>> {
        let resolve = |node: &'a Node| Parameter::read(node, api.resolve(node, "parameters")?);
        let own: Vec<_> = list(self.node(), "parameters").iter().filter_map(resolve).collect();
        let inherited = list(&self.path.value, "parameters").iter().filter_map(resolve);
        let mut all: Vec<_> = inherited
            .filter(|shared| {
                !own.iter().any(|own| (own.name, own.place) == (shared.name, shared.place))
            })
            .collect();
        all.extend(own);
        all
    }
}

/// A parameter of an operation.
#[derive(Clone, Copy)]
pub(super) struct Parameter<'a> {
    /// The entry in the operation's or path's `parameters` list: the definition, or a `$ref` to it.
    pub(super) site: &'a Node,
    pub(super) name: &'a str,
    pub(super) place: &'a str,
}

impl<'a> Parameter<'a> {
    fn read(site: &'a Node, definition: &'a Node) -> Option<Self> {
        let name = definition.get("name")?.as_str()?;
        let place = definition.get("in")?.as_str()?;
        Some(Parameter { site, name, place })
    }

    /// Returns the span that labels point to: the parameter's name or its `$ref`.
    pub(super) fn span(&self) -> crate::Span {
        let node = self.site.get("name").or_else(|| self.site.get("$ref"));
        node.unwrap_or(self.site).span
    }
}

impl<'a> Definition<'a> {
    /// Returns an error about this definition, without a label yet.
    pub(super) fn mistake(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, message).operation(self.operation.and_then(|it| it.id()))
    }

    /// Returns the span of a key's value in the definition, or of the definition if the key is
    /// missing.
    pub(super) fn span(&self, key: &str) -> crate::Span {
        match (self.node.entry(key), self.key) {
            (Some(entry), _) => entry.value.span,
            (None, Some(entry)) => entry.key_span,
            (None, None) => self.node.span,
        }
    }
}

/// Returns the items of the list at a key.
pub(super) fn list<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).map_or(&[], Node::items)
}

/// Returns the name in `#/components/<section>/<name>`.
pub(super) fn reference_name<'r>(reference: &'r str, section: &str) -> Option<&'r str> {
    let name = reference.strip_prefix("#/components/")?.strip_prefix(section)?.strip_prefix('/')?;
    (!name.is_empty() && !name.contains('/')).then_some(name)
}
