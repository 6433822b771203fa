//! Follows `docs/start.md` step by step: runs the page's shell commands, and then its program, which
//! creates a payment link in a sandbox.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails at the first unexpected result")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use mileston_api::{Client, reqwest};
use mileston_sandbox::Sandbox;

const PAGE: &str = include_str!("../../docs/start.md");
const PROGRAM: &str = include_str!("../examples/start.rs");

/// A script that replaces cargo, so that the test doesn't use the network. For `cargo run`, the script runs this package's
/// example `start`, which contains the page's program.
const CARGO: &str = r#"case "$*" in
"run -p mileston-sandbox -- serve") [ "$(basename "$PWD")" = mileston-rs ] ;;
"new shop") mkdir -p shop/src ;;
"add mileston-api --git "*) [ "$4" = "$REPOSITORY" ] ;;
"add tokio --features macros,rt-multi-thread") ;;
run) cmp -s src/main.rs "$WRITTEN" && exec "$PROGRAM" ;;
*) echo "unexpected: cargo $*" >&2; exit 1 ;;
esac"#;

/// A script that replaces git, for the same reason.
const GIT: &str = r#"[ "$*" = "clone $REPOSITORY" ] && mkdir mileston-rs"#;

/// Returns the page's code blocks that have this text after the opening fence, such as `sh`.
fn blocks(info: &str) -> Vec<&'static str> {
    let fence = format!("```{info}\n");
    let blocks = PAGE.split(&fence).skip(1);
    blocks.map(|block| block.split("```").next().unwrap()).collect()
}

fn put(folder: &Path, name: &str, script: &str) {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Returns the path of the example, which cargo builds together with the tests.
fn example() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let example = test.parent().unwrap().parent().unwrap().join("examples/start");
    assert!(example.is_file(), "build it first: cargo build -p mileston-book --example start");
    example
}

#[tokio::test]
async fn the_page_leads_to_a_link_that_can_be_paid() {
    let [program] = blocks("rust,no_run")[..] else { panic!("expected one program") };
    assert!(PROGRAM.ends_with(program), "book/examples/start.rs differs from docs/start.md");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("start");
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(folder.join("bin")).unwrap();
    fs::write(folder.join("written.rs"), program).unwrap();
    put(&folder.join("bin"), "cargo", CARGO);
    put(&folder.join("bin"), "git", GIT);

    let [serve, package, run] = blocks("sh")[..] else { panic!("expected three shell blocks") };
    // The reader runs the first block in one terminal, and the other two blocks in a second one.
    let script = format!("({serve})\n{package}cp ../written.rs src/main.rs\n{run}");
    let sandbox = Sandbox::start().await.unwrap();
    let path = std::env::join_paths(
        std::iter::once(folder.join("bin"))
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let output = tokio::task::spawn_blocking({
        let mut command = Command::new("bash");
        command
            .args(["-e", "-c", &script])
            .current_dir(&folder)
            .env("PATH", path.unwrap())
            .env("REPOSITORY", env!("CARGO_PKG_REPOSITORY"))
            .env("WRITTEN", folder.join("written.rs"))
            .env("PROGRAM", example())
            .env("MILESTON_URL", sandbox.url())
            .env("MILESTON_BUSINESS_ID", sandbox.business_id().as_str())
            .env("MILESTON_KEY", sandbox.normal_key().expose_secret());
        move || command.output().unwrap()
    });
    let output = output.await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let link = String::from_utf8(output.stdout).unwrap();

    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let page = http.get(link.trim()).header("accept", "text/html").send().await.unwrap();
    let page = page.text().await.unwrap();
    assert!(page.contains("Pay as a test payer"), "{page}");
    let client = Client::new(sandbox.normal_key().clone(), sandbox.business_id()).unwrap();
    let client = client.with_origin(sandbox.url()).unwrap();
    let links = client.payment_links().list().await.unwrap().payment_data;
    let titles: Vec<_> = links.iter().map(|link| link.title.as_deref()).collect();
    assert_eq!(titles, [Some("Coffee beans")]);
}
