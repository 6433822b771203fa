//! Tests a client crate outside the workspace, generated from its own document. The crate uses `openapi-keys-runtime`
//! instead of a hand-written runtime. Calls send real requests, don't compile with the wrong credential, and can be
//! tested with the runtime's fake transport.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may panic")]

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use mileston_tests::compile::{self, Said, workspace};
use openapi_keys::{Bound, Settings};

const DOCUMENT: &str = include_str!("third_crate/openapi.yaml");
const LIBRARY: &str = include_str!("third_crate/lib.rs.txt");
const CALLS: &str = include_str!("third_crate/calls.rs.txt");
const WRONG_KEY: &str = include_str!("third_crate/wrong_key.rs.txt");
const MANIFEST: &str = include_str!("third_crate/Cargo.toml.txt");

#[test]
fn a_crate_outside_the_workspace_does_not_need_its_own_runtime() {
    let folder = write();
    it_makes_calls_over_loopback_and_with_the_fake_transport(&folder);
    the_wrong_key_does_not_compile(&folder);
    the_runtime_is_the_only_workspace_crate_that_it_depends_on(&folder);
    // If the test fails, the folder stays for inspection.
    std::fs::remove_dir_all(folder).unwrap();
}

#[track_caller]
fn it_makes_calls_over_loopback_and_with_the_fake_transport(folder: &Path) {
    let output = cargo(folder).args(["test", "--test", "calls"]).output().unwrap();
    let said =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(output.status.success(), "{}\n{}", said[0], said[1]);
    let tests = CALLS.matches("#[tokio::test]").count();
    let expected = format!("test result: ok. {tests} passed; 0 failed; 0 ignored");
    assert!(said[0].contains(&expected), "expected {expected:?}:\n{}", said[0]);
}

#[track_caller]
fn the_wrong_key_does_not_compile(folder: &Path) {
    let mut command = cargo(folder);
    // This doesn't use `check`, because a build reuses the dependencies that the tests compiled.
    command.args(["build", "--quiet", "--example", "wrong_key", "--message-format=json"]);
    let output = command.output().unwrap();
    let said: Said = compile::said(&String::from_utf8_lossy(&output.stdout));
    let line = WRONG_KEY.lines().position(|line| line.ends_with("// wrong")).unwrap() + 1;
    let error = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<usize> = said.keys().copied().collect();
    assert_eq!(lines, [line], "exactly one line must fail to compile: {said:#?}\n{error}");
    let [message] = &said[&line][..] else { panic!("expected one error: {said:#?}") };
    // The compiler may name a type by its full path.
    let message = message.replace("weather_stations::", "");
    for expected in [
        "error[E0277]: this operation needs an operator key, but the client holds `StationKey`",
        "needs an `OperatorKey`",
        "operators find their key on the page of their station",
    ] {
        assert!(message.contains(expected), "expected {expected:?}:\n{message}");
    }
}

/// Also checks that the hand-written code is short.
#[track_caller]
fn the_runtime_is_the_only_workspace_crate_that_it_depends_on(folder: &Path) {
    let lock: toml::Table =
        std::fs::read_to_string(folder.join("Cargo.lock")).unwrap().parse().unwrap();
    let packages = lock["package"].as_array().unwrap().iter();
    let ours = packages.filter(|package| package.get("source").is_none());
    let names: BTreeSet<&str> = ours.map(|package| package["name"].as_str().unwrap()).collect();
    assert_eq!(names, BTreeSet::from(["openapi-keys-runtime", "weather-stations"]));
    let lines = LIBRARY.lines().count();
    assert!(lines <= 60, "the client has {lines} hand-written lines");
}

/// Writes the crate, and returns its folder.
fn write() -> PathBuf {
    let folder = folder();
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    let generated =
        openapi_keys::generate(DOCUMENT, &settings()).unwrap_or_else(|error| panic!("{error}"));
    for (name, text) in &generated.client {
        file(&folder, &format!("src/generated/{name}"), text);
    }
    let runtime = format!("{:?}", workspace().join("runtime"));
    file(&folder, "Cargo.toml", &MANIFEST.replace("RUNTIME", &runtime));
    file(&folder, "src/lib.rs", LIBRARY);
    file(&folder, "tests/calls.rs", CALLS);
    file(&folder, "examples/wrong_key.rs", WRONG_KEY);
    // With the workspace's lock file, cargo downloads nothing.
    std::fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

fn settings() -> Settings {
    Settings::new("cargo test -p mileston-tests --test third_crate", "openapi.yaml")
        .with_credential("crate::Credential")
        .with_bounds([
            Bound::new(
                "CanRead",
                "crate::CanRead",
                "a station key or an operator key",
                &[&["stationKey"], &["operatorKey"]],
            ),
            Bound::new("CanWrite", "crate::CanWrite", "an operator key", &[&["operatorKey"]]),
        ])
}

/// Returns a folder outside the workspace. The folder is the same in each run, because cargo builds a package again for
/// each new path, which would make the shared target folder grow.
fn folder() -> PathBuf {
    let mut hasher = DefaultHasher::new();
    workspace().hash(&mut hasher);
    std::env::temp_dir().join(format!("weather-stations-{:016x}", hasher.finish()))
}

fn file(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Returns a cargo command with the workspace's profile, so that other tests share the compiled
/// dependencies.
fn cargo(folder: &Path) -> Command {
    let mut command = compile::cargo(folder);
    command.arg("--config").arg(workspace().join(".cargo/config.toml"));
    command
}
