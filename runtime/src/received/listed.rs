//! Represents headers as a browser returns them.

use std::sync::OnceLock;

use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::redact::{MARK, Redactor};

/// The headers of a response. Each is a pair of a lower-case name and a value.
#[derive(Clone, Default)]
pub(crate) struct Listed {
    list: Vec<(String, HeaderValue)>,
    map: OnceLock<HeaderMap>,
}

impl From<HeaderMap> for Listed {
    fn from(map: HeaderMap) -> Self {
        let list = map.iter().map(|(name, value)| (name.as_str().to_owned(), value.clone()));
        Listed { list: list.collect(), map: OnceLock::new() }
    }
}

impl Listed {
    /// Adds a header.
    #[cfg(target_family = "wasm")]
    pub(crate) fn push(&mut self, name: String, value: HeaderValue) {
        self.list.push((name, value));
    }

    /// Returns the first value of the header with this name.
    pub(crate) fn get(&self, name: &HeaderName) -> Option<&HeaderValue> {
        self.list.iter().find(|(known, _)| known == name.as_str()).map(|(_, value)| value)
    }

    /// Replaces each name or value that contains a credential.
    pub(crate) fn redacted(&self, redactor: &Redactor) -> Self {
        let clean = |(name, value): &(String, HeaderValue)| {
            let name = if redactor.finds_in(name.as_bytes()) { "redacted" } else { name };
            let value = match redactor.finds_in(value.as_bytes()) {
                true => HeaderValue::from_static(MARK),
                false => value.clone(),
            };
            (name.to_owned(), value)
        };
        Listed { list: self.list.iter().map(clean).collect(), map: OnceLock::new() }
    }

    pub(crate) fn map(&self) -> &HeaderMap {
        self.map.get_or_init(|| {
            let mut map = HeaderMap::new();
            for (name, value) in &self.list {
                if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
                    // Headers beyond the limit of a `HeaderMap` are left out, because they aren't worth an error.
                    let _ = map.try_append(name, value.clone());
                }
            }
            map
        })
    }

    pub(crate) fn into_map(self) -> HeaderMap {
        self.map().clone()
    }
}

#[cfg(test)]
mod tests {
    use http::header::CONTENT_TYPE;

    use super::*;
    use crate::received::Received;

    #[test]
    fn both_forms_convert_to_the_same_map() {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.append("x-other", HeaderValue::from_static("one"));
        headers.append("x-other", HeaderValue::from_static("key123 two"));
        headers.insert("x-key123", HeaderValue::from_static("three"));
        let redactor = Redactor::new(["key123"]);
        let (listed, received) = (Listed::from(headers.clone()), Received::from(headers));
        assert_eq!(listed.get(&CONTENT_TYPE), received.get(&CONTENT_TYPE));
        assert_eq!(listed.map(), received.map());
        let clean = listed.redacted(&redactor).into_map();
        assert_eq!(clean, received.redacted(&redactor).into_map());
        let values: Vec<_> = clean.get_all("x-other").iter().collect();
        assert_eq!(values, ["one", MARK]);
        assert_eq!(clean["redacted"], "three");
    }
}
