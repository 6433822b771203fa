//! Translates calls to `mileston-payment-client`, the checkout SDK.

use mileston_api::BusinessId;
use mileston_api::types::{EvmChain, NativeToken, SavePayment, VerifyPayment};

use super::{Args, Case, Sdk, fill, given};
use crate::wire::from_js::{Stop, Unrepresentable, environment, plain, required};
use crate::wire::js::Js;
use crate::wire::ours::Ours;

/// A payment type of checkout.
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
    Stop::Unrepresentable(Unrepresentable::PaymentType, "type".to_owned())
}

pub(super) fn client(function: &str, args: &Args<'_>) -> Result<Option<Case>, Stop> {
    let arg = args.at(0);
    let case = |key, business| -> Result<Case, Stop> {
        let credentials = [given("apikey", key)?, given("businessid", business)?];
        let origin = "https://checkout-service.mileston.co";
        Ok(Case::new(Sdk::Client, function, origin, credentials))
    };
    // The position of the argument with the credentials depends on the SDK's function.
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

/// Translates `getUserDetails`. If the caller passes no business id for the path, the SDK uses the one that it
/// sends in the header.
fn business(mut case: Case, id: &Js) -> Result<Case, Stop> {
    let name = "pathBusinessId";
    let id = if id.is_falsy() { case.business.clone() } else { plain(name, id)? };
    let said = BusinessId::from_unknown_form(&id);
    let said = said
        .map_err(|_| Stop::Unrepresentable(Unrepresentable::InvalidBusinessId, name.to_owned()))?;
    (case.method, case.path) = ("GET", "/checkout/user/".to_owned());
    "getBusiness".clone_into(&mut case.operation);
    case.id = Some(id);
    case.ours = Ours::GetBusiness(said);
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

/// Returns a query parameter. The SDK leaves out a parameter with a falsy value.
fn option(name: &'static str, arg: &Js, case: &mut Case) -> Result<Option<String>, Stop> {
    let value = arg.get(name);
    let value = if value.is_falsy() { None } else { Some(plain(name, value)?) };
    case.pairs.extend(value.iter().map(|value| (name.to_owned(), value.clone())));
    Ok(value)
}

/// Translates `getPaymentWallet`. The SDK uses the options only for EVM.
fn payment_wallet(mut case: Case, arg: &Js) -> Result<Case, Stop> {
    let none = || Stop::Unrepresentable(Unrepresentable::WalletType, "walletType".to_owned());
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

/// Translates `getOnRampPaymentStatus`. The SDK takes the body's fields from an object that also
/// contains the id.
fn on_ramp_status(mut case: Case, arg: &Js) -> Result<Case, Stop> {
    let body = fill(&mut case, arg)?;
    let id = plain("id", arg.get("id"))?;
    (case.method, case.path) = ("POST", "/checkout/onramp-payment-status/".to_owned());
    "getOnRampPaymentStatus".clone_into(&mut case.operation);
    case.id = Some(id.clone());
    case.ours = Ours::GetOnRampPaymentStatus(id, body);
    Ok(case)
}

/// Returns the native token. The SDK checks `if (nativeTokens)`, so it doesn't send a falsy
/// value.
fn native_tokens(value: &Js) -> Result<Option<NativeToken>, Stop> {
    if value.is_falsy() {
        Ok(None)
    } else {
        plain("nativeTokens", value).map(|token| Some(token.into()))
    }
}
