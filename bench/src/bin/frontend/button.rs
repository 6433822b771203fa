//! Builds the production version of a page with the vendor's button.

use std::process::{Command, Stdio};

use mileston_bench::Failure;
use wasm_build::Built;

/// The page's name, as the tables show it.
pub(crate) const NAME: &str = "the vendor's button, mileston-payment-client 0.9.3";

/// Builds `bench/frontend/button` with Vite, which removes more unused code than esbuild.
///
/// # Errors
///
/// Returns an error if Node.js or the packages are missing, or Vite fails.
pub(crate) fn build() -> Result<Built, Failure> {
    let (node, folder) = tools::node("bench/frontend")?;
    let built = tools::target().join("frontend/vendor-button");
    let status = Command::new(node)
        .arg(folder.join("node_modules/vite/bin/vite.js"))
        .args(["build", "button", "--base", "./", "--emptyOutDir", "--logLevel", "error"])
        .arg("--outDir")
        .arg(&built)
        .current_dir(&folder)
        .env("NODE_ENV", "production")
        .env_remove("NODE_OPTIONS")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()?;
    if !status.success() {
        return Err(
            "Vite can't build the page with the vendor's button; its errors are above".into()
        );
    }
    Ok(Built::read(built)?)
}
