//! Submits forms as the pages do.

use mileston_sandbox::Sandbox;

use crate::http::{Client, Reply};
use crate::pages::{attribute, browser, expect_page};

/// Submits a form from one of the sandbox's pages.
pub(crate) async fn send(client: &Client, target: &str, form: &str) -> Reply {
    send_from(client, "same-origin", target, form).await
}

/// Submits a form with the given `Sec-Fetch-Site` header.
pub(crate) async fn send_from(client: &Client, site: &str, target: &str, form: &str) -> Reply {
    let client = client.clone().header("Sec-Fetch-Site", site);
    client.send_as("POST", target, "application/x-www-form-urlencoded", Some(form)).await
}

/// Returns the token in a page's form.
pub(crate) fn token_of(page: &str) -> &str {
    let (_, field) = page.split_once("name=\"token\"").unwrap();
    attribute(field, "value")
}

/// Returns the fields that every form on the developer pages contains.
pub(crate) async fn common(sandbox: &Sandbox) -> String {
    let tab = browser(sandbox).get("/").await;
    expect_page(&tab, 200);
    format!("token={}&business={}&mode=test", token_of(&tab.body), sandbox.business_id())
}
