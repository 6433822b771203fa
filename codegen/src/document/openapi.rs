//! The document as `openapiv3` sees it.

use serde_path_to_error::{Path, Segment};

use super::{Document, Node, Span};
use crate::Diagnostic;

impl Document {
    /// The document as a value of `openapiv3`.
    ///
    /// # Errors
    /// The version is not 3.0, or something stands where OpenAPI has no place for it.
    pub fn to_openapi(&self) -> Result<openapiv3::OpenAPI, Vec<Diagnostic>> {
        if let Some(mistake) = self.version() {
            return Err(vec![mistake]);
        }
        serde_path_to_error::deserialize(self.to_json()).map_err(|error| {
            let span = self.nearest(error.path());
            vec![
                Diagnostic::new(
                    "not-openapi",
                    format!("this does not follow OpenAPI 3.0: {}", error.inner()),
                )
                .label(span, "at this place or inside of it")
                .help("compare it with https://spec.openapis.org/oas/v3.0.3"),
            ]
        })
    }

    /// What is wrong with the version, each wrong one with its own advice.
    pub(crate) fn version(&self) -> Option<Diagnostic> {
        const CODE: &str = "openapi-version";
        if let Some(swagger) = self.root.entry("swagger") {
            let mistake =
                Diagnostic::new(CODE, "this is a document of Swagger, not of OpenAPI 3.0")
                    .label(swagger.key_span, "the version before OpenAPI")
                    .help("convert it (https://converter.swagger.io), then review the result");
            return Some(mistake);
        }
        let Some(entry) = self.root.entry("openapi") else {
            let mistake = Diagnostic::new(CODE, "the document has no `openapi`")
                .label(self.first_line(), "its version was expected")
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
            Diagnostic::new(CODE, format!("version {version} of OpenAPI is not supported"))
                .label(entry.value.span, "only 3.0.x is")
                .help(help)
        })
    }

    fn first_line(&self) -> Span {
        let key = self.root.entries().first().map(|entry| entry.key_span);
        key.unwrap_or(Span::new(self.root.span.start, self.root.span.start))
    }

    /// The node that an error is about, or the innermost that is known: untagged enums hide the rest of the path.
    fn nearest(&self, path: &Path) -> Span {
        let mut node: &Node = &self.root;
        let mut span = self.first_line();
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
}

fn unsupported(version: &str) -> Option<&'static str> {
    let mut parts = version.split('.');
    let (major, minor, patch) = (parts.next(), parts.next(), parts.next());
    match (major, minor) {
        (Some("3"), Some("0")) if patch.is_some_and(is_number) && parts.next().is_none() => None,
        (Some("3"), Some("0")) => Some("write all three numbers: `openapi: 3.0.3`"),
        (Some("3"), Some("1" | "2")) => Some(
            "write `openapi: 3.0.3`; then `type: [string, \"null\"]` is `type: string` with `nullable: true`,\n\
             `examples` of a schema is `example`, and what `const` says goes to `description`",
        ),
        _ => Some("write `openapi: 3.0.3`"),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
