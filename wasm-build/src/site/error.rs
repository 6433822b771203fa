//! The reasons why a site can't be served.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::meta;

/// The reason why a site can't be served.
#[derive(Debug)]
pub enum SiteError {
    /// A header's name or value contains characters that aren't allowed in headers.
    Header {
        /// The header's name.
        name: String,
    },
    /// `index.html` can't be read.
    Page {
        /// The path to `index.html`.
        path: PathBuf,
        /// The cause.
        error: io::Error,
    },
    /// `index.html` lacks a tag that [`Site::meta`](crate::Site::meta) sets.
    Meta(meta::NoMeta),
    /// The server can't listen on the port.
    Listen {
        /// The port.
        port: u16,
        /// The cause.
        error: io::Error,
    },
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SiteError::Header { name } => write!(f, "the `{name}` header has invalid characters"),
            SiteError::Page { path, error } => write!(f, "{}: {error}", path.display()),
            SiteError::Meta(error) => error.fmt(f),
            SiteError::Listen { port, error } => {
                write!(f, "cannot listen on port {port} on 127.0.0.1: {error}")
            }
        }
    }
}

impl std::error::Error for SiteError {}
