//! Converts the document to `openapiv3` types.

use openapiv3::{Operation, Parameter, RequestBody, Response};
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use super::{Document, Entry, Node, Span, Value};
use crate::{Diagnostic, deep};

impl Document {
    /// Returns the document as an `openapiv3::OpenAPI`. Leaves out the security schemes, because
    /// `openapiv3` doesn't support every kind.
    ///
    /// # Errors
    /// Returns an error if the version isn't 3.0, or if the document doesn't follow OpenAPI.
    pub fn to_openapi(&self) -> Result<openapiv3::OpenAPI, Vec<Diagnostic>> {
        if let Some(mistake) = self.version() {
            return Err(vec![mistake]);
        }
        deep::run(|| self.deserialize())
    }

    fn deserialize(&self) -> Result<openapiv3::OpenAPI, Vec<Diagnostic>> {
        serde_path_to_error::deserialize(self.without_schemes()).map_err(|error| {
            let paths = self.root.get("paths").map_or(&[][..], Node::entries);
            let inner = paths.iter().find_map(in_path);
            let span = nearest(&self.root, self.first_line(), error.path());
            let Wrong { span, reason } =
                inner.unwrap_or_else(|| Wrong { span, reason: error.inner().to_string() });
            vec![
                Diagnostic::new(
                    "not-openapi",
                    format!("this does not follow OpenAPI 3.0: {reason}"),
                )
                .label(span, "here or inside this value")
                .help("compare it with https://spec.openapis.org/oas/v3.0.3"),
            ]
        })
    }

    fn without_schemes(&self) -> serde_json::Value {
        let mut document = self.to_json();
        let components = document.get_mut("components").and_then(|it| it.as_object_mut());
        if let Some(components) = components
            && components.get("securitySchemes").is_some_and(serde_json::Value::is_object)
        {
            components.remove("securitySchemes");
        }
        document
    }

    /// Returns an error if the version is neither 3.0.x nor 3.1.x. In strict mode, `version` checks
    /// the version instead.
    pub(crate) fn foreign_version(&self) -> Option<Diagnostic> {
        let version = self.root.text("openapi").unwrap_or_default();
        let is_taken = |minor: &str| {
            version.strip_prefix(minor).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        if is_taken("3.0") || is_taken("3.1") {
            return None;
        }
        let mistake = self.version()?;
        Some(match self.root.entry("openapi").filter(|_| !self.root.has("swagger")) {
            Some(entry) if entry.value.as_str().is_some() => Diagnostic::new(
                mistake.code,
                mistake.message,
            )
            .label(entry.value.span, "only 3.0.x and 3.1.x are supported")
            .help("write `openapi: 3.1.0` and leave out what newer versions added, or convert the document to OpenAPI 3.1"),
            _ => mistake,
        })
    }

    /// Returns an error if the version isn't 3.0.x, with a fix for each kind of wrong version.
    pub(crate) fn version(&self) -> Option<Diagnostic> {
        const CODE: &str = "openapi-version";
        if let Some(swagger) = self.root.entry("swagger") {
            let mistake = Diagnostic::new(CODE, "this is a Swagger 2.0 document, not OpenAPI 3.0")
                .label(swagger.key_span, "the predecessor of OpenAPI")
                .help("convert it (https://converter.swagger.io), then review the result");
            return Some(mistake);
        }
        let Some(entry) = self.root.entry("openapi") else {
            let mistake = Diagnostic::new(CODE, "the document has no `openapi`")
                .label(self.first_line(), "the OpenAPI version was expected")
                .help("write `openapi: 3.0.3` as the first line");
            return Some(mistake);
        };
        let Some(version) = entry.value.as_str() else {
            let message = format!("`openapi` is {}, not a version", entry.value.kind());
            let mistake = Diagnostic::new(CODE, message)
                .label(entry.value.span, "a string of three numbers was expected")
                .help("write `openapi: 3.0.3`");
            return Some(mistake);
        };
        unsupported(version).map(|help| {
            Diagnostic::new(CODE, format!("OpenAPI version {version} is not supported"))
                .label(entry.value.span, "only 3.0.x is supported")
                .help(help)
        })
    }

    fn first_line(&self) -> Span {
        let key = self.root.entries().first().map(|entry| entry.key_span);
        key.unwrap_or(Span::new(self.root.span.start, self.root.span.start))
    }
}

/// An error from `openapiv3`, and its position.
struct Wrong {
    span: Span,
    reason: String,
}

/// Returns the first error in a path item, at the most precise position that can be found.
fn in_path(path: &Entry) -> Option<Wrong> {
    // Apart from extensions, only operations are mappings. The other values in a path item are
    // strings or lists.
    let is_operation =
        |entry: &&Entry| matches!(entry.value.value, Value::Mapping(_)) && !is_extension(entry);
    let operations = || path.value.entries().iter().filter(is_operation);
    in_parameters(&path.value)
        .or_else(|| operations().find_map(in_parts))
        .or_else(|| operations().find_map(|it| wrong::<Operation>(&it.value, it.key_span)))
}

/// Returns the first invalid part of an operation.
fn in_parts(operation: &Entry) -> Option<Wrong> {
    let node = &operation.value;
    let responses = node.get("responses").map_or(&[][..], Node::entries).iter();
    let mut responses = responses.filter(|entry| !is_extension(entry));
    in_parameters(node)
        .or_else(|| {
            node.entry("requestBody").and_then(|it| wrong::<RequestBody>(&it.value, it.key_span))
        })
        .or_else(|| responses.find_map(|it| wrong::<Response>(&it.value, it.key_span)))
}

fn in_parameters(holder: &Node) -> Option<Wrong> {
    let mut parameters = holder.get("parameters").map_or(&[][..], Node::items).iter();
    parameters.find_map(|node| wrong::<Parameter>(node, node.span))
}

fn is_extension(entry: &Entry) -> bool {
    entry.key.starts_with("x-")
}

/// Returns the error if a node is neither a valid `T` nor a reference.
fn wrong<T: DeserializeOwned>(node: &Node, span: Span) -> Option<Wrong> {
    if node.get("$ref").is_some() {
        return None;
    }
    let error = serde_path_to_error::deserialize::<_, T>(node.to_json()).err()?;
    Some(Wrong { span: nearest(node, span, error.path()), reason: error.inner().to_string() })
}

/// Returns the span of the node that an error's path leads to. If an untagged enum hides the rest
/// of the path, returns the span of the innermost known node.
pub(crate) fn nearest(root: &Node, outer: Span, path: &Path) -> Span {
    let (mut node, mut span) = (root, outer);
    for segment in path {
        match segment {
            Segment::Map { key } => {
                let Some(entry) = node.entry(key) else { break };
                node = &entry.value;
                span = entry.key_span;
            }
            Segment::Seq { index } => {
                let Some(item) = node.items().get(*index) else { break };
                node = item;
                span = item.span;
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    span
}

fn unsupported(version: &str) -> Option<&'static str> {
    let mut parts = version.split('.');
    let (major, minor, patch) = (parts.next(), parts.next(), parts.next());
    match (major, minor) {
        (Some("3"), Some("0")) if patch.is_some_and(is_number) && parts.next().is_none() => None,
        (Some("3"), Some("0")) => Some("write all three numbers: `openapi: 3.0.3`"),
        (Some("3"), Some("1" | "2")) => Some(
            "write `openapi: 3.0.3`; then `type: [string, \"null\"]` becomes `type: string` with \
             `nullable: true`,\n\
             `examples` of a schema becomes `example`, and `const` is described in `description`",
        ),
        _ => Some("write `openapi: 3.0.3`"),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
