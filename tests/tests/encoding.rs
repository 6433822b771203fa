//! Tests that any string that the caller passes arrives unchanged at the operation that was called.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may panic")]

use mileston_api::operation::Operation;
use mileston_api::operations::CreateInvoiceArguments;
use mileston_api::types::{EvmChain, SavePaymentRequired, WalletType};
use mileston_api::{
    Address, BusinessId, CheckoutClient, CheckoutKey, Client, Error, ErrorKind, NormalClient,
    NormalKey, Outcome, Test, WalletClient, amount, catalogue, token_amount,
};
use mileston_tests::wire::json::{Json, Text, parse};
use mileston_tests::wire::recorder::{Recorded, Recorder};
use mileston_tests::wire::target::Target;
use proptest::prelude::*;
use tokio::runtime::{Builder, Runtime};

struct Bench {
    runtime: Runtime,
    recorder: Recorder,
    normal: NormalClient<Test>,
    checkout: CheckoutClient<Test>,
    wallet: WalletClient<Test>,
}

impl Bench {
    fn start() -> Bench {
        let recorder = Recorder::start().unwrap();
        let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
        let normal = Client::new(key.clone(), "my-business").unwrap();
        let key = key.with_wallet_secret("fake wallet secret".parse().unwrap());
        let wallet = Client::new(key, "my-business").unwrap();
        let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse().unwrap();
        let checkout = Client::new(key, "my-business").unwrap();
        Bench {
            runtime: Builder::new_current_thread().enable_all().build().unwrap(),
            normal: normal.with_origin(&recorder.origin).unwrap(),
            checkout: checkout.with_origin(&recorder.origin).unwrap(),
            wallet: wallet.with_origin(&recorder.origin).unwrap(),
            recorder,
        }
    }

    /// Returns the only request that arrived.
    fn arrived(&self, ended: Result<(), Error>) -> Result<Recorded, TestCaseError> {
        prop_assert!(ended.is_ok(), "{:?}", ended);
        let mut arrived = self.recorder.take().map_err(TestCaseError::fail)?;
        prop_assert_eq!(arrived.len(), 1);
        Ok(arrived.remove(0))
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Generates any string, often with characters that URL parsers interpret.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        r"[./\\%?#]{0,4}",
        r"[-a2eEfF./\\%?#&=+;:@ \t\r\n\x00\x7f'\x22<>\[\]{}|^`~_é🚀\u{a0}\u{2028}\u{feff}]{0,12}",
        proptest::collection::vec(any::<char>(), 0..20)
            .prop_map(|chars| chars.into_iter().collect()),
    ]
}

/// Generates a string with one `@`, and any characters on both sides except whitespace and control characters.
fn email() -> impl Strategy<Value = String> {
    r"[^@\s\p{Cc}]{1,30}@[^@\s\p{Cc}]{1,30}"
}

/// Returns every operation with an id in its path.
fn with_id() -> Vec<&'static Operation> {
    let operations = catalogue::OPERATIONS.iter().copied();
    operations.filter(|operation| operation.path.contains('{')).collect()
}

/// Calls an operation with an id in its path. Add a line for each new operation.
async fn call_with_id(bench: &Bench, operation: &Operation, id: &str) -> Result<(), Error> {
    let (normal, checkout, wallet) = (&bench.normal, &bench.checkout, &bench.wallet);
    let address = Address::unchecked("a");
    let amount = amount!("1");
    match operation.id {
        "getPaymentLink" => normal.payment_links().get(id).await.map(drop),
        "deletePaymentLink" => normal.payment_links().delete(id).await.map(drop),
        "getInvoice" => normal.invoices().get(id).await.map(drop),
        "deleteInvoice" => normal.invoices().delete(id).await.map(drop),
        "getRecurringPayment" => normal.recurring_payments().get(id).await.map(drop),
        "deleteRecurringPayment" => normal.recurring_payments().delete(id).await.map(drop),
        "fetchPaymentLink" => checkout.checkout().fetch_payment_link(id).await.map(drop),
        "fetchInvoice" => checkout.checkout().fetch_invoice(id).await.map(drop),
        "fetchRecurringPayment" => checkout.checkout().fetch_recurring_payment(id).await.map(drop),
        "getBusiness" => {
            let id = BusinessId::from_unknown_form(id);
            let id = id.map_err(|_| Error::new(ErrorKind::InvalidArgument))?;
            checkout.checkout().get_business(id).await.map(drop)
        }
        "getSubwalletBalances" => checkout.checkout().get_subwallet_balances(id).await.map(drop),
        "getOnRampPaymentStatus" => {
            let checkout = checkout.checkout();
            let call = checkout.get_on_ramp_payment_status(id, amount, EvmChain::Eth, address);
            call.await.map(drop)
        }
        "getTransactionStatus" => wallet.wallets().get_transaction_status(id).await.map(drop),
        "getSubwallet" => wallet.wallets().get_subwallet(id).await.map(drop),
        "deleteSubwallet" => wallet.wallets().delete_subwallet(id).await.map(drop),
        "sendFromSubwallet" => {
            let wallets = wallet.wallets();
            wallets.send_from_subwallet(id, amount, address, WalletType::Eth).await.map(drop)
        }
        other => panic!(
            "{other} has an id in its path: add this line to `call_with_id` in tests/tests/encoding.rs, with the \
             client that has the key, and all arguments:\n        \"{other}\" => CLIENT.{}().{}(id).await.map(drop),",
            operation.accessor, operation.function
        ),
    }
}

#[test]
fn every_operation_with_an_id_sends_the_id() {
    let bench = Bench::start();
    for operation in with_id() {
        let ended = bench.runtime.block_on(call_with_id(&bench, operation, "an id"));
        let arrived = bench.arrived(ended).unwrap();
        assert_eq!(arrived.method.as_str(), operation.method.as_str());
        assert!(arrived.target.contains("/an%20id"), "{}: {}", operation.id, arrived.target);
    }
}

#[test]
fn an_id_is_sent_as_one_segment_or_rejected() {
    let bench = Bench::start();
    let with_id = with_id();
    for operation in &with_id {
        // If `call_with_id` lacks the operation, fail here, because proptest would repeat the failure many times.
        drop(bench.runtime.block_on(call_with_id(&bench, operation, "")));
    }
    proptest!(config(1500), |(id in text(), which in 0..with_id.len())| {
        let operation = with_id[which];
        let ended = bench.runtime.block_on(call_with_id(&bench, operation, &id));
        let is_no_business =
            operation.id == "getBusiness" && BusinessId::from_unknown_form(&id).is_err();
        if is_no_business || ["", ".", ".."].contains(&id.as_str()) {
            let error = ended.expect_err("the id would reach a different operation");
            prop_assert_eq!(error.outcome(), Outcome::NotSent);
            prop_assert_eq!(error.kind(), ErrorKind::InvalidArgument);
            prop_assert_eq!(bench.recorder.take(), Ok(vec![]));
            return Ok(());
        }
        let arrived = bench.arrived(ended)?;
        prop_assert_eq!(arrived.method.as_str(), operation.method.as_str());
        prop_assert!(arrived.target.bytes().all(|byte| byte.is_ascii_graphic()), "{}", arrived.target);
        let target = Target::of(&arrived.target);
        prop_assert_eq!(target.query.as_deref(), None);
        let template = operation.path.split('/');
        let expected = template.map(|part| if part.starts_with('{') { id.as_str() } else { part });
        let expected: Vec<Vec<u8>> = expected.map(|part| part.as_bytes().to_vec()).collect();
        prop_assert_eq!(target.segments(), expected);
    });
}

/// Checks the method, path and query of a request to an operation whose path has no parameters.
fn check_query(
    arrived: &Recorded,
    operation: &Operation,
    name: &str,
    value: &str,
) -> Result<(), TestCaseError> {
    prop_assert_eq!(arrived.method.as_str(), operation.method.as_str());
    prop_assert!(arrived.target.bytes().all(|byte| byte.is_ascii_graphic()), "{}", arrived.target);
    let target = Target::of(&arrived.target);
    prop_assert_eq!(target.path.as_str(), operation.path);
    prop_assert_eq!(target.pairs(), Some(vec![(name.to_owned(), value.to_owned())]));
    Ok(())
}

#[test]
fn a_business_name_is_one_query_value() {
    let bench = Bench::start();
    let arguments = CreateInvoiceArguments {
        business_name: String::new(),
        amount: amount!("1"),
        item_name: "a".to_owned(),
        customer_email: "b@c".parse().unwrap(),
        due_date: "2031-01-31T00:00:00Z".parse().unwrap(),
    };
    proptest!(config(700), |(name in text())| {
        let arguments = CreateInvoiceArguments { business_name: name.clone(), ..arguments.clone() };
        let call = bench.normal.invoices().create(arguments);
        let ended = bench.runtime.block_on(call).map(drop);
        check_query(&bench.arrived(ended)?, &catalogue::CREATE_INVOICE, "businessName", &name)?;
    });
}

#[test]
fn an_unknown_token_is_one_query_value() {
    let bench = Bench::start();
    let payment = save(&["a".to_owned(), "b".to_owned()]);
    proptest!(config(700), |(token in text())| {
        let checkout = bench.checkout.checkout();
        let call = checkout.save_invoice_payment(payment.clone());
        let ended = bench.runtime.block_on(call.native_tokens(token.as_str().into())).map(drop);
        check_query(&bench.arrived(ended)?, &catalogue::SAVE_INVOICE_PAYMENT, "nativeTokens", &token)?;
    });
}

fn save(texts: &[String; 2]) -> SavePaymentRequired {
    let [text, other] = texts;
    SavePaymentRequired {
        payment_link_id: text.clone().into(),
        payer: Address::unchecked(other),
        recipient_wallet_address: Address::unchecked(text),
        amount: token_amount!("1"),
        user_uuid: text.clone(),
        transaction_signature: other.clone(),
        chain: text.as_str().into(),
    }
}

fn check_body(arrived: &Recorded, expected: &[(&str, &str)]) -> Result<(), TestCaseError> {
    let text = std::str::from_utf8(&arrived.body)
        .map_err(|error| TestCaseError::fail(error.to_string()))?;
    let field = |&(name, value): &(&str, &str)| (name.into(), Json::Text(value.into()));
    let mut expected: Vec<(Text, Json)> = expected.iter().map(field).collect();
    let Json::Object(mut got) = parse(text).map_err(TestCaseError::fail)? else {
        return Err(TestCaseError::fail("no object"));
    };
    expected.sort_by(|(a, _), (b, _)| a.cmp(b));
    got.sort_by(|(a, _), (b, _)| a.cmp(b));
    prop_assert_eq!(got, expected);
    Ok(())
}

#[test]
fn strings_in_a_body_arrive_unchanged() {
    let bench = Bench::start();
    proptest!(config(700), |(texts in proptest::array::uniform3(text()), email in email())| {
        let [description, title, logo] = &texts;
        let call = bench.normal.payment_links().create("1").title(title).description(description);
        let call = call.logo_url(logo).customer_email(&email);
        let ended = bench.runtime.block_on(call).map(drop);
        let expected =
            [
                ("amount", "1"), ("description", description.as_str()), ("title", title),
                ("logoUrl", logo), ("customerEmail", &email),
            ];
        check_body(&bench.arrived(ended)?, &expected)?;
    });
}

#[test]
fn open_enums_in_a_body_arrive_unchanged() {
    let bench = Bench::start();
    proptest!(config(500), |(texts in proptest::array::uniform2(text()))| {
        let call = bench.checkout.checkout().save_recurring_payment(save(&texts));
        let ended = bench.runtime.block_on(call).map(drop);
        let [a, b] = [texts[0].as_str(), texts[1].as_str()];
        let expected = [
            ("paymentLinkId", a), ("payer", b), ("recipientWalletAddress", a), ("amount", "1"),
            ("userUUID", a), ("transactionSignature", b), ("chain", a), ("env", "test"),
        ];
        check_body(&bench.arrived(ended)?, &expected)?;
    });
}
