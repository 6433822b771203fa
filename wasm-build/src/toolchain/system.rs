//! Finds the system's Rust, the sources of its standard library, and a linker. If one of them is missing, tries to
//! install all three from Debian's packages.

use std::path::Path;

use tools::{Missing, debian};

use super::compiler::Compiler;

/// The packages of the Rust version that Debian keeps up to date for its browsers. This version can't build for
/// [`TARGET`](super::TARGET) until std is built from `rust-web-src`. The packages aren't pinned, because security
/// updates replace them.
const PACKAGES: [&str; 6] = [
    "cargo-web",
    "libstd-rust-web-dev",
    "rust-web-llvm",
    "rust-web-src",
    "rustc-web",
    // For C code in dependencies that are built for the host.
    "gcc",
];

/// Returns the system's compiler if it can build its standard library for [`TARGET`](super::TARGET).
pub(super) fn with_sources() -> Result<Compiler, Missing> {
    usable().or_else(install).ok_or_else(|| {
        Missing(
            "Rust can't build for wasm32-unknown-unknown: run `rustup target add wasm32-unknown-unknown` in this workspace"
                .to_owned(),
        )
    })
}

fn usable() -> Option<Compiler> {
    Compiler::of_system().filter(|compiler| has_sources(compiler) && has_linker(compiler))
}

fn has_sources(compiler: &Compiler) -> bool {
    let library = "lib/rustlib/src/rust/library/std/Cargo.toml";
    compiler.sysroot().is_some_and(|sysroot| sysroot.join(library).is_file())
}

/// Returns whether there is a linker next to the compiler or in its sysroot. In Debian, the linker in the sysroot is a
/// symbolic link to a file in a different package, which must also be installed.
fn has_linker(compiler: &Compiler) -> bool {
    let own = compiler.sysroot().is_some_and(|sysroot| {
        sysroot.join(format!("lib/rustlib/{}/bin/rust-lld", compiler.version.host)).exists()
    });
    own || Path::new("/usr/bin/rust-lld").exists()
}

fn install() -> Option<Compiler> {
    if !debian::install(&PACKAGES) {
        return None;
    }
    // The name of the linker's package contains the version of LLVM.
    let lld = format!("lld-{}", Compiler::of_system()?.version.llvm_major);
    debian::install(&[&lld]).then(usable).flatten()
}
