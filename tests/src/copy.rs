//! Copies crates of the workspace, and regenerates their code from a changed document. Nothing else changes.

use std::path::{Path, PathBuf};

use crate::compile::{cargo, workspace};

/// The copied crates.
const CRATES: &[&str] = &["mileston-api", "mileston-keys", "mileston-sandbox", "runtime"];

/// The id of an operation, and its new `security`: the YAML after `security:`.
pub type Change<'a> = (&'a str, &'a str);

/// Returns the document with a different `security` for some operations. The rest of the text
/// doesn't change.
///
/// # Errors
/// Returns an error if the document lacks one of the operations, or if the operation has no `security` after its
/// `operationId`.
pub fn edit(document: &str, changes: &[Change<'_>]) -> Result<String, String> {
    let mut lines: Vec<String> = document.lines().map(str::to_owned).collect();
    for (operation, security) in changes {
        let missing = || format!("`{operation}` has no `security` in the document");
        let id = format!("operationId: {operation}");
        let at = lines.iter().position(|line| line.trim() == id).ok_or_else(missing)?;
        let depth = |line: &String| line.len() - line.trim_start().len();
        let indent = depth(&lines[at]);
        let start = (at..lines.len())
            .take_while(|&i| lines[i].trim().is_empty() || depth(&lines[i]) >= indent)
            .find(|&i| depth(&lines[i]) == indent && lines[i].trim().starts_with("security:"))
            .ok_or_else(missing)?;
        let deeper = |line: &String| depth(line) > indent;
        let end = (start + 1..lines.len()).find(|&i| !deeper(&lines[i])).unwrap_or(lines.len());
        let new = format!("{}security: {security}", " ".repeat(indent));
        lines.splice(start..end, [new]);
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}

/// Copies the crates to a folder in the target folder, and writes the client's and the server's generated files into
/// the copies.
///
/// # Errors
/// Returns an error if a file can't be read or written.
pub fn workspace_with(
    client: &[(String, String)],
    server: &[(String, String)],
) -> std::io::Result<PathBuf> {
    let root = crate::metadata::target().join("tests/flip");
    std::fs::create_dir_all(&root)?;
    let manifest = std::fs::read_to_string(workspace().join("Cargo.toml"))?;
    let members = CRATES.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    let manifest: String = manifest
        .lines()
        .map(|line| {
            if line.starts_with("members = ") {
                format!("members = [{members}]\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    write(&root.join("Cargo.toml"), &manifest)?;
    for file in ["Cargo.lock", "rust-toolchain.toml"] {
        write(&root.join(file), &std::fs::read_to_string(workspace().join(file))?)?;
    }
    for name in CRATES {
        copy(&workspace().join(name), &root.join(name))?;
    }
    for (folder, files) in [("mileston-api", client), ("mileston-sandbox", server)] {
        for (name, text) in files {
            write(&root.join(folder).join("src/generated").join(name), text)?;
        }
    }
    Ok(root)
}

/// Builds the sandbox of a copy and returns the path of its binary.
///
/// # Errors
/// Returns an error with the compiler's output if the sandbox doesn't compile.
pub fn build_sandbox(root: &Path) -> Result<PathBuf, String> {
    let output = cargo(root)
        .args(["build", "--quiet", "--package", "mileston-sandbox"])
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(crate::compile::target().join("debug/mileston-sandbox"))
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&from, &to)?;
        } else {
            write(&to, &std::fs::read_to_string(&from)?)?;
        }
    }
    Ok(())
}

/// Writes a file only if its text has changed. Otherwise a second run would compile everything
/// again, because cargo compares modification times.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}

#[cfg(test)]
mod tests {
    use super::edit;

    const DOCUMENT: &str = "paths:
  /a:
    get:
      operationId: getA
      description: |
        security: none

      responses: {}
    put:
      operationId: putA
      security:
        - key: []
      responses: {}
";

    #[test]
    fn only_the_security_of_the_operation_is_replaced() {
        let expected = DOCUMENT.replace("security:\n        - key: []", "security: []");
        assert_eq!(edit(DOCUMENT, &[("putA", "[]")]).unwrap(), expected);
        let missing = "`getA` has no `security` in the document";
        assert_eq!(edit(DOCUMENT, &[("getA", "[]")]).unwrap_err(), missing);
    }
}
