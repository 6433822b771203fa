//! Tests that the terminal pictures in `docs/pictures` show the current output of the compiler and
//! the demo.
//!
//! `UPDATE_EXPECT=1 cargo test -p mileston-tests --test pictures` redraws them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

use std::path::PathBuf;
use std::process::Command;

use mileston_tests::compile::{Package, workspace};
use mileston_tests::pictures::{film, still, wrap};

/// The width of the terminals, in columns. With this width, a picture is as wide as a page on GitHub.
const WIDTH: usize = 100;

#[test]
fn the_picture_of_the_wrong_key_shows_the_compilers_error() {
    let mistake = "tests/mistakes/checkout_key_in_a_backend.rs";
    let code = std::fs::read_to_string(workspace().join(mistake)).unwrap();
    let package = Package::new("picture", &workspace()).unwrap();
    let output = package
        .command(&code)
        .unwrap()
        .args(["check", "--lib", "--quiet", "--color=always"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    // The rest of the error lists the types that implement the trait, and shows where the bound is.
    let (first, _) = said.split_once("\x1b[0m: the following other types").unwrap();
    let lines: Vec<&str> = first.lines().collect();
    let prompt = "\x1b[1m$ cargo check\x1b[0m\n";
    let text = format!("{prompt}{}\n…\n", lines[..lines.len() - 1].join("\n"));
    let title =
        "The compiler's error if a backend holds a Checkout key: this operation needs a Normal key";
    compare("wrong-key.svg", &still(title, &wrap(&text, WIDTH)));
}

#[test]
fn the_picture_of_the_demo_shows_its_output() {
    let output = Command::new(option_env!("CARGO").unwrap_or("cargo"))
        .args([
            "run",
            "--offline",
            "--quiet",
            "--bin",
            "mileston-demo",
            "--features",
            xtask::FEATURES,
        ])
        .current_dir(workspace())
        .env("CLICOLOR_FORCE", "1")
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let mut parts = vec!["\x1b[1m$ cargo xtask demo\x1b[0m\n\n".to_owned()];
    for line in wrap(&said, WIDTH).lines() {
        if starts_a_step(line) {
            parts.push(String::new());
        }
        let last = parts.last_mut().unwrap();
        last.push_str(line);
        last.push('\n');
    }
    assert!(parts.len() > 40, "too few steps were found: {said}");
    let title = "A recording of cargo xtask demo: payments from the first call to the last";
    compare("demo.svg", &film(title, &parts, 26));
}

/// Returns whether a line of the demo is the first line of a step: `  12  It gets the invoice.`
fn starts_a_step(line: &str) -> bool {
    line.trim_start().split_once("  ").is_some_and(|(number, _)| number.parse::<u32>().is_ok())
}

/// Masks what differs between runs: ids, the sandbox's addresses and the duration of the demo.
fn masked(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let masked = words.iter().enumerate().map(|(at, word)| {
        let seconds = words.get(at + 1).is_some_and(|next| next.starts_with("s.<"));
        if seconds || word.contains("127.0.0.1:") || word.split(['<', '>']).any(is_uuid) {
            "#"
        } else {
            word
        }
    });
    masked.collect::<Vec<_>>().join(" ")
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.matches('-').count() == 4
}

#[test]
fn ids_ports_and_times_are_masked() {
    let (one, two) = (
        "id f0144bab-c2eb-4cef-9020-072e4bb1e715</tspan> at http://127.0.0.1:45613/invoice, 0.15 s.</tspan>",
        "id f37030c7-df8d-452b-af10-fe761ba43c7b</tspan> at http://127.0.0.1:35051/invoice, 1.02 s.</tspan>",
    );
    assert_eq!(masked(one), masked(two));
    assert_ne!(masked("120.00"), masked("100.00"));
}

fn compare(name: &str, drawn: &str) {
    let path: PathBuf = workspace().join("docs/pictures").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        masked(&kept) == masked(drawn),
        "docs/pictures/{name} differs from the current output: `UPDATE_EXPECT=1 cargo test -p mileston-tests --test \
         pictures` redraws it"
    );
}
