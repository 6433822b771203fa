//! Finds the libraries that a program loads.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::files::run;

/// Returns the program's libraries and its loader, as `ldd` finds them on this machine.
pub(super) fn of(program: &Path) -> Result<Vec<PathBuf>, String> {
    parse(&run(Command::new("ldd").arg(program).env("LC_ALL", "C"))?)
        .map_err(|problem| format!("{}: {problem}", program.display()))
}

/// Reads lines such as `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)` and `/lib64/ld-linux-x86-64.so.2 (0x…)`.
/// Skips libraries without a path, which the kernel provides.
fn parse(said: &str) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for line in said.lines() {
        let line = line.trim();
        if line.ends_with("=> not found") {
            return Err(format!("a library is missing on this machine: {line}"));
        }
        let path = line.split_once("=> ").map_or(line, |(_, path)| path);
        let path = path.split(" (").next().unwrap_or(path);
        if path.starts_with('/') {
            found.push(PathBuf::from(path));
        }
    }
    if found.is_empty() {
        Err(format!("`ldd` doesn't list any libraries: {said}"))
    } else {
        Ok(found)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may panic")]
mod tests {
    use super::*;

    #[test]
    fn libraries_and_the_loader_are_found() {
        let said = "\tlinux-vdso.so.1 (0x00007ffd)\n\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)\n\
                    \t/lib64/ld-linux-x86-64.so.2 (0x00007f)\n";
        let expected = ["/lib/x86_64-linux-gnu/libc.so.6", "/lib64/ld-linux-x86-64.so.2"];
        assert_eq!(parse(said).unwrap(), expected.map(PathBuf::from));
    }

    #[test]
    fn a_missing_library_is_named() {
        let said = parse("\tlibodd.so.1 => not found\n").unwrap_err();
        assert_eq!(said, "a library is missing on this machine: libodd.so.1 => not found");
        assert!(parse("\tstatically linked\n").is_err());
    }
}
