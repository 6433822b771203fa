//! Creates a git repository with the files of this checkout, including uncommitted ones.

use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use mileston_tests::compile::workspace;
use mileston_tests::tools::Missing;

/// Commits all files of this checkout, except ignored ones, to a new repository in `folder`. Returns its URL.
pub(crate) fn committed(folder: &Path) -> Result<String, Missing> {
    // The names of cargo's clones begin with the last part of the URL. It must be unique, so that `forget` doesn't
    // remove other clones.
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    let repository = folder.join(format!("mileston-install-{:016x}", hasher.finish()));
    drop(std::fs::remove_dir_all(&repository));
    std::fs::create_dir_all(folder).unwrap();
    git(&[OsStr::new("init"), "--quiet".as_ref(), "--bare".as_ref(), repository.as_ref()])?;
    let [mut git_dir, mut work_tree] = ["--git-dir=", "--work-tree="].map(std::ffi::OsString::from);
    git_dir.push(&repository);
    work_tree.push(workspace());
    let places = [git_dir.as_os_str(), work_tree.as_os_str()];
    let with = |arguments: &[&str]| {
        let arguments: Vec<&OsStr> =
            places.iter().copied().chain(arguments.iter().map(OsStr::new)).collect();
        git(&arguments)
    };
    with(&["-c", "core.autocrlf=false", "add", "--all"])?;
    let author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    with(&[&author[..], &["commit", "--quiet", "--no-gpg-sign", "--message", "All"]].concat())?;
    let path = repository.to_string_lossy().replace('\\', "/");
    Ok(format!("file:///{}", path.trim_start_matches('/')))
}

/// Removes cargo's clone of the repository, because it would grow with each run.
pub(crate) fn forget(url: &str) {
    let Some((_, name)) = url.rsplit_once('/') else { return };
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let Some(home) = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))) else { return };
    for place in ["git/db", "git/checkouts"] {
        let Ok(entries) = std::fs::read_dir(home.join(place)) else { continue };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with(name) {
                // If this fails, the clone only takes up space.
                drop(std::fs::remove_dir_all(entry.path()));
            }
        }
    }
}

/// Runs git without the user's settings.
fn git(arguments: &[&OsStr]) -> Result<(), Missing> {
    let mut command = Command::new("git");
    command.args(arguments).current_dir(workspace());
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY"] {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    let output = command.output().map_err(|error| {
        Missing(format!("cannot run `git` ({error}): install it (https://git-scm.com)"))
    })?;
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {error}");
    Ok(())
}
