//! Calls every operation with every kind of credential, over plain HTTP and without the typed client, and checks
//! whether the server accepts the credential.

use std::collections::BTreeMap;

use hmac::{Hmac, Mac as _};
use mileston_api::operation::{Location, Operation};
use serde::Deserialize;
use serde_json::Value;
use sha2::Sha256;

use crate::http;

/// The kinds of credentials in the matrix.
pub const KINDS: &[&str] = &["None", "Normal", "Checkout", "Wallet"];

/// The output of `mileston-sandbox serve --json`.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Issued {
    /// The sandbox's URL.
    pub url: String,
    /// The business id.
    pub business_id: String,
    /// The Normal test key.
    pub normal_key: String,
    /// The Checkout test key.
    pub checkout_key: String,
    /// The secret for signatures.
    pub wallet_secret: String,
}

impl Issued {
    /// Returns these values for a sandbox in this process.
    #[must_use]
    pub fn of(sandbox: &mileston_sandbox::Sandbox) -> Self {
        Issued {
            url: sandbox.url().to_owned(),
            business_id: sandbox.business_id().to_string(),
            normal_key: sandbox.normal_key().expose_secret().to_owned(),
            checkout_key: sandbox.checkout_key().expose_secret().to_owned(),
            wallet_secret: sandbox.wallet_secret().expose_secret().to_owned(),
        }
    }

    /// Returns the headers of a request with this body and this kind of credential.
    #[must_use]
    pub fn headers(&self, kind: &str, body: &str) -> Vec<(&'static str, String)> {
        let key = match kind {
            "None" => return Vec::new(),
            "Checkout" => &self.checkout_key,
            _ => &self.normal_key,
        };
        let mut headers = vec![("apikey", key.clone()), ("businessid", self.business_id.clone())];
        if kind == "Wallet" {
            headers.push(("x-request-signature", sign(&self.wallet_secret, body)));
        }
        headers
    }
}

/// Returns whether the server accepted the credential, for each operation and kind. See [`accepted`].
///
/// # Errors
/// Returns an error if the server doesn't respond, or if a response shows neither that the credential was accepted
/// nor that it was rejected. The error lists all such responses.
pub async fn table(issued: &Issued) -> Result<BTreeMap<(String, &'static str), bool>, String> {
    let mut table = BTreeMap::new();
    let mut surprises = Vec::new();
    for operation in mileston_api::catalogue::OPERATIONS {
        for kind in KINDS {
            let body = "{}";
            let mut headers = issued.headers(kind, body);
            headers.push(("content-type", "application/json".to_owned()));
            let target = target(operation);
            let answer =
                http::send(&issued.url, operation.method.as_str(), &target, &headers, body).await?;
            match accepted(operation, &answer) {
                Some(accepted) => {
                    table.insert((operation.id.to_owned(), *kind), accepted);
                }
                None => surprises.push(format!(
                    "{} × {kind}: the credential was neither rejected nor accepted: {} {}",
                    operation.id, answer.status, answer.body
                )),
            }
        }
    }
    if surprises.is_empty() { Ok(table) } else { Err(surprises.join("\n")) }
}

/// Returns whether the server accepted the credential, or `None` if the response doesn't show it.
///
/// `answer` must be the response to a request that [`table`] sends: the body is `{}`, an id in the path is unknown, and
/// each required query parameter is `x`.
///
/// A 401 in the platform's format means that the credential was rejected. If the credential was accepted, the operation
/// responds with:
///
/// * 400 with a list of mistakes, if the operation takes a body, or needs a query parameter or a header;
/// * otherwise 404 with the operation's own message, if the operation takes an id (if no operation has the path, the
///   message is `Cannot GET /…`);
/// * otherwise 200 or 201.
#[must_use]
pub fn accepted(operation: &Operation, answer: &http::Answer) -> Option<bool> {
    let json: Value = serde_json::from_str(&answer.body).ok()?;
    let (message, error) = (&json["message"], &json["error"]);
    if answer.status == 401 {
        return (error == "Unauthorized" && message.is_string()).then_some(false);
    }
    let has = |location: Location| {
        operation.parameters.iter().any(|it| it.required && it.location == location)
    };
    let expected = if operation.body.is_some() || has(Location::Query) || has(Location::Header) {
        let told = message.as_array().is_some_and(|mistakes| !mistakes.is_empty());
        answer.status == 400 && error == "Bad Request" && told
    } else if has(Location::Path) {
        let own = message.as_str().is_some_and(|text| !text.starts_with("Cannot "));
        answer.status == 404 && error == "Not Found" && own
    } else {
        matches!(answer.status, 200 | 201) && error.is_null()
    };
    expected.then_some(true)
}

/// Returns a target with an id that doesn't exist, and `x` for each required query parameter.
fn target(operation: &Operation) -> String {
    let mut target = operation.path.to_owned();
    let mut query = Vec::new();
    for parameter in operation.parameters {
        match parameter.location {
            Location::Path => {
                target = target.replace(&format!("{{{}}}", parameter.name), "some-id")
            }
            Location::Query if parameter.required => query.push(format!("{}=x", parameter.name)),
            _ => {}
        }
    }
    if query.is_empty() { target } else { format!("{target}?{}", query.join("&")) }
}

/// Returns the HMAC-SHA256 in lower-case hexadecimal. Doesn't use the client's implementation, so that the test
/// detects a mistake in it.
fn sign(secret: &str, body: &str) -> String {
    // HMAC accepts a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(body.as_bytes());
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use mileston_api::catalogue;

    use super::*;

    #[track_caller]
    fn check(operation: &Operation, status: u16, body: &str, expected: Option<bool>) {
        let answer = http::Answer { status, body: body.to_owned() };
        assert_eq!(accepted(operation, &answer), expected, "{} {status} {body}", operation.id);
    }

    const REFUSED: &str = r#"{"message":"no","error":"Unauthorized","statusCode":401}"#;
    const MISTAKES: &str = r#"{"message":["a"],"error":"Bad Request","statusCode":400}"#;
    const UNKNOWN: &str = r#"{"message":"no such id","error":"Not Found","statusCode":404}"#;
    const NO_ROUTE: &str = r#"{"message":"Cannot GET /x","error":"Not Found","statusCode":404}"#;
    const BROKEN: &str = r#"{"message":"oh","error":"Internal Server Error","statusCode":500}"#;

    #[test]
    fn only_a_response_from_the_operation_itself_is_an_acceptance() {
        check(&catalogue::CREATE_PAYMENT_LINK, 400, MISTAKES, Some(true));
        check(&catalogue::GET_ON_RAMP_DATA, 400, MISTAKES, Some(true));
        check(&catalogue::GET_SUBWALLET_BALANCES, 400, MISTAKES, Some(true));
        check(&catalogue::GET_INVOICE, 404, UNKNOWN, Some(true));
        check(&catalogue::LIST_INVOICES, 200, "{}", Some(true));
        check(&catalogue::CREATE_SUBWALLET, 201, "{}", Some(true));
    }

    #[test]
    fn any_other_response_is_not_an_acceptance() {
        for operation in catalogue::OPERATIONS {
            check(operation, 401, REFUSED, Some(false));
            check(operation, 401, "", None);
            check(operation, 403, REFUSED, None);
            check(operation, 404, NO_ROUTE, None);
            check(operation, 500, BROKEN, None);
            check(operation, 502, "<html>", None);
            check(operation, 204, "", None);
        }
        check(&catalogue::CREATE_PAYMENT_LINK, 201, "{}", None);
        check(&catalogue::GET_INVOICE, 200, "{}", None);
        check(&catalogue::LIST_INVOICES, 404, UNKNOWN, None);
        check(&catalogue::LIST_INVOICES, 400, MISTAKES, None);
    }
}
