//! A sandbox that other machines can reach: which names it serves, and what needs its token.

use std::net::Ipv4Addr;

use mileston_sandbox::{Sandbox, SandboxBuilder, StartErrorKind};
use serde_json::json;

use crate::forms;
use crate::http::Client;
use crate::pages::{BROWSER, expect_page, things};

const TOKEN: &str = "fake-token-0123456789";

fn exposed() -> SandboxBuilder {
    Sandbox::builder().host(Ipv4Addr::UNSPECIFIED).allow_host("sandbox").token(TOKEN)
}

/// Returns a client that connects to this machine, whatever name the sandbox has.
fn anyone(sandbox: &Sandbox) -> Client {
    Client::of_url(&format!("http://127.0.0.1:{}", sandbox.address().port()))
}

fn backend(sandbox: &Sandbox) -> Client {
    let key = sandbox.normal_key().expose_secret();
    anyone(sandbox).header("apikey", key).header("businessid", sandbox.business_id().as_str())
}

fn browser(sandbox: &Sandbox) -> Client {
    anyone(sandbox).header("Accept", BROWSER)
}

#[tokio::test]
async fn only_allowed_names_are_served() {
    let sandbox = exposed().start().await.unwrap();
    assert_eq!(sandbox.url(), format!("http://sandbox:{}", sandbox.address().port()));
    for host in ["sandbox", "Sandbox:7357", "localhost", "127.0.0.1:1", "192.0.2.7:7357", "[::1]"] {
        assert_eq!(anyone(&sandbox).with_host(host).get("/status").await.status, 200, "{host}");
    }
    for host in ["evil.example", "sandbox.evil.example:7357", "0.0.0.0"] {
        for target in ["/status", "/_sandbox", "/payment-link/x", "/nothing"] {
            let reply = anyone(&sandbox).with_host(host).get(target).await;
            let said = reply.expect_refusal(421, "Misdirected Request");
            let name = host.split(':').next().unwrap();
            assert!(said.contains(&format!("`--allow-host {name}`")), "{said}");
        }
        let page = browser(&sandbox).with_host(host).get("/").await;
        expect_page(&page, 421);
        assert!(page.body.contains("--allow-host"), "{}", page.body);
    }
    for host in ["<script>", "a b", "\u{fc}"] {
        let reply = anyone(&sandbox).with_host(host).get("/status").await;
        assert!([400, 421].contains(&reply.status), "{host}: {}", reply.status);
        assert!(!reply.body.contains("<script>"), "{}", reply.body);
    }
}

#[tokio::test]
async fn on_this_machine_nothing_needs_a_token() {
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(sandbox.control_token(), None);
    let any = anyone(&sandbox).header("mileston-sandbox", "anything");
    assert_eq!(any.get("/_sandbox").await.status, 200);
    expect_page(&browser(&sandbox).get("/").await, 200);
}

#[tokio::test]
async fn a_token_is_generated_if_other_machines_can_reach_the_sandbox() {
    for builder in [
        Sandbox::builder().host(Ipv4Addr::UNSPECIFIED),
        Sandbox::builder().allow_host("sandbox"),
        Sandbox::builder().public_url("https://dev.example"),
    ] {
        let sandbox = builder.start().await.unwrap();
        let token = sandbox.control_token().unwrap();
        assert!(token.len() > 40);
        let reply = anyone(&sandbox).header("mileston-sandbox", token).get("/_sandbox").await;
        assert_eq!(reply.status, 200);
        assert!(!format!("{sandbox:?}").contains(token));
    }
}

#[tokio::test]
async fn control_needs_the_token() {
    let sandbox = exposed().start().await.unwrap();
    let anyone = anyone(&sandbox);
    let twice = anyone.clone().header("mileston-sandbox", "x").header("mileston-sandbox", TOKEN);
    for client in [
        anyone.clone(),
        anyone.clone().header("mileston-sandbox", "1"),
        anyone.clone().header("mileston-sandbox", "fake-token-012345678"),
        anyone.clone().header("authorization", &format!("Bearer {TOKEN}")),
        twice,
        backend(&sandbox),
    ] {
        for (method, target) in [
            ("GET", "/_sandbox"),
            ("GET", "/_sandbox/requests"),
            ("POST", "/_sandbox/reset"),
            ("POST", "/_sandbox/clock"),
            ("GET", "/_sandbox/webhooks"),
        ] {
            let reply = client.send(method, target, Some("{}")).await;
            let said = reply.expect_refusal(401, "Unauthorized");
            assert!(said.contains("MILESTON_SANDBOX_TOKEN") && !said.contains(TOKEN), "{said}");
        }
    }
    let program = anyone.header("mileston-sandbox", TOKEN);
    assert_eq!(program.get("/_sandbox").await.status, 200);
    assert_eq!(program.send("POST", "/_sandbox/reset", Some("{}")).await.status, 200);
}

#[tokio::test]
async fn payers_need_no_token_and_developers_sign_in_once() {
    let sandbox = exposed().start().await.unwrap();
    let browser = browser(&sandbox);
    for page in things(&backend(&sandbox)).await {
        expect_page(&browser.get(&page).await, 200);
    }
    assert_eq!(browser.get("/_sandbox/assets/checkout.js").await.status, 200);
    assert_eq!(browser.get("/_sandbox/qr.svg?text=0xfa4e").await.status, 200);
    for tab in ["/", "/payments", "/webhooks", "/requests"] {
        let page = browser.get(tab).await;
        expect_page(&page, 401);
        assert!(
            page.body.contains("Sign in") && !page.body.contains("businessid"),
            "{}",
            page.body
        );
    }
    let sign_in = "/_sandbox/sign-in";
    let wrong = forms::send(&browser, sign_in, "access=wrong&next=/payments").await;
    expect_page(&wrong, 401);
    assert!(!wrong.head.contains("set-cookie") && wrong.body.contains("the token of this sandbox"));
    let form = format!("access={TOKEN}&next=/payments");
    expect_page(&forms::send_from(&browser, "cross-site", sign_in, &form).await, 403);

    let signed_in = forms::send(&browser, sign_in, &form).await;
    assert_eq!(signed_in.status, 303, "{}", signed_in.body);
    assert!(signed_in.head.contains("\r\nlocation: /payments\r\n"), "{}", signed_in.head);
    assert!(!signed_in.head.contains(TOKEN), "{}", signed_in.head);
    let cookie = signed_in.head.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    let (pair, attributes) = cookie.unwrap().split_once("; ").unwrap();
    assert_eq!(attributes, "path=/; httponly; samesite=strict");
    // The helper returns heads in lower case, but cookie values are case-sensitive.
    let (name, _) = pair.split_once('=').unwrap();
    let value = session_of(&browser, &form).await;
    for cookie in [format!("{name}={value}"), format!("other=1; {name}={value}; last=2")] {
        let page = browser.clone().header("Cookie", &cookie).get("/payments").await;
        expect_page(&page, 200);
    }
    for cookie in [format!("{name}={TOKEN}"), format!("x{name}={value}"), format!("{name}=")] {
        expect_page(&browser.clone().header("Cookie", &cookie).get("/").await, 401);
    }
    for next in ["//evil.example", "https://evil.example", "/invoice/x"] {
        let form = format!("access={TOKEN}&next={next}");
        let reply = forms::send(&browser, sign_in, &form).await;
        assert!(reply.head.contains("\r\nlocation: /\r\n"), "{}", reply.head);
    }
    let program = anyone(&sandbox).header("mileston-sandbox", TOKEN);
    let log = program.get("/_sandbox/requests").await.body;
    assert!(!log.contains(TOKEN) && !log.contains(&value), "{log}");
}

/// Signs in, and returns the value of the cookie as it was sent.
async fn session_of(browser: &Client, form: &str) -> String {
    let client = browser.clone().header("Sec-Fetch-Site", "same-origin");
    let kind = "application/x-www-form-urlencoded";
    let head = client.raw_head("POST", "/_sandbox/sign-in", kind, form).await;
    let (_, rest) = head.split_once("mileston-sandbox-").unwrap();
    let (_, rest) = rest.split_once('=').unwrap();
    rest.split_once(';').unwrap().0.to_owned()
}

#[tokio::test]
async fn a_key_is_changed_only_by_a_browser_that_has_signed_in() {
    let sandbox = exposed().start().await.unwrap();
    let form = format!("business={}&mode=test&kind=normal&token=x", sandbox.business_id());
    let before = sandbox.keys().list().await.unwrap().len();
    for action in ["keys/create", "keys/roll", "webhook-forms/register"] {
        let reply = forms::send(&browser(&sandbox), &format!("/_sandbox/{action}"), &form).await;
        expect_page(&reply, 401);
    }
    assert_eq!(sandbox.keys().list().await.unwrap().len(), before);
}

#[tokio::test]
async fn links_use_the_name_that_other_machines_use() {
    let sandbox = exposed().start().await.unwrap();
    let body = json!({ "amount": "1" });
    let link = backend(&sandbox).post("/payment-link/create", &body).await.expect(201);
    let start = format!("{}/payment-link/", sandbox.url());
    assert!(link["paymentLink"].as_str().unwrap().starts_with(&start), "{link}");
}

#[tokio::test]
async fn an_error_names_an_invalid_option_without_its_value() {
    for (builder, expected) in [
        (Sandbox::builder().allow_host("hunter2:7357"), "an allowed host must be a name"),
        (Sandbox::builder().public_url("https://a:hunter2@b"), "the public URL must be"),
        (Sandbox::builder().token("hunter2"), "the token must have 16 to 256 characters"),
        (Sandbox::builder().seed_keys(true), "set a seed"),
    ] {
        assert!(!format!("{builder:?}").contains("\"hunter2\""), "{builder:?}");
        let error = builder.start().await.unwrap_err();
        assert_eq!(error.kind(), StartErrorKind::InvalidOption);
        let said = error.to_string();
        assert!(said.contains(expected) && !said.contains("hunter2"), "{said}");
    }
    let error = Sandbox::builder().host([192, 0, 2, 1]).start().await.unwrap_err();
    assert_eq!(error.kind(), StartErrorKind::Listen);
}
