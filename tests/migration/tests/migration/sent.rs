//! A request, reduced to the parts that the test compares.

use std::collections::BTreeSet;

use mileston_api::operation::Operation;
use mileston_tests::wire::recorder::Recorded;
use serde_json::Value;

/// The headers that contain credentials.
const CREDENTIALS: [&str; 5] =
    ["apikey", "authorization", "businessid", "cookie", "x-request-signature"];

/// The parts of a request that the test compares. Credentials differ between sandboxes, so only the names of their
/// headers are compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The decoded query, sorted by name.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) credentials: BTreeSet<String>,
    /// The `content-type` header, which the platform reads.
    pub(crate) content_type: Option<String>,
    pub(crate) env: Option<String>,
    /// `None` if there is no body.
    pub(crate) body: Option<Value>,
}

impl Sent {
    /// Reduces a request to the parts that the test compares. Replaces the business id with `BUSINESS`, so that
    /// requests to different sandboxes can be compared.
    pub(crate) fn of(request: &Recorded, business: &str) -> Self {
        let Recorded { method, target, body, .. } = request;
        let target = target.replace(business, "BUSINESS");
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let parsed = url::Url::parse(&format!("http://127.0.0.1/?{query}")).unwrap();
        let mut query: Vec<(String, String)> = parsed.query_pairs().into_owned().collect();
        query.sort();
        let names = request.headers.iter().map(|(name, _)| name.clone());
        let body = String::from_utf8(body.clone()).unwrap().replace(business, "BUSINESS");
        Sent {
            method: method.clone(),
            path: path.to_owned(),
            query,
            credentials: names.filter(|name| CREDENTIALS.contains(&name.as_str())).collect(),
            content_type: request.header("content-type").map(str::to_owned),
            env: request.header("env").map(str::to_owned),
            body: (!body.is_empty()).then(|| serde_json::from_str(&body).unwrap()),
        }
    }

    /// Returns whether the method and the path match the operation. A path parameter matches any segment.
    pub(crate) fn is_of(&self, operation: &Operation) -> bool {
        let (ours, theirs) = (self.path.split('/'), operation.path.split('/'));
        let is_same = |(ours, theirs): (&str, &str)| ours == theirs || theirs.starts_with('{');
        self.method == operation.method.as_str()
            && ours.clone().count() == theirs.clone().count()
            && ours.zip(theirs).all(is_same)
    }
}
