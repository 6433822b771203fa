//! Makes a module smaller with wasm-opt from npm's `binaryen`. Debian's `binaryen` is too old: it breaks modules
//! without reporting an error.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tools::Missing;

use super::error::BuildError;

/// The flags of wasm-opt.
///
/// * A large function that is called once isn't inlined. Inlining would save a call, but the caller would get more
///   variables, and gzip compresses functions with few variables much better.
/// * Functions with similar names often have similar code, so they are placed next to each other, which also helps
///   gzip.
/// * `--low-memory-unused` lets wasm-opt move more additions into the offset of a load or store. The flag requires that
///   nothing is stored in the first kilobyte of the memory. In modules from rustc, this kilobyte is the end of the
///   stack and is reached only just before the stack overflows.
/// * The enabled features are those that rustc and wasm-bindgen use. With `--all-features`, wasm-opt writes imports
///   that browsers reject.
const FLAGS: [&str; 10] = [
    "-Oz",
    "--one-caller-inline-max-function-size=20",
    "--low-memory-unused",
    "--reorder-functions-by-name",
    "--enable-reference-types",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
];

/// An installed wasm-opt.
#[derive(Debug)]
pub(super) struct WasmOpt {
    node: PathBuf,
    script: PathBuf,
}

/// Finds Node.js, and installs the version of wasm-opt in the lock file.
pub(super) fn find() -> Result<WasmOpt, Missing> {
    let (node, folder) = tools::node("wasm-build/node")?;
    Ok(WasmOpt { node, script: folder.join("node_modules/binaryen/bin/wasm-opt") })
}

impl WasmOpt {
    /// Replaces the module with a smaller one.
    pub(super) fn run(&self, module: &Path) -> Result<(), BuildError> {
        let output = Command::new(&self.node)
            .arg(&self.script)
            .arg(module)
            .args(FLAGS)
            .arg("-o")
            .arg(module)
            .env_remove("NODE_OPTIONS")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| BuildError::Optimise(format!("cannot run Node.js: {error}")))?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
        Err(BuildError::Optimise(said))
    }
}
