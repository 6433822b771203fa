//! Reads `multipart/form-data` bodies (RFC 7578).

use axum::body::Bytes;
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use super::Refusal;
use super::form::{self, Field, Pair};
use super::media_type::parameter;

/// A file in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name that the client sent for the file.
    pub name: Option<String>,
    /// The media type of the file.
    pub content_type: Option<String>,
    /// The content of the file.
    pub bytes: Bytes,
}

/// The unread parts of a body.
#[derive(Debug)]
pub struct Parts(Vec<Part>);

#[derive(Debug)]
struct Part {
    name: String,
    file: File,
}

impl Parts {
    /// Splits a body.
    pub(super) fn read(boundary: &str, body: &Bytes) -> Result<Self, Refusal> {
        split(boundary, body).map(Parts).ok_or_else(|| invalid("the body isn't a multipart body"))
    }

    /// Returns the file with this name.
    ///
    /// # Errors
    ///
    /// Returns an error if the file is missing, or if several files have this name.
    pub fn file(&mut self, name: &str) -> Result<File, Refusal> {
        self.optional_file(name)?.ok_or_else(|| missing(name))
    }

    /// Returns the file with this name, if there is one.
    ///
    /// # Errors
    ///
    /// Returns an error if several files have this name.
    pub fn optional_file(&mut self, name: &str) -> Result<Option<File>, Refusal> {
        let mut files = self.take(name);
        let file = files.pop();
        match files.is_empty() {
            true => Ok(file),
            false => Err(invalid(format!("the file `{name}` occurs more than once"))),
        }
    }

    /// Returns the files with this name. There must be at least one.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no file.
    pub fn files(&mut self, name: &str) -> Result<Vec<File>, Refusal> {
        let files = self.take(name);
        if files.is_empty() { Err(missing(name)) } else { Ok(files) }
    }

    /// Returns the files with this name, if there are any.
    ///
    /// # Errors
    ///
    /// Never returns an error. The method returns a `Result`, because the generated server calls all of these methods
    /// in the same way.
    #[allow(clippy::unnecessary_wraps, reason = "as above")]
    pub fn optional_files(&mut self, name: &str) -> Result<Vec<File>, Refusal> {
        Ok(self.take(name))
    }

    /// Reads the remaining parts as fields. Ignores undocumented files.
    ///
    /// # Errors
    ///
    /// Returns an error if a field can't be read or is missing.
    pub fn fields<T: DeserializeOwned>(&mut self, fields: &[Field]) -> Result<T, Refusal> {
        self.0.retain(|Part { name, file }| {
            file.name.is_none() || fields.iter().any(|field| field.name() == name)
        });
        let pair = |Part { name, file }| match String::from_utf8(file.bytes.into()) {
            Ok(text) => Ok(Pair::plain(name, text)),
            Err(_) => Err(invalid("a field of the body isn't UTF-8")),
        };
        let pairs: Result<Vec<Pair>, Refusal> = self.0.drain(..).map(pair).collect();
        form::read(fields, pairs?)
    }

    fn take(&mut self, name: &str) -> Vec<File> {
        self.0.extract_if(.., |part| part.name == name).map(|part| part.file).collect()
    }
}

fn split(boundary: &str, body: &Bytes) -> Option<Vec<Part>> {
    let delimiter = format!("\r\n--{boundary}");
    let first = delimiter.trim_start();
    let mut rest = match body.starts_with(first.as_bytes()) {
        true => body.slice(first.len()..),
        false => cut(body, delimiter.as_bytes())?.1,
    };
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let (padding, part) = cut(&rest, b"\r\n")?;
        if !padding.iter().all(|byte| matches!(byte, b' ' | b'\t')) {
            return None;
        }
        let (head, part) = cut(&part, b"\r\n\r\n")?;
        let (content, after) = cut(&part, delimiter.as_bytes())?;
        parts.push(read(std::str::from_utf8(&head).ok()?, content)?);
        rest = after;
    }
    Some(parts)
}

/// Returns the parts before and after the first occurrence of these bytes.
fn cut(bytes: &Bytes, separator: &[u8]) -> Option<(Bytes, Bytes)> {
    let at = bytes.windows(separator.len()).position(|window| window == separator)?;
    Some((bytes.slice(..at), bytes.slice(at + separator.len()..)))
}

fn read(head: &str, bytes: Bytes) -> Option<Part> {
    let header = |wanted: &str| {
        let mut headers = head.split("\r\n").filter_map(|line| line.split_once(':'));
        let (_, value) = headers.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted))?;
        Some(value.trim())
    };
    let (kind, parameters) = header("content-disposition")?.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("form-data") {
        return None;
    }
    let name = unescaped(&parameter(parameters, "name")?);
    let file = File {
        name: parameter(parameters, "filename").map(|name| unescaped(&name)),
        content_type: header("content-type").map(str::to_owned),
        bytes,
    };
    Some(Part { name, file })
}

/// Decodes a name that is escaped according to the HTML standard.
fn unescaped(name: &str) -> String {
    name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

fn missing(name: &str) -> Refusal {
    invalid(format!("the file `{name}` is missing"))
}

fn invalid(reason: impl Into<String>) -> Refusal {
    Refusal(StatusCode::BAD_REQUEST, reason.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &'static str, expected: Option<&[(&str, &str)]>) {
        let parts = split("x", &Bytes::from_static(body.as_bytes()));
        let text = |part: Part| (part.name, String::from_utf8(part.file.bytes.into()).unwrap());
        let parts: Option<Vec<_>> = parts.map(|parts| parts.into_iter().map(text).collect());
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        assert_eq!(parts, expected.map(|parts| parts.iter().map(owned).collect()), "{body:?}");
    }

    #[test]
    fn a_body_is_split_at_its_boundary() {
        const A: &str = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--";
        check(A, Some(&[("a", "1")]));
        check("--x--", Some(&[]));
        check(
            "before\r\n--x \t\r\ncontent-disposition:form-data;name=a%22\r\n\r\n\r\n--x\r\nX: y\r\n\
             Content-Disposition: form-data; name=b\r\n\r\n--y\r\n\r\n--x--\r\nafter",
            Some(&[("a\"", ""), ("b", "--y\r\n")]),
        );
    }

    #[test]
    fn a_body_that_is_not_multipart_is_rejected() {
        for body in [
            "",
            "--",
            "--x",
            "--x\r\n",
            "--y--",
            "--x\r\n\r\n--x--",
            "--xy\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--xy--",
            "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1",
            "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x",
            "--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--",
            "--x\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--x--",
        ] {
            check(body, None);
        }
    }
}
