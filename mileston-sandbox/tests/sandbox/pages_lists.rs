//! The pages of payments and requests: what they show, and what they must never show.

use mileston_sandbox::Sandbox;
use serde_json::json;

use crate::http::Client;
use crate::pages::{browser, expect_page, pay, text_of, things};
use crate::program::run;
use crate::signed::{Signer, sign};

#[tokio::test]
async fn payments_are_listed_with_their_state() {
    let sandbox = Sandbox::builder().seed(1).start().await.unwrap();
    let empty = browser(&sandbox).get("/payments").await;
    expect_page(&empty, 200);
    assert!(empty.body.contains("Nothing here yet"), "{}", empty.body);

    let [link, invoice, recurring] = things(&Client::backend(&sandbox)).await;
    pay(&sandbox, "paymentlink", &link, "base").await;
    pay(&sandbox, "paymentlink", &link, "sui").await;
    let page = browser(&sandbox).get("/payments").await;
    expect_page(&page, 200);
    let at = |path: &str| page.body.find(&format!("href=\"{path}\"")).unwrap();
    assert!(at(&recurring) < at(&invoice) && at(&invoice) < at(&link), "newest first");
    assert_eq!(page.body.matches("Not paid").count(), 2, "{}", page.body);
    let text = text_of(&page.body);
    assert!(text.contains("2 payments on Sui2025-01-01 00:00:00 UTC"), "{text}");
    for path in [&link, &invoice, &recurring] {
        let id = path.rsplit('/').next().unwrap();
        assert!(text.contains(&format!("{id} Copy")), "{id}: {text}");
    }
    assert_eq!(text.matches("2025-01-01 00:00:00 UTCOpen").count(), 3, "{text}");
}

#[tokio::test]
async fn each_chain_has_the_same_name_on_every_page() {
    let sandbox = Sandbox::start().await.unwrap();
    let names = [
        ("eth", "Ethereum"),
        ("pol", "Polygon"),
        ("avax", "Avalanche"),
        ("arb", "Arbitrum"),
        ("base", "Base"),
        ("solana", "Solana"),
        ("sui", "Sui"),
    ];
    for (chain, name) in names {
        let [link, ..] = things(&Client::backend(&sandbox)).await;
        let checkout = text_of(&browser(&sandbox).get(&link).await.body);
        assert!(checkout.contains(&format!("Token on {name}")), "{checkout}");
        pay(&sandbox, "paymentlink", &link, chain).await;
        let checkout = text_of(&browser(&sandbox).get(&link).await.body);
        assert!(checkout.contains(&format!("Already paid once, on {name} at")), "{checkout}");
        let payments = text_of(&browser(&sandbox).get("/payments").await.body);
        assert!(payments.contains(&format!("1 payment on {name}")), "{payments}");
    }
}

#[tokio::test]
async fn older_payments_are_on_further_pages() {
    let sandbox = Sandbox::start().await.unwrap();
    let backend = Client::backend(&sandbox);
    for number in 1..=205 {
        let link = json!({ "amount": "1", "title": format!("Link {number}.") });
        backend.post("/payment-link/create", &link).await.expect(201);
    }
    let mut path = "/payments".to_owned();
    for (newest, oldest) in [(205, 106), (105, 6), (5, 1)] {
        let page = browser(&sandbox).get(&path).await.body;
        let at = |number: i32| page.find(&format!(">Link {number}.<"));
        assert!(at(newest) < at(oldest) && at(newest).is_some(), "{page}");
        assert_eq!((at(newest + 1), at(oldest - 1)), (None, None));
        let older = page.split_once("\">Older</a>").map(|(before, _)| before.rsplit_once('"'));
        assert_eq!(older.is_some(), oldest > 1, "{page}");
        if let Some(Some((_, address))) = older {
            path = address.replace("&amp;", "&");
        }
    }
    let none = browser(&sandbox).get("/payments?before=1").await;
    assert!(none.body.contains("There is nothing older."), "{}", none.body);
    expect_page(&browser(&sandbox).get("/payments?before=x").await, 400);
}

#[tokio::test]
async fn one_business_does_not_see_the_payments_of_another() {
    let sandbox = Sandbox::start().await.unwrap();
    let other = sandbox.add_business().await.unwrap();
    let [link, ..] = things(&Client::backend_of(&sandbox, &other)).await;
    assert!(!browser(&sandbox).get("/payments").await.body.contains(&link));
    let theirs = format!("/payments?business={}", other.business_id());
    assert!(browser(&sandbox).get(&theirs).await.body.contains(&link));
}

#[tokio::test]
async fn control_and_invisible_characters_in_titles_are_escaped() {
    let sandbox = Sandbox::start().await.unwrap();
    let link = json!({ "amount": "1", "title": "a\u{1b}[2J\u{9b}\u{202e}b\u{e0041}" });
    Client::backend(&sandbox).post("/payment-link/create", &link).await.expect(201);
    let page = browser(&sandbox).get("/payments").await.body;
    assert!(page.contains(r"a\u{1b}[2J\u{9b}\u{202e}b\u{e0041}"), "{page}");
}

#[tokio::test]
async fn html_in_every_field_is_shown_as_text() {
    let sandbox = Sandbox::start().await.unwrap();
    let html = r#"<script>alert(1)</script>"'&"#;
    let link = json!({ "amount": "1", "title": html, "description": html, "logoUrl": html });
    Client::backend(&sandbox).post("/payment-link/create", &link).await.expect(201);
    let target = "/payment-link/%3Cscript%3E?a='&b=%3Cb%3E";
    Client::backend(&sandbox).get(target).await.expect_refusal(404, "Not Found");
    for path in ["/payments", "/requests"] {
        let page = browser(&sandbox).get(path).await;
        expect_page(&page, 200);
        assert!(page.body.contains("&lt;script&gt;"), "{}", page.body);
    }
}

#[tokio::test]
async fn each_request_is_listed_with_the_reason_for_its_rejection() {
    let sandbox = Sandbox::start().await.unwrap();
    let list = async || browser(&sandbox).get("/requests").await.body;
    assert!(list().await.contains("No requests yet"));
    // Requests for pages are not API requests.
    let _ = browser(&sandbox).get("/payments").await;
    let _ = browser(&sandbox).get("/invoice/x").await;
    assert!(list().await.contains("No requests yet"));

    Client::frontend(&sandbox).get("/invoice/x").await.expect_refusal(401, "Unauthorized");
    Client::anonymous(&sandbox).get("/x").await.expect_refusal(404, "Not Found");
    Client::backend(&sandbox).get("/invoice/").await.expect(200);
    let page = text_of(&list().await);
    for words in [
        "3 requests since the sandbox started",
        "getInvoice",
        "test Checkout key",
        "A Checkout key can't call backend operations",
        "no operation",
        "no key",
        "Cannot GET /x",
        "listInvoices",
        "client.invoices().list().await?",
        " ms",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let refused = browser(&sandbox).get("/requests?show=failed").await.body;
    assert!(refused.contains("getInvoice") && !refused.contains("listInvoices"), "{refused}");
}

#[tokio::test]
async fn the_requests_page_shows_no_keys_or_signatures() {
    let sandbox = Sandbox::builder().live_keys(true).start().await.unwrap();
    let fake = "Mileston_TEST_fake0123marked";
    let (normal, secret) =
        (sandbox.normal_key().expose_secret(), sandbox.wallet_secret().expose_secret());
    let client = Client::backend(&sandbox);
    client.get("/invoice/").await.expect(200);
    client.get(&format!("/invoice/{normal}?key={fake}&{secret}")).await.expect(404);
    let body = json!({ "amount": fake, "title": normal, "description": secret, fake: 1 });
    client.post("/payment-link/create", &body).await.expect(400);
    let live = sandbox.live_normal_key().unwrap();
    Client::with_normal(&sandbox, sandbox.business_id(), live).get("/invoice/").await.expect(200);
    Signer::of(&sandbox).get("/user/all-wallets").await.expect(200);
    let page = browser(&sandbox).get("/requests").await;
    expect_page(&page, 200);
    assert!(page.body.contains("5 requests since the sandbox started"), "{}", page.body);
    for secret in [normal, secret, fake, "fake0123", live.expose_secret()] {
        assert!(!page.body.contains(secret), "{}", page.body);
    }
    let hexadecimal = page.body.split(|c: char| !c.is_ascii_hexdigit());
    assert!(hexadecimal.into_iter().all(|word| word.len() < 64), "a signature: {}", page.body);
}

/// HTTP libraries escape characters in a URL, and JSON can escape any letter.
#[tokio::test]
async fn an_escaped_key_is_not_listed() {
    let sandbox = Sandbox::start().await.unwrap();
    let key = sandbox.normal_key().expose_secret();
    let escapes = [("_", "%5F"), ("M", "%4d"), ("M", "%254D")];
    let client = Client::backend(&sandbox);
    for (letter, escape) in escapes {
        let target = format!("/invoice/{}?key={0}", key.replacen(letter, escape, 1));
        client.get(&target).await.expect_refusal(404, "Not Found");
    }
    for escape in [r"\u005f", r"\\u005f"] {
        let body = format!(r#"{{"amount":"1","title":"{}"}}"#, key.replace('_', escape));
        client.send("POST", "/payment-link/create", Some(&body)).await.expect(201);
    }
    let program = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
    let end = key.get(key.len() - 20..).unwrap();
    for list in [browser(&sandbox).get("/requests").await, program.get("/_sandbox/requests").await]
    {
        assert!(list.body.contains("/invoice/…?key=…"), "{}", list.body);
        assert!(!list.body.contains(end), "{}", list.body);
    }
}

/// A user may run `curl -X "$KEY"`, copy only half of a key, or send a signature in the wrong place.
#[tokio::test]
async fn a_credential_is_never_listed_no_matter_where_it_was_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    let (normal, secret) =
        (sandbox.normal_key().expose_secret(), sandbox.wallet_secret().expose_secret());
    let checkout = sandbox.checkout_key().expose_secret();
    let signature = sign(sandbox.wallet_secret(), "{}");
    let random = |text: &str| text.get(text.len() - 40..).unwrap().to_lowercase();
    let hidden = [normal, secret, checkout].map(random);
    let mut sent = vec![signature.clone(), signature.to_uppercase()];
    for whole in [normal, checkout, secret] {
        let at = whole.find("sandbox").unwrap();
        let cut = [&whole[at..], &whole[at.saturating_sub(3)..], &whole[..whole.len() - 8]];
        sent.extend(cut.map(str::to_owned));
        sent.extend([whole.to_owned(), whole.to_lowercase(), whole.to_uppercase()]);
        sent.push(whole.replacen(['M', 's'], if at > 0 { "%4D" } else { "%73" }, 1));
    }
    let client = Client::anonymous(&sandbox);
    for text in &sent {
        client.send(text, "/status", None).await.expect(404);
        client.get(&format!("/invoice/{text}?{text}={text}")).await.expect(401);
        client.send("POST", "/payment-link/create", Some(text)).await.expect(401);
    }
    let program = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
    let url = sandbox.url().to_owned();
    let logs = tokio::task::spawn_blocking(move || run(&["logs", "--url", &url]).stdout);
    let lists = [
        browser(&sandbox).get("/requests").await.body,
        program.get("/_sandbox/requests").await.body,
        String::from_utf8(logs.await.unwrap()).unwrap(),
    ];
    for list in lists {
        assert!(list.contains("/invoice/…?…=…"), "{list}");
        let list = list.to_lowercase();
        let mut parts = hidden.iter().flat_map(|secret| [&secret[..24], &secret[10..32]]);
        let found = parts.find(|part| list.contains(part));
        assert_eq!((found, list.contains(&signature)), (None, false), "{list}");
    }
}

#[tokio::test]
async fn a_method_that_a_shell_would_run_is_quoted_in_the_command() {
    let sandbox = Sandbox::start().await.unwrap();
    Client::anonymous(&sandbox).send("`reboot`", "/status", None).await;
    let page = browser(&sandbox).get("/requests").await;
    assert!(text_of(&page.body).contains("curl -sS -X '`reboot`' "), "{}", page.body);
}

#[tokio::test]
async fn only_the_start_of_a_long_body_is_kept_and_the_page_says_so() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = json!({ "amount": "1", "title": "ü".repeat(100_000) });
    Client::backend(&sandbox).post("/payment-link/create", &body).await.expect(201);
    let page = browser(&sandbox).get("/requests").await;
    assert!(page.body.contains("too long to keep"));
    assert!(page.body.len() < 40_000, "{}", page.body.len());
}
