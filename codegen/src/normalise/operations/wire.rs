//! Defines the keys of the normal form for bodies that aren't JSON on the wire.
//!
//! In the normal form, the schema of a body is always under `application/json`, whatever the body's format. The schema
//! defines the Rust type.

/// The format of a request body: `form`, `multipart`, or `raw` for bytes from the caller.
pub(crate) const FORMAT: &str = "x-openapi-keys-format";
/// The media type of a request body, if it isn't `application/json`.
pub(crate) const MEDIA_TYPE: &str = "x-openapi-keys-media-type";
/// The styles of a request body's properties, by name. A style is `exploded`, `deep`, `json`, a
/// separator, or `as ` followed by a media type.
pub(crate) const STYLES: &str = "x-openapi-keys-styles";
/// The file parts of a multipart request body, each with `name`, `required`, `many`, `description` and `mediaType`.
pub(crate) const FILES: &str = "x-openapi-keys-files";
/// The format of an operation's success response: `text`, `bytes`, `events`, `text-events` or `lines`.
pub(crate) const RESPONSE_FORMAT: &str = "x-openapi-keys-response-format";
/// The statuses of an operation's success responses without a body, if there are any.
pub(crate) const EMPTY_STATUSES: &str = "x-openapi-keys-empty-statuses";
/// The value of an operation's `Accept` header, if it isn't `application/json`.
pub(crate) const ACCEPT: &str = "x-openapi-keys-accept";
/// Marks an operation whose success response may have no body.
pub(crate) const MAY_BE_EMPTY: &str = "x-openapi-keys-may-be-empty";
/// Marks an operation for which 304 counts as a success response without a body.
pub(crate) const NOT_MODIFIED: &str = "x-openapi-keys-not-modified";
