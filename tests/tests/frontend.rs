//! Tests Rust frontends in headless Chromium. The pages have a different origin than the platform. The scripts are in
//! `tests/browser/frontend`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

use std::path::Path;

use mileston_sandbox::Sandbox;
use mileston_tests::{browser, tools};
use serde_json::json;
use wasm_build::{BuildError, Built, Frontend, Server, Site, Toolchain};

/// The maximum download size of `examples/checkout-plain`: the bytes of all files, each compressed by gzip. When the
/// page becomes smaller, lower the limit to about 3% above the page's new size.
const MAX_GZIP: u64 = 187_500;

/// Returns a policy that allows only the page's own files and the platform's origin.
fn policy(origin: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' {origin}; \
         img-src 'self' data:; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_client_works_in_a_page() {
    let found = tools::chromium().and_then(|path| Ok((path, tools::node("tests/browser")?)));
    let found = found.and_then(|tools| Ok((tools, Toolchain::find()?)));
    let ((chromium, (node, folder)), toolchain) = match found {
        Ok(found) => found,
        Err(missing) => return tools::skip("the frontend tests", &missing).unwrap(),
    };
    let built = build(&toolchain);
    let (trial, checkout) = match built {
        Ok(pages) => pages,
        Err(BuildError::Missing(missing)) => {
            return tools::skip("the frontend tests", &missing).unwrap();
        }
        Err(error) => panic!("{error}"),
    };
    check_files(&trial, &checkout);
    let sandbox = Sandbox::start().await.unwrap();
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
        "frontend: {} stories, {} checks, {} requests checked",
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
    let (_, page) = build(&toolchain).unwrap_or_else(|error| panic!("{error}"));
    // Without the compiled code, the page would be small for the wrong reason.
    assert!(page.files.iter().any(|file| file.path.ends_with(".wasm") && file.raw > 0), "{page}");
    assert!(page.gzip() <= MAX_GZIP, "more than {MAX_GZIP} bytes, gzipped:\n{page}");
    tools::say(&format!("frontend: visitors download {} bytes (limit {MAX_GZIP})", page.gzip()));
}

fn site(built: &Built) -> Site {
    Site::new(&built.folder)
}

/// Serves a page with settings in its `<meta>` tags and in files.
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

/// The environment variables for both builds: a Normal key, which must not be in any page, and a Checkout key, which
/// only the test page contains.
const MARKED: [(&str, &str); 2] = [
    ("MILESTON_KEY", "Mileston_TEST_fakeMarkedNormal"),
    ("MILESTON_CHECKOUT_KEY", "Mileston_TEST_CHECKOUTKEY_fakeMarkedCheckout"),
];

/// Builds the test page, and the example as it is released.
fn build(toolchain: &Toolchain) -> Result<(Built, Built), BuildError> {
    let marked = |frontend: Frontend| {
        MARKED.iter().fold(frontend, |frontend, (name, value)| frontend.variable(name, value))
    };
    let trial = marked(Frontend::new("tests/frontend-trial")).optimised(false).build(toolchain)?;
    let checkout = marked(Frontend::new("examples/checkout-plain")).build(toolchain)?;
    Ok((trial, checkout))
}

/// Checks that no served file contains the marked Normal key. As a control, the search finds the Checkout key.
fn check_files(trial: &Built, checkout: &Built) {
    let [(_, normal), (_, built_in)] = MARKED;
    let holders = |page: &Built, key: &str| {
        let paths = page.files.iter().map(|file| page.folder.join(&file.path));
        paths.filter(|path| contains(path, key)).count()
    };
    for page in [trial, checkout] {
        assert!(page.files.iter().any(|file| file.path.ends_with(".wasm")), "{page}");
        assert_eq!(holders(page, normal), 0, "{page}");
    }
    assert_eq!((holders(trial, built_in), holders(checkout, built_in)), (1, 0));
}

fn contains(file: &Path, text: &str) -> bool {
    let bytes = std::fs::read(file).unwrap();
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
