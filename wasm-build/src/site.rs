//! Serves a folder on this machine for tests. Sets values in the page, adds headers, and records all requests.

mod error;
mod record;

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request as HttpRequest, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_http::services::ServeDir;

use crate::meta;
use record::Record;

pub use error::SiteError;
pub use record::Request;

/// A folder to serve, with its settings.
///
/// This type doesn't implement `Debug`, because settings and headers can contain keys.
#[derive(Clone)]
pub struct Site {
    folder: PathBuf,
    port: u16,
    headers: Vec<(String, String)>,
    metas: Vec<(String, String)>,
    files: BTreeMap<String, Bytes>,
}

impl Site {
    /// Serves the files in this folder, each with the `content-type` for its extension. `/` returns `index.html`.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        let headers = vec![("cache-control".to_owned(), "no-cache".to_owned())];
        let (metas, files) = (Vec::new(), BTreeMap::new());
        Site { folder: folder.into(), port: 0, headers, metas, files }
    }

    /// Sets the port to listen on. The default is 0: any free port.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Adds a header, such as `content-security-policy`, to every response. The header replaces an existing header
    /// with the same name.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the `content` of the `<meta name="…">` tag in the served `index.html`. The file stays unchanged.
    #[must_use]
    pub fn meta(mut self, name: impl Into<String>, content: impl Into<String>) -> Self {
        self.metas.push((name.into(), content.into()));
        self
    }

    /// Serves this content at a path such as `/config.json`, instead of a file in the folder.
    #[must_use]
    pub fn file(mut self, path: impl Into<String>, content: impl Into<Bytes>) -> Self {
        self.files.insert(path.into(), content.into());
        self
    }

    /// Starts a server on 127.0.0.1. This needs a tokio runtime. The server stops when the returned value is dropped.
    ///
    /// # Errors
    ///
    /// Returns an error if a header is invalid, if `index.html` can't be read or lacks a tag that [`meta`](Self::meta)
    /// sets, or if the port is in use.
    pub async fn start(mut self) -> Result<Server, SiteError> {
        self.set_metas()?;
        let record = Record::default();
        let headers = self.headers.iter().map(header_of).collect::<Result<_, _>>()?;
        let shared = Arc::new(Shared { headers, files: self.files, record: record.clone() });
        let router = Router::new()
            .fallback_service(ServeDir::new(self.folder))
            .layer(from_fn_with_state(shared, answer));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await;
        let listener = listener.map_err(|error| SiteError::Listen { port: self.port, error })?;
        let address = listener.local_addr();
        let address = address.map_err(|error| SiteError::Listen { port: self.port, error })?;
        let task = tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Server { address, record, task })
    }

    fn set_metas(&mut self) -> Result<(), SiteError> {
        if self.metas.is_empty() {
            return Ok(());
        }
        let path = self.folder.join("index.html");
        let page = std::fs::read_to_string(&path);
        let mut page = page.map_err(|error| SiteError::Page { path, error })?;
        for (name, content) in &self.metas {
            page = meta::set(&page, name, content).map_err(SiteError::Meta)?;
        }
        let page = Bytes::from(page);
        for path in ["/", "/index.html"] {
            self.files.insert(path.to_owned(), page.clone());
        }
        Ok(())
    }
}

fn header_of((name, value): &(String, String)) -> Result<(HeaderName, HeaderValue), SiteError> {
    let invalid = || SiteError::Header { name: name.clone() };
    let parsed = HeaderName::try_from(name).map_err(|_| invalid())?;
    Ok((parsed, HeaderValue::try_from(value).map_err(|_| invalid())?))
}

/// The data that all requests share.
struct Shared {
    headers: Vec<(HeaderName, HeaderValue)>,
    files: BTreeMap<String, Bytes>,
    record: Record,
}

async fn answer(State(shared): State<Arc<Shared>>, request: HttpRequest, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, record::MAX_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    shared.record.add(&parts, &body);
    let mut response = match shared.files.get(parts.uri.path()) {
        Some(content) => made(parts.uri.path(), content.clone()),
        None => next.run(HttpRequest::from_parts(parts, Body::from(body))).await,
    };
    for (name, value) in &shared.headers {
        response.headers_mut().insert(name, value.clone());
    }
    response
}

fn made(path: &str, content: Bytes) -> Response {
    ([(header::CONTENT_TYPE, content_type(path))], content).into_response()
}

/// Returns the content type that [`ServeDir`] would choose for a file in the folder.
fn content_type(path: &str) -> &'static str {
    let name = if path.ends_with('/') { "index.html" } else { path };
    mime_guess::from_path(Path::new(name)).first_raw().unwrap_or("application/octet-stream")
}

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    record: Record,
    task: JoinHandle<io::Result<()>>,
}

impl Server {
    /// Returns the server's origin, such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns all requests so far, in the order of their arrival.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.record.all()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[cfg(test)]
mod tests;
