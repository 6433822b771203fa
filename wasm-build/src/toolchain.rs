//! Finds or creates a Rust toolchain for `wasm32-unknown-unknown`.

mod compiler;
mod sysroot;
mod system;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

pub use compiler::TARGET;

use compiler::Compiler;
use sysroot::Std;
use tools::{Missing, target, workspace};

/// Cargo and rustc, with a standard library for [`TARGET`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toolchain {
    cargo: OsString,
    /// The compiler. `None` means the compiler that cargo itself finds.
    rustc: Option<PathBuf>,
    version: String,
}

impl Toolchain {
    /// Returns the first of these:
    ///
    /// 1. the rustup toolchain of this workspace, if it has the target (`rustup target add wasm32-unknown-unknown`);
    /// 2. the system's Rust in `/usr/bin`, if it has the target;
    /// 3. the system's Rust with a standard library that is built from source, once for each version (takes about a
    ///    minute);
    /// 4. the same as 3, after installing the necessary Debian packages, if this process runs as root.
    ///
    /// Several processes may call this at the same time.
    ///
    /// # Errors
    ///
    /// If there is no toolchain, returns an error that says how to get one.
    pub fn find() -> Result<Self, Missing> {
        let default = Compiler::default_of(&workspace());
        match default.filter(Compiler::has_target) {
            Some(ready) => Ok(Toolchain::ready(ready, true)),
            None => Toolchain::of_system(),
        }
    }

    /// Returns a toolchain with a standard library that is optimised for size. rustup doesn't offer such a library, so
    /// users with a stable toolchain get larger modules. Use this toolchain only to measure the difference.
    ///
    /// # Errors
    ///
    /// Returns an error if the sources of the standard library are missing, or the library can't be built.
    pub fn find_small() -> Result<Self, Missing> {
        Toolchain::with_own_std(&system::with_sources()?, Std::Small)
    }

    fn of_system() -> Result<Self, Missing> {
        match Compiler::of_system().filter(Compiler::has_target) {
            Some(ready) => Ok(Toolchain::ready(ready, false)),
            None => Toolchain::with_own_std(&system::with_sources()?, Std::Standard),
        }
    }

    fn ready(compiler: Compiler, is_default: bool) -> Self {
        let rustc = (!is_default).then_some(compiler.rustc);
        Toolchain { cargo: compiler.cargo, rustc, version: compiler.version.name() }
    }

    fn with_own_std(compiler: &Compiler, std: Std) -> Result<Self, Missing> {
        let version = std.name(&compiler.version);
        let sysroot = sysroot::get(compiler, std, &folder(&version))?;
        let rustc = Some(sysroot::rustc(&sysroot));
        Ok(Toolchain { cargo: compiler.cargo.clone(), rustc, version })
    }

    /// Returns the version of the compiler and the kind of its standard library, such as
    /// `1.96.0-ac68faa20-llvm22.1.8-built`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns a cargo command for the package in this folder. Cargo builds for [`TARGET`] with this toolchain, and
    /// writes to a separate folder below the workspace's target folder.
    ///
    /// If this process was started by cargo, the flags and the target of that cargo run don't apply.
    #[must_use]
    pub fn cargo(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.cargo);
        command
            .current_dir(folder)
            .env("CARGO_BUILD_TARGET", TARGET)
            .env("CARGO_TARGET_DIR", self.target())
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS");
        if let Some(rustc) = &self.rustc {
            // `cargo test` and `cargo run` add their compiler's libraries to `LD_LIBRARY_PATH`, but this may be a
            // different compiler.
            command.env("RUSTC", rustc).env_remove("LD_LIBRARY_PATH");
        }
        command
    }

    /// Returns the folder that [`cargo`](Self::cargo) builds into.
    #[must_use]
    pub fn target(&self) -> PathBuf {
        folder(&self.version).join("build")
    }
}

/// Returns the folder for a standard library. Each library has its own folder, because cargo doesn't notice if the
/// library changes.
fn folder(version: &str) -> PathBuf {
    target().join("wasm").join(version)
}
