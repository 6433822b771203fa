//! Checks the manifest that cargo writes into the archive of a package.

use toml::{Table, Value};

use super::contents::Contents;
use super::plan::Package;
use super::problem::Problem;

/// The name of the manifest in the archive.
const FILE: &str = "Cargo.toml";

/// The required fields: the fields that crates.io shows, and the minimum version of the compiler.
const TEXTS: [&str; 7] =
    ["description", "documentation", "homepage", "license", "readme", "repository", "rust-version"];

/// The required fields that are lists. crates.io limits each list to five entries.
const LISTS: [&str; 2] = ["categories", "keywords"];

/// Returns the problems with a package's manifest. `all` contains the packages that are published together.
pub(super) fn problems(package: &Package, contents: &Contents, all: &[Package]) -> Vec<Problem> {
    let text = contents.get(FILE).map(|text| String::from_utf8_lossy(text)).unwrap_or_default();
    let found = match text.parse::<Table>() {
        Ok(manifest) => check(&manifest, contents, all),
        Err(error) => vec![format!("not a manifest: {error}")],
    };
    found.into_iter().map(|what| Problem::new(&package.name, FILE, what)).collect()
}

fn check(manifest: &Table, contents: &Contents, all: &[Package]) -> Vec<String> {
    let Some(package) = manifest.get("package").and_then(Value::as_table) else {
        return vec!["no `[package]`: this isn't the manifest of a package".to_owned()];
    };
    let mut problems = Vec::new();
    let text = |field: &str| package.get(field).and_then(Value::as_str).unwrap_or_default();
    for field in TEXTS.iter().filter(|field| text(field).trim().is_empty()) {
        problems.push(format!("no `{field}`: add it to `[package]`"));
    }
    let readme = text("readme");
    if !readme.is_empty() && !contents.contains_key(readme) {
        problems.push(format!(
            "`readme` names {readme}, which isn't in the package: add it to `include`"
        ));
    }
    for field in LISTS {
        let count = package.get(field).and_then(Value::as_array).map_or(0, Vec::len);
        if !(1..=5).contains(&count) {
            problems.push(format!("{count} `{field}`: list 1 to 5"));
        }
    }
    let metadata = package.get("metadata");
    let targets = metadata.and_then(|it| it.get("docs")?.get("rs")?.get("targets"));
    if targets.is_none() {
        problems.push("no `targets` in `[package.metadata.docs.rs]`: list them".to_owned());
    }
    for (section, dependencies) in dependencies(manifest) {
        for (name, value) in dependencies {
            problems.extend(dependency(&section, name, value, all));
        }
    }
    problems
}

/// Checks that a dependency comes from the registry. A dependency on a package of this workspace must require the
/// published version.
fn dependency(section: &str, name: &str, value: &Value, all: &[Package]) -> Option<String> {
    for source in ["path", "git", "registry"] {
        if value.get(source).is_some() {
            return Some(format!(
                "`{name}` in `[{section}]` has `{source}`: users get it from crates.io, so use a version instead"
            ));
        }
    }
    let name = value.get("package").and_then(Value::as_str).unwrap_or(name);
    let ours = all.iter().find(|package| package.name == name)?;
    let required = value.get("version").or(Some(value)).and_then(Value::as_str).unwrap_or_default();
    (required != ours.version).then(|| {
        format!(
            "`{name}` in `[{section}]` has the version {required:?}, but {} is published: change it in the workspace's \
             Cargo.toml",
            ours.version
        )
    })
}

/// Returns all dependency tables with their names, including the platform-specific ones.
fn dependencies(manifest: &Table) -> Vec<(String, &Table)> {
    let mut found = Vec::new();
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
    let targets =
        targets.filter_map(|(name, it)| Some((format!("target.{name}."), it.as_table()?)));
    for (prefix, table) in std::iter::once((String::new(), manifest)).chain(targets) {
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            if let Some(table) = table.get(kind).and_then(Value::as_table) {
                found.push((format!("{prefix}{kind}"), table));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::plan::plan;
    use super::*;

    const SOUND: &str = r#"
[package]
name = "a"
description = "A client"
documentation = "https://docs.rs/a"
homepage = "https://a.example"
license = "MIT"
readme = "README.md"
repository = "https://a.example"
rust-version = "1.88"
categories = ["api-bindings"]
keywords = ["client"]

[package.metadata.docs.rs]
targets = ["x86_64-unknown-linux-gnu"]

[lib]
path = "src/lib.rs"

[dependencies]
b = "0.1.0"

[dependencies.c]
version = "1"
"#;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &[&str]) {
        assert!(SOUND.contains(old), "{old}");
        let manifest = SOUND.replacen(old, new, 1).into_bytes();
        let files = [(FILE.to_owned(), manifest), ("README.md".to_owned(), b"A".to_vec())];
        let metadata = r#"{"packages": [{"name": "a", "version": "0.1.0"}, {"name": "b", "version": "0.1.0"}]}"#;
        let all = plan(metadata).unwrap();
        let found = problems(&all[0], &Contents::from(files), &all);
        let found: Vec<String> = found.iter().map(Problem::to_string).collect();
        let expected: Vec<String> =
            expected.iter().map(|what| format!("a: Cargo.toml: {what}")).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_correct_manifest_passes() {
        check("", "", &[]);
    }

    #[test]
    fn each_field_is_required() {
        check("rust-version = \"1.88\"\n", "", &["no `rust-version`: add it to `[package]`"]);
        check("\"A client\"", "\" \"", &["no `description`: add it to `[package]`"]);
        check(SOUND, "", &["no `[package]`: this isn't the manifest of a package"]);
        let targets = "no `targets` in `[package.metadata.docs.rs]`: list them";
        check("[package.metadata.docs.rs]", "[package.metadata.other]", &[targets]);
    }

    #[test]
    fn the_readme_is_in_the_package() {
        let expected =
            "`readme` names ../README.md, which isn't in the package: add it to `include`";
        check("README.md", "../README.md", &[expected]);
    }

    #[test]
    fn crates_io_limits_keywords_and_categories() {
        check("[\"client\"]", "[]", &["0 `keywords`: list 1 to 5"]);
        let six = "[\"1\", \"2\", \"3\", \"4\", \"5\", \"6\"]";
        check("[\"api-bindings\"]", six, &["6 `categories`: list 1 to 5"]);
    }

    #[test]
    fn dependencies_come_from_crates_io_at_the_published_version() {
        let fix = "users get it from crates.io, so use a version instead";
        let path = format!("`c` in `[dependencies]` has `path`: {fix}");
        check("version = \"1\"", "path = \"../c\"", &[&path]);
        let git = format!("`c` in `[target.wasm.build-dependencies]` has `git`: {fix}");
        let section = "[target.wasm.build-dependencies.c]\ngit = \"https://c.example\"";
        check("[dependencies.c]", section, &[&git]);
        let old = "`b` in `[dependencies]` has the version \"0.0.9\", but 0.1.0 is published: change it in the \
                   workspace's Cargo.toml";
        check("b = \"0.1.0\"", "b = \"0.0.9\"", &[old]);
        let renamed = "d = { package = \"b\", version = \"0.0.9\" }";
        check("b = \"0.1.0\"", renamed, &[old]);
    }
}
