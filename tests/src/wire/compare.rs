//! Compares the expected request with the request that arrived.

use mileston_api::catalogue;
use sha2::{Digest, Sha256};

use super::call::Case;
use super::json::{Json, differences, parse};
use super::recorder::Recorded;
use super::target::Target;
use super::trace::{HEADERS, Request};

/// An expected request.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The host in production.
    pub origin: String,
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: Target,
    /// The values of [`HEADERS`].
    pub headers: Vec<Option<String>>,
    /// The body as JSON.
    pub body: Option<Json>,
    /// The bytes of the body before any difference was applied.
    pub bytes: Vec<u8>,
}

impl Expected {
    /// Returns the request that the vendor's SDK sent.
    ///
    /// # Errors
    ///
    /// Returns an error if `vendor_url` doesn't end in `target`, or the body isn't JSON.
    pub fn of_vendor(request: &Request) -> Result<Expected, String> {
        let origin = request.vendor_url.strip_suffix(&request.target);
        Ok(Expected {
            origin: origin.ok_or("`vendor_url` does not end in `target`")?.to_owned(),
            method: request.method.clone(),
            target: Target::of(&request.target),
            headers: request.headers.clone(),
            body: request.body.as_deref().map(parse).transpose()?,
            bytes: request.body.clone().unwrap_or_default().into_bytes(),
        })
    }

    /// Returns the request according to the wire contract, for calls where the vendor's SDK doesn't
    /// send one.
    #[must_use]
    pub fn of_contract(case: &Case) -> Expected {
        // A signed call always has a body.
        let nothing = || case.secret.as_ref().map(|_| Json::Object(Vec::new()));
        let body = case.payload.json().or_else(nothing);
        let bytes = body.as_ref().map(Json::to_string).unwrap_or_default();
        let header = |name: &&str| match *name {
            "apikey" => Some(case.key.clone()),
            "businessid" => Some(case.business.clone()),
            "content-type" => Some("application/json".to_owned()),
            SIGNATURE => case.secret.as_ref().map(|secret| signature(secret, bytes.as_bytes())),
            "env" => case.env.clone(),
            _ => None,
        };
        Expected {
            origin: case.origin.to_owned(),
            method: case.method.to_owned(),
            target: case.escaped(),
            headers: HEADERS.iter().map(header).collect(),
            body,
            bytes: bytes.into_bytes(),
        }
    }

    /// Returns the signature header.
    pub fn signature(&mut self) -> Option<&mut Option<String>> {
        let at = HEADERS.iter().position(|name| *name == SIGNATURE)?;
        self.headers.get_mut(at)
    }

    /// Returns every difference from the request that arrived, each on one line.
    #[must_use]
    pub fn compare(&self, got: &Recorded) -> Vec<String> {
        let mut found = Vec::new();
        let target = Target::of(&got.target);
        differ(&mut found, "method", &self.method, &got.method);
        differ(&mut found, "path", &self.target.path, &target.path);
        let shown = |target: &Target| -> Vec<String> {
            let segments = target.segments();
            segments.iter().map(|segment| String::from_utf8_lossy(segment).into_owned()).collect()
        };
        differ(&mut found, "segments of the path", &shown(&self.target), &shown(&target));
        differ(&mut found, "query", &self.target.pairs(), &target.pairs());
        for (name, value) in HEADERS.iter().zip(&self.headers) {
            differ(&mut found, &format!("header {name}"), &value.as_deref(), &got.header(name));
        }
        found.extend(self.compare_body(&got.body));
        found.extend(unexpected_headers(got));
        found
    }

    fn compare_body(&self, got: &[u8]) -> Vec<String> {
        let text = String::from_utf8_lossy(got);
        let got = match text.as_ref() {
            "" => None,
            text => match parse(text) {
                Ok(json) => Some(json),
                Err(problem) => return vec![format!("body: {problem}: {text}")],
            },
        };
        match (&self.body, got) {
            (Some(expected), Some(got)) => differences("body", expected, &got),
            (None, None) => Vec::new(),
            (Some(expected), None) => vec![format!("body: expected {expected}, but there is none")],
            (None, Some(got)) => vec![format!("body: expected none, but got {got}")],
        }
    }

    /// Returns every difference from the operation in the catalogue.
    #[must_use]
    pub fn compare_operation(&self, id: &str) -> Vec<String> {
        let Some(operation) = catalogue::OPERATIONS.iter().find(|operation| operation.id == id)
        else {
            return vec![format!("the catalogue has no operation `{id}`")];
        };
        let mut found = Vec::new();
        differ(
            &mut found,
            "production origin",
            &vec![self.origin.as_str()],
            &operation.servers.to_vec(),
        );
        differ(
            &mut found,
            "method in the catalogue",
            &self.method.as_str(),
            &operation.method.as_str(),
        );
        if !fits(operation.path, &self.target.path) {
            found.push(format!(
                "path in the catalogue: {} does not match {}",
                operation.path, self.target.path
            ));
        }
        found
    }
}

fn fits(template: &str, path: &str) -> bool {
    let pairs = || template.split('/').zip(path.split('/'));
    template.split('/').count() == path.split('/').count()
        && pairs().all(|(template, segment)| template == segment || template.starts_with('{'))
}

fn differ<T: PartialEq + std::fmt::Debug>(
    found: &mut Vec<String>,
    what: &str,
    expected: &T,
    got: &T,
) {
    if expected != got {
        found.push(format!("{what}: expected {expected:?}, but got {got:?}"));
    }
}

/// Returns the problems with headers: unknown, wrong or duplicate ones.
fn unexpected_headers(got: &Recorded) -> Vec<String> {
    let mut found = Vec::new();
    for (at, (name, value)) in got.headers.iter().enumerate() {
        let fine = match name.as_str() {
            "accept" => value == "application/json",
            "user-agent" => value.starts_with("mileston-rs/"),
            "content-length" => *value == got.body.len().to_string(),
            "host" => value.starts_with("127.0.0.1:"),
            name => HEADERS.contains(&name),
        };
        if !fine {
            found.push(format!("header {name}: unexpected, with the value {value:?}"));
        }
        if got.headers[..at].iter().any(|(other, _)| other == name) {
            found.push(format!("header {name}: duplicate"));
        }
    }
    found
}

/// The signature header of wallet calls.
pub const SIGNATURE: &str = "x-request-signature";

/// Returns the signature: HMAC-SHA256 according to RFC 2104, in hexadecimal. Tests compare the client's signatures
/// with this independent implementation.
#[must_use]
pub fn signature(secret: &str, message: &[u8]) -> String {
    let mut key = [0; 64];
    let hashed = Sha256::digest(secret.as_bytes());
    let short = if secret.len() > key.len() { hashed.as_slice() } else { secret.as_bytes() };
    key[..short.len()].copy_from_slice(short);
    let inner = Sha256::new().chain_update(key.map(|byte| byte ^ 0x36)).chain_update(message);
    let outer = Sha256::new().chain_update(key.map(|byte| byte ^ 0x5c));
    let digest = outer.chain_update(inner.finalize()).finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks test case 2 of RFC 4231, and a signature that the vendor's SDK sent.
    #[test]
    fn the_signature_is_hmac_sha256() {
        assert_eq!(
            signature("Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            signature("golden-wallet-secret", b"{}"),
            "342577520eac2443d28d8f79a2b8d0e1f475739dc38d7e21fbaf9ac1a5d69321"
        );
    }
}
