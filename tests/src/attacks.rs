//! Programs that try to bypass the guarantees of the types. Each attack must fail to compile, for the reason in its
//! comments.
//!
//! Each folder of `tests/attacks` contains the attacks on one crate. A program begins with a `//!` line that says what
//! it tries, followed by either
//!
//! * a line like `// error: E0277 needs a Normal key` for each error: its code, if any, and a part of its message; or
//! * `// compiles`, for a control. Without controls, the test would also pass if no program
//!   compiled at all.
//!
//! Module paths are ignored: `mileston_api::Test` is the same as `Test`. The programs are safe Rust: `unsafe_code` is
//! forbidden in them because `unsafe` code can bypass any type.

mod program;
mod verdict;

use std::collections::BTreeMap;
use std::path::Path;

use crate::compile::cargo;
use crate::metadata;

pub use program::{Expected, Program, Reason, read};
pub use verdict::{Said, Tally, said, verdict};

/// Compiles the programs as binaries of one package, whose manifest contains the lines in `dependencies`. Returns the
/// compiler's messages by program.
///
/// # Errors
///
/// Returns an error if a file can't be written, cargo can't be run, or cargo fails before it compiles the programs.
pub fn compile(
    name: &str,
    dependencies: &str,
    programs: &[Program],
) -> Result<BTreeMap<String, Said>, String> {
    let folder = metadata::target().join("tests").join(name);
    write(&folder, &manifest(name, dependencies, programs)).map_err(|error| error.to_string())?;
    let output = cargo(&folder)
        .args(["check", "--bins", "--keep-going", "--quiet", "--message-format=json"])
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    let said = said(&String::from_utf8_lossy(&output.stdout), programs);
    if said.is_empty() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(said)
}

/// Returns the manifest. The programs aren't copied, so the compiler's messages name the original files.
fn manifest(name: &str, dependencies: &str, programs: &[Program]) -> String {
    let binary = |program: &Program| {
        format!("\n[[bin]]\nname = {:?}\npath = {:?}\n", program.name, program.file)
    };
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\nautobins = false\n\n[workspace]\n\n\
         [lints.rust]\nunsafe_code = \"forbid\"\n\n[dependencies]\n{dependencies}{}",
        programs.iter().map(binary).collect::<String>()
    )
}

fn write(folder: &Path, manifest: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("Cargo.toml"), manifest)?;
    // With the workspace's lock file, cargo downloads nothing.
    std::fs::copy(crate::compile::workspace().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}
