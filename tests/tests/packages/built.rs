//! Finds the files to install: release files, or files that the test packs from a debug build of the binary.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use mileston_tests::metadata;
use packaging::{Binary, Failure, Platform, SIZE_LIMIT, VERSION, build};

/// The environment variable that names the folder with the release files. If it is set, the long form of the test runs.
const VARIABLE: &str = "MILESTON_BUNDLE";

/// Returns the folder with the release files, or `None` if this isn't the long form of the test.
pub(crate) fn release() -> Option<PathBuf> {
    std::env::var_os(VARIABLE).filter(|it| !it.is_empty()).map(PathBuf::from)
}

/// Returns the two files for npm. The first call packs them, unless they come from a release.
pub(crate) fn npm() -> Result<[PathBuf; 2], Failure> {
    static FILES: OnceLock<Result<[PathBuf; 2], Failure>> = OnceLock::new();
    FILES.get_or_init(find_npm).clone()
}

fn find_npm() -> Result<[PathBuf; 2], Failure> {
    let platform = Platform::of_this_machine()?;
    let names = [
        format!("mileston-sandbox-{VERSION}.tgz"),
        format!("mileston-sandbox-{platform}-{VERSION}.tgz"),
    ];
    match release() {
        Some(folder) => Ok(names.map(|name| released(folder.join(name)))),
        None => packaging::npm(&binary()?, &out()),
    }
}

/// Returns the wheel.
pub(crate) fn pypi() -> Result<PathBuf, Failure> {
    let Some(folder) = release() else { return packaging::pypi(&binary()?, &out()) };
    let tag = Platform::of_this_machine()?.wheel_tag((2, 17));
    Ok(released(folder.join(format!("mileston_sandbox-{VERSION}-{tag}.whl"))))
}

/// Returns the image.
#[cfg(target_os = "linux")]
pub(crate) fn image() -> Result<PathBuf, Failure> {
    let arch = Platform::of_this_machine()?.image_arch();
    match release() {
        Some(folder) => {
            Ok(released(folder.join(format!("mileston-sandbox-{VERSION}-linux-{arch}.tar"))))
        }
        None => packaging::image(&binary()?, &out()),
    }
}

#[track_caller]
fn released(path: PathBuf) -> PathBuf {
    let size = fs::metadata(&path).unwrap_or_else(|error| {
        panic!("{}: {error}: run `cargo xtask bundle --old-glibc`", path.display())
    });
    assert!(size.len() <= SIZE_LIMIT, "{} has {} bytes", path.display(), size.len());
    fs::canonicalize(path).unwrap()
}

fn out() -> PathBuf {
    let out = metadata::target().join("tests/bundle");
    fs::create_dir_all(&out).unwrap();
    out
}

/// Returns the binary. The first call builds it.
fn binary() -> Result<Binary, Failure> {
    static BINARY: OnceLock<Result<Binary, Failure>> = OnceLock::new();
    let place: &Path = &out().join("mileston-sandbox");
    BINARY.get_or_init(|| build::build_for_tests(xtask::FEATURES, place)).clone()
}
