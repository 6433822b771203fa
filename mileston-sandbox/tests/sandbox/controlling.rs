//! Runs the commands that control a sandbox, as a user does.

use mileston_sandbox::{Sandbox, Settlement};
use serde_json::{Value, json};

use crate::http::Client;
use crate::program::{Running, program, text};
use crate::steering::{expect_json, steer};

/// Runs a command that must succeed, and returns its human-readable output.
async fn out(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let (code, out, error) = steer(sandbox, arguments).await;
    assert_eq!(code, Some(0), "{arguments:?} {error}");
    let named = format!("mileston-sandbox: the sandbox at {} (", sandbox.url());
    assert!(error.starts_with(&named) && error.lines().count() == 1, "{error}");
    out
}

#[tokio::test]
async fn the_clock_is_shown_and_moved() {
    let sandbox = Sandbox::builder().seed(7).start().await.unwrap();
    assert_eq!(out(&sandbox, &["clock"]).await, "2025-01-01T00:00:00.000Z\n");
    for (arguments, expected) in [
        (&["clock", "advance", "1d"][..], "2025-01-02T00:00:00.000Z\n"),
        (&["clock", "advance", "2h30m"], "2025-01-02T02:30:00.000Z\n"),
        (&["clock", "advance", "30"], "2025-01-02T02:30:30.000Z\n"),
        (&["clock", "advance", "--to", "2025-02-01T00:00:00Z"], "2025-02-01T00:00:00.000Z\n"),
        (&["clock", "show"], "2025-02-01T00:00:00.000Z\n"),
    ] {
        assert_eq!(out(&sandbox, arguments).await, expected);
    }
    let now = expect_json(&sandbox, &["clock"]).await;
    assert_eq!(now["now"], "2025-02-01T00:00:00.000Z");
    assert_eq!(now["sandbox"]["url"], sandbox.url());
    let back = ["clock", "advance", "--to", "2025-01-01T00:00:00Z"];
    let (code, _, error) = steer(&sandbox, &back).await;
    assert!(code == Some(1) && error.contains("(status 409)"), "{error}");
}

#[tokio::test]
async fn a_payment_is_made_on_a_chain_and_listed() {
    let builder = Sandbox::builder().seed(7).settlement(Settlement::WithClock);
    let sandbox = builder.start().await.unwrap();
    assert!(out(&sandbox, &["chain", "payments"]).await.starts_with("There are no payments"));
    let frontend = Client::frontend(&sandbox);
    let wallet = frontend.get("/checkout/payment-wallet/evm?evmChain=base").await.expect(200);
    let to = text(&wallet, "publicKey");
    let paid = expect_json(&sandbox, &["chain", "pay", &to, "--amount", "12.50"]).await;
    assert_eq!((&paid["chain"], &paid["token"]), (&json!("base"), &json!("USDC")));
    let wrong = ["chain", "pay", &to, "--amount", "1", "--chain", "eth", "--token", "ETH"];
    assert!(out(&sandbox, &wrong).await.contains("wrong network: the wallet is on base"));
    out(&sandbox, &["clock", "advance", "1m"]).await;
    let list = out(&sandbox, &["chain", "payments"]).await;
    let lines: Vec<_> = list.lines().collect();
    assert!(lines.len() == 2 && lines[1].ends_with("confirmed, unused"), "{list}");
    let list = expect_json(&sandbox, &["chain", "payments"]).await;
    assert_eq!(list["payments"][1]["transaction"], paid["transaction"]);
    let chains = expect_json(&sandbox, &["chain", "show"]).await;
    assert_eq!(chains["chains"].as_array().unwrap().len(), 7);
    assert!(out(&sandbox, &["chain", "show"]).await.contains("base     a block every 1000 ms"));
    let failing = out(&sandbox, &["chain", "fail-next", "2"]).await;
    assert_eq!(failing, "The next 2 transfers from wallets will fail.\n");
    let (code, _, error) = steer(&sandbox, &["chain", "pay", "nowhere", "--amount", "1"]).await;
    assert!(code == Some(1) && error.contains("no wallet with the address"), "{error}");
}

#[tokio::test]
async fn fault_rules_can_be_managed() {
    let sandbox = Sandbox::start().await.unwrap();
    let add = ["faults", "add", "503", "--operation", "listInvoices", "--times", "2"];
    let rule = expect_json(&sandbox, &add).await;
    assert_eq!((&rule["fault"], &rule["times"]), (&json!("503"), &json!(2)));
    Client::backend(&sandbox).get("/invoice/").await.expect(503);
    let chance = ["faults", "add", "reset", "--probability", "0.5", "--seed", "7"];
    assert!(out(&sandbox, &chance).await.contains("reset  all operations  probability 0.5"));
    let list = out(&sandbox, &["faults", "list"]).await;
    assert!(
        list.contains("503  listInvoices  2 times  checked 1 request, injected 1 fault"),
        "{list}"
    );
    let number = rule["id"].to_string();
    assert_eq!(out(&sandbox, &["faults", "remove", &number]).await, "1 rule was removed.\n");
    let (code, _, error) = steer(&sandbox, &["faults", "remove", &number]).await;
    assert!(code == Some(1) && error.contains("(status 404)"), "{error}");
    assert_eq!(expect_json(&sandbox, &["faults", "clear"]).await["removed"], 1);
    assert_eq!(out(&sandbox, &["faults", "list"]).await, "There are no fault rules.\n");
}

/// An endpoint that responds with 500 to the first request, and with 200 to all others.
async fn endpoint() -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for status in std::iter::once("500 Error").chain(std::iter::repeat("200 OK")) {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 8192]).await.unwrap();
            let head =
                format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            stream.write_all(head.as_bytes()).await.unwrap();
        }
    });
    url
}

#[tokio::test]
async fn webhooks_are_registered_and_their_deliveries_sent_again() {
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(out(&sandbox, &["webhooks", "list"]).await, "There are no webhooks.\n");
    let url = endpoint().await;
    let add = ["webhooks", "add", &url, "--event", "invoice-paid"];
    let webhook = expect_json(&sandbox, &add).await;
    assert_eq!(webhook["events"], json!(["invoice-paid"]));
    let (id, token) = (text(&webhook, "id"), text(&webhook, "token"));
    let list = out(&sandbox, &["webhooks", "list"]).await;
    assert!(list.starts_with(&format!("{id}  {url}  invoice-paid  ")) && !list.contains(&token));

    out(&sandbox, &["trigger", "paymentlink-paid"]).await;
    out(&sandbox, &["trigger", "invoice-paid"]).await;
    let mut delivered = Value::Null;
    for _ in 0..200 {
        let filters = ["deliveries", "--state", "delivered", "--webhook", &id];
        delivered = expect_json(&sandbox, &filters).await["deliveries"].take();
        if delivered != json!([]) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(delivered.as_array().unwrap().len(), 1, "{delivered}");
    let number = delivered[0]["number"].to_string();
    let one = out(&sandbox, &["deliveries", &number]).await;
    assert!(one.contains("  500  ") && one.contains("  200  "), "{one}");
    let again = expect_json(&sandbox, &["resend", &number]).await;
    assert_eq!(again["number"].to_string(), number);
    for filter in [["--state", "given-up"], ["--event", "recurring-paid"]] {
        let none = out(&sandbox, &[&["deliveries"][..], &filter].concat()).await;
        assert_eq!(none, "No deliveries match.\n");
    }
    let removed = out(&sandbox, &["webhooks", "remove", &id]).await;
    assert_eq!(removed, format!("Removed webhook {id}.\n"));
    let (code, _, error) = steer(&sandbox, &["webhooks", "remove", &id]).await;
    assert!(code == Some(1) && error.contains("(status 404)"), "{error}");
    let (code, _, error) = steer(&sandbox, &["resend", "99999"]).await;
    assert!(code == Some(1) && error.contains("(status 404)"), "{error}");
    let (code, _, error) = steer(&sandbox, &["webhooks", "list", "--live"]).await;
    assert!(code == Some(1) && error.contains("started with --live"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_gets_the_token_from_the_environment() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut command =
        program(&["webhooks", "add", "http://127.0.0.1:9/", "--url", sandbox.url(), "--json"]);
    let output = command.env("MILESTON_WEBHOOK_TOKEN", "fake-webhook-token").output().unwrap();
    let webhook: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(webhook["token"], "fake-webhook-token");
}

#[tokio::test]
async fn the_log_is_filtered() {
    let sandbox = Sandbox::builder().seed(7).start().await.unwrap();
    let backend = Client::backend(&sandbox);
    backend.get("/invoice/unknown").await.expect(404);
    Client::anonymous(&sandbox).get("/status").await;
    sandbox.advance(std::time::Duration::from_secs(3600)).await.unwrap();
    backend.post("/invoice/create", &json!({})).await.expect(400);
    for (filter, expected) in [
        (&[][..], &[1, 2, 3][..]),
        (&["--status", "404"], &[1]),
        (&["--status", "4xx"], &[1, 3]),
        (&["--failed"], &[1, 3]),
        (&["--operation", "getStatus"], &[2]),
        (&["--method", "post"], &[3]),
        (&["--path", "/invoice/"], &[1, 3]),
        (&["--since", "30m"], &[3]),
        (&["--since", "2025-01-01T00:00:00Z"], &[1, 2, 3]),
        (&["--failed", "--path", "/invoice/", "--since", "1h", "--status", "400"], &[3]),
    ] {
        let (_, out, _) = steer(&sandbox, &[&["logs", "--json"][..], filter].concat()).await;
        let numbers: Vec<_> = out
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["number"].clone())
            .collect();
        assert_eq!(json!(numbers), json!(expected), "{filter:?}");
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_filtered_log_is_followed() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    client.get("/invoice/one").await.expect(404);
    let arguments = ["logs", "--follow", "--failed", "--url", sandbox.url()];
    let mut logs = Running::start(&arguments);
    assert!(logs.line().starts_with("1 "));
    Client::anonymous(&sandbox).get("/status").await;
    client.get("/invoice/two").await.expect(404);
    assert!(logs.line().starts_with("3 "));
    assert_eq!(logs.stop("-INT").0, Some(0));
}

#[tokio::test]
async fn a_payment_is_triggered_with_an_amount_and_on_a_chain() {
    let sandbox = Sandbox::start().await.unwrap();
    for chain in ["avax", "pol", "base", "eth", "arb", "sui", "solana"] {
        let arguments = ["trigger", "invoice-paid", "--amount", "25", "--chain", chain];
        let paid = expect_json(&sandbox, &arguments).await;
        assert_eq!((&paid["amount"], &paid["payments"]), (&json!("25"), &Value::Null), "{chain}");
    }
    let paid = expect_json(&sandbox, &["trigger", "invoice-paid", "--pays", "3.25"]).await;
    assert_eq!(paid["amount"], "12.50");
    let payment = &paid["payments"][0];
    assert_eq!((&payment["chain"], &payment["amount"]), (&json!("base"), &json!("3.25")));
    let arguments = ["trigger", "invoice-paid", "--chain", "sui", "--mistake", "wrong-chain"];
    let wrong = expect_json(&sandbox, &arguments).await;
    assert_eq!(wrong["payments"][0]["chain"], "solana");
    for mistake in ["wrong-network", "wrong-token"] {
        let arguments = ["trigger", "invoice-paid", "--chain", "sui", "--mistake", mistake];
        let (code, _, error) = steer(&sandbox, &arguments).await;
        let expected = format!("mistake {mistake} requires ");
        assert!(code == Some(1) && error.contains(&expected), "{error}");
    }
    let program = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
    let order = json!({
        "event": "invoice-paid", "id": "a", "amount": "1", "pays": "1", "mistake": "underpaid",
        "chain": "btc",
    });
    let refused = program.post("/_sandbox/trigger", &order).await;
    assert_eq!(refused.status, 400);
    for field in ["amount is the price", "pays must not be combined", "chain must be one of"] {
        assert!(refused.body.contains(field), "{}", refused.body);
    }
}
