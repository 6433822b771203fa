//! A pair of cargo and rustc, and checks of what it can build.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target that frontends are built for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A pair of cargo and rustc.
#[derive(Clone, Debug)]
pub(super) struct Compiler {
    pub(super) cargo: OsString,
    pub(super) rustc: PathBuf,
    pub(super) version: Version,
    folder: PathBuf,
}

impl Compiler {
    /// Returns the compiler that cargo uses in this folder.
    pub(super) fn default_of(folder: &Path) -> Option<Self> {
        let program = |variable: &str, name: &str| {
            std::env::var_os(variable).unwrap_or_else(|| OsString::from(name))
        };
        Compiler::new(program("CARGO", "cargo"), program("RUSTC", "rustc").into(), folder)
    }

    /// Returns the system's compiler, `/usr/bin/rustc` and `/usr/bin/cargo`, if it is new enough.
    pub(super) fn of_system() -> Option<Self> {
        let (cargo, rustc) = (Path::new("/usr/bin/cargo"), Path::new("/usr/bin/rustc"));
        let found = cargo.is_file() && rustc.is_file();
        let found = found.then(|| Compiler::new(cargo.into(), rustc.into(), Path::new("/")));
        found.flatten().filter(|it| it.version.number >= REQUIRED)
    }

    fn new(cargo: OsString, rustc: PathBuf, folder: &Path) -> Option<Self> {
        let said = ask(&rustc, folder, &["-vV"])?;
        let version = Version::parse(&said)?;
        Some(Compiler { cargo, rustc, version, folder: folder.to_path_buf() })
    }

    /// Returns the folder of the compiler's sysroot.
    pub(super) fn sysroot(&self) -> Option<PathBuf> {
        ask(&self.rustc, &self.folder, &["--print", "sysroot"]).map(PathBuf::from)
    }

    /// Returns whether the compiler has the standard library for [`TARGET`].
    pub(super) fn has_target(&self) -> bool {
        let folder =
            ask(&self.rustc, &self.folder, &["--print", "target-libdir", "--target", TARGET]);
        let entries = folder.and_then(|folder| std::fs::read_dir(folder).ok());
        let mut names = entries.into_iter().flatten().filter_map(Result::ok);
        names.any(|entry| is_std(&entry.file_name()))
    }
}

fn is_std(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("libstd-") && name.ends_with(".rlib")
}

fn ask(rustc: &Path, folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(rustc);
    // Never download a toolchain that the user didn't request.
    command.args(arguments).current_dir(folder).env("RUSTUP_AUTO_INSTALL", "0");
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim_end().to_owned())
}

/// The Rust version that this workspace's tests need. The published crates support an older version.
const REQUIRED: (u32, u32) = (1, 89);

/// The output of `rustc -vV`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) host: String,
    /// The major version of LLVM: 22 in 22.1.8.
    pub(super) llvm_major: String,
    number: (u32, u32),
    release: String,
    commit: String,
    llvm: String,
}

impl Version {
    fn parse(said: &str) -> Option<Self> {
        let field = |name: &str| {
            let mut lines = said.lines().filter_map(|line| line.split_once(": "));
            lines.find(|(found, _)| *found == name).map(|(_, value)| value.trim().to_owned())
        };
        let (release, llvm) = (field("release")?, field("LLVM version")?);
        let mut numbers = release.split('.');
        let number = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
        let commit: String = field("commit-hash").unwrap_or_default().chars().take(9).collect();
        let llvm_major = llvm.split('.').next()?.to_owned();
        Some(Version { host: field("host")?, llvm_major, number, release, commit, llvm })
    }

    /// Returns a name that differs for compilers whose output is incompatible. The name can be used
    /// as a file name.
    pub(super) fn name(&self) -> String {
        format!("{}-{}-llvm{}", self.release, self.commit, self.llvm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)\nbinary: rustc\n\
        commit-hash: ac68faa20c58cbccd01ee7208bf3b6e93a7d7f96\ncommit-date: 2026-05-25\n\
        host: x86_64-unknown-linux-gnu\nrelease: 1.96.0\nLLVM version: 22.1.8\n";

    #[test]
    fn the_version_that_rustc_prints_is_parsed() {
        let version = Version::parse(SAID).unwrap();
        assert_eq!(version.name(), "1.96.0-ac68faa20-llvm22.1.8");
        assert_eq!(version.number, (1, 96));
        assert_eq!(version.host, "x86_64-unknown-linux-gnu");
        assert_eq!(version.llvm_major, "22");
    }

    #[test]
    fn a_different_compiler_has_a_different_name() {
        let name = |said: &str| Version::parse(said).unwrap().name();
        let others = [
            ("release: 1.96.0", "release: 1.96.1"),
            ("ac68faa20c", "bc68faa20c"),
            ("22.1.8", "22.1.9"),
        ];
        for (from, to) in others {
            assert_ne!(name(&SAID.replace(from, to)), name(SAID), "{to}");
        }
    }

    #[test]
    fn a_compiler_below_the_required_version_is_too_old() {
        let old = SAID.replace("release: 1.96.0", "release: 1.63.0");
        assert!(Version::parse(&old).unwrap().number < REQUIRED);
        assert_eq!(Version::parse("release: new"), None);
    }

    #[test]
    fn only_the_rlib_of_std_counts() {
        for (name, expected) in [
            ("libstd-4ce1b6a9bf1a2f1c.rlib", true),
            ("libstd-4ce1b6a9bf1a2f1c.so", false),
            ("librustc_std_workspace_std-1.rlib", false),
        ] {
            assert_eq!(is_std(OsStr::new(name)), expected, "{name}");
        }
    }
}
