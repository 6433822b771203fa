//! A sysroot with a standard library for [`TARGET`], built from the compiler's own sources.
//!
//! With such a sysroot, cargo needs neither `-Z build-std` nor `RUSTC_BOOTSTRAP`, and std is built once instead of once
//! for each set of flags.

use std::fs;
use std::io;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tools::once::{is_marked, lock};
use tools::{Missing, say};

use super::compiler::{Compiler, TARGET, Version};

/// The way in which the standard library is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Std {
    /// Optimised as in rustup's toolchains.
    Standard,
    /// Optimised for size, at the cost of speed.
    Small,
}

impl Std {
    /// Returns a file name for the library. The name differs from `version.name()`, which is the name for a library
    /// that came with the compiler.
    pub(super) fn name(self, version: &Version) -> String {
        match self {
            Std::Standard => format!("{}-built", version.name()),
            Std::Small => format!("{}-built-small", version.name()),
        }
    }

    fn manifest(self) -> String {
        let level = match self {
            Std::Standard => "3",
            Std::Small => "\"z\"",
        };
        format!(
            "[package]\nname = \"{EMPTY}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [profile.release]\nopt-level = {level}\ncodegen-units = 1\npanic = \"abort\"\n"
        )
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Std::Standard => &["-Zbuild-std=std,panic_abort"],
            Std::Small => {
                &["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]
            }
        }
    }
}

/// The name of the empty crate that is compiled to build std. The sysroot doesn't contain this crate.
const EMPTY: &str = "empty";

/// Returns the path to the sysroot's compiler. The file has the name that cargo and other tools expect.
pub(super) fn rustc(sysroot: &Path) -> PathBuf {
    sysroot.join("bin/rustc")
}

/// Returns a script that calls the compiler with the sysroot that contains the script.
fn script(compiler: &Path) -> String {
    let quoted = compiler.display().to_string().replace('\'', r"'\''");
    format!("#!/bin/sh\nexec '{quoted}' --sysroot \"${{0%/*}}/..\" \"$@\"\n")
}

/// Returns the sysroot in `folder`. Creates it if needed, or waits if another process is creating it.
pub(super) fn get(compiler: &Compiler, std: Std, folder: &Path) -> Result<PathBuf, Missing> {
    let sysroot = folder.join("sysroot");
    make(compiler, std, folder, &sysroot).map_err(|error| {
        Missing(format!(
            "cannot build std for {TARGET} in {}: {error}\nto avoid building it, run `rustup target add {TARGET}`",
            folder.display()
        ))
    })?;
    Ok(sysroot)
}

fn make(compiler: &Compiler, std: Std, folder: &Path, sysroot: &Path) -> Result<(), String> {
    let io = |error: io::Error| error.to_string();
    let _guard = lock(folder).map_err(io)?;
    let (mark, name) = (sysroot.join("made"), std.name(&compiler.version));
    if is_marked(&mark, name.as_bytes()) {
        return Ok(());
    }
    say(&format!(
        "building the standard library of Rust {name} for {TARGET}; this is done only once"
    ));
    // Files that were built with a different std can't be used with the new one.
    drop(fs::remove_dir_all(folder));
    let part = folder.join("part");
    let rlibs = build(compiler, std, &part)?;
    lay(compiler, &rlibs, sysroot).map_err(io)?;
    fs::remove_dir_all(&part).map_err(io)?;
    fs::write(&mark, &name).map_err(io)
}

/// Builds std in the folder, as a dependency of an empty crate. Returns the paths to the built `.rlib` files.
fn build(compiler: &Compiler, std: Std, folder: &Path) -> Result<Vec<PathBuf>, String> {
    let io = |error: io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(folder.join("src")).map_err(io)?;
    fs::write(folder.join("Cargo.toml"), std.manifest()).map_err(io)?;
    fs::write(folder.join("src/lib.rs"), "#![no_std]\n").map_err(io)?;
    let output = Command::new(&compiler.cargo)
        .args(["build", "--release", "--quiet", "--target", TARGET])
        .args(std.arguments())
        .current_dir(folder)
        .env("RUSTC", &compiler.rustc)
        // Without this variable, only nightly versions of cargo accept `-Z`.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", folder.join("build"))
        // A crate that is built with `lto` needs std's bitcode.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("LD_LIBRARY_PATH")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cannot run {}: {error}", Path::new(&compiler.cargo).display()))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim_end().to_owned());
    }
    let built = folder.join("build").join(TARGET).join("release/deps");
    let mut rlibs = Vec::new();
    for entry in fs::read_dir(built).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with(&format!("lib{EMPTY}-")) {
            rlibs.push(path);
        }
    }
    Ok(rlibs)
}

/// Creates a sysroot: std for [`TARGET`], a link to the host's std, and a script that uses both.
fn lay(compiler: &Compiler, rlibs: &[PathBuf], sysroot: &Path) -> io::Result<()> {
    let libraries = sysroot.join("lib/rustlib");
    let own = libraries.join(TARGET).join("lib");
    fs::create_dir_all(&own)?;
    for rlib in rlibs {
        fs::copy(rlib, own.join(rlib.file_name().unwrap_or_default()))?;
    }
    let host = &compiler.version.host;
    let of_host = compiler.sysroot().unwrap_or_default().join("lib/rustlib").join(host);
    symlink(of_host, libraries.join(host))?;
    let rustc = rustc(sysroot);
    if let Some(folder) = rustc.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&rustc, script(&compiler.rustc))?;
    fs::set_permissions(&rustc, fs::Permissions::from_mode(0o755))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_passes_its_own_sysroot_and_all_arguments() {
        let folder = tools::target().join("tests/wasm build's sysroot/bin");
        fs::create_dir_all(&folder).unwrap();
        let put = |name: &str, text: &str| {
            let path = folder.join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
            path
        };
        let compiler = put("compiler", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        let output = Command::new(put("rustc", &script(&compiler))).arg("a b").output().unwrap();
        let expected = format!("--sysroot\n{}/..\na b\n", folder.display());
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
    }

    #[test]
    fn only_the_small_std_is_optimised_for_size() {
        assert!(Std::Standard.manifest().contains("opt-level = 3"));
        assert!(!Std::Standard.arguments().concat().contains("optimize_for_size"));
        assert!(Std::Small.manifest().contains("opt-level = \"z\""));
        assert!(Std::Small.arguments().concat().contains("optimize_for_size"));
    }
}
