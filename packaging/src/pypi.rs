//! Packs the binary as a wheel for PyPI.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::files::{add_licences, copy, fresh, run, write};
use crate::{Binary, Failure, System, VERSION, notices, sources};

/// The folder that pins the version of the build backend.
const TOOLS: &str = "packaging/pypi-tools";

/// Builds a wheel that contains this binary, writes it into `out`, and returns the path of the file.
///
/// On Linux, the wheel's tag names the oldest glibc that the binary runs with, so pip never installs the wheel on an older
/// system.
///
/// # Errors
///
/// Returns an error if Python is missing, the build fails, or a file can't be read or written.
pub fn pypi(binary: &Binary, out: &Path) -> Result<PathBuf, Failure> {
    let (programs, _) = tools::python(TOOLS)?;
    let glibc = match binary.platform.system {
        System::Linux => binary.glibc()?,
        System::MacOs | System::Windows => (0, 0),
    };
    let folder = fresh(out, "pypi")?;
    copy(&sources().join("pypi"), &folder)?;
    add_licences(&folder)?;
    write(&folder.join(notices::FILE), notices::notices(binary.platform)?)?;
    binary.copy_to(&folder.join("mileston_sandbox/bin").join(binary.platform.program()))?;
    let tag = binary.platform.wheel_tag(glibc);
    let mut command = Command::new(programs.join("hatchling"));
    command.args(["build", "--target", "wheel", "--directory"]).arg(out).current_dir(&folder);
    command.env("MILESTON_BUNDLE_VERSION", VERSION).env("MILESTON_BUNDLE_TAG", &tag);
    run(command.env("PYTHONDONTWRITEBYTECODE", "1"))?;
    let wheel = out.join(format!("mileston_sandbox-{VERSION}-{tag}.whl"));
    match fs::exists(&wheel) {
        Ok(true) => Ok(wheel),
        _ => Err(format!("hatchling didn't write {}", wheel.display()).into()),
    }
}
