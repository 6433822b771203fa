//! What a server says to every operation × every kind of credential, over plain HTTP and without the typed client.

use std::collections::BTreeMap;

use hmac::{Hmac, Mac as _};
use mileston_api::operation::{Location, Operation};
use serde::Deserialize;
use serde_json::Value;
use sha2::Sha256;

use crate::http;

/// The kinds of credential of the matrix that a running server can be asked with.
pub const KINDS: &[&str] = &["None", "Normal", "Checkout", "Wallet"];

/// What `mileston-sandbox serve --json` prints.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Issued {
    /// Where it listens.
    pub url: String,
    /// The business.
    pub business_id: String,
    /// Its Normal test key.
    pub normal_key: String,
    /// Its Checkout test key.
    pub checkout_key: String,
    /// The secret that signs.
    pub wallet_secret: String,
}

impl Issued {
    /// The same of a sandbox in this process.
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

    /// What goes along with a request that has this body, by the kind of credential.
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

/// For each operation and kind whether the server let it in. See [`let_in`].
///
/// # Errors
/// The server does not answer, or answers something that is neither a refusal of the credential nor what the operation
/// itself says to these requests: all that do are named.
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
            match let_in(operation, &answer) {
                Some(let_in) => {
                    table.insert((operation.id.to_owned(), *kind), let_in);
                }
                None => surprises.push(format!(
                    "{} × {kind}: neither refused nor let in: {} {}",
                    operation.id, answer.status, answer.body
                )),
            }
        }
    }
    if surprises.is_empty() { Ok(table) } else { Err(surprises.join("\n")) }
}

/// Whether the credential was good for the operation. `None`: the answer does not tell.
///
/// Refused is 401, in the shape of the platform. Let in is the one answer that an operation has for a request like ours,
/// with an id that nobody has, an empty body and `x` for what a query must have:
///
/// * 400 with a list of mistakes, if it takes a body, or needs something in the query or a header;
/// * else 404 in words of its own, if it takes an id: a path without an operation is answered with `Cannot GET /…`;
/// * else 200 or 201.
#[must_use]
pub fn let_in(operation: &Operation, answer: &http::Answer) -> Option<bool> {
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

/// A target that is complete, so that only the credential can be wrong.
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

/// HMAC-SHA256 in lower-case hexadecimal, written here once more so that a mistake in the client is noticed.
fn sign(secret: &str, body: &str) -> String {
    // HMAC takes a key of any length.
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
        assert_eq!(let_in(operation, &answer), expected, "{} {status} {body}", operation.id);
    }

    const REFUSED: &str = r#"{"message":"no","error":"Unauthorized","statusCode":401}"#;
    const MISTAKES: &str = r#"{"message":["a"],"error":"Bad Request","statusCode":400}"#;
    const UNKNOWN: &str = r#"{"message":"no such id","error":"Not Found","statusCode":404}"#;
    const NO_ROUTE: &str = r#"{"message":"Cannot GET /x","error":"Not Found","statusCode":404}"#;
    const BROKEN: &str = r#"{"message":"oh","error":"Internal Server Error","statusCode":500}"#;

    #[test]
    fn only_the_answer_of_the_operation_itself_counts_as_let_in() {
        check(&catalogue::CREATE_PAYMENT_LINK, 400, MISTAKES, Some(true));
        check(&catalogue::GET_ON_RAMP_DATA, 400, MISTAKES, Some(true));
        check(&catalogue::GET_SUBWALLET_BALANCES, 400, MISTAKES, Some(true));
        check(&catalogue::GET_INVOICE, 404, UNKNOWN, Some(true));
        check(&catalogue::LIST_INVOICES, 200, "{}", Some(true));
        check(&catalogue::CREATE_SUBWALLET, 201, "{}", Some(true));
    }

    #[test]
    fn nothing_else_does() {
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
