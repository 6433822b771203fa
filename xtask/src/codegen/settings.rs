//! The generator's settings for Mileston: everything that the OpenAPI document doesn't specify.

use openapi_keys::{
    Bound, Conversion, Examples, Hooks, MissingSecurity, Server, Settings, Strictness,
};

use super::constructors::constructors;

/// Returns the settings with which the committed files are generated.
#[must_use]
pub fn settings() -> Settings {
    const NORMAL: &[&str] = &["normalKey", "businessId"];
    const CHECKOUT: &[&str] = &["checkoutKey", "businessId"];
    const WALLET: &[&str] = &["normalKey", "businessId", "walletSignature"];
    let scope = |name: &str, needs: &str, client: &str, requirement: &[&[&str]]| {
        Bound::new(name, &format!("::mileston_keys::scope::{name}"), needs, requirement)
            .with_client(client)
    };
    Settings::new(super::COMMAND, super::DOCUMENT)
        .with_strictness(Strictness::Strict)
        .with_credential("::mileston_keys::Credential")
        .with_strictness(Strictness::Strict)
        .with_missing_security(MissingSecurity::Refused)
        .with_bounds([
            scope("Normal", "a Normal key", "NormalClient<Test>", &[NORMAL]),
            scope("Checkout", "a Checkout key", "CheckoutClient<Test>", &[CHECKOUT]),
            scope("Wallet", "a Normal key and a wallet secret", "WalletClient<Test>", &[WALLET]),
            scope("Keyed", "a Normal or a Checkout key", "NormalClient<Test>", &[NORMAL, CHECKOUT]),
        ])
        .with_authenticator("crate::credentials::Held")
        .with_constructors(constructors())
        .with_profile("crate::profile::PROFILE")
        .with_client_methods(CLIENT_METHODS.iter().copied())
        .with_examples(Examples::new("mileston_api", "OpenClient").with_imports([
            "CheckoutClient",
            "NormalClient",
            "OpenClient",
            "Test",
            "WalletClient",
        ]))
        .with_formats([
            ("address", "crate::Address"),
            ("amount", "crate::Amount"),
            ("business-id", "crate::BusinessId"),
            ("date-time", "crate::Timestamp"),
            ("email", "crate::Email"),
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
        ])
        .with_conversions(conversions())
        .with_hooks(hooks())
        .with_server(
            // All operations use the sandbox's `Caller`. The kind of its key shows which security requirement the
            // caller has met.
            Server::new("crate::runtime", "::mileston_api")
                .with_json("crate::runtime::Payload")
                .without_identities(),
        )
}

/// Returns the traits of `mileston-api` that convert to its hand-written types. The conversions in `IDS` can't fail,
/// because the types listed there accept any string.
fn conversions() -> impl Iterator<Item = Conversion> {
    const CHECKED: &[(&str, &str)] = &[
        ("Address", "into_address"),
        ("Amount", "into_amount"),
        ("BusinessId", "into_business_id"),
        ("Email", "into_email"),
        ("Timestamp", "into_timestamp"),
        ("TokenAmount", "into_token_amount"),
    ];
    const IDS: &[(&str, &str)] = &[
        ("InvoiceId", "into_invoice_id"),
        ("OnRampId", "into_on_ramp_id"),
        ("PaymentId", "into_payment_id"),
        ("PaymentLinkId", "into_payment_link_id"),
        ("RecurringPaymentId", "into_recurring_payment_id"),
        ("SubwalletId", "into_subwallet_id"),
        ("TransactionId", "into_transaction_id"),
    ];
    let to = |&(name, method): &(&str, &str)| {
        Conversion::new(&format!("crate::{name}"), &format!("crate::Into{name}"), method)
    };
    CHECKED.iter().map(to).chain(IDS.iter().map(move |it| to(it).infallible()))
}

fn hooks() -> Hooks {
    Hooks::new()
        .with_types([
            ("ReportedAmount", "crate::ReportedAmount"),
            ("SendBatchPayment", "crate::SendBatchPayment"),
        ])
        .with_checks([
            ("CheckOnRampPayment", "crate::checks::check_on_ramp_payment"),
            ("SavePayment", "crate::checks::save_payment"),
            ("SendBatchPayment", "crate::checks::send_batch_payment"),
            ("SendPayment", "crate::checks::send_payment"),
            ("VerifyPayment", "crate::checks::verify_payment"),
        ])
        .with_values([("mode", "crate::checks::mode")])
}

/// The hand-written methods that `mileston-api` adds to the generated `Client`. `tests/client_methods.rs` checks that
/// this list is complete.
const CLIENT_METHODS: &[&str] = &[
    "business_id",
    "credential",
    "raw",
    "send_live_key_to",
    "with_origin_from_env",
    "with_plain_http_origin",
    "with_plain_http_origin_from_env",
];
