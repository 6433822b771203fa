//! A sandbox behind a reverse proxy, under a path.

use std::collections::{BTreeSet, VecDeque};

use mileston_sandbox::Sandbox;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::forms;
use crate::http::Client;
use crate::pages::{BROWSER, expect_page, things};

const URL: &str = "https://dev.example/sandbox";
const TOKEN: &str = "fake-token-0123456789";

/// What a proxy does with a request.
#[derive(Clone, Copy, Debug)]
struct Proxy {
    /// Whether the proxy removes the sandbox's path prefix.
    strips: bool,
    /// Whether the proxy passes on the `Host` that the browser sent.
    keeps_host: bool,
}

const PROXIES: [Proxy; 4] = [
    Proxy { strips: true, keeps_host: true },
    Proxy { strips: true, keeps_host: false },
    Proxy { strips: false, keeps_host: true },
    Proxy { strips: false, keeps_host: false },
];

async fn sandbox() -> Sandbox {
    Sandbox::builder().public_url(format!("{URL}/")).token(TOKEN).start().await.unwrap()
}

impl Proxy {
    /// Starts the proxy, and returns a client that reaches the sandbox through it.
    async fn before(self, sandbox: &Sandbox) -> Client {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, sandbox) = (listener.local_addr().unwrap(), sandbox.address());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(self.pass(stream, sandbox));
            }
        });
        Client::of_url(&format!("http://{address}")).with_host("dev.example")
    }

    async fn pass(self, mut browser: TcpStream, sandbox: std::net::SocketAddr) {
        let mut request = Vec::new();
        while !request.windows(4).any(|end| end == b"\r\n\r\n") {
            assert_ne!(browser.read_buf(&mut request).await.unwrap(), 0);
        }
        let text = String::from_utf8(request).unwrap();
        let text = if self.strips { text.replacen(" /sandbox", " ", 1) } else { text };
        let text = match self.keeps_host {
            true => text,
            false => text.replacen("Host: dev.example", &format!("Host: {sandbox}"), 1),
        };
        let mut server = TcpStream::connect(sandbox).await.unwrap();
        server.write_all(text.as_bytes()).await.unwrap();
        drop(tokio::io::copy_bidirectional(&mut browser, &mut server).await);
    }
}

/// Returns the addresses in a page: links, forms, assets, and what its script fetches.
fn addresses(page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for attribute in [" href=\"", " src=\"", " action=\"", " data-qr=\""] {
        for part in page.split(attribute).skip(1) {
            let address = part.split_once('"').unwrap().0.replace("&amp;", "&");
            // In a browser, the page's script adds this query.
            let text = if attribute == " data-qr=\"" { "?text=0xfa4e" } else { "" };
            found.insert(format!("{address}{text}"));
        }
    }
    found
}

#[tokio::test]
async fn every_address_in_every_page_leads_through_the_proxy() {
    let sandbox = sandbox().await;
    for proxy in PROXIES {
        let client = proxy.before(&sandbox).await;
        let key = sandbox.normal_key().expose_secret();
        let backend = client.clone().header("apikey", key);
        let backend = backend.header("businessid", sandbox.business_id().as_str());
        let mut waiting: VecDeque<String> = VecDeque::from(["/sandbox/".to_owned()]);
        let body = json!({ "amount": "1", "title": "t" });
        let made = backend.post("/sandbox/payment-link/create", &body).await.expect(201);
        let link = made["paymentLink"].as_str().unwrap();
        waiting.push_back(link.strip_prefix("https://dev.example").unwrap().to_owned());

        let cookie = sign_in(&client, "/sandbox/_sandbox/sign-in").await;
        let browser = client.header("Accept", BROWSER).header("Cookie", &cookie);
        let (mut seen, mut pages) = (BTreeSet::new(), 0);
        while let Some(target) = waiting.pop_front() {
            if !seen.insert(target.clone()) {
                continue;
            }
            let reply = browser.get(&target).await;
            assert!([200, 404].contains(&reply.status), "{proxy:?}: {target}: {}", reply.status);
            if !reply.head.contains("content-type: text/html") {
                continue;
            }
            pages += 1;
            for address in addresses(&reply.body) {
                assert!(address.starts_with("/sandbox/"), "{proxy:?}: {target}: {address}");
                // All other addresses belong to forms, and accept only POST.
                if !address.contains("/_sandbox/keys") && !address.contains("-forms/") {
                    waiting.push_back(address);
                }
            }
        }
        assert!(pages >= 6, "{pages}: {seen:?}");
        assert!(seen.iter().any(|target| target.ends_with("/assets/style.css")), "{seen:?}");
    }
}

async fn sign_in(client: &Client, target: &str) -> String {
    let client = client.clone().header("Sec-Fetch-Site", "same-origin");
    let kind = "application/x-www-form-urlencoded";
    let head = client.raw_head("POST", target, kind, &format!("access={TOKEN}&next=/")).await;
    let (_, rest) = head.split_once("mileston-sandbox-").unwrap();
    assert!(head.to_ascii_lowercase().contains("\r\nlocation: /sandbox/\r\n"), "{head}");
    assert!(rest.contains("; Path=/sandbox/; HttpOnly; SameSite=Strict; Secure\r\n"), "{head}");
    format!("mileston-sandbox-{}", rest.split_once(';').unwrap().0)
}

#[tokio::test]
async fn a_checkout_page_can_fetch_its_record() {
    let sandbox = sandbox().await;
    for proxy in PROXIES {
        let client = proxy.before(&sandbox).await;
        let backend = client.clone().header("apikey", sandbox.normal_key().expose_secret());
        let backend = backend.header("businessid", sandbox.business_id().as_str());
        let body = json!({ "amount": "1" });
        let made = backend.post("/sandbox/payment-link/create", &body).await.expect(201);
        let id = made["paymentData"]["paymentLinkId"].as_str().unwrap();
        let page = client.clone().header("Accept", BROWSER);
        let page = page.get(&format!("/sandbox/payment-link/{id}")).await;
        expect_page(&page, 200);
        assert!(page.body.contains("data-base=\"/sandbox\""), "{}", page.body);
        let key = page.body.split_once("data-key=\"").unwrap().1.split_once('"').unwrap().0;
        let payer = client.header("apikey", key);
        let payer = payer.header("businessid", sandbox.business_id().as_str());
        let data = payer.get(&format!("/sandbox/checkout/data/paymentlink.get/{id}")).await;
        data.expect(200);
    }
}

#[tokio::test]
async fn only_pages_of_the_public_url_may_send_forms() {
    let sandbox = sandbox().await;
    for proxy in PROXIES {
        let client = proxy.before(&sandbox).await.header("Accept", BROWSER);
        let target = "/sandbox/_sandbox/sign-in";
        let kind = "application/x-www-form-urlencoded";
        let form = format!("access={TOKEN}");
        for (name, value, status) in [
            ("Origin", "https://dev.example", 303),
            ("Sec-Fetch-Site", "same-origin", 303),
            ("Origin", "https://evil.example", 403),
            ("Origin", "null", 403),
            ("Sec-Fetch-Site", "cross-site", 403),
            ("Sec-Fetch-Site", "same-site", 403),
        ] {
            let client = client.clone().header(name, value);
            let reply = client.send_as("POST", target, kind, Some(&form)).await;
            assert_eq!(reply.status, status, "{proxy:?} {name} {value}: {}", reply.body);
        }
        let unsigned = forms::send(&client, "/sandbox/_sandbox/keys/create", &form).await;
        assert_eq!(unsigned.status, 401);
    }
}

#[tokio::test]
async fn pages_of_other_sites_get_the_same_permissions_as_without_a_proxy() {
    let sandbox = sandbox().await;
    for proxy in PROXIES {
        let client = proxy.before(&sandbox).await.header("Origin", "https://shop.example");
        let ask = client.header("Access-Control-Request-Method", "GET");
        let open = "/sandbox/checkout/data/invoice.get/x";
        let reply = ask.send_as("OPTIONS", open, "", None).await;
        assert_eq!(reply.status, 204, "{}", reply.head);
        assert!(reply.head.contains("access-control-allow-origin: *"), "{}", reply.head);
        for closed in ["/sandbox/invoice/x", "/sandbox/_sandbox", "/sandbox/"] {
            let reply = ask.send_as("OPTIONS", closed, "", None).await;
            assert!(!reply.head.contains("access-control-allow"), "{closed}: {}", reply.head);
        }
    }
}

#[tokio::test]
async fn pages_can_also_be_opened_without_the_proxy() {
    let sandbox = sandbox().await;
    let direct = Client::of_url(&format!("http://{}", sandbox.address())).header("Accept", BROWSER);
    let key = sandbox.normal_key().expose_secret();
    let backend = Client::of_url(&format!("http://{}", sandbox.address())).header("apikey", key);
    let backend = backend.header("businessid", sandbox.business_id().as_str());
    for page in things(&backend).await {
        let page = page.strip_prefix("/sandbox").unwrap_or(&page);
        expect_page(&direct.get(page).await, 200);
        expect_page(&direct.get(&format!("/sandbox{page}")).await, 200);
    }
}
