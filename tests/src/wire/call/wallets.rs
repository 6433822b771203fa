//! Translates calls to `mileston-payments` for wallets. Our client signs these calls.

use super::{Args, Case, Sdk, credential, fill, usual};
use crate::wire::from_js::{Stop, plain};
use crate::wire::js::Js;
use crate::wire::ours::Ours;
use crate::wire::trace::Keys;

/// Translates a call to a method of `Wallet` or `PayoutAPI`. `PayoutAPI` has only `sendPayment`, which the SDK doesn't
/// sign. The equivalent call to our client is signed.
pub(super) fn wallet(
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

/// Returns the method, the path up to the id, and the operation id.
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
