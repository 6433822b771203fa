//! Builds a package into a folder of files that a browser can load.

mod artifacts;
mod bindings;
mod digest;
mod error;
mod files;
mod optimise;
mod pages;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tools::once::{is_marked, lock};

pub use error::BuildError;
pub use files::{Built, File};

use crate::toolchain::Toolchain;
use artifacts::Artifacts;
use digest::digest;
use files::read_file;

/// A package to build, with its settings. The package has a `cdylib` that uses `wasm-bindgen`, and its static files
/// are in the folder `static`.
///
/// This type doesn't implement `Debug`, because variables can contain keys.
#[derive(Clone)]
pub struct Frontend {
    folder: PathBuf,
    profile: String,
    features: Vec<String>,
    default_features: bool,
    variables: Vec<(OsString, OsString)>,
    name: Option<String>,
    optimised: bool,
    progress: bool,
}

impl Frontend {
    /// Selects the package in this folder. A relative path is relative to the root of the workspace.
    #[must_use]
    pub fn new(folder: impl AsRef<Path>) -> Self {
        Frontend {
            folder: tools::workspace().join(folder),
            profile: "frontend".to_owned(),
            features: Vec::new(),
            default_features: true,
            variables: Vec::new(),
            name: None,
            optimised: true,
            progress: false,
        }
    }

    /// Sets cargo's profile. The default is `frontend`.
    #[must_use]
    pub fn profile(mut self, profile: impl Into<String>) -> Self {
        self.profile = profile.into();
        self
    }

    /// Enables a feature of the package.
    #[must_use]
    pub fn feature(mut self, feature: impl Into<String>) -> Self {
        self.features.push(feature.into());
        self
    }

    /// Sets whether the default features are enabled. By default they are.
    #[must_use]
    pub fn default_features(mut self, on: bool) -> Self {
        self.default_features = on;
        self
    }

    /// Sets an environment variable while the package is compiled, for `option_env!`.
    #[must_use]
    pub fn variable(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Sets the name of the output folder, which is `frontend/<name>` in the target folder. The default is the
    /// package's name, so set a different name for a second build of the same package with different settings.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets whether to make the module smaller with wasm-opt, which takes a few seconds and needs Node.js.
    /// The default is `true`.
    #[must_use]
    pub fn optimised(mut self, on: bool) -> Self {
        self.optimised = on;
        self
    }

    /// Sets whether cargo's progress is shown on standard error. By default it is hidden, but errors contain the
    /// compiler's output.
    #[must_use]
    pub fn progress(mut self, on: bool) -> Self {
        self.progress = on;
        self
    }

    /// Builds the package and returns the files in the output folder. If nothing has changed, the folder stays
    /// unchanged.
    ///
    /// Several processes may call this at the same time, even for the same package.
    ///
    /// # Errors
    /// Returns an error if there is no package; if it doesn't compile, doesn't have exactly one `cdylib` or uses a
    /// different version of `wasm-bindgen` than this workspace; if a tool is missing or fails; if a static file has the
    /// name of a generated file; or if a file can't be read or written.
    pub fn build(&self, toolchain: &Toolchain) -> Result<Built, BuildError> {
        let artifacts = self.compile(toolchain)?;
        bindings::check_version(artifacts.wasm_bindgen.as_deref())?;
        let module = read_file(&artifacts.module)?;
        let pages = pages::read(&self.folder.join("static"))?;
        let wasm_opt = if self.optimised { Some(optimise::find()?) } else { None };
        let digest = digest(&module, &pages, self.optimised);

        let name = self.name.as_ref().unwrap_or(&artifacts.package);
        let folder = tools::target().join("frontend").join(name);
        let _guard = lock(&folder).map_err(|error| BuildError::file(&folder, error))?;
        let mark = beside(&folder, "made");
        if !(folder.is_dir() && is_marked(&mark, digest.as_bytes())) {
            let part = beside(&folder, "part");
            drop(fs::remove_dir_all(&part));
            bindings::generate(&artifacts.module, module, &part)?;
            if let Some(wasm_opt) = &wasm_opt {
                wasm_opt.run(&part.join(bindings::module_name(&artifacts.module)))?;
            }
            pages::write(&pages, &part)?;
            drop(fs::remove_dir_all(&folder));
            fs::rename(&part, &folder).map_err(|error| BuildError::file(&folder, error))?;
            fs::write(&mark, digest).map_err(|error| BuildError::file(&mark, error))?;
        }
        Built::read(folder)
    }

    fn compile(&self, toolchain: &Toolchain) -> Result<Artifacts, BuildError> {
        if !self.folder.join("Cargo.toml").is_file() {
            return Err(BuildError::NoPackage(self.folder.clone()));
        }
        let mut command = toolchain.cargo(&self.folder);
        command
            .args(self.arguments())
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        let stderr = if self.progress { Stdio::inherit() } else { Stdio::piped() };
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(stderr).spawn();
        let output = child.and_then(std::process::Child::wait_with_output);
        let output =
            output.map_err(|error| BuildError::Compile(format!("cannot run cargo: {error}")))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
            return Err(BuildError::Compile(said));
        }
        Artifacts::read(&String::from_utf8_lossy(&output.stdout), &self.folder)
    }

    fn arguments(&self) -> Vec<String> {
        let fixed =
            ["build", "--message-format=json-render-diagnostics", "--profile", &self.profile];
        let mut arguments: Vec<String> = fixed.map(str::to_owned).into();
        if !self.default_features {
            arguments.push("--no-default-features".to_owned());
        }
        if !self.features.is_empty() {
            arguments.extend(["--features".to_owned(), self.features.join(",")]);
        }
        arguments
    }
}

/// Returns `<folder>.<kind>`. This path is outside the folder, because the folder contains only files to serve.
fn beside(folder: &Path, kind: &str) -> PathBuf {
    let mut path = folder.as_os_str().to_owned();
    path.push(OsStr::new("."));
    path.push(kind);
    path.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(frontend: &Frontend, expected: &str) {
        assert_eq!(frontend.arguments().join(" "), expected);
    }

    #[test]
    fn settings_become_arguments_for_cargo() {
        let page = Frontend::new("page");
        let always = "build --message-format=json-render-diagnostics --profile";
        check(&page, &format!("{always} frontend"));
        check(&page.clone().profile("dev"), &format!("{always} dev"));
        let page = page.feature("a").feature("b").default_features(false);
        check(&page, &format!("{always} frontend --no-default-features --features a,b"));
    }

    #[test]
    fn other_files_of_a_build_are_next_to_the_served_folder() {
        assert_eq!(
            beside(Path::new("/frontend/page.v1"), "made"),
            Path::new("/frontend/page.v1.made")
        );
    }
}
