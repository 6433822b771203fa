//! What bodies are on the wire.

/// How the body of a request is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BodyFormat {
    Json,
    Form(Vec<FieldStyle>),
    Multipart {
        styles: Vec<FieldStyle>,
        files: Vec<File>,
    },
    /// As the caller gives it.
    Raw,
}

/// A property of a form that isn't written as it is by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldStyle {
    /// As on the wire.
    pub name: String,
    /// `exploded`, `deep`, `json`, or the separator.
    pub style: String,
}

/// A file of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// As on the wire.
    pub name: String,
    pub required: bool,
    /// Whether there may be several.
    pub many: bool,
    pub description: String,
    /// Of a file that the caller gives none.
    pub media_type: String,
}

/// What the body of a success is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResponseFormat {
    Json,
    Text,
    Bytes,
    /// Server-sent events with JSON.
    Events,
    /// Server-sent events with text.
    TextEvents,
    /// JSON values, one a line.
    Lines,
}
