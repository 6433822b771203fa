//! The calls of the vendor's SDKs, as the wire contract has them, and how each is said with our client.

use mileston_api::types::{NativeToken, SavePayment, VerifyPayment};

use super::bodies::{Body, Noted, body};
use super::js::Js;
use super::ours::Ours;
use super::say::{Stop, Unsayable, plain, required};
use super::target::{Target, form, segment};
use super::trace::{Keys, Trace};

/// Calls of the SDKs that the document has no operation for yet.
const NOT_YET: [&str; 5] = [
    "getUserDetails",
    "fetchSubWallets",
    "getPaymentWallet",
    "getOnRampData",
    "getOnRampPaymentStatus",
];

/// Classes of the backend SDK that the document has no operations for yet.
const CLASSES_NOT_YET: [&str; 2] = ["Wallet", "PayoutAPI"];

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
    /// The function, without its class.
    pub function: String,
    /// The vendor's host.
    pub origin: &'static str,
    /// The method.
    pub method: &'static str,
    /// The path up to the id, if there is one.
    pub path: String,
    /// The last segment of the path.
    pub id: Option<String>,
    /// The query.
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
    /// The id of the operation.
    pub operation: String,
    /// The call of our client.
    pub ours: Ours,
}

/// What becomes of a trace.
#[derive(Clone, Debug)]
pub enum Translated {
    /// A call of ours.
    Case(Box<Case>),
    /// The document has no such operation yet.
    NotYet,
}

/// Says a recorded call with our client.
///
/// # Errors
///
/// It cannot be said, or this test does not know the call.
pub fn translate(trace: &Trace, keys: &Keys) -> Result<Translated, Stop> {
    let class = trace.call.split('.').next().unwrap_or_default();
    if NOT_YET.contains(&trace.call.as_str()) || CLASSES_NOT_YET.contains(&class) {
        return Ok(Translated::NotYet);
    }
    let unwritten = || Stop::Unsayable(Unsayable::BeyondJson, "args".to_owned());
    let args = Args(trace.args.as_deref().ok_or_else(unwritten)?);
    let case = match trace.call.split_once('.') {
        Some((class, function)) => backend(class, function, &args, &trace.credentials, keys)?,
        None => client(&trace.call, args.at(0))?,
    };
    case.map(|case| Translated::Case(Box::new(case)))
        .ok_or_else(|| Stop::Wrong(format!("this test knows no call `{}`", trace.call)))
}

struct Args<'a>(&'a [Js]);

impl Args<'_> {
    fn at(&self, index: usize) -> &Js {
        self.0.get(index).unwrap_or(&Js::Undefined)
    }
}

impl Case {
    /// The target that brings every value to the server as it was given.
    #[must_use]
    pub fn escaped(&self) -> Target {
        let id = self.id.as_deref().map(segment).unwrap_or_default();
        let query = (!self.pairs.is_empty()).then(|| form(&self.pairs));
        Target { path: format!("{}{id}", self.path), query }
    }

    /// The target that comes of writing the values into the URL as they are.
    #[must_use]
    pub fn pasted(&self) -> Option<Target> {
        let id = self.id.as_deref().unwrap_or_default();
        let pairs: Vec<String> =
            self.pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
        Target::pasted(self.origin, &format!("{}{id}{query}", self.path))
    }
}

/// A kind of object of the backend SDK.
struct Resource {
    origin: &'static str,
    path: &'static str,
    /// As in ids of operations.
    name: &'static str,
}

fn resource(class: &str) -> Option<Resource> {
    let (origin, path, name) = match class {
        "PaymentLink" => ("https://payment-service.mileston.co", "/payment-link", "PaymentLink"),
        "Invoice" => ("https://invoice-service.mileston.co", "/invoice", "Invoice"),
        "RecurringPayment" => {
            ("https://recurring-service.mileston.co", "/recurring-payment", "RecurringPayment")
        }
        _ => return None,
    };
    Some(Resource { origin, path, name })
}

fn backend(
    class: &str,
    function: &str,
    args: &Args<'_>,
    credentials: &Js,
    keys: &Keys,
) -> Result<Option<Case>, Stop> {
    let Some(Resource { origin, path, name }) = resource(class) else { return Ok(None) };
    let mut case = Case {
        sdk: Sdk::Backend,
        function: function.to_owned(),
        origin,
        method: "",
        path: path.to_owned(),
        id: None,
        pairs: Vec::new(),
        payload: Js::Undefined,
        noted: Noted::default(),
        unlimited: None,
        key: credential(credentials, "apiKey", &keys.normal)?,
        business: credential(credentials, "businessId", &keys.business)?,
        operation: format!("{function}{name}"),
        ours: Ours::ListPaymentLinks(None),
    };
    match function {
        "create" => create(&mut case, class, args)?,
        "update" => update(&mut case, class, args.at(0))?,
        "getAll" => list(&mut case, class, args.at(0))?,
        "get" | "delete" => one(&mut case, class, args.at(0))?,
        _ => return Ok(None),
    }
    Ok(Some(case))
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

fn create(case: &mut Case, class: &str, args: &Args<'_>) -> Result<(), Stop> {
    (case.method, case.path) = ("POST", format!("{}/create", case.path));
    if class == "PaymentLink" {
        let payload = args.at(0);
        case.ours = Ours::CreatePaymentLink(fill(case, payload)?);
        return Ok(());
    }
    let name = plain("businessName", args.at(0))?;
    case.pairs = vec![("businessName".to_owned(), name.clone())];
    let payload = args.at(1);
    case.ours = match class {
        "Invoice" => Ours::CreateInvoice(name, fill(case, payload)?),
        _ => Ours::CreateRecurringPayment(name, fill(case, payload)?),
    };
    Ok(())
}

fn update(case: &mut Case, class: &str, payload: &Js) -> Result<(), Stop> {
    (case.method, case.path) = ("PATCH", format!("{}/update", case.path));
    case.ours = match class {
        "PaymentLink" => Ours::UpdatePaymentLink(fill(case, payload)?),
        "Invoice" => Ours::UpdateInvoice(fill(case, payload)?),
        _ => Ours::UpdateRecurringPayment(fill(case, payload)?),
    };
    Ok(())
}

fn fill<B: Body>(case: &mut Case, payload: &Js) -> Result<B, Stop> {
    let (body, noted) = body(payload)?;
    (case.payload, case.noted) = (payload.clone(), noted);
    Ok(body)
}

fn list(case: &mut Case, class: &str, limit: &Js) -> Result<(), Stop> {
    (case.method, case.path) = ("GET", format!("{}/", case.path));
    case.operation = format!("list{class}s");
    case.unlimited = match limit {
        Js::Undefined => Some("undefined"),
        Js::Null => Some("null"),
        _ => None,
    };
    let limit: Option<u32> =
        if case.unlimited.is_none() { Some(required("limit", limit)?) } else { None };
    case.pairs = limit.iter().map(|limit| ("limit".to_owned(), limit.to_string())).collect();
    case.ours = match class {
        "PaymentLink" => Ours::ListPaymentLinks(limit),
        "Invoice" => Ours::ListInvoices(limit),
        _ => Ours::ListRecurringPayments(limit),
    };
    Ok(())
}

fn one(case: &mut Case, class: &str, id: &Js) -> Result<(), Stop> {
    let id = plain("id", id)?;
    case.id = Some(id.clone());
    let deletes = case.function == "delete";
    case.method = if deletes { "DELETE" } else { "GET" };
    case.path = format!("{}{}", case.path, if deletes { "/delete/" } else { "/" });
    case.ours = match (class, deletes) {
        ("PaymentLink", true) => Ours::DeletePaymentLink(id),
        ("PaymentLink", false) => Ours::GetPaymentLink(id),
        ("Invoice", true) => Ours::DeleteInvoice(id),
        ("Invoice", false) => Ours::GetInvoice(id),
        (_, true) => Ours::DeleteRecurringPayment(id),
        (_, false) => Ours::GetRecurringPayment(id),
    };
    Ok(())
}

/// What can be paid over checkout, and its names: in paths, in ids of operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `payment-link`
    PaymentLink,
    /// `invoice`
    Invoice,
    /// `recurring`
    Recurring,
}

impl Kind {
    fn of(word: &Js) -> Result<(Kind, &'static str, &'static str), Stop> {
        let Js::Text(word) = word else { return Err(no_kind()) };
        match word.text().as_deref() {
            Some("payment-link") => Ok((Kind::PaymentLink, "paymentlink", "PaymentLink")),
            Some("invoice") => Ok((Kind::Invoice, "invoice", "Invoice")),
            Some("recurring") => Ok((Kind::Recurring, "recurring", "Recurring")),
            _ => Err(no_kind()),
        }
    }
}

fn no_kind() -> Stop {
    Stop::Unsayable(Unsayable::PaymentType, "type".to_owned())
}

fn client(function: &str, arg: &Js) -> Result<Option<Case>, Stop> {
    let word = match function {
        "fetchPayment" => arg.get("paymentType"),
        "savePayment" | "verifyPaymentWithWallet" => arg.get("type"),
        _ => return Ok(None),
    };
    let (kind, word, name) = Kind::of(word)?;
    let mut case = Case {
        sdk: Sdk::Client,
        function: function.to_owned(),
        origin: "https://checkout-service.mileston.co",
        method: "POST",
        path: String::new(),
        id: None,
        pairs: Vec::new(),
        payload: Js::Undefined,
        noted: Noted::default(),
        unlimited: None,
        key: given("apikey", arg.get("apikey"))?,
        business: given("businessid", arg.get("businessid"))?,
        operation: String::new(),
        ours: Ours::ListPaymentLinks(None),
    };
    if function == "fetchPayment" {
        let id = plain("paymentId", arg.get("paymentId"))?;
        case.method = "GET";
        case.path = format!("/checkout/data/{word}.get/");
        let tail = if kind == Kind::Recurring { "Payment" } else { "" };
        case.operation = format!("fetch{name}{tail}");
        case.id = Some(id.clone());
        case.ours = Ours::Fetch(kind, id);
        return Ok(Some(case));
    }
    let token = native_tokens(arg.get("nativeTokens"))?;
    case.pairs = token.iter().map(|token| ("nativeTokens".to_owned(), token.to_string())).collect();
    let payload = arg.get("body");
    if function == "savePayment" {
        case.path = format!("/checkout/save-payment/{word}.save");
        case.operation = format!("save{name}Payment");
        case.ours = Ours::Save(kind, fill::<SavePayment>(&mut case, payload)?, token);
    } else {
        case.path = format!("/checkout/verify-payment/{word}.save");
        case.operation = format!("verify{name}Payment");
        case.ours = Ours::Verify(kind, fill::<VerifyPayment>(&mut case, payload)?, token);
    }
    Ok(Some(case))
}

/// The SDK asks `if (nativeTokens)`: whatever is falsy says that there is none.
fn native_tokens(value: &Js) -> Result<Option<NativeToken>, Stop> {
    if value.is_falsy() {
        Ok(None)
    } else {
        plain("nativeTokens", value).map(|token| Some(token.into()))
    }
}
