//! Runs the first commands of the README unchanged, so they stay correct.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::http::Client;
use crate::program::Running;
use crate::temporary::Folder;

const README: &str = include_str!("../../README.md");
const SECTION: &str = "## Three commands\n";

/// Returns the shell blocks of the section.
fn blocks() -> Vec<&'static str> {
    let (_, section) = README.split_once(SECTION).expect("the README has this section");
    let section = section.split("\n## ").next().unwrap();
    let blocks = section.split("```sh\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap()).collect()
}

/// Adds a program to the PATH, before any other program with the same name.
fn put(folder: &Path, name: &str, script: &str) {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn shell(folder: &Path, script: &str) -> Command {
    let path = std::env::var_os("PATH").unwrap();
    let first = std::iter::once(folder.to_owned());
    let path = std::env::join_paths(first.chain(std::env::split_paths(&path))).unwrap();
    let mut command = Command::new("bash");
    command.args(["-e", "-c", script]).env("PATH", path).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[tokio::test]
async fn the_three_commands_lead_to_a_checkout_page() {
    let blocks = blocks();
    let [serve, create, open] = blocks[..] else { panic!("three blocks, not {}", blocks.len()) };
    let folder = Folder::new("readme");
    let folder = folder.path();
    // Uses any free port, because another sandbox may be using the default port.
    let program = env!("CARGO_BIN_EXE_mileston-sandbox");
    put(folder, "mileston-sandbox", &format!("exec '{program}' \"$@\" --port 0"));
    // Replaces the browser, and saves the page.
    put(
        folder,
        "xdg-open",
        "echo \"$1\" > opened; exec curl -sf -H 'Accept: text/html' -o page \"$1\"",
    );

    // `exec` replaces the shell with the program, so killing the process later kills the program.
    let mut running = Running::of(shell(folder, &format!("exec {serve}")));
    let mut exports = String::new();
    while exports.lines().count() < 5 {
        let line = running.line();
        assert!(
            !line.is_empty(),
            "the banner ended after {} `export` lines",
            exports.lines().count()
        );
        exports.push_str(if line.starts_with("export ") { &line } else { "" });
    }
    let output = shell(folder, &format!("{exports}{create}{open}")).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{error}");
    let printed = String::from_utf8(output.stdout).unwrap();
    let opened = fs::read_to_string(folder.join("opened")).unwrap();
    assert_eq!(printed, opened, "the URL is printed as well");
    assert!(opened.contains("/payment-link/"), "{opened}");
    let page = fs::read_to_string(folder.join("page")).unwrap();
    assert!(page.contains("Pay as a test payer"), "{page}");

    let url = exports.lines().find_map(|line| line.strip_prefix("export MILESTON_URL=")).unwrap();
    let log = Client::of_url(url)
        .header("mileston-sandbox", "test")
        .get("/_sandbox/requests")
        .await
        .json();
    assert_eq!(log["requests"][0]["operation"], "createPaymentLink", "{log}");
    assert_eq!(log["requests"][0]["status"], 201, "{log}");
    running.kill();
}
