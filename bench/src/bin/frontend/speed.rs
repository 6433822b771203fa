//! Measures how soon visitors can use a page, by loading it in headless Chromium.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use mileston_api::{Client, PaymentLinkId};
use mileston_bench::Failure;
use mileston_bench::statistics::median;
use mileston_sandbox::Sandbox;
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::Builder;
use wasm_build::{Built, Server, Site};

use crate::button;

/// The payment link's title, which the page shows.
const TITLE: &str = "Coffee beans";

/// The times of one load of a page, in milliseconds since the navigation began.
#[derive(Deserialize)]
struct Load {
    /// The time at which a visitor could use the page.
    ready: f64,
    /// The time at which the browser finished drawing the page.
    drawn: f64,
}

/// Loads both pages alternately, and prints how long the loads took.
///
/// # Errors
///
/// Returns an error if Chromium or Node.js is missing, a page doesn't become usable, or one of a page's files fails to download.
pub(crate) fn print(page: &Built, button: &Built, loads: usize) -> Result<(), Failure> {
    let chromium = tools::chromium()?;
    let (node, folder) = tools::node("bench/frontend")?;
    // The servers run on a separate thread, while this thread waits for the script.
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let (sandbox, link) = runtime.block_on(shop())?;
    let site = Site::new(&page.folder)
        .meta("mileston-checkout-key", sandbox.checkout_key().expose_secret())
        .meta("mileston-business-id", sandbox.business_id().as_str())
        .meta("mileston-origin", sandbox.url());
    let (ours, theirs) = runtime.block_on(async {
        Ok::<_, Failure>((site.start().await?, Site::new(&button.folder).start().await?))
    })?;
    let settings = json!({
        "chromium": chromium,
        "loads": loads,
        "pages": [
            {
                "url": format!("{}/?link={link}", ours.url()),
                // The payer can choose a network.
                "selector": "main[data-state=ready] input[name=network]:enabled",
                "shows": TITLE,
            },
            // The component sets the button's label and enables the button.
            {"url": theirs.url(), "selector": "button:enabled:not(:empty)", "shows": "Pay Now"},
        ],
    });
    let times = run(&node, &folder, &settings.to_string())?;
    check_downloads(page, &ours)?;
    check_downloads(button, &theirs)?;
    table(&times);
    Ok(())
}

/// Starts a sandbox and creates a payment link in it. Returns the sandbox and the link's id.
async fn shop() -> Result<(Sandbox, PaymentLinkId), Failure> {
    let sandbox = Sandbox::start().await?;
    let backend = Client::new(sandbox.normal_key().clone(), sandbox.business_id())?;
    let backend = backend.with_origin(sandbox.url())?;
    let created = backend.payment_links().create("12.50").title(TITLE).await?;
    let link = created.payment_data()?.payment_link_id.clone();
    Ok((sandbox, link))
}

/// Runs the script that loads the pages, and returns the times of each page.
fn run(node: &Path, folder: &Path, settings: &str) -> Result<[Vec<Load>; 2], Failure> {
    let mut script = Command::new(node)
        .arg("loads.mjs")
        .current_dir(folder)
        .env_remove("NODE_OPTIONS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    // The settings contain keys, so they are passed on standard input instead of as an argument. The input is closed
    // after writing, because the script waits for the end of its input.
    script.stdin.take().ok_or("the script has no input")?.write_all(settings.as_bytes())?;
    let output = script.wait_with_output()?;
    if !output.status.success() {
        return Err("a page can't be loaded; Chromium's messages are above".into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Checks that a visitor downloads all of the page's files, because the reported size includes all of them.
fn check_downloads(page: &Built, server: &Server) -> Result<(), Failure> {
    let requests = server.requests();
    let paths = requests.iter().map(|request| match request.target.split(['?', '#']).next() {
        None | Some("/") => "index.html",
        Some(path) => path.trim_start_matches('/'),
    });
    let downloaded: BTreeSet<&str> = paths.collect();
    let files: BTreeSet<&str> = page.files.iter().map(|file| file.path.as_str()).collect();
    if downloaded == files {
        return Ok(());
    }
    Err(format!("the page has the files {files:?}, but a visitor downloads {downloaded:?}").into())
}

fn table([ours, theirs]: &[Vec<Load>; 2]) {
    println!("Load times in milliseconds, over {} loads of each page.\n", ours.len());
    println!("| page | ready | min | max | drawn | min | max |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for (name, loads) in [("checkout-plain", ours), (button::NAME, theirs)] {
        let [ready, drawn] = [of(loads, |load| load.ready), of(loads, |load| load.drawn)];
        println!("| {name} | {ready} | {drawn} |");
    }
    let ratio =
        |time: fn(&Load) -> f64| median(ours.iter().map(time)) / median(theirs.iter().map(time));
    let (ready, drawn) = (ratio(|load| load.ready), ratio(|load| load.drawn));
    println!("| ratio | {ready:.2} | | | {drawn:.2} | | |");
}

/// Returns three table cells: median, minimum and maximum.
fn of(loads: &[Load], time: fn(&Load) -> f64) -> String {
    let times = || loads.iter().map(time);
    let (least, most) = (times().fold(f64::NAN, f64::min), times().fold(f64::NAN, f64::max));
    format!("**{:.0}** | {least:.0} | {most:.0}", median(times()))
}
