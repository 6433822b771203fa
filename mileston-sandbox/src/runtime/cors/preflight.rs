//! Parses the preflight that a browser sends before a page's request. If the preflight is rejected, the request log
//! gets the reason, because browsers show less detail.

use axum::http::header::{
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, AUTHORIZATION, HeaderName,
    ORIGIN,
};
use axum::http::{HeaderMap, Method};
use mileston_api::operation::Operation;

use super::openness::{at, find, is_backend_only, is_for_browsers, methods_of};
use crate::runtime::Reason;
use crate::runtime::requirement::Requirements;

/// The headers that control the sandbox. Pages must not send them. The first is defined in `control`, the second in
/// `faults`.
const STEERING: [&str; 2] = ["mileston-sandbox", "x-sandbox-fault"];
/// A reason repeats at most this many characters of a value from the request.
const LONGEST: usize = 100;

/// A preflight. In header values, bytes that aren't valid text are replaced.
pub(super) struct Preflight {
    origin: String,
    method: String,
    /// The header names as sent, in upper or lower case.
    headers: Vec<String>,
}

impl Preflight {
    /// Parses a preflight. Returns `None` if the request isn't a preflight.
    pub(super) fn of(method: &Method, headers: &HeaderMap) -> Option<Self> {
        if method != Method::OPTIONS {
            return None;
        }
        let text = |name| headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()));
        let lists = headers.get_all(ACCESS_CONTROL_REQUEST_HEADERS).iter();
        let names = lists.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
        let names = names.map(|name| shown(String::from_utf8_lossy(name).trim()));
        Some(Preflight {
            origin: shown(&text(ORIGIN)?),
            method: shown(&text(ACCESS_CONTROL_REQUEST_METHOD)?),
            headers: names.filter(|name| !name.is_empty()).collect(),
        })
    }

    /// Returns the operation that the preflight is for, or the reason why pages may not call it.
    pub(super) fn operation(&self, path: &str) -> Result<&'static Operation, Reason> {
        let Some(operation) = find(path, &self.method) else {
            return Err(self.refusal(&no_operation(path)));
        };
        if is_for_browsers(operation) {
            return Ok(operation);
        }
        let needed = Requirements::of(operation.security);
        let needed = needed.map_or("a credential for backends", |needed| needed.needs());
        let id = operation.id;
        Err(self.refusal(&format!(
            "{id} needs {needed}, which must never reach a page: call it from your backend"
        )))
    }

    /// Returns the header names to allow, in lower case and without duplicates: `granted` and the requested headers,
    /// except headers that pages must not send. The reason names each header that is left out.
    pub(super) fn headers(&self, mut granted: Vec<String>) -> (Vec<String>, Option<Reason>) {
        let mut withheld = Vec::new();
        for name in &self.headers {
            match judge(name) {
                Ok(name) => granted.push(name),
                Err(why) => withheld.push(format!("{}: {why}", cut(name))),
            }
        }
        granted.sort_unstable();
        granted.dedup();
        let words = || format!("these headers aren't allowed: {}", withheld.join("; "));
        let reason = (!withheld.is_empty()).then(|| self.refusal(&words()));
        (granted, reason)
    }

    /// Returns the reason for the log.
    pub(super) fn refusal(&self, why: &str) -> Reason {
        let (origin, method) = (cut(&self.origin), cut(&self.method));
        Reason(format!("preflight for {method} from a page at {origin}: {why}"))
    }
}

fn no_operation(path: &str) -> String {
    let methods = methods_of(path);
    match (methods.is_empty(), at(path).next()) {
        (false, _) => format!("pages may use only {} here", methods.join(", ")),
        (true, Some(_)) => {
            "no operation has this path and method, and pages may not call any operation with this path".to_owned()
        }
        (true, None) => "no operation has this path".to_owned(),
    }
}

/// Returns the header name in lower case, or the reason why pages must not send it.
fn judge(name: &str) -> Result<String, &'static str> {
    // `*` is a legal header name, but in the response it would be a wildcard that grants everything.
    if name == "*" {
        return Err("this would grant all headers");
    }
    let Ok(header) = HeaderName::try_from(name) else {
        return Err("this isn't a valid header name");
    };
    if is_backend_only(header.as_str()) {
        return Err("this is a credential for backends, which must never reach a page");
    }
    if header == AUTHORIZATION {
        return Err("this is a different kind of credential: a Checkout key goes into `apikey`");
    }
    if STEERING.contains(&header.as_str()) {
        return Err("this controls the sandbox, which pages must not do");
    }
    Ok(header.as_str().to_owned())
}

/// Replaces control characters, because the value is shown in a log.
fn shown(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
