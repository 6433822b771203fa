//! The calls of the vendor's SDKs, as the wire contract has them, and how each is said with our client.

use mileston_api::types::{EvmChain, NativeToken, SavePayment, VerifyPayment};

use super::bodies::{Body, Noted, body};
use super::js::Js;
use super::ours::Ours;
use super::say::{Stop, Unsayable, environment, plain, required};
use super::target::{Target, form, segment};
use super::trace::{Keys, Trace};

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
            wallet(class, function, &args, &trace.credentials, keys)?
        }
        Some((class, function)) => backend(class, function, &args, &trace.credentials, keys)?,
        None => client(&trace.call, &args)?,
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
    let mut case = Case::new(Sdk::Backend, function, origin, usual(credentials, keys)?);
    class.clone_into(&mut case.class);
    path.clone_into(&mut case.path);
    case.operation = format!("{function}{name}");
    match function {
        "create" => create(&mut case, class, args)?,
        "update" => update(&mut case, class, args.at(0))?,
        "getAll" => list(&mut case, class, args.at(0))?,
        "get" | "delete" => one(&mut case, class, args.at(0))?,
        _ => return Ok(None),
    }
    Ok(Some(case))
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

fn client(function: &str, args: &Args<'_>) -> Result<Option<Case>, Stop> {
    let arg = args.at(0);
    let case = |key, business| -> Result<Case, Stop> {
        let credentials = [given("apikey", key)?, given("businessid", business)?];
        let origin = "https://checkout-service.mileston.co";
        Ok(Case::new(Sdk::Client, function, origin, credentials))
    };
    // Where the SDK takes the credentials from differs by function.
    Ok(Some(match function {
        "getUserDetails" => business(case(arg, args.at(1))?, args.at(2))?,
        "getOnRampData" => on_ramp_data(case(args.at(1), args.at(2))?, arg)?,
        "getOnRampPaymentStatus" => on_ramp_status(case(args.at(1), args.at(2))?, arg)?,
        _ => {
            let case = || case(arg.get("apikey"), arg.get("businessid"));
            match function {
                "fetchSubWallets" => subwallet_balances(case()?, arg)?,
                "getPaymentWallet" => payment_wallet(case()?, arg)?,
                "fetchPayment" => fetch(Kind::of(arg.get("paymentType"))?, case()?, arg)?,
                "savePayment" | "verifyPaymentWithWallet" => {
                    pay(Kind::of(arg.get("type"))?, case()?, arg)?
                }
                _ => return Ok(None),
            }
        }
    }))
}

type Named = (Kind, &'static str, &'static str);

fn fetch((kind, word, name): Named, mut case: Case, arg: &Js) -> Result<Case, Stop> {
    let id = plain("paymentId", arg.get("paymentId"))?;
    case.method = "GET";
    case.path = format!("/checkout/data/{word}.get/");
    let tail = if kind == Kind::Recurring { "Payment" } else { "" };
    case.operation = format!("fetch{name}{tail}");
    case.id = Some(id.clone());
    case.ours = Ours::Fetch(kind, id);
    Ok(case)
}

fn pay((kind, word, name): Named, mut case: Case, arg: &Js) -> Result<Case, Stop> {
    case.method = "POST";
    let token = native_tokens(arg.get("nativeTokens"))?;
    case.pairs = token.iter().map(|token| ("nativeTokens".to_owned(), token.to_string())).collect();
    let payload = arg.get("body");
    if case.function == "savePayment" {
        case.path = format!("/checkout/save-payment/{word}.save");
        case.operation = format!("save{name}Payment");
        case.ours = Ours::Save(kind, fill::<SavePayment>(&mut case, payload)?, token);
    } else {
        case.path = format!("/checkout/verify-payment/{word}.save");
        case.operation = format!("verify{name}Payment");
        case.ours = Ours::Verify(kind, fill::<VerifyPayment>(&mut case, payload)?, token);
    }
    Ok(case)
}

/// The SDK takes the business id of the header where it is given none for the path.
fn business(mut case: Case, id: &Js) -> Result<Case, Stop> {
    let id = if id.is_falsy() { case.business.clone() } else { plain("pathBusinessId", id)? };
    (case.method, case.path) = ("GET", "/checkout/user/".to_owned());
    "getBusiness".clone_into(&mut case.operation);
    case.id = Some(id.clone());
    case.ours = Ours::GetBusiness(id);
    Ok(case)
}

fn subwallet_balances(mut case: Case, arg: &Js) -> Result<Case, Stop> {
    let id = plain("subWalletUuid", arg.get("subWalletUuid"))?;
    let env = plain("env", arg.get("env"))?;
    environment(arg.get("env"))?;
    (case.method, case.path) = ("GET", "/checkout/sub-wallets/".to_owned());
    "getSubwalletBalances".clone_into(&mut case.operation);
    (case.id, case.env) = (Some(id.clone()), Some(env));
    case.ours = Ours::GetSubwalletBalances(id);
    Ok(case)
}

/// What the SDK leaves out of the query if it is falsy.
fn option(name: &'static str, arg: &Js, case: &mut Case) -> Result<Option<String>, Stop> {
    let value = arg.get(name);
    let value = if value.is_falsy() { None } else { Some(plain(name, value)?) };
    case.pairs.extend(value.iter().map(|value| (name.to_owned(), value.clone())));
    Ok(value)
}

/// The SDK looks at the options for EVM only.
fn payment_wallet(mut case: Case, arg: &Js) -> Result<Case, Stop> {
    let none = || Stop::Unsayable(Unsayable::WalletType, "walletType".to_owned());
    let Js::Text(word) = arg.get("walletType") else { return Err(none()) };
    let word = word.text().ok_or_else(none)?;
    case.method = "GET";
    let name = match word.as_str() {
        "sui" => {
            case.ours = Ours::GetSuiPaymentWallet;
            "Sui"
        }
        "solana" => {
            case.ours = Ours::GetSolanaPaymentWallet;
            "Solana"
        }
        "evm" => {
            let chain = option("evmChain", arg, &mut case)?.map(EvmChain::from);
            if option("env", arg, &mut case)?.is_some() {
                environment(arg.get("env"))?;
            }
            let merchant = option("merchant", arg, &mut case)?;
            case.ours = Ours::GetEvmPaymentWallet(chain, merchant);
            "Evm"
        }
        _ => return Err(none()),
    };
    case.path = format!("/checkout/payment-wallet/{word}");
    case.operation = format!("get{name}PaymentWallet");
    Ok(case)
}

fn on_ramp_data(mut case: Case, arg: &Js) -> Result<Case, Stop> {
    let [amount, address, chain] = ["amount", "recipientWalletAddress", "chain"]
        .map(|name| plain(name, arg.get(name)).map(|value| (name.to_owned(), value)));
    let (amount, address, chain) = (amount?, address?, chain?);
    (case.method, case.path) = ("GET", "/checkout/onramp-data".to_owned());
    "getOnRampData".clone_into(&mut case.operation);
    case.ours = Ours::GetOnRampData(
        required("amount", arg.get("amount"))?,
        required("recipientWalletAddress", arg.get("recipientWalletAddress"))?,
        chain.1.as_str().into(),
    );
    case.pairs = vec![amount, address, chain];
    Ok(case)
}

/// The SDK picks the fields of the body out of an object that has the id as well.
fn on_ramp_status(mut case: Case, arg: &Js) -> Result<Case, Stop> {
    let body = fill(&mut case, arg)?;
    let id = plain("id", arg.get("id"))?;
    (case.method, case.path) = ("POST", "/checkout/onramp-payment-status/".to_owned());
    "getOnRampPaymentStatus".clone_into(&mut case.operation);
    case.id = Some(id.clone());
    case.ours = Ours::GetOnRampPaymentStatus(id, body);
    Ok(case)
}

/// The class `PayoutAPI` has one function, a `sendPayment` that is not signed; ours is.
fn wallet(
    class: &str,
    function: &str,
    args: &Args<'_>,
    credentials: &Js,
    keys: &Keys,
) -> Result<Option<Case>, Stop> {
    let known = class == "Wallet" || function == "sendPayment";
    let Some((method, path, operation)) = wallet_call(function).filter(|_| known) else {
        return Ok(None);
    };
    let origin = "https://user-service.mileston.co";
    let mut case = Case::new(Sdk::Backend, function, origin, usual(credentials, keys)?);
    class.clone_into(&mut case.class);
    let secret = match class {
        "Wallet" => credential(credentials, "secretKey", &keys.secret)?,
        _ => keys.secret.clone(),
    };
    case.secret = Some(secret);
    (case.method, case.path) = (method, path.to_owned());
    operation.clone_into(&mut case.operation);
    let takes_id = path.ends_with('/');
    let id = if takes_id { plain("id", args.at(0))? } else { String::new() };
    case.id = takes_id.then(|| id.clone());
    case.ours = match function {
        "sendPayment" => Ours::SendPayment(fill(&mut case, args.at(0))?),
        "batchPayment" => Ours::SendBatchPayment(fill(&mut case, args.at(0))?),
        "createNewSubWallet" => Ours::CreateChainSubwallet(fill(&mut case, args.at(0))?),
        "sendFunds" => {
            case.tail = "/send";
            Ours::SendFromSubwallet(id, fill(&mut case, args.at(1))?)
        }
        "getTransactionStatus" => Ours::GetTransactionStatus(id),
        "getSubWallet" => Ours::GetSubwallet(id),
        "deleteSubWallet" => Ours::DeleteSubwallet(id),
        "getAllWallets" => Ours::ListWallets,
        "getAllSubWallets" => Ours::ListSubwallets,
        _ => Ours::CreateSubwallet,
    };
    Ok(Some(case))
}

/// Method, path up to the id, id of the operation.
fn wallet_call(function: &str) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match function {
        "sendPayment" => ("POST", "/user/send-payment", "sendPayment"),
        "batchPayment" => ("POST", "/user/batch-payment", "sendBatchPayment"),
        "getTransactionStatus" => ("GET", "/user/transaction-status/", "getTransactionStatus"),
        "getAllWallets" => ("GET", "/user/all-wallets", "listWallets"),
        "createSubWallet" => ("POST", "/user/sub-wallet", "createSubwallet"),
        "createNewSubWallet" => ("POST", "/user/sub-wallet/create", "createChainSubwallet"),
        "getAllSubWallets" => ("GET", "/user/sub-wallet/all", "listSubwallets"),
        "getSubWallet" => ("GET", "/user/sub-wallet/", "getSubwallet"),
        "deleteSubWallet" => ("DELETE", "/user/sub-wallet/", "deleteSubwallet"),
        "sendFunds" => ("POST", "/user/sub-wallet/", "sendFromSubwallet"),
        _ => return None,
    })
}

/// The SDK asks `if (nativeTokens)`: whatever is falsy says that there is none.
fn native_tokens(value: &Js) -> Result<Option<NativeToken>, Stop> {
    if value.is_falsy() {
        Ok(None)
    } else {
        plain("nativeTokens", value).map(|token| Some(token.into()))
    }
}
