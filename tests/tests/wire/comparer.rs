//! Tests that the wire test can fail: it must report every change to a recording.

use mileston_tests::wire::compare::Expected;
use mileston_tests::wire::judge::{Bench, Verdict, judge};
use mileston_tests::wire::recorder::Recorded;
use mileston_tests::wire::trace::{HEADERS, Recording, Request, Trace, golden};

/// A change to a trace, and a part of the report that the change must cause.
struct Change {
    trace: &'static str,
    change: fn(&mut Trace),
    said: &'static str,
}

fn change(trace: &'static str, said: &'static str, change: fn(&mut Trace)) -> Change {
    Change { trace, change, said }
}

const CREATE: &str = "recurring-payment create/full";
const INVOICE: &str = "invoice create/full";
const SEND: &str = "wallet sendPayment/eth";
const SUBWALLET: &str = "wallet getSubWallet/uuid";
const PAYOUT: &str = "payout sendPayment/plain";
const BALANCES: &str = "checkout fetchSubWallets/id-uuid";
const EVM_WALLET: &str = "checkout getPaymentWallet/evm-eth";

fn request(trace: &mut Trace) -> &mut Request {
    trace.request.as_mut().unwrap()
}

fn set_target(trace: &mut Trace, target: &str) {
    let request = request(trace);
    let origin = request.vendor_url.strip_suffix(&request.target).unwrap().to_owned();
    request.vendor_url = format!("{origin}{target}");
    request.target = target.to_owned();
}

fn set_header(trace: &mut Trace, name: &str, value: Option<&str>) {
    let at = HEADERS.iter().position(|header| *header == name).unwrap();
    request(trace).headers[at] = value.map(str::to_owned);
}

fn edit_body(trace: &mut Trace, from: &str, to: &str) {
    let body = request(trace).body.as_mut().unwrap();
    assert!(body.contains(from), "{body}");
    *body = body.replace(from, to);
}

/// Returns changes to the method, origin, path and query.
fn changes_of_the_request_line() -> Vec<Change> {
    vec![
        change(CREATE, "method: expected", |trace| request(trace).method = "PUT".to_owned()),
        change(INVOICE, "path: expected", |trace| {
            set_target(trace, "/invoice/new?businessName=Acme")
        }),
        change(INVOICE, "path: expected", |trace| {
            set_target(trace, "/invoice/create/?businessName=Acme");
        }),
        change("payment-link get/uuid", "path: expected", |trace| {
            set_target(trace, "/payment-link/3f2b8a54-6c1e-4b0e-9c0a-5d0f1e2a3b4d");
        }),
        change(INVOICE, "query: expected", |trace| set_target(trace, "/invoice/create")),
        change(INVOICE, "query: expected", |trace| {
            set_target(trace, "/invoice/create?businessName=Acm")
        }),
        change(INVOICE, "query: expected", |trace| {
            set_target(trace, "/invoice/create?business=Acme")
        }),
        change(INVOICE, "query: expected", |trace| {
            set_target(trace, "/invoice/create?businessName=Acme&x=1");
        }),
        change(INVOICE, "production origin: expected", |trace| {
            request(trace).vendor_url =
                "https://a.example/invoice/create?businessName=Acme".to_owned();
        }),
    ]
}

fn changes_of_headers() -> Vec<Change> {
    vec![
        change(CREATE, "header apikey", |trace| set_header(trace, "apikey", Some("other"))),
        change(CREATE, "header apikey", |trace| set_header(trace, "apikey", None)),
        change(CREATE, "header businessid", |trace| set_header(trace, "businessid", Some("other"))),
        change(CREATE, "header content-type", |trace| set_header(trace, "content-type", None)),
        change(CREATE, "header x-request-signature", |trace| {
            set_header(trace, "x-request-signature", Some("00"));
        }),
        change(CREATE, "header env", |trace| set_header(trace, "env", Some("test"))),
        change("checkout fetchPayment/id-uuid", "header env", |trace| {
            set_header(trace, "env", Some("test"));
        }),
    ]
}

fn changes_of_the_body() -> Vec<Change> {
    vec![
        change(CREATE, "body.\"amount\"", |trace| edit_body(trace, "50.00", "50.0")),
        change(CREATE, "expected 30.0, but got 30", |trace| edit_body(trace, ":30", ":30.0")),
        change(CREATE, "body.\"addPdf\"", |trace| edit_body(trace, "true", "false")),
        change(CREATE, "body.\"recurringDate\"", |trace| edit_body(trace, ".000Z", "Z")),
        change(CREATE, "is missing", |trace| edit_body(trace, "{", "{\"currency\":\"USD\",")),
        change(CREATE, "unexpected", |trace| edit_body(trace, "\"amount\":\"50.00\",", "")),
        change(CREATE, "body: expected none", |trace| request(trace).body = None),
        change("checkout fetchPayment/id-uuid", "body: expected {}, but there is none", |trace| {
            request(trace).body = Some("{}".to_owned());
        }),
    ]
}

/// Returns changes to traces that have a named difference. The difference must not hide these
/// changes.
fn changes_that_no_difference_covers() -> Vec<Change> {
    vec![
        change("payment-link get/uuid", "body: expected", |trace| {
            request(trace).body = Some("{\"a\":1}".to_owned());
        }),
        change("payment-link get/slash", "path: expected", |trace| {
            set_target(trace, "/payment-link/a/c");
        }),
        change("payment-link get/query", "query: expected", |trace| {
            set_target(trace, "/payment-link/a?b=d");
        }),
        change("payment-link get/amp-eq-plus", "path: expected", |trace| {
            set_target(trace, "/payment-link/a&b=c%20d");
        }),
        change("invoice create/business-name-hash", "query: expected", |trace| {
            set_target(trace, "/invoice/create?businessName=Room");
        }),
        change("payment-link getAll/undefined", "query: expected", |trace| {
            set_target(trace, "/payment-link/?limit=null");
        }),
        change("payment-link create/null-fields", "body.\"title\"", |trace| {
            edit_body(trace, "null", "\"\"");
        }),
        change("payment-link create/nested-date", "body.\"amount\"", |trace| {
            edit_body(trace, "\"5\"", "\"6\"");
        }),
        change("payment-link create/nested-date", "body.\"meta\"", |trace| {
            edit_body(trace, "\"list\":[", "\"list\":[0,");
        }),
        change("recurring-payment get/leading-slash", "sends nothing", |trace| {
            trace.error = Some("another error".to_owned());
        }),
        change(CREATE, "sends nothing", |trace| trace.request = None),
        change(CREATE, "doesn't support the call", |trace| {
            trace.call = "RecurringPayment.pay".to_owned()
        }),
        change(CREATE, "doesn't support the call", |trace| trace.call = "payNow".to_owned()),
    ]
}

/// Returns changes to signed calls, and to checkout calls with an `env` header or a query.
fn changes_of_signed_calls_and_checkout() -> Vec<Change> {
    const SIGNATURE: &str = "x-request-signature";
    vec![
        change(SEND, "header x-request-signature", |trace| {
            set_header(trace, SIGNATURE, Some("00"));
        }),
        change(SEND, "header x-request-signature", |trace| set_header(trace, SIGNATURE, None)),
        change(SEND, "body.\"amount\"", |trace| edit_body(trace, "100.00", "100.0")),
        change(SUBWALLET, "header x-request-signature", |trace| {
            set_header(trace, SIGNATURE, None);
        }),
        change(SUBWALLET, "body: expected none, but got {}", |trace| request(trace).body = None),
        change(SUBWALLET, "is missing", |trace| edit_body(trace, "{}", "{\"a\":1}")),
        change("wallet sendPayment/key-order", "header x-request-signature", |trace| {
            set_header(trace, SIGNATURE, Some("00"));
        }),
        change("wallet sendPayment/date-field", "header x-request-signature", |trace| {
            set_header(trace, SIGNATURE, None);
        }),
        change("wallet sendFunds/slash", "path: expected", |trace| {
            set_target(trace, "/user/sub-wallet/a/b");
        }),
        change(PAYOUT, "header x-request-signature", |trace| {
            set_header(trace, SIGNATURE, Some("00"));
        }),
        change(PAYOUT, "doesn't support the call", |trace| {
            trace.call = "PayoutAPI.getSubWallet".to_owned()
        }),
        change(BALANCES, "header env", |trace| set_header(trace, "env", Some("prod"))),
        change(BALANCES, "header env", |trace| set_header(trace, "env", None)),
        change(EVM_WALLET, "query: expected", |trace| {
            set_target(trace, "/checkout/payment-wallet/evm?evmChain=eth&env=test");
        }),
    ]
}

#[tokio::test]
async fn every_change_is_reported() {
    let recording = Recording::read(&golden()).unwrap();
    let bench = Bench::start().unwrap();
    let traces: Vec<&Trace> = recording.files.iter().flat_map(|(_, traces)| traces).collect();
    let changes = [
        changes_of_the_request_line(),
        changes_of_headers(),
        changes_of_the_body(),
        changes_that_no_difference_covers(),
        changes_of_signed_calls_and_checkout(),
    ];
    for Change { trace, change, said } in changes.into_iter().flatten() {
        let original = *traces.iter().find(|other| other.name == trace).expect(trace);
        let verdict = judge(original, &recording.keys, &bench).await;
        assert!(matches!(verdict, Verdict::Equal(..)), "{trace}: {verdict:?}");
        let mut changed = original.clone();
        change(&mut changed);
        let verdict = judge(&changed, &recording.keys, &bench).await;
        let Verdict::Failed(problems) = verdict else { panic!("{trace} ({said}): {verdict:?}") };
        assert!(problems.iter().any(|problem| problem.contains(said)), "{said}: {problems:?}");
    }
}

/// Checks that the comparison also reports extra headers and bodies.
#[test]
fn unexpected_headers_and_bodies_are_reported() {
    let recording = Recording::read(&golden()).unwrap();
    let mut traces = recording.files.iter().flat_map(|(_, traces)| traces);
    let trace = traces.find(|trace| trace.name == "checkout fetchPayment/id-uuid").unwrap();
    let expected = Expected::of_vendor(trace.request.as_ref().unwrap()).unwrap();
    let values = HEADERS.iter().zip(&expected.headers);
    let headers = values.filter_map(|(name, value)| Some(((*name).to_owned(), value.clone()?)));
    let arrived = Recorded {
        method: expected.method.clone(),
        target: expected.target.path.clone(),
        headers: headers.collect(),
        body: Vec::new(),
    };
    assert_eq!(expected.compare(&arrived), [""; 0]);
    for (name, value, said) in [
        ("cookie", "a=b", "header cookie: unexpected"),
        ("api-version", "1", "header api-version: unexpected"),
        ("accept", "*/*", "header accept: unexpected"),
        ("content-length", "2", "header content-length: unexpected"),
        ("apikey", "twice", "header apikey: duplicate"),
    ] {
        let mut arrived = arrived.clone();
        arrived.headers.push((name.to_owned(), value.to_owned()));
        let found = expected.compare(&arrived);
        assert!(found.iter().any(|problem| problem.contains(said)), "{said}: {found:?}");
    }
    let with_body = Recorded { body: b"{}".to_vec(), ..arrived };
    assert_eq!(expected.compare(&with_body), ["body: expected none, but got {}"]);
}
