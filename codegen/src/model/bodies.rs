//! Defines the wire formats of bodies.

/// How a request body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BodyFormat {
    Json,
    Form(Vec<FieldStyle>),
    Multipart {
        styles: Vec<FieldStyle>,
        files: Vec<File>,
    },
    /// The body is sent exactly as the caller passes it.
    Raw,
}

/// A form property that isn't written in the default style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldStyle {
    /// The name on the wire.
    pub name: String,
    /// `exploded`, `deep`, `json`, the separator, or `as ` followed by a media type.
    pub style: String,
}

/// A file in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// The name on the wire.
    pub name: String,
    pub required: bool,
    /// Whether there may be several files.
    pub many: bool,
    pub description: String,
    /// The media type to send if the caller doesn't set one for the file.
    pub media_type: String,
}

/// The format of the body of a success response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResponseFormat {
    Json,
    Text,
    Bytes,
    /// Server-sent events with JSON.
    Events,
    /// Server-sent events with text.
    TextEvents,
    /// JSON values, one per line.
    Lines,
}
