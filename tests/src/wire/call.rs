//! Translates recorded calls to the vendor's SDKs into calls to our client, according to the wire contract.

mod backend;
mod checkout;
mod wallets;

use super::bodies::{Body, Noted, body};
use super::from_js::{Stop, Unrepresentable, plain};
use super::js::Js;
use super::ours::Ours;
use super::target::{Target, form, segment};
use super::trace::{Keys, Trace};

pub use checkout::Kind;

/// One of the two SDKs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sdk {
    /// `mileston-payments`
    Backend,
    /// `mileston-payment-client`
    Client,
}

/// A call to an SDK, and the equivalent call to our client. The request's parts, such as `path` and `pairs`,
/// describe a request that delivers every value unchanged, even if the SDK's own request doesn't.
#[derive(Clone, Debug)]
pub struct Case {
    /// The SDK that makes the call.
    pub sdk: Sdk,
    /// The class of the function, or an empty string.
    pub class: String,
    /// The function, without its class.
    pub function: String,
    /// The vendor's host.
    pub origin: &'static str,
    /// The method.
    pub method: &'static str,
    /// The path up to the id, if there is one.
    pub path: String,
    /// The id, which is the next segment of the path.
    pub id: Option<String>,
    /// The path after the id.
    pub tail: &'static str,
    /// The query, in the SDK's order.
    pub pairs: Vec<(String, String)>,
    /// The payload, if the call takes one.
    pub payload: Js,
    /// The parts of the payload that our type can't represent.
    pub noted: Noted,
    /// If the caller requested a list without a limit, the text that the SDK sends as the limit: `undefined` or
    /// `null`.
    pub unlimited: Option<&'static str>,
    /// The key.
    pub key: String,
    /// The business id.
    pub business: String,
    /// The wallet secret, if our call is signed.
    pub secret: Option<String>,
    /// The `env` header, if the call sends one.
    pub env: Option<String>,
    /// The id of the operation.
    pub operation: String,
    /// The equivalent call to our client.
    pub ours: Ours,
}

/// Translates a recorded SDK call into a call to our client.
///
/// # Errors
///
/// Returns an error if the call can't be represented, or if this test doesn't support it.
pub fn translate(trace: &Trace, keys: &Keys) -> Result<Case, Stop> {
    let unwritten = || Stop::Unrepresentable(Unrepresentable::NotRecordable, "args".to_owned());
    let args = Args(trace.args.as_deref().ok_or_else(unwritten)?);
    let case = match trace.call.split_once('.') {
        Some((class @ ("Wallet" | "PayoutAPI"), function)) => {
            wallets::wallet(class, function, &args, &trace.credentials, keys)?
        }
        Some((class, function)) => {
            backend::backend(class, function, &args, &trace.credentials, keys)?
        }
        None => checkout::client(&trace.call, &args)?,
    };
    case.ok_or_else(|| {
        Stop::Wrong(format!(
            "this test doesn't support the call `{}`: add it to `translate`",
            trace.call
        ))
    })
}

struct Args<'a>(&'a [Js]);

impl Args<'_> {
    fn at(&self, index: usize) -> &Js {
        self.0.get(index).unwrap_or(&Js::Undefined)
    }
}

impl Case {
    /// Creates a call without arguments, with only the function, the host and the credentials.
    fn new(sdk: Sdk, function: &str, origin: &'static str, [key, business]: [String; 2]) -> Case {
        Case {
            sdk,
            class: String::new(),
            function: function.to_owned(),
            origin,
            method: "",
            path: String::new(),
            id: None,
            tail: "",
            pairs: Vec::new(),
            payload: Js::Undefined,
            noted: Noted::default(),
            unlimited: None,
            key,
            business,
            secret: None,
            env: None,
            operation: String::new(),
            ours: Ours::ListPaymentLinks(None),
        }
    }

    /// Returns the target in which every value is escaped, so that it reaches the server unchanged.
    #[must_use]
    pub fn escaped(&self) -> Target {
        let id = self.id.as_deref().map(segment).unwrap_or_default();
        let query = (!self.pairs.is_empty()).then(|| form(&self.pairs));
        Target { path: format!("{}{id}{}", self.path, self.tail), query }
    }

    /// Returns the target that results from pasting the values into the URL without escaping.
    #[must_use]
    pub fn pasted(&self) -> Option<Target> {
        let id = self.id.as_deref().unwrap_or_default();
        let pairs: Vec<String> =
            self.pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
        Target::pasted(self.origin, &format!("{}{id}{}{query}", self.path, self.tail))
    }
}

/// Returns the key and the business id: the trace's own values, or the recording's values if the trace has none.
fn usual(credentials: &Js, keys: &Keys) -> Result<[String; 2], Stop> {
    let key = credential(credentials, "apiKey", &keys.normal)?;
    Ok([key, credential(credentials, "businessId", &keys.business)?])
}

/// Returns the trace's own credential, or the recording's if the trace has none. An explicit `undefined` in the trace
/// is an error: the credential is missing.
fn credential(credentials: &Js, name: &str, usual: &str) -> Result<String, Stop> {
    let Js::Object(fields) = credentials else { return Ok(usual.to_owned()) };
    match fields.iter().find(|(key, _)| key == name) {
        None => Ok(usual.to_owned()),
        Some((_, value)) => given(name, value),
    }
}

/// Returns the credential that the caller passed.
fn given(name: &str, value: &Js) -> Result<String, Stop> {
    plain(name, value).map_err(|stop| match stop {
        Stop::Unrepresentable(Unrepresentable::Missing, at) => {
            Stop::Unrepresentable(Unrepresentable::MissingCredential, at)
        }
        other => other,
    })
}

fn fill<B: Body>(case: &mut Case, payload: &Js) -> Result<B, Stop> {
    let (body, noted) = body(payload)?;
    (case.payload, case.noted) = (payload.clone(), noted);
    Ok(body)
}
