//! The calls of the vendor's SDKs, as the wire contract has them, and how each is said with our client.

mod backend;
mod checkout;
mod wallets;

use super::bodies::{Body, Noted, body};
use super::js::Js;
use super::ours::Ours;
use super::say::{Stop, Unsayable, plain};
use super::target::{Target, form, segment};
use super::trace::{Keys, Trace};

pub use checkout::Kind;

/// Which of the two SDKs makes a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sdk {
    /// `mileston-payments`
    Backend,
    /// `mileston-payment-client`
    Client,
}

/// What a call of an SDK asks for, were every value to arrive as it was given, and the same with our client.
#[derive(Clone, Debug)]
pub struct Case {
    /// Who sends it.
    pub sdk: Sdk,
    /// The class of the function; empty where it has none.
    pub class: String,
    /// The function, without its class.
    pub function: String,
    /// The vendor's host.
    pub origin: &'static str,
    /// The method.
    pub method: &'static str,
    /// The path up to the id, if there is one.
    pub path: String,
    /// The segment of the path after it.
    pub id: Option<String>,
    /// What the path has after the id.
    pub tail: &'static str,
    /// The query, in the order of the SDK.
    pub pairs: Vec<(String, String)>,
    /// The payload, if the call takes one.
    pub payload: Js,
    /// What was left aside of the payload.
    pub noted: Noted,
    /// A list was asked for without saying how long.
    pub unlimited: Option<&'static str>,
    /// The key.
    pub key: String,
    /// The business id.
    pub business: String,
    /// The wallet secret, if our call is signed.
    pub secret: Option<String>,
    /// The header `env`, if the call has it.
    pub env: Option<String>,
    /// The id of the operation.
    pub operation: String,
    /// The call of our client.
    pub ours: Ours,
}

/// Says a recorded call with our client.
///
/// # Errors
///
/// It cannot be said, or this test does not know the call.
pub fn translate(trace: &Trace, keys: &Keys) -> Result<Case, Stop> {
    let unwritten = || Stop::Unsayable(Unsayable::BeyondJson, "args".to_owned());
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
    case.ok_or_else(|| Stop::Wrong(format!("this test knows no call `{}`", trace.call)))
}

struct Args<'a>(&'a [Js]);

impl Args<'_> {
    fn at(&self, index: usize) -> &Js {
        self.0.get(index).unwrap_or(&Js::Undefined)
    }
}

impl Case {
    /// A call without arguments, of which nothing but the function, the host and the credentials is known.
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

    /// The target that brings every value to the server as it was given.
    #[must_use]
    pub fn escaped(&self) -> Target {
        let id = self.id.as_deref().map(segment).unwrap_or_default();
        let query = (!self.pairs.is_empty()).then(|| form(&self.pairs));
        Target { path: format!("{}{id}{}", self.path, self.tail), query }
    }

    /// The target that comes of writing the values into the URL as they are.
    #[must_use]
    pub fn pasted(&self) -> Option<Target> {
        let id = self.id.as_deref().unwrap_or_default();
        let pairs: Vec<String> =
            self.pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
        Target::pasted(self.origin, &format!("{}{id}{}{query}", self.path, self.tail))
    }
}

/// A call with the recording's key and business id, unless the trace has others.
fn usual(credentials: &Js, keys: &Keys) -> Result<[String; 2], Stop> {
    let key = credential(credentials, "apiKey", &keys.normal)?;
    Ok([key, credential(credentials, "businessId", &keys.business)?])
}

/// The usual credential, unless the trace has another. A key that is there and `undefined` is given on purpose.
fn credential(credentials: &Js, name: &str, usual: &str) -> Result<String, Stop> {
    let Js::Object(fields) = credentials else { return Ok(usual.to_owned()) };
    match fields.iter().find(|(key, _)| key == name) {
        None => Ok(usual.to_owned()),
        Some((_, value)) => given(name, value),
    }
}

/// A credential as the caller gives it.
fn given(name: &str, value: &Js) -> Result<String, Stop> {
    plain(name, value).map_err(|stop| match stop {
        Stop::Unsayable(Unsayable::Missing, at) => Stop::Unsayable(Unsayable::NoCredential, at),
        other => other,
    })
}

fn fill<B: Body>(case: &mut Case, payload: &Js) -> Result<B, Stop> {
    let (body, noted) = body(payload)?;
    (case.payload, case.noted) = (payload.clone(), noted);
    Ok(body)
}
