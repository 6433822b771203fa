//! Installs Debian packages if this process runs as root and `apt-get` is available.

use std::process::{Command, Stdio};

use crate::once::lock;

/// Installs the packages, and returns whether the installation succeeded.
///
/// Without root or `apt-get`, this function does nothing and returns `false`.
#[must_use]
pub fn install(packages: &[&str]) -> bool {
    if !is_root() {
        return false;
    }
    // Tests take turns, because `apt-get update` doesn't wait for another apt-get.
    let Ok(_guard) = lock(&crate::target().join("apt-get")) else { return false };
    let install = [&["install", "-y", "--no-install-recommends"], packages].concat();
    // The package lists may be missing or too old, so only the second attempt shows errors.
    apt_get(&install, Stdio::null())
        || (apt_get(&["update"], Stdio::inherit()) && apt_get(&install, Stdio::inherit()))
}

fn is_root() -> bool {
    let user = Command::new("id").arg("-u").output();
    user.is_ok_and(|user| user.stdout.trim_ascii() == b"0")
}

fn apt_get(arguments: &[&str], stderr: Stdio) -> bool {
    let mut command = Command::new("apt-get");
    // Wait if another program is installing packages, e.g. the system's own updates.
    command.args(["-o", "DPkg::Lock::Timeout=300"]);
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(stderr);
    command.status().is_ok_and(|status| status.success())
}
