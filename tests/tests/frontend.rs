//! Rust frontends in headless Chromium, on another origin than the platform's (`tests/browser/frontend`).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::path::{Path, PathBuf};

use mileston_sandbox::Sandbox;
use mileston_tests::{browser, tools};
use serde_json::json;
use wasm_build::{Built, Frontend, Server, Site, Toolchain};

/// How much a visitor of `examples/checkout-plain` may download: bytes of all files, each compressed by gzip. Lower it whenever
/// the page becomes smaller, to about 3 % above its size.
const MAX_GZIP: u64 = 296_000;

/// Nothing but the page's own files, and the platform's origin.
fn policy(origin: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' {origin}; \
         img-src 'self' data:; base-uri 'none'; form-action 'none'"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_client_in_a_page() {
    let found = tools::chromium().and_then(|path| Ok((path, tools::node("tests/browser")?)));
    let found = found.and_then(|tools| Ok((tools, Toolchain::find()?)));
    let ((chromium, (node, folder)), toolchain) = match found {
        Ok(found) => found,
        Err(missing) => return tools::skip("the tests of frontends", &missing).unwrap(),
    };
    let trial = Frontend::new("tests/frontend-trial").optimised(false).build(&toolchain);
    let trial = trial.unwrap_or_else(|error| panic!("{error}"));
    // As its visitors get it.
    let checkout = Frontend::new("examples/checkout-plain").build(&toolchain);
    let checkout = checkout.unwrap_or_else(|error| panic!("{error}"));
    let sandbox = Sandbox::start().await.unwrap();
    check_files(&trial, sandbox.normal_key().expose_secret());
    check_files(&checkout, sandbox.normal_key().expose_secret());
    let plain = site(&trial).start().await.unwrap();
    let strict = site(&trial).header("content-security-policy", policy(sandbox.url()));
    let strict = strict.start().await.unwrap();
    let with_meta = with_settings(&trial, &sandbox).await;
    let bare = site(&checkout).start().await.unwrap();
    let checkout = site(&checkout)
        .meta("mileston-checkout-key", sandbox.checkout_key().expose_secret())
        .meta("mileston-business-id", sandbox.business_id().as_str())
        .meta("mileston-origin", sandbox.url())
        .header("content-security-policy", policy(sandbox.url()));
    let checkout = checkout.start().await.unwrap();
    let settings = json!({
        "url": sandbox.url(),
        "businessId": sandbox.business_id().as_str(),
        "normalKey": sandbox.normal_key().expose_secret(),
        "checkoutKey": sandbox.checkout_key().expose_secret(),
        "chromium": chromium,
        "trial": plain.url(),
        "strict": strict.url(),
        "meta": with_meta.url(),
        "checkout": checkout.url(),
        "bare": bare.url(),
        "screenshots": browser::screenshots(),
    });
    let run = browser::run((&node, &folder), "frontend.mjs", &settings).await;
    let run = run.unwrap_or_else(|error| panic!("{error}"));
    println!("{}", run.text);
    let count = |name: &str| run.counts[name].as_u64().unwrap();
    tools::say(&format!(
        "frontend: {} stories, {} checks, {} requests looked at",
        count("stories"),
        count("checks"),
        count("requests"),
    ));
    assert_eq!(count("failed"), 0, "{}", run.text);
    assert!(count("stories") > 0 && count("checks") > 0 && count("requests") > 0);
}

#[test]
fn the_example_page_stays_small() {
    let found = Toolchain::find().and_then(|found| tools::node("wasm-build/node").map(|_| found));
    let toolchain = match found {
        Ok(toolchain) => toolchain,
        Err(missing) => return tools::skip("the size of the example page", &missing).unwrap(),
    };
    let page = Frontend::new("examples/checkout-plain").build(&toolchain);
    let page = page.unwrap_or_else(|error| panic!("{error}"));
    // What makes it large is there.
    assert!(page.files.iter().any(|file| file.path.ends_with(".wasm") && file.raw > 0), "{page}");
    assert!(page.gzip() <= MAX_GZIP, "more than {MAX_GZIP} bytes of gzip:\n{page}");
    tools::say(&format!("frontend: visitors download {} bytes, at most {MAX_GZIP}", page.gzip()));
}

fn site(built: &Built) -> Site {
    Site::new(&built.folder)
}

/// A page with settings in its `<meta>` tags, and in files.
async fn with_settings(built: &Built, sandbox: &Sandbox) -> Server {
    let (key, business_id) = (sandbox.checkout_key().expose_secret(), sandbox.business_id());
    let file = |key: &str| {
        json!({"checkoutKey": key, "businessId": business_id.as_str(), "origin": sandbox.url()})
            .to_string()
    };
    site(built)
        .meta("mileston-checkout-key", key)
        .meta("mileston-business-id", business_id.as_str())
        .meta("mileston-origin", sandbox.url())
        .file("/config.json", file(key))
        .file("/normal-key.json", file("Mileston_TEST_fake0123"))
        .start()
        .await
        .unwrap()
}

/// Checks that no file that is served has the key.
fn check_files(built: &Built, key: &str) {
    let files: Vec<PathBuf> =
        built.files.iter().map(|file| built.folder.join(&file.path)).collect();
    assert!(files.iter().any(|file| file.extension().is_some_and(|it| it == "wasm")));
    for file in &files {
        assert!(!contains(file, key), "{}", file.display());
    }
    // The search finds what is there.
    let known = "mileston-checkout-key";
    assert!(files.iter().any(|file| contains(file, known)));
}

fn contains(file: &Path, text: &str) -> bool {
    let bytes = std::fs::read(file).unwrap();
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
