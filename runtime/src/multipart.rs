//! Writes bodies with the media type `multipart/form-data` (RFC 7578). Files are read while they are sent.

mod part;
mod pieces;

use bytes::{Bytes, BytesMut};
use http::header::HeaderValue;
use serde::Serialize;

pub use self::part::Part;
use self::pieces::Pieces;
use crate::argument::invalid;
use crate::error::Error;
use crate::form::{self, FieldStyle, FieldStyles};
use crate::json::Json;
use crate::platform;
use crate::transport::Body;

/// Builds a multipart body, for generated code. If any parts are invalid, building the request returns the error for
/// the first of them.
pub struct Multipart {
    boundary: String,
    pieces: Vec<Body>,
    problem: Option<Error>,
}

impl Multipart {
    /// Creates a body without parts.
    #[must_use]
    pub fn new() -> Self {
        // The boundary is random, so no one can create a file that contains it and ends the part early.
        let boundary = format!("part-{:032x}", platform::unpredictable());
        Multipart { boundary, pieces: Vec::new(), problem: None }
    }

    /// Adds a part for each property of an object. A scalar is written as text, a list as one part for each value, and
    /// an object as JSON.
    #[must_use]
    pub fn fields(mut self, body: &impl Serialize, styles: &FieldStyles) -> Self {
        if let Err(problem) = self.add_fields(body, styles) {
            self.refuse(problem);
        }
        self
    }

    /// Adds a file. `None` adds nothing. If the part has no media type, `media_type` is used.
    #[must_use]
    pub fn file(mut self, name: &'static str, part: Option<Part>, media_type: &str) -> Self {
        let Some(part) = part else { return self };
        let head = part.head(name, media_type);
        match head {
            Ok(head) => self.add(&head, part.body),
            Err(problem) => self.refuse(problem),
        }
        self
    }

    /// Adds several files under one name. `None` adds nothing.
    #[must_use]
    pub fn files(self, name: &'static str, parts: Option<Vec<Part>>, media_type: &str) -> Self {
        parts.into_iter().flatten().fold(self, |body, part| body.file(name, Some(part), media_type))
    }

    /// Returns the body and its media type.
    pub(crate) fn finish(mut self) -> Result<(HeaderValue, Body), Error> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        self.pieces.push(Body::from(format!("--{}--\r\n", self.boundary)));
        let media_type = format!("multipart/form-data; boundary={}", self.boundary);
        let media_type = HeaderValue::try_from(media_type)
            .map_err(|_| Error::invalid_argument("the body has no valid boundary"))?;
        Ok((media_type, joined(self.pieces)))
    }

    fn add_fields(&mut self, body: &impl Serialize, styles: &FieldStyles) -> Result<(), Error> {
        // The error doesn't contain `serde_json`'s message, because that message could contain a value.
        let text = serde_json::to_string(body)
            .map_err(|_| Error::invalid_argument("the body can't be written"))?;
        let json = Json::read(&text).map_err(|_| {
            Error::invalid_argument("the body can't be written: it is nested too deeply")
        })?;
        let members =
            form::members(&json).map_err(|problem| invalid(&problem.property, problem.clause))?;
        for (name, value) in members {
            let media_type = match form::style_of(styles, name) {
                Some(FieldStyle::Json) => Some("application/json"),
                Some(FieldStyle::Media(media_type)) => Some(media_type),
                _ => None,
            };
            match (media_type, value) {
                (_, Json::Null) => {}
                (Some(media_type), value) if is_json(media_type) => {
                    self.text(name, media_type, form::json(value));
                }
                (_, Json::List(items)) => {
                    let items = items.iter().filter(|item| **item != Json::Null);
                    items.for_each(|item| self.field(name, media_type, item));
                }
                (_, value) => self.field(name, media_type, value),
            }
        }
        Ok(())
    }

    fn field(&mut self, name: &str, media_type: Option<&str>, value: &Json<'_>) {
        let default = match value {
            Json::Object(_) | Json::List(_) => "application/json",
            // Plain text is the default media type, so it isn't written.
            _ => "",
        };
        self.text(name, media_type.unwrap_or(default), form::text(value).into_owned());
    }

    fn text(&mut self, name: &str, media_type: &str, text: String) {
        let mut head = part::disposition(name, None);
        if !media_type.is_empty() {
            head.push_str(&format!("Content-Type: {media_type}\r\n"));
        }
        self.add(&head, Body::from(text));
    }

    fn add(&mut self, head: &str, body: Body) {
        let head = format!("--{}\r\n{head}\r\n", self.boundary);
        self.pieces.extend([Body::from(head), body, Body::from("\r\n")]);
    }

    fn refuse(&mut self, problem: Error) {
        self.problem.get_or_insert(problem);
    }
}

impl Default for Multipart {
    fn default() -> Self {
        Multipart::new()
    }
}

impl std::fmt::Debug for Multipart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Multipart").field("pieces", &self.pieces.len()).finish_non_exhaustive()
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(&*essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Joins bodies in order. If all of them are in memory, they become a single body that can be sent again.
fn joined(pieces: Vec<Body>) -> Body {
    let whole: Option<Vec<&Bytes>> = pieces.iter().map(Body::whole).collect();
    if let Some(whole) = whole {
        let mut all = BytesMut::with_capacity(whole.iter().map(|bytes| bytes.len()).sum());
        whole.iter().for_each(|bytes| all.extend_from_slice(bytes));
        return Body::full(all.freeze());
    }
    let length = pieces.iter().map(Body::length).sum::<Option<u64>>();
    let body = Body::new(Pieces::new(pieces));
    match length {
        Some(length) => body.with_length(length),
        None => body,
    }
}

#[cfg(test)]
mod tests;
