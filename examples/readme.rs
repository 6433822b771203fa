//! Runs the shell blocks in an example's README with a sandbox. The tests of the examples include
//! this file.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use mileston_sandbox::Sandbox;
use tokio::process::Command;

/// The command that starts the sandbox. Each test starts its own sandbox, so the tests only check that the README
/// contains this command, and don't run it.
const SERVE: &str = "cargo run -p mileston-sandbox -- serve\n";

/// A script that replaces cargo. It runs the programs that cargo has already built, and sends commands to the
/// test's sandbox.
const CARGO: &str = r#"#!/bin/sh
case "$*" in
    "run -p $PACKAGE") exec "$PROGRAM" ;;
    "run -p $PACKAGE -- "*) shift 4; exec "$PROGRAM" "$@" ;;
    "run -p mileston-sandbox -- trigger "*)
        id=${7:+", \"id\": \"$7\""}
        exec curl -sf "$MILESTON_URL/_sandbox/trigger" -H 'mileston-sandbox: test' \
            -H 'Content-Type: application/json' -d "{\"event\": \"$6\"$id}" ;;
    *) echo "not in a test: cargo $*" >&2; exit 99 ;;
esac
"#;

/// Returns the blocks of a README after the one that starts the sandbox.
pub(crate) fn blocks(readme: &str) -> Vec<String> {
    let blocks = readme.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    let blocks: Vec<String> = blocks.map(str::to_owned).collect();
    let (serve, rest) = blocks.split_first().expect("a README with commands");
    assert_eq!(serve, SERVE);
    rest.to_vec()
}

/// Returns a shell that runs a script. Its environment has the variables from the sandbox's `export` lines. Dropping
/// the running process's handle kills the process.
pub(crate) fn shell(
    sandbox: &Sandbox,
    folder: &Path,
    package: &str,
    program: &str,
    script: &str,
) -> Command {
    // Each shell gets its own `cargo` script, because a test on a different thread may still be
    // running an earlier one.
    static SHELLS: AtomicUsize = AtomicUsize::new(0);
    let bin = folder.join(format!("bin-{}", SHELLS.fetch_add(1, Ordering::Relaxed)));
    fs::create_dir_all(&bin).unwrap();
    fs::write(bin.join("cargo"), CARGO).unwrap();
    fs::set_permissions(bin.join("cargo"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(std::iter::once(bin).chain(std::env::split_paths(&path))).unwrap();
    let mut command = Command::new("bash");
    command
        .args(["-e", "-c", script])
        .current_dir(folder)
        .kill_on_drop(true)
        .env("PATH", path)
        .env("PACKAGE", package)
        .env("PROGRAM", program)
        .env("MILESTON_URL", sandbox.url())
        .env("MILESTON_BUSINESS_ID", sandbox.business_id().as_str())
        .env("MILESTON_KEY", sandbox.normal_key().expose_secret())
        .env("MILESTON_CHECKOUT_KEY", sandbox.checkout_key().expose_secret())
        .env("MILESTON_WALLET_SECRET", sandbox.wallet_secret().expose_secret());
    command
}

/// Returns a folder for the files of a test.
pub(crate) fn folder(of_tests: &str) -> PathBuf {
    let folder = Path::new(of_tests).join(format!("readme-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}
