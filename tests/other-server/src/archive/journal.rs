//! Records every request, including its secrets.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::middleware::Next;
use other_api::archive::catalogue::SECURITY_SCHEMES;

use super::secrets::secret;
use crate::runtime::{Response, basic};

/// A request as it arrived, without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The path.
    pub path: String,
    /// The query as it was sent.
    pub query: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
}

impl Entry {
    fn of(request: &Request) -> Self {
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let headers = request.headers().iter();
        Entry {
            path: request.uri().path().to_owned(),
            query: request.uri().query().unwrap_or_default().to_owned(),
            headers: headers
                .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
                .collect(),
        }
    }

    /// Returns the value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns the schemes whose secrets are anywhere in the request, even in the wrong place.
    #[must_use]
    pub fn schemes(&self) -> BTreeSet<&'static str> {
        let mut texts = vec![self.path.clone(), self.query.clone()];
        for (_, value) in &self.headers {
            let words = value.split_whitespace().filter_map(basic::decode);
            texts.extend(words.map(|(user, password)| format!("{user}:{password}")));
            texts.push(value.clone());
        }
        let names = SECURITY_SCHEMES.iter().map(|scheme| scheme.name);
        names.filter(|name| texts.iter().any(|text| text.contains(&secret(name, &[])))).collect()
    }
}

/// The requests so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Journal(Arc<Mutex<Vec<Entry>>>);

impl Journal {
    pub(super) fn entries(&self) -> Vec<Entry> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Records a request before anything else handles it.
pub(super) async fn write(
    State(journal): State<Journal>,
    request: Request,
    next: Next,
) -> Response {
    let entry = Entry::of(&request);
    journal.0.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    next.run(request).await
}
