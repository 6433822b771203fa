//! The keys of the normal form that say how a body is on the wire, where it isn't JSON.
//!
//! The normal form has the schema of a body as that of JSON, whatever the body is: that is its type in Rust.

/// In a request body: `form`, `multipart`, or the `raw` bytes that the caller gives.
pub(crate) const FORMAT: &str = "x-openapi-keys-format";
/// In a request body: the media type, where it isn't `application/json`.
pub(crate) const MEDIA_TYPE: &str = "x-openapi-keys-media-type";
/// In a request body: by its name, the style of each property that has its own: `exploded`, `deep`, `json`, the separator,
/// or `as ` and a media type.
pub(crate) const STYLES: &str = "x-openapi-keys-styles";
/// In a request body: the files of a form, each with `name`, `required`, `many`, `description` and `mediaType`.
pub(crate) const FILES: &str = "x-openapi-keys-files";
/// In an operation: what its success is: `text`, `bytes`, `events`, `text-events` or `lines`.
pub(crate) const RESPONSE_FORMAT: &str = "x-openapi-keys-response-format";
/// In an operation: the statuses of a success that comes without a body, if there are some.
pub(crate) const EMPTY_STATUSES: &str = "x-openapi-keys-empty-statuses";
/// In an operation: the media types that its success may have, where it isn't JSON.
pub(crate) const ACCEPT: &str = "x-openapi-keys-accept";
/// In an operation: its success may come without a body.
pub(crate) const MAY_BE_EMPTY: &str = "x-openapi-keys-may-be-empty";
/// In an operation: 304 is a success without a body.
pub(crate) const NOT_MODIFIED: &str = "x-openapi-keys-not-modified";
