//! The keys of the normal form for bodies that aren't JSON on the wire.
//!
//! In the normal form the schema of a body is always under JSON, for every format: it defines the
//! Rust type.

/// In a request body: `form`, `multipart`, or `raw` for bytes from the caller.
pub(crate) const FORMAT: &str = "x-openapi-keys-format";
/// In a request body: the media type, if it isn't `application/json`.
pub(crate) const MEDIA_TYPE: &str = "x-openapi-keys-media-type";
/// In a request body: the style of each property that has one, by name: `exploded`, `deep`, `json`,
/// the separator, or `as ` and a media type.
pub(crate) const STYLES: &str = "x-openapi-keys-styles";
/// In a request body: the files of a form, each with `name`, `required`, `many`, `description` and `mediaType`.
pub(crate) const FILES: &str = "x-openapi-keys-files";
/// In an operation: the format of its success response: `text`, `bytes`, `events`, `text-events` or
/// `lines`.
pub(crate) const RESPONSE_FORMAT: &str = "x-openapi-keys-response-format";
/// In an operation: the statuses of success responses without a body, if any.
pub(crate) const EMPTY_STATUSES: &str = "x-openapi-keys-empty-statuses";
/// In an operation: the media types that its success response may have, unless it is JSON.
pub(crate) const ACCEPT: &str = "x-openapi-keys-accept";
/// In an operation: its success response may have no body.
pub(crate) const MAY_BE_EMPTY: &str = "x-openapi-keys-may-be-empty";
/// In an operation: 304 counts as a success response without a body.
pub(crate) const NOT_MODIFIED: &str = "x-openapi-keys-not-modified";
