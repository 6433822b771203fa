//! Mileston's operations × every kind of key.
//!
//! The operations come from the catalogue. The rules about which key may call each operation are repeated here, so
//! that the test detects a mistake in the OpenAPI document. The vendor's page "Why Use API Keys" says what each key may
//! do. The vendor's two SDKs use different keys, so the SDK that makes a call determines the key that the call needs.

use mileston_api::operation::Operation;

use super::{Cell, Refusal};

/// A kind of credential that a client can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The type in Rust code.
    pub ty: &'static str,
    /// `Normal`, `Checkout`, `Wallet` or `None`.
    pub kind: &'static str,
}

/// All kinds, in both modes and generic over the mode.
pub const CREDENTIALS: &[Credential] = &[
    Credential { ty: "NoKey", kind: "None" },
    Credential { ty: "NormalKey<Test>", kind: "Normal" },
    Credential { ty: "NormalKey<Live>", kind: "Normal" },
    Credential { ty: "NormalKey<M>", kind: "Normal" },
    Credential { ty: "CheckoutKey<Test>", kind: "Checkout" },
    Credential { ty: "CheckoutKey<Live>", kind: "Checkout" },
    Credential { ty: "CheckoutKey<M>", kind: "Checkout" },
    Credential { ty: "WalletKey<Test>", kind: "Wallet" },
    Credential { ty: "WalletKey<Live>", kind: "Wallet" },
    Credential { ty: "WalletKey<M>", kind: "Wallet" },
];

/// The parts of an operation that a cell needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The `operationId`.
    pub id: String,
    /// `client.accessor().function(…)`. If the operation also has a function that takes an existing body, a call to it
    /// follows.
    pub calls: Vec<String>,
    /// The scope in the catalogue. `None` if no credential is needed.
    pub scope: Option<String>,
}

/// Returns the key that an operation needs, which depends on the SDK that makes the call. `mileston-payments` uses the
/// Normal key, and for wallets also the wallet secret. `mileston-payment-client` uses the Checkout key. Returns `None`
/// if the operation isn't in any of the lists below.
#[must_use]
pub fn expected_scope(id: &str) -> Option<&'static str> {
    const NORMAL: &[&str] = &[
        "createPaymentLink",
        "getPaymentLink",
        "listPaymentLinks",
        "updatePaymentLink",
        "deletePaymentLink",
        "createInvoice",
        "getInvoice",
        "listInvoices",
        "updateInvoice",
        "deleteInvoice",
        "createRecurringPayment",
        "getRecurringPayment",
        "listRecurringPayments",
        "updateRecurringPayment",
        "deleteRecurringPayment",
    ];
    const CHECKOUT: &[&str] = &[
        "fetchPaymentLink",
        "fetchInvoice",
        "fetchRecurringPayment",
        "savePaymentLinkPayment",
        "saveInvoicePayment",
        "saveRecurringPayment",
        "verifyPaymentLinkPayment",
        "verifyInvoicePayment",
        "verifyRecurringPayment",
        "getSuiPaymentWallet",
        "getSolanaPaymentWallet",
        "getEvmPaymentWallet",
        "getOnRampData",
        "getOnRampPaymentStatus",
        "getBusiness",
        "getSubwalletBalances",
    ];
    const WALLET: &[&str] = &[
        "sendPayment",
        "sendBatchPayment",
        "getTransactionStatus",
        "listWallets",
        "createSubwallet",
        "createChainSubwallet",
        "listSubwallets",
        "getSubwallet",
        "deleteSubwallet",
        "sendFromSubwallet",
    ];
    const ANYONE: &[&str] = &["getStatus"];
    let tables =
        [(NORMAL, "Normal"), (CHECKOUT, "Checkout"), (WALLET, "Wallet"), (ANYONE, "anyone")];
    tables.into_iter().find(|(ids, _)| ids.contains(&id)).map(|(_, scope)| scope)
}

/// Returns the rows of the committed client.
#[must_use]
pub fn rows() -> Vec<Row> {
    let row = |operation: &&Operation| Row {
        id: operation.id.to_owned(),
        calls: calls(operation),
        scope: operation.bound.map(str::to_owned),
    };
    mileston_api::catalogue::OPERATIONS.iter().map(row).collect()
}

/// Returns calls to an operation's functions, with an argument for each parameter.
fn calls(operation: &Operation) -> Vec<String> {
    let call =
        |name, arguments: &str| format!("client.{}().{name}({arguments})", operation.accessor);
    let listed: Vec<&str> = operation.arguments.iter().map(|name| argument(name)).collect();
    let listed = listed.join(", ");
    match operation.from_function {
        None => vec![call(operation.function, &listed)],
        Some(from) => {
            let values = values(operation.id).unwrap_or_default();
            vec![call(operation.function, values), call(from, &listed)]
        }
    }
}

/// Returns an argument for the parameter with this name. If the parameter accepts several types, the argument is text,
/// because the compiler couldn't infer the type of `any()`.
fn argument(name: &str) -> &'static str {
    match name {
        "body" | "chain" | "service" => "any()",
        _ => "\"1\"",
    }
}

/// Returns the arguments of the function that takes a body's values instead of the body, or `None` if the operation
/// isn't listed here.
#[must_use]
pub fn values(id: &str) -> Option<&'static str> {
    Some(match id {
        "createPaymentLink" | "updatePaymentLink" | "updateInvoice" | "updateRecurringPayment" => {
            "\"1\""
        }
        // These functions take a struct with the values.
        "createInvoice"
        | "createRecurringPayment"
        | "savePaymentLinkPayment"
        | "saveInvoicePayment"
        | "saveRecurringPayment"
        | "verifyPaymentLinkPayment"
        | "verifyInvoicePayment"
        | "verifyRecurringPayment" => "any()",
        "createChainSubwallet" => "\"1\", any()",
        "sendPayment" => "\"1\", \"1\", any()",
        "sendFromSubwallet" => "\"1\", \"1\", \"1\", any()",
        "getOnRampPaymentStatus" => "\"1\", \"1\", any(), \"1\"",
        _ => return None,
    })
}

/// Returns whether the vendor allows this credential to call an operation with this scope.
#[must_use]
pub fn allowed(scope: Option<&str>, credential: Credential) -> bool {
    match scope {
        None => true,
        Some("Normal") => matches!(credential.kind, "Normal" | "Wallet"),
        Some("Checkout") => credential.kind == "Checkout",
        Some("Wallet") => credential.kind == "Wallet",
        Some("Keyed") => credential.kind != "None",
        Some(_) => false,
    }
}

/// Returns whether a call to an operation with this scope compiles for a browser. No Normal key or wallet secret can
/// be created there. Their types still exist, so code can name a client with such a type, and make the calls that
/// accept any key or need none.
#[must_use]
pub fn allowed_in_browser(scope: Option<&str>, credential: Credential) -> bool {
    match scope {
        None => true,
        Some("Checkout") => credential.kind == "Checkout",
        Some("Keyed") => credential.kind != "None",
        Some(_) => false,
    }
}

/// Returns the expected compiler error when the code is compiled for a browser.
fn refusal_in_browser(scope: Option<&str>, credential: Credential) -> Refusal {
    let lacks = match scope {
        Some("Normal") => "a Normal key",
        Some("Wallet") => "a wallet secret",
        _ => return Refusal { message: message(scope, credential), note: WHERE.to_owned() },
    };
    Refusal {
        message: format!(
            "this operation needs {lacks}, which can't exist in a browser: call it in your backend"
        ),
        note: "give the page a Checkout key (`CheckoutKey<M>`), and let it call your backend for everything else".to_owned(),
    }
}

/// Returns the message of the expected compiler error.
fn message(scope: Option<&str>, credential: Credential) -> String {
    let needs = match scope {
        Some("Normal") => "a Normal key",
        Some("Checkout") => "a Checkout key",
        Some("Wallet") => "a Normal key with a wallet secret",
        Some("Keyed") => "an API key",
        _ => "nothing",
    };
    format!("this operation needs {needs}, but the client holds `{}`", credential.ty)
}

/// The part of the compiler's notes that says where to get a key.
const WHERE: &str = "in the Developers tab of the dashboard at https://business.mileston.co";

/// The beginning of the cells' code.
pub const BEFORE: &str = "use mileston_api::*;\nfn any<T>() -> T { loop {} }\n";

/// Returns a cell for each row and credential. The cell's function makes all calls of the row.
#[must_use]
pub fn cells(rows: &[Row]) -> Vec<Cell> {
    cells_with(rows, |scope, credential| {
        let refusal = || Refusal { message: message(scope, credential), note: WHERE.to_owned() };
        (!allowed(scope, credential)).then(refusal)
    })
}

/// Returns the same cells for a browser.
#[must_use]
pub fn cells_in_browser(rows: &[Row]) -> Vec<Cell> {
    cells_with(rows, |scope, credential| {
        let refusal = || refusal_in_browser(scope, credential);
        (!allowed_in_browser(scope, credential)).then(refusal)
    })
}

fn cells_with(
    rows: &[Row],
    refusal: impl Fn(Option<&str>, Credential) -> Option<Refusal>,
) -> Vec<Cell> {
    let cell = |row: &Row, credential: Credential| {
        let ty = credential.ty;
        let generics = if ty.contains("<M>") { "<M: Mode>" } else { "" };
        Cell {
            operation: row.id.clone(),
            holder: ty.to_owned(),
            signature: format!("{generics}(client: &Client<{ty}>)"),
            calls: row.calls.clone(),
            refusal: refusal(row.scope.as_deref(), credential),
        }
    };
    let row = |row| CREDENTIALS.iter().map(move |&credential| cell(row, credential));
    rows.iter().flat_map(row).collect()
}

/// Removes module paths from the types in the compiler's messages.
#[must_use]
pub fn plain(text: &str) -> String {
    text.replace("mileston_api::", "")
}
