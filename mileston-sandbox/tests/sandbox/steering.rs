//! Tests `trigger`, `logs` and `reset` as a user runs them, against a running sandbox.

use mileston_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::{Client, items};
use crate::program::{Running, run, text};
use crate::temporary::Folder;

/// Runs the program while this test's sandbox keeps running.
pub(crate) async fn steer(sandbox: &Sandbox, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut arguments: Vec<_> = arguments.iter().map(|&argument| argument.to_owned()).collect();
    arguments.extend(["--url".to_owned(), sandbox.url().to_owned()]);
    let running = tokio::task::spawn_blocking(move || {
        run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    });
    let output = running.await.unwrap();
    (output.status.code(), text_of(output.stdout), text_of(output.stderr))
}

fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

pub(crate) async fn expect_json(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let (code, out, error) = steer(sandbox, &[arguments, &["--json"]].concat()).await;
    assert_eq!((code, error.as_str()), (Some(0), ""), "{out}");
    serde_json::from_str(&out).unwrap()
}

/// Returns the JSON that a command prints to identify the sandbox. The start time comes from the output, because the
/// test doesn't know it.
fn in_memory(sandbox: &Sandbox, printed: &Value) -> Value {
    let since = text(&printed["sandbox"], "since");
    assert!(since.parse::<mileston_api::Timestamp>().is_ok(), "{since}");
    let business = sandbox.business_id().as_str();
    json!({"url": sandbox.url(), "businessId": business, "store": null, "since": since})
}

#[tokio::test]
async fn status_names_a_running_sandbox_and_changes_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let (code, out, error) = steer(&sandbox, &["status"]).await;
    assert_eq!((code, out.as_str()), (Some(0), "running\n"));
    assert!(error.starts_with(&format!("mileston-sandbox: the sandbox at {}", sandbox.url())));
    let printed = expect_json(&sandbox, &["status"]).await;
    assert_eq!(printed, json!({ "status": "running", "sandbox": in_memory(&sandbox, &printed) }));
    let program = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
    let requests = program.get("/_sandbox/requests").await.json();
    assert_eq!(requests, json!({ "counted": 0, "requests": [] }));
    let url = sandbox.url().to_owned();
    sandbox.stop().await;
    let output = run(&["status", "--url", &url]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text_of(output.stderr).contains("nothing listens at"));
}

#[tokio::test]
async fn trigger_pays_an_existing_payment_link() {
    let sandbox = Sandbox::start().await.unwrap();
    let backend = Client::backend(&sandbox);
    let link = backend.post("/payment-link/create", &json!({"amount": "7.5"})).await.expect(201);
    let id = text(&link["paymentData"], "paymentLinkId");
    let paid = expect_json(&sandbox, &["trigger", "paymentlink-paid", &id]).await;
    let page = format!("{}/payment-link/{id}", sandbox.url());
    let expected = json!({
        "event": "paymentlink-paid", "id": id, "made": false, "amount": "7.5", "page": page,
        "sandbox": in_memory(&sandbox, &paid),
    });
    assert_eq!(paid, expected);
    let payments = Client::anonymous(&sandbox).header("Accept", "text/html").get("/payments").await;
    assert!(
        payments.body.contains(&id) && payments.body.contains(">1 payment<"),
        "{}",
        payments.body
    );
}

#[tokio::test]
async fn trigger_creates_and_pays_a_record_if_no_id_is_given() {
    let sandbox = Sandbox::start().await.unwrap();
    let frontend = Client::frontend(&sandbox);
    for (event, kind, field, status) in [
        ("paymentlink-paid", "paymentlink", "paymentData", ""),
        ("invoice-paid", "invoice", "invoiceData", "status"),
        ("recurring-paid", "recurring", "recurringPaymentData", "currentPaymentStatus"),
    ] {
        let paid = expect_json(&sandbox, &["trigger", event]).await;
        assert_eq!((&paid["made"], &paid["amount"]), (&json!(true), &json!("12.50")));
        let id = text(&paid, "id");
        let fetched = frontend.get(&format!("/checkout/data/{kind}.get/{id}")).await.expect(200);
        assert_eq!(fetched[field]["amount"], "12.50", "{fetched}");
        if !status.is_empty() {
            assert_eq!(fetched[field][status], "paid", "{fetched}");
        }
    }
    // The human-readable output.
    let (code, out, _) = steer(&sandbox, &["trigger", "paymentlink-paid"]).await;
    assert_eq!(code, Some(0));
    assert!(
        out.starts_with("paymentlink-paid: 12.50 paid for ") && out.contains("(newly created)"),
        "{out}"
    );
}

#[tokio::test]
async fn trigger_says_why_it_cannot_pay() {
    let sandbox = Sandbox::start().await.unwrap();
    let (code, out, error) = steer(&sandbox, &["trigger", "invoice-paid", "unknown"]).await;
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(error, "mileston-sandbox: This sandbox has no invoice with this id (status 404)\n");
    let paid = expect_json(&sandbox, &["trigger", "invoice-paid"]).await;
    let (code, _, error) = steer(&sandbox, &["trigger", "invoice-paid", &text(&paid, "id")]).await;
    assert_eq!(code, Some(1));
    assert!(error.contains("is already paid (status 409)"), "{error}");
}

#[tokio::test]
async fn the_request_log_is_shown() {
    let sandbox = Sandbox::start().await.unwrap();
    let (code, out, _) = steer(&sandbox, &["logs"]).await;
    assert_eq!((code, out.as_str()), (Some(0), ""));
    Client::backend(&sandbox).get("/invoice/unknown").await.expect_refusal(404, "Not Found");
    Client::anonymous(&sandbox).get("/status").await;
    let (_, out, _) = steer(&sandbox, &["logs"]).await;
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines.len(), 2, "{out}");
    assert!(
        lines[0].contains("  404  getInvoice  GET /invoice/unknown  test Normal key  "),
        "{out}"
    );
    assert!(lines[0].ends_with("no invoice with this id in the key's mode"), "{out}");
    assert!(lines[1].contains("  200  getStatus  GET /status  no key  "), "{out}");
    let (_, out, _) = steer(&sandbox, &["logs", "--json"]).await;
    let first: Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!((&first["number"], &first["status"]), (&json!(1), &json!(404)));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_request_log_is_followed() {
    let sandbox = Sandbox::start().await.unwrap();
    let status = async || assert_eq!(Client::anonymous(&sandbox).get("/status").await.status, 200);
    status().await;
    let mut logs = Running::start(&["logs", "--follow", "--url", sandbox.url()]);
    assert!(logs.line().starts_with("1 "));
    status().await;
    assert!(logs.line().starts_with("2 "));
    let (code, error) = logs.stop("-INT");
    let named = format!("mileston-sandbox: the sandbox at {} (", sandbox.url());
    assert!(code == Some(0) && error.starts_with(&named) && error.lines().count() == 1, "{error}");

    let logs = Running::start(&["logs", "--follow", "--url", sandbox.url()]);
    sandbox.stop().await;
    let (code, error) = logs.end();
    assert_eq!(code, Some(1));
    assert!(error.contains("nothing listens at http://127.0.0.1:"), "{error}");
}

#[tokio::test]
async fn a_reset_empties_the_data_and_keeps_the_keys() {
    let sandbox = Sandbox::start().await.unwrap();
    let other = sandbox.add_business().await.unwrap();
    for client in [Client::backend(&sandbox), Client::backend_of(&sandbox, &other)] {
        client.post("/payment-link/create", &json!({"amount": "1"})).await.expect(201);
    }
    expect_json(&sandbox, &["trigger", "invoice-paid"]).await;
    let steering = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
    let rule = json!({"fault": "503", "operation": "sendPayment"});
    assert_eq!(steering.post("/_sandbox/faults", &rule).await.status, 201);

    let reset = expect_json(&sandbox, &["reset"]).await;
    assert_eq!(reset, json!({"removed": 3, "sandbox": in_memory(&sandbox, &reset)}));
    for client in [Client::backend(&sandbox), Client::backend_of(&sandbox, &other)] {
        let links = client.get("/payment-link/").await.expect(200);
        assert!(items(&links, "paymentData").is_empty(), "{links}");
    }
    let invoices = Client::backend(&sandbox).get("/invoice/").await.expect(200);
    assert!(items(&invoices, "invoiceData").is_empty(), "{invoices}");
    assert_eq!(steering.get("/_sandbox/faults").await.json(), json!({"faults": []}));
    let paid = expect_json(&sandbox, &["trigger", "paymentlink-paid"]).await;
    assert_eq!(paid["made"], true, "there are wallets to pay to");
    let (code, out, error) = steer(&sandbox, &["reset"]).await;
    assert_eq!(code, Some(0));
    assert!(out.starts_with("The sandbox is reset: 1 payment links"), "{out}");
    let which = format!("the sandbox at {} (business ", sandbox.url());
    assert!(error.contains(&which), "{error}");
}

#[tokio::test]
async fn commands_name_the_file_of_the_sandbox_that_they_act_on() {
    let folder = Folder::new("steering");
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    let url = sandbox.url().to_owned();
    let act = async |arguments: &[&str]| {
        let arguments: Vec<_> = arguments.iter().copied().chain(["--url", url.as_str()]).collect();
        let arguments: Vec<_> = arguments.into_iter().map(str::to_owned).collect();
        let running = tokio::task::spawn_blocking(move || {
            run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
        });
        let output = running.await.unwrap();
        assert_eq!(output.status.code(), Some(0));
        (text_of(output.stdout), text_of(output.stderr))
    };
    let file = std::fs::canonicalize(folder.file()).unwrap().display().to_string();
    for command in [&["trigger", "paymentlink-paid"][..], &["reset"]] {
        let (_, error) = act(command).await;
        let start = format!("mileston-sandbox: the sandbox at {url} (business ");
        let which = format!(", data in the file {file}, running since ");
        assert!(error.starts_with(&start) && error.contains(&which), "{error}");
    }
    let (out, _) = act(&["reset", "--yes", "--json"]).await;
    let printed: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&printed["removed"], &printed["sandbox"]["store"]), (&json!(0), &json!(file)));
    sandbox.stop().await;
}

#[tokio::test]
async fn trigger_makes_a_mistake_on_request() {
    let sandbox = Sandbox::start().await.unwrap();
    let arguments = ["trigger", "invoice-paid", "--mistake", "wrong-network"];
    let triggered = expect_json(&sandbox, &arguments).await;
    assert_eq!(
        (&triggered["mistake"], &triggered["made"]),
        (&json!("wrong-network"), &json!(true))
    );
    let payment = &triggered["payments"][0];
    assert_eq!((&payment["chain"], &payment["walletOn"]), (&json!("eth"), &json!("base")));
    let (code, out, _) =
        steer(&sandbox, &["trigger", "paymentlink-paid", "--mistake", "paid-twice"]).await;
    assert_eq!(code, Some(0));
    let sent = "12.50 USDC sent on base. 12.50 USDC sent on base.\n";
    assert!(out.starts_with("paymentlink-paid: paid-twice for ") && out.contains(sent), "{out}");
}

#[test]
fn a_command_says_what_to_do_if_nothing_listens() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    for command in
        [&["reset"][..], &["logs"], &["logs", "--follow"], &["trigger", "paymentlink-paid"]]
    {
        let output = run(&[command, &["--url", &url]].concat());
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{command:?}");
        let expected = format!(
            "mileston-sandbox: nothing listens at {url}: start a sandbox with `mileston-sandbox serve`, or set the \
             URL of another one with --url or MILESTON_URL\n"
        );
        assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
    }
}

/// Another program listens at the URL. Its response must not be treated as a sandbox's response.
#[test]
fn a_server_that_is_not_a_sandbox_is_refused() {
    use std::io::{Read, Write};
    let other_version =
        r#"{"name":"mileston-sandbox","version":"0.0.0","businessId":"","store":null,"since":""}"#;
    for (command, answer, body, code) in [
        (&["logs"][..], "404 Not Found", "hello", " (status 404)"),
        (&["logs"], "200 OK", "hello", ""),
        (&["reset"], "404 Not Found", "hello", " (status 404)"),
        (&["reset", "--yes"], "200 OK", "{}", ""),
        (&["reset"], "200 OK", other_version, ""),
        (&["trigger", "paymentlink-paid"], "200 OK", other_version, ""),
        (&["trigger", "paymentlink-paid"], "200 OK", r#"{"removed":1}"#, ""),
    ] {
        let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", other.local_addr().unwrap());
        let serving = std::thread::spawn(move || {
            let mut asked = [0; 4096];
            let (mut stream, _) = other.accept().unwrap();
            let length = stream.read(&mut asked).unwrap();
            write!(
                stream,
                "HTTP/1.1 {answer}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            )
            .unwrap();
            String::from_utf8_lossy(&asked[..length]).into_owned()
        });
        let output = run(&[command, &["--url", &url]].concat());
        let asked = serving.join().unwrap();
        // The server received only the read request.
        assert!(asked.starts_with("GET /_sandbox"), "{asked}");
        assert_eq!(output.status.code(), Some(1));
        let error = String::from_utf8(output.stderr).unwrap();
        let expected = format!(
            "mileston-sandbox: the server at {url} is not this version of the sandbox: set --url or \
             MILESTON_URL to the sandbox's URL{code}\n"
        );
        assert_eq!(error, expected);
    }
}

/// Requests can contain control characters that would affect the terminal on which they are shown.
#[tokio::test]
async fn a_logged_request_cannot_control_the_terminal() {
    let sandbox = Sandbox::start().await.unwrap();
    let odd = |c: char| c.is_control() || "\u{202e}\u{2028}\u{e0041}".contains(c);
    let body = "\u{1b}]0;title\u{7}\u{7f}\u{9b}31m\u{85}\u{202e}\u{2028}\u{e0041}";
    let client = Client::anonymous(&sandbox);
    client.send("POST", "/payment-link/create", Some(body)).await.expect(401);
    client.get("/payment-link/\u{9b}31m\u{202e}").await.expect(401);
    for arguments in [&["logs"][..], &["logs", "--json"]] {
        let (code, out, _) = steer(&sandbox, arguments).await;
        assert_eq!(code, Some(0));
        let found = out.chars().find(|c| *c != '\n' && odd(*c));
        assert_eq!(found, None, "{}", out.escape_debug());
    }
    let (_, out, _) = steer(&sandbox, &["logs", "--json"]).await;
    let first: Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!(first["body"], body);
    let program = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
    let list = program.get("/_sandbox/requests").await;
    assert!(!list.body.contains(odd), "{}", list.body);
    assert_eq!(list.json()["requests"][0]["body"], body);
    let page = Client::anonymous(&sandbox).header("Accept", "text/html").get("/requests").await;
    assert!(!page.body.contains(|c: char| c != '\n' && odd(c)), "{}", page.body);
}

#[test]
fn a_response_cannot_control_the_terminal() {
    use std::io::{Read, Write};
    let evil = "\u{1b}[2J\u{9b}31m\u{7}\r\n\u{202e}Mileston_TEST_fake0123";
    for (status, command) in
        [("400 Bad Request", &["reset"][..]), ("200 OK", &["trigger", "paymentlink-paid"])]
    {
        let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", other.local_addr().unwrap());
        let body = json!({
            "message": evil, "event": evil, "id": evil, "made": true, "amount": evil, "page": evil,
        });
        let body = body.to_string();
        // The server identifies itself as a sandbox, because otherwise nothing more is sent to it.
        let identity = json!({
            "name": "mileston-sandbox", "version": env!("CARGO_PKG_VERSION"), "businessId": evil,
            "store": null, "since": evil,
        });
        let serving = std::thread::spawn(move || {
            for (status, body) in [("200 OK", &identity.to_string()), (status, &body)] {
                let (mut stream, _) = other.accept().unwrap();
                let _ = stream.read(&mut [0; 4096]).unwrap();
                let length = body.len();
                write!(
                    stream,
                    "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
                )
                .unwrap();
            }
        });
        let output = run(&[command, &["--url", &url]].concat());
        serving.join().unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        let found = text.chars().find(|c| *c != '\n' && (c.is_control() || *c == '\u{202e}'));
        assert_eq!(found, None, "{}", text.escape_debug());
        assert!(text.contains(r"\u{1b}[2J\u{9b}31m\u{7}"), "{text}");
    }
}

/// A server that isn't a sandbox may send any response.
#[cfg(unix)]
#[test]
fn huge_numbers_do_not_end_the_log() {
    use std::io::{Read, Write};
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", other.local_addr().unwrap());
    // Doesn't join the thread, because it would wait forever for the next request if the program ended too early.
    std::thread::spawn(move || {
        let identity = json!({
            "name": "mileston-sandbox", "version": env!("CARGO_PKG_VERSION"), "businessId": "b",
            "store": null, "since": "",
        });
        let huge = r#"{"counted": 18446744073709551615, "requests": []}"#;
        for body in [identity.to_string().as_str(), huge, huge, huge] {
            let (mut stream, _) = other.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]).unwrap();
            let head =
                format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}", body.len());
            write!(stream, "{head}\r\n\r\n{body}").unwrap();
        }
    });
    let logs = Running::start(&["logs", "--follow", "--url", &url]);
    let (code, error) = logs.end();
    assert_eq!(code, Some(1));
    assert!(error.contains("nothing listens at "), "{error}");
}
