//! Installs Debian packages where this process may: as root, with `apt-get`.

use std::process::{Command, Stdio};

/// Installs the packages, and returns whether that worked.
///
/// Without root or `apt-get`, it does nothing and returns `false`.
#[must_use]
pub fn install(packages: &[&str]) -> bool {
    if !is_root() {
        return false;
    }
    let install = [&["install", "-y", "--no-install-recommends"], packages].concat();
    // The lists may be missing or too old.
    apt_get(&install) || (apt_get(&["update"]) && apt_get(&install))
}

fn is_root() -> bool {
    let user = Command::new("id").arg("-u").output();
    user.is_ok_and(|user| user.stdout.trim_ascii() == b"0")
}

fn apt_get(arguments: &[&str]) -> bool {
    let mut command = Command::new("apt-get");
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
