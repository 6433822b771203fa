//! Reads response headers as their documented types.

mod text;

use std::fmt;
use std::marker::PhantomData;

use http::HeaderMap;
use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind};
use crate::response::Response;
use text::Text;

/// A response header, together with the type of its value. Generated clients contain a `Header` for each header that
/// the OpenAPI document describes. You can also define your own.
///
/// The type is a `String`, a number, a `bool`, an enum, any other type that `serde` reads from a string, or a `Vec` of
/// these. The values of a `Vec` are separated by commas in the header.
///
/// ```
/// use openapi_keys_runtime::{Error, Header, Response};
///
/// const REMAINING: Header<u32> = Header::new("X-RateLimit-Remaining");
///
/// fn is_last<T>(response: &Response<T>) -> Result<bool, Error> {
///     Ok(response.header(REMAINING)? == Some(0))
/// }
/// ```
pub struct Header<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// Creates a header with this name, which is matched case-insensitively.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Header { name, value: PhantomData }
    }

    /// Returns the name as it was passed to [`new`](Header::new).
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<T: DeserializeOwned> Header<T> {
    /// Reads the header. Returns `None` if it is missing.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::InvalidHeader`] if the value can't be read as the type. The error names the header, but
    /// doesn't contain the value.
    pub fn read(self, headers: &HeaderMap) -> Result<Option<T>, Error> {
        let invalid = |what: &str| {
            let detail = format!("`{}` {what}", self.name);
            Error::new(ErrorKind::InvalidHeader).with_detail(detail)
        };
        // Several lines with the same header name form one list (RFC 9110, section 5.3).
        let mut joined: Option<String> = None;
        for line in headers.get_all(self.name) {
            let line = std::str::from_utf8(line.as_bytes()).map_err(|_| invalid("isn't UTF-8"))?;
            match &mut joined {
                Some(joined) => {
                    joined.push_str(", ");
                    joined.push_str(line);
                }
                None => joined = Some(line.to_owned()),
            }
        }
        let Some(text) = joined else { return Ok(None) };
        T::deserialize(Text(text.trim())).map(Some).map_err(|mismatch| invalid(mismatch.what()))
    }
}

impl<T> Response<T> {
    /// Reads a header as its documented type. Returns `None` if the response doesn't contain it.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::InvalidHeader`] if the value can't be read as the type. The call itself has succeeded.
    pub fn header<H: DeserializeOwned>(&self, header: Header<H>) -> Result<Option<H>, Error> {
        header.read(&self.headers)
    }
}

impl Error {
    /// Reads a header of the response as its documented type.
    ///
    /// Returns `None` if there was no response, the response doesn't contain the header, or the value can't be read as
    /// the type. [`headers`](Error::headers) returns the header as received.
    pub fn header<H: DeserializeOwned>(&self, header: Header<H>) -> Option<H> {
        header.read(self.headers()?).ok()?
    }
}

// `Clone` isn't derived because that would require `T: Clone`.
impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Header").field(&self.name).finish()
    }
}

#[cfg(test)]
mod tests;
