//! The pages as a browser gets them: their addresses, what may run in them, and who may see them.

use mileston_api::catalogue::OPERATIONS;
use mileston_sandbox::Sandbox;
use serde_json::json;

use crate::http::{Client, Reply};

/// The `Accept` header of a browser that opens a URL.
pub(crate) const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

pub(crate) fn browser(sandbox: &Sandbox) -> Client {
    Client::anonymous(sandbox).header("Accept", BROWSER)
}

/// Returns the paths of one checkout page of each kind.
pub(crate) async fn things(client: &Client) -> [String; 3] {
    let body = json!({
        "amount": "12.50", "itemName": "i", "customerEmail": "a@example.com",
        "dueDate": "2031-01-31T00:00:00.000Z", "subscriptionName": "s", "subscriberFullName": "f",
        "subscriberEmail": "a@example.com", "recurringDate": "2031-01-31T00:00:00.000Z",
        "recurringInterval": 30,
    });
    let create = async |kind: &str, id: &str| {
        let created = client.post(&format!("/{kind}/create?businessName=A"), &body).await;
        let created = created.expect(201);
        format!("/{kind}/{}", created.pointer(id).unwrap().as_str().unwrap())
    };
    [
        create("payment-link", "/paymentData/paymentLinkId").await,
        create("invoice", "/invoiceData/invoiceId").await,
        create("recurring-payment", "/recurringPaymentData/recurringPaymentId").await,
    ]
}

#[track_caller]
pub(crate) fn expect_page(reply: &Reply, status: u16) {
    assert_eq!(reply.status, status, "{}", reply.body);
    let policy = "content-security-policy: default-src 'none'; script-src 'self'; style-src \
        'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; \
        frame-ancestors 'none'";
    for line in [
        "content-type: text/html; charset=utf-8",
        "cache-control: no-store",
        "x-content-type-options: nosniff",
        "referrer-policy: same-origin",
        policy,
    ] {
        assert_eq!(reply.head.lines().filter(|found| *found == line).count(), 1, "{}", reply.head);
    }
    let policies = reply.head.matches("content-security-policy").count();
    assert_eq!(policies, 1, "{}", reply.head);
    // In a browser, the policy would block an inline script without a visible error.
    assert!(!reply.body.contains("<script>") && !reply.body.contains(" style="), "{}", reply.body);
}

#[tokio::test]
async fn a_browser_gets_the_page_and_a_program_gets_the_api_response() {
    let sandbox = Sandbox::start().await.unwrap();
    let backend = Client::backend(&sandbox);
    for path in things(&backend).await {
        let page = browser(&sandbox).get(&path).await;
        expect_page(&page, 200);
        assert!(page.body.contains("<main>"), "{}", page.body);
        let head = browser(&sandbox).send("HEAD", &path, None).await;
        assert_eq!((head.status, head.body.as_str()), (200, ""));
        // A request with a key is an API request, whatever the client accepts. A request without a key is rejected
        // unless the client accepts HTML.
        backend.clone().header("Accept", BROWSER).get(&path).await.expect(200);
        for accept in ["*/*", "application/json, text/plain, */*", "text/htmlx", "text/*"] {
            let client = Client::anonymous(&sandbox).header("Accept", accept);
            client.get(&path).await.expect_refusal(401, "Unauthorized");
        }
    }
}

#[tokio::test]
async fn no_other_operation_has_a_page() {
    let sandbox = Sandbox::start().await.unwrap();
    let shared = [
        "/payment-link/{paymentLinkId}",
        "/invoice/{invoiceId}",
        "/recurring-payment/{recurringPaymentId}",
    ];
    let mut pages = 0;
    for operation in OPERATIONS {
        let path = operation.path.replace(['{', '}'], "");
        let reply = browser(&sandbox).send(operation.method.as_str(), &path, Some("{}")).await;
        if operation.method.as_str() == "GET" && shared.contains(&operation.path) {
            expect_page(&reply, 404);
            pages += 1;
        } else {
            let json = "\r\ncontent-type: application/json";
            assert!(reply.head.contains(json), "{}: {}", operation.id, reply.head);
        }
    }
    assert_eq!(pages, 3);
}

#[tokio::test]
async fn the_page_for_an_unknown_id_says_so_and_contains_no_key() {
    let sandbox = Sandbox::start().await.unwrap();
    let [link, ..] = things(&Client::backend(&sandbox)).await;
    let other_kind = link.replace("payment-link", "invoice");
    for path in [other_kind.as_str(), "/invoice/x", "/invoice/%ff", "/recurring-payment/%3Cb%3E"] {
        let page = browser(&sandbox).get(path).await;
        expect_page(&page, 404);
        assert!(page.body.contains("There is nothing to pay here"), "{}", page.body);
        assert!(!page.body.contains("Mileston_") && !page.body.contains("<b>"), "{}", page.body);
    }
}

#[tokio::test]
async fn the_page_has_its_own_checkout_key() {
    let sandbox = Sandbox::start().await.unwrap();
    let backend = Client::backend(&sandbox);
    let [link, ..] = things(&backend).await;
    let page = browser(&sandbox).get(&link).await;
    let key = attribute(&page.body, "data-key");
    assert!(key.starts_with("Mileston_TEST_CHECKOUTKEY_"), "{key}");
    for given_out in [sandbox.checkout_key().expose_secret(), sandbox.normal_key().expose_secret()]
    {
        assert!(!page.body.contains(given_out));
    }
    let again = browser(&sandbox).get(&link).await;
    assert_eq!(attribute(&again.body, "data-key"), key);

    let business = sandbox.business_id().as_str();
    let client = Client::anonymous(&sandbox).header("apikey", key).header("businessid", business);
    let id = link.rsplit('/').next().unwrap();
    client.get(&format!("/checkout/data/paymentlink.get/{id}")).await.expect(200);
    client.get(&link).await.expect_refusal(401, "Unauthorized");
    let other = sandbox.add_business().await.unwrap();
    let stranger = Client::anonymous(&sandbox).header("apikey", key);
    let stranger = stranger.header("businessid", other.business_id().as_str());
    let path = format!("/checkout/data/paymentlink.get/{id}");
    stranger.get(&path).await.expect_refusal(401, "Unauthorized");
}

#[tokio::test]
async fn pages_of_businesses_and_modes_are_separate() {
    let sandbox = Sandbox::builder().live_keys(true).start().await.unwrap();
    let other = sandbox.add_business().await.unwrap();
    let live = sandbox.live_normal_key().unwrap();
    let clients = [
        Client::backend(&sandbox),
        Client::with_normal(&sandbox, sandbox.business_id(), live),
        Client::backend_of(&sandbox, &other),
    ];
    let mut keys = Vec::new();
    for client in &clients {
        let [link, ..] = things(client).await;
        let page = browser(&sandbox).get(&link).await;
        expect_page(&page, 200);
        keys.push(attribute(&page.body, "data-key").to_owned());
        let is_live = attribute(&page.body, "data-mode") == "prod";
        assert_eq!(page.body.contains("Simulated live mode."), is_live, "{}", page.body);
        assert_eq!(page.body.contains("Pay as a test payer"), !is_live, "{}", page.body);
    }
    assert!(keys[1].starts_with("Mileston_LIVE_CHECKOUTKEY_"), "{}", keys[1]);
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 3);
}

#[tokio::test]
async fn no_page_is_served_under_a_foreign_host_name() {
    let sandbox = Sandbox::start().await.unwrap();
    let [link, ..] = things(&Client::backend(&sandbox)).await;
    for host in ["evil.example", "127.0.0.1.evil.example:80"] {
        for path in [link.as_str(), "/_sandbox/assets/checkout.js"] {
            let page = browser(&sandbox).with_host(host).get(path).await;
            expect_page(&page, 421);
            assert!(!page.body.contains("Mileston_"), "{}", page.body);
        }
    }
    for host in ["localhost:1", "[::1]", "127.0.0.1"] {
        expect_page(&browser(&sandbox).with_host(host).get(&link).await, 200);
    }
}

#[tokio::test]
async fn the_assets_are_served_with_their_types() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::anonymous(&sandbox);
    for (path, kind) in [
        ("assets/style.css", "text/css; charset=utf-8"),
        ("assets/checkout.js", "text/javascript; charset=utf-8"),
        ("assets/calls.js", "text/javascript; charset=utf-8"),
        ("assets/payer.js", "text/javascript; charset=utf-8"),
        ("assets/logo.svg", "image/svg+xml"),
        ("qr.svg?text=0xfa4e", "image/svg+xml"),
    ] {
        let reply = client.get(&format!("/_sandbox/{path}")).await;
        assert_eq!(reply.status, 200, "{path}");
        let line = format!("content-type: {kind}");
        assert!(reply.head.lines().any(|found| found == line), "{path}: {}", reply.head);
    }
    for query in ["", "?text=", "?text=a&text=b", "?text=%ff"] {
        let reply = client.get(&format!("/_sandbox/qr.svg{query}")).await;
        assert_eq!(reply.expect(400)["error"], "Bad Request", "{query}");
    }
    let long = "x".repeat(257);
    client.get(&format!("/_sandbox/qr.svg?text={long}")).await.expect_invalid("1 to 256");
}

#[tokio::test]
async fn a_payment_by_card_has_a_page() {
    let sandbox = Sandbox::start().await.unwrap();
    let frontend = Client::frontend(&sandbox);
    let wallet = "0x1111111111111111111111111111111111111111";
    let target =
        format!("/checkout/onramp-data?amount=5&recipientWalletAddress={wallet}&chain=base");
    let started = frontend.get(&target).await.json();
    let link = started["data"]["link"].as_str().unwrap().strip_prefix(sandbox.url()).unwrap();
    let page = Client::anonymous(&sandbox).get(link).await;
    expect_page(&page, 200);
    for words in ["Card payment", "5 USD", "Not paid", wallet, "ChainBase"] {
        assert!(text_of(&page.body).contains(words), "{words}: {}", page.body);
    }
}

/// A developer who opens a link with curl gets the API's error, because the page and the operation share the path.
#[tokio::test]
async fn a_client_without_a_key_learns_that_the_url_is_also_a_page() {
    let sandbox = Sandbox::start().await.unwrap();
    let curl = Client::anonymous(&sandbox).header("Accept", "*/*");
    let hint = "open it in a browser, or send the `Accept: text/html` header";
    for path in things(&Client::backend(&sandbox)).await {
        let error = curl.get(&path).await.expect(401);
        let fields: Vec<_> = error.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, ["error", "message", "statusCode"]);
        assert!(error["message"].as_str().unwrap().contains(hint), "{error}");
        let page = Client::anonymous(&sandbox).header("Accept", "text/html").get(&path).await;
        expect_page(&page, 200);
        // With a key, or for another method or path, there is no page to open.
        let wrong = curl.clone().header("apikey", "Mileston_TEST_wrong");
        for reply in [
            wrong.get(&path).await,
            curl.send("DELETE", &path, None).await,
            curl.get("/invoice/").await,
        ] {
            assert!(!reply.body.contains(hint), "{}", reply.body);
        }
    }
}

#[tokio::test]
async fn a_checkout_page_names_the_merchant() {
    let sandbox = Sandbox::start().await.unwrap();
    let backend = Client::backend(&sandbox);
    let body = json!({
        "amount": "1", "itemName": "i", "customerEmail": "a@example.com",
        "dueDate": "2031-01-31T00:00:00.000Z",
    });
    let created = backend.post("/invoice/create?businessName=Tom+%26+%3Cb%3E", &body).await;
    let created = created.expect(201);
    let id = created["invoiceData"]["invoiceId"].as_str().unwrap();
    let page = browser(&sandbox).get(&format!("/invoice/{id}")).await;
    assert!(page.body.contains("Tom &amp; &lt;b&gt;"), "{}", page.body);

    // A payment link is created without a business name, so its page shows the name that the API returns for the
    // business.
    let business = format!("/checkout/user/{}", sandbox.business_id());
    let business = Client::frontend(&sandbox).get(&business).await.expect(200);
    let name = business["userData"]["businessName"].as_str().unwrap();
    let [link, ..] = things(&backend).await;
    let page = browser(&sandbox).get(&link).await;
    assert!(page.body.contains(name), "{name}: {}", page.body);
}

#[tokio::test]
async fn a_checkout_page_shows_earlier_payments() {
    let sandbox = Sandbox::builder().seed(1).start().await.unwrap();
    let [link, invoice, recurring] = things(&Client::backend(&sandbox)).await;
    let text = async |path: &str| text_of(&browser(&sandbox).get(path).await.body);
    for path in [&link, &invoice, &recurring] {
        let page = text(path).await;
        assert!(!page.contains("Already paid") && !page.contains("Paid on"), "{page}");
    }
    pay(&sandbox, "invoice", &invoice, "base").await;
    pay(&sandbox, "recurring", &recurring, "base").await;
    pay(&sandbox, "paymentlink", &link, "pol").await;
    let once = text(&link).await;
    assert!(once.contains("Already paid once, on Polygon at 2025-01-01 00:00:00 UTC."), "{once}");
    pay(&sandbox, "paymentlink", &link, "arb").await;
    let twice = text(&link).await;
    assert!(twice.contains("Already paid twice, most recently on Arbitrum at"), "{twice}");
    assert!(twice.contains("A payment link stays open"), "{twice}");
    let paid = "Paid on Base at 2025-01-01 00:00:00 UTC.";
    let page = text(&invoice).await;
    assert!(page.contains(paid) && !page.contains("is due on"), "{page}");
    let page = text(&recurring).await;
    let due = format!("{paid} The next payment is due on 2031-03-02.");
    assert!(page.contains(&due), "{page}");
    sandbox.advance(std::time::Duration::from_secs(3000 * 24 * 60 * 60)).await.unwrap();
    let page = text(&recurring).await;
    assert!(page.contains("Paid before, and due again since 2031-03-02."), "{page}");
}

/// Reports a payment of 12.50 for the record whose page has this path.
pub(crate) async fn pay(sandbox: &Sandbox, word: &str, path: &str, chain: &str) {
    let id = path.rsplit('/').next().unwrap();
    let report = json!({
        "paymentLinkId": id, "payer": "0xpayer", "recipientWalletAddress": "0xrecipient",
        "amount": "12.5", "userUUID": "u", "transactionSignature": format!("{id}-{chain}"),
        "chain": chain, "env": "test",
    });
    let target = format!("/checkout/save-payment/{word}.save");
    Client::frontend(sandbox).post(&target, &report).await.expect(200);
}

/// Returns the text that a browser shows for this HTML.
pub(crate) fn text_of(html: &str) -> String {
    let (first, rest) = html.split_once('<').unwrap_or((html, ""));
    let text = rest.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text));
    let text = first.to_owned() + &text.collect::<String>();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}

pub(crate) fn attribute<'a>(html: &'a str, name: &str) -> &'a str {
    let (_, rest) = html.split_once(&format!("{name}=\"")).unwrap();
    rest.split_once('"').unwrap().0
}
