//! Runs the command in the README as written.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails at the first unexpected result")]

use std::process::Command;

#[test]
fn the_command_shows_what_the_copies_share_and_stops_everything() {
    let readme = include_str!("../README.md");
    assert!(readme.contains("```sh\ncargo run -p fleet\n```"), "{readme}");
    if let Err(missing) = tools::redis_server().and_then(|_| tools::postgres()) {
        return tools::skip("fleet", &missing).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_fleet")).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert_eq!(errors, "", "no copy reports an error");
    let shown = String::from_utf8(output.stdout).unwrap();
    for step in ["fulfilled once", "rejected none", "It exists once"] {
        assert!(shown.contains(step), "{shown}");
    }
}

#[test]
fn an_unknown_argument_is_rejected() {
    let output = Command::new(env!("CARGO_BIN_EXE_fleet")).arg("--sty").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "usage: fleet [--stay]\n");
}
