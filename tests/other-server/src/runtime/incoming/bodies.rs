//! Methods that read bodies. The generated server calls them.

use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use super::{Incoming, invalid};
use crate::runtime::form::{self, Field};
use crate::runtime::media_type::{self, OCTETS};
use crate::runtime::multipart::Parts;
use crate::runtime::{Refusal, form::Pair};

const FORM: &str = "application/x-www-form-urlencoded";

/// A body that doesn't have the expected media type is rejected with 415, and an unreadable body with 400.
#[allow(clippy::missing_errors_doc, reason = "as above")]
impl Incoming {
    /// Reads JSON with any JSON media type.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        self.expect(media_type::is_json)?;
        self.json()
    }

    /// Reads JSON with any JSON media type. Returns `None` if there is no body.
    pub fn optional_body<T: DeserializeOwned>(&self) -> Result<Option<T>, Refusal> {
        self.unless_absent(Self::body)
    }

    /// Reads JSON with this media type.
    pub fn body_as<T: DeserializeOwned>(&self, media_type: &str) -> Result<T, Refusal> {
        self.expect(|it| media_type::is(it, media_type))?;
        self.json()
    }

    /// Reads JSON with this media type. Returns `None` if there is no body.
    pub fn optional_body_as<T: DeserializeOwned>(
        &self,
        media_type: &str,
    ) -> Result<Option<T>, Refusal> {
        self.unless_absent(|it| it.body_as(media_type))
    }

    /// Returns the bytes unchanged. If `media_type` is `application/octet-stream`, the body may have any media type.
    pub fn bytes(&self, media_type: &str) -> Result<Bytes, Refusal> {
        self.expect(|it| media_type == OCTETS || media_type::is(it, media_type))?;
        Ok(self.body.clone())
    }

    /// Returns the bytes unchanged, or `None` if there is no body.
    pub fn optional_bytes(&self, media_type: &str) -> Result<Option<Bytes>, Refusal> {
        self.unless_absent(|it| it.bytes(media_type))
    }

    /// Returns the text, which must be UTF-8.
    pub fn text(&self, media_type: &str) -> Result<String, Refusal> {
        let bytes = self.bytes(media_type)?;
        String::from_utf8(bytes.into()).map_err(|_| invalid("the body isn't UTF-8"))
    }

    /// Returns the text, or `None` if there is no body.
    pub fn optional_text(&self, media_type: &str) -> Result<Option<String>, Refusal> {
        self.unless_absent(|it| it.text(media_type))
    }

    /// Reads a form. An empty body is a form without fields.
    pub fn form<T: DeserializeOwned>(&self, fields: &[Field]) -> Result<T, Refusal> {
        if !self.has_no_body() {
            self.expect(|it| media_type::is(it, FORM))?;
        }
        let text = std::str::from_utf8(&self.body).map_err(|_| invalid("the body isn't UTF-8"))?;
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(Pair::escaped);
        form::read(fields, pairs.collect::<Result<_, _>>()?)
    }

    /// Reads the parts of a multipart body.
    pub fn multipart(&self) -> Result<Parts, Refusal> {
        self.expect(|it| media_type::is(it, "multipart/form-data"))?;
        let boundary = self.header_text("content-type").and_then(media_type::boundary);
        let boundary = boundary.ok_or_else(|| invalid("the media type has no boundary"))?;
        Parts::read(&boundary, &self.body)
    }

    fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        Json::from_bytes(&self.body).map(|Json(body)| body).map_err(invalid)
    }

    fn expect(&self, is_right: impl FnOnce(&str) -> bool) -> Result<(), Refusal> {
        match self.header_text("content-type").is_some_and(is_right) {
            true => Ok(()),
            false => Err(Refusal(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "the body doesn't have a documented media type".to_owned(),
            )),
        }
    }

    fn unless_absent<T>(
        &self,
        read: impl FnOnce(&Self) -> Result<T, Refusal>,
    ) -> Result<Option<T>, Refusal> {
        if self.has_no_body() { Ok(None) } else { read(self).map(Some) }
    }

    /// Returns whether there is no body. A body of empty text counts as a body, because the request
    /// contains its media type.
    fn has_no_body(&self) -> bool {
        self.body.is_empty() && !self.headers.contains_key("content-type")
    }
}
