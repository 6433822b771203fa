//! Defines a file in a multipart body.

use std::fmt;

use http::header::HeaderValue;

use crate::argument::invalid;
use crate::error::Error;
use crate::transport::Body;

/// A file in a multipart body: its content, and optionally its name and media type.
///
/// Anything that converts to a [`Body`] also converts to a part.
///
/// ```
/// use openapi_keys_runtime::Part;
///
/// let invoice = Part::new("a,b\n1,2\n").file_name("invoice.csv").content_type("text/csv");
/// # let _ = invoice;
/// ```
pub struct Part {
    pub(super) body: Body,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl Part {
    /// Creates a part with this content. If [`file_name`](Part::file_name) isn't set, the name of the property is used
    /// as the file name, because servers treat a part without a file name as text.
    #[must_use]
    pub fn new(body: impl Into<Body>) -> Self {
        Part { body: body.into(), file_name: None, content_type: None }
    }

    /// Creates a part from a file on disk. The file is read while it is sent. Its name becomes the part's file name.
    /// This function isn't available in browsers.
    ///
    /// # Errors
    ///
    /// Returns an error if the file can't be opened, or if the path isn't a file.
    #[cfg(not(target_family = "wasm"))]
    pub async fn file(path: impl AsRef<std::path::Path>) -> std::io::Result<Self> {
        let path = path.as_ref();
        let part = Part::new(Body::file(path).await?);
        Ok(match path.file_name() {
            Some(name) => part.file_name(name.to_string_lossy()),
            None => part,
        })
    }

    /// Sets the name of the file. The name may contain any characters.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type. It takes precedence over the property's media type in the OpenAPI document.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Returns the headers of the part.
    pub(super) fn head(&self, name: &str, media_type: &str) -> Result<String, Error> {
        let media_type = self.content_type.as_deref().unwrap_or(media_type);
        if HeaderValue::from_str(media_type).is_err() || !media_type.is_ascii() {
            return Err(invalid(
                name,
                "has a content type with a character that isn't allowed in a header",
            ));
        }
        let file_name = self.file_name.as_deref().unwrap_or(name);
        let mut head = disposition(name, Some(file_name));
        head.push_str(&format!("Content-Type: {media_type}\r\n"));
        Ok(head)
    }
}

/// Returns the header that contains the name of a part.
pub(super) fn disposition(name: &str, file_name: Option<&str>) -> String {
    let mut head = format!("Content-Disposition: form-data; name=\"{}\"", escaped(name));
    if let Some(file_name) = file_name {
        head.push_str(&format!("; filename=\"{}\"", escaped(file_name)));
    }
    head.push_str("\r\n");
    head
}

/// Escapes a name as the HTML standard specifies: only characters that would end the name or the line are escaped.
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

impl<B: Into<Body>> From<B> for Part {
    fn from(body: B) -> Self {
        Part::new(body)
    }
}

/// Shows the length, but not the content.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("length", &self.body.length()).finish_non_exhaustive()
    }
}
