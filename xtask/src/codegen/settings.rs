//! What the generator is told about Mileston: the choices that people make.

use std::collections::{BTreeMap, BTreeSet};

use codegen::{Examples, Hooks, Scope, Server, Settings};

/// The settings that the committed files are made with.
#[must_use]
pub fn settings() -> Settings {
    const NORMAL: &[&str] = &["normalKey", "businessId"];
    const CHECKOUT: &[&str] = &["checkoutKey", "businessId"];
    const WALLET: &[&str] = &["normalKey", "businessId", "walletSignature"];
    let scope = |name: &str, needs: &str, client: &str, requirement: &[&[&str]]| {
        Scope::new(name, &format!("::mileston_keys::scope::{name}"), needs, requirement)
            .with_client(client)
    };
    Settings {
        command: super::COMMAND.to_owned(),
        source: super::DOCUMENT.to_owned(),
        scopes: vec![
            scope("Normal", "a Normal key", "NormalClient<Test>", &[NORMAL]),
            scope("Checkout", "a Checkout key", "CheckoutClient<Test>", &[CHECKOUT]),
            scope("Wallet", "a Normal key and a wallet secret", "WalletClient<Test>", &[WALLET]),
            scope("Keyed", "a Normal or a Checkout key", "NormalClient<Test>", &[NORMAL, CHECKOUT]),
        ],
        credential: "::mileston_keys::Credential".to_owned(),
        runtime: "crate::runtime".to_owned(),
        client_methods: client_methods(),
        examples: Some(Examples {
            krate: "mileston_api".to_owned(),
            imports: ["CheckoutClient", "NormalClient", "OpenClient", "Test", "WalletClient"]
                .map(str::to_owned)
                .to_vec(),
            open_client: "OpenClient".to_owned(),
        }),
        formats: paths(&[
            ("address", "crate::Address"),
            ("amount", "crate::Amount"),
            ("date-time", "crate::Timestamp"),
            ("invoice-id", "crate::InvoiceId"),
            ("on-ramp-id", "crate::OnRampId"),
            ("payment-id", "crate::PaymentId"),
            ("payment-link-id", "crate::PaymentLinkId"),
            ("recurring-payment-id", "crate::RecurringPaymentId"),
            ("reported-amount", "crate::ReportedAmount"),
            ("secret", "crate::SecretText"),
            ("sub-wallet-id", "crate::SubwalletId"),
            ("token-amount", "crate::TokenAmount"),
            ("transaction-id", "crate::TransactionId"),
        ]),
        hooks: Hooks {
            types: paths(&[
                ("ReportedAmount", "crate::ReportedAmount"),
                ("SendBatchPayment", "crate::SendBatchPayment"),
            ]),
            checks: paths(&[
                ("CheckOnRampPayment", "crate::checks::check_on_ramp_payment"),
                ("SavePayment", "crate::checks::save_payment"),
                ("SendBatchPayment", "crate::checks::send_batch_payment"),
                ("SendPayment", "crate::checks::send_payment"),
                ("VerifyPayment", "crate::checks::verify_payment"),
            ]),
            values: paths(&[("mode", "crate::checks::mode")]),
        },
        server: Some(Server {
            runtime: "crate::runtime".to_owned(),
            client: "::mileston_api".to_owned(),
            name: "Platform".to_owned(),
        }),
    }
}

/// What `mileston_api::Client` has by hand. `tests/client_methods.rs` holds this list to its source.
fn client_methods() -> BTreeSet<String> {
    [
        "at",
        "builder",
        "builder_without_key",
        "business_id",
        "call",
        "call_at",
        "clone",
        "clone_from",
        "credential",
        "fmt",
        "new",
        "of",
        "origin",
        "raw",
        "send_live_key_to",
        "shared",
        "with_origin",
        "without_key",
    ]
    .map(str::to_owned)
    .into()
}

fn paths(list: &[(&str, &str)]) -> BTreeMap<String, String> {
    list.iter().map(|&(name, path)| (name.to_owned(), path.to_owned())).collect()
}
