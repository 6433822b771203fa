//! Checks that a package has the required files and no unexpected ones.

use std::collections::BTreeMap;

use super::problem::Problem;

/// The maximum size of an archive in bytes.
const LARGEST: u64 = 1_000_000;

/// The licence files, which every package must contain. They are copies of those at the root of the repository.
pub(super) const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// The files that are allowed at the top level of a package, in addition to `LICENCES`. Cargo writes all of them except
/// the README.
const OWN: [&str; 5] =
    [".cargo_vcs_info.json", "Cargo.lock", "Cargo.toml", "Cargo.toml.orig", "README.md"];

/// The folders that are allowed in a package, each with its allowed file extensions.
const FOLDERS: [(&str, &[&str]); 4] = [
    ("src", &[".lua", ".rs", ".sql"]),
    ("assets", &[".css", ".js", ".svg"]),
    ("examples", &[".rs"]),
    ("grafana", &[".json"]),
];

/// The files of an unpacked package: their contents by path, with `/` between folders.
pub(super) type Contents = BTreeMap<String, Vec<u8>>;

/// Returns the problems with a package's files.
///
/// `licences` maps the names of the licence files at the root of the repository to their contents. `root` is the path
/// to the repository on this machine.
pub(super) fn problems(
    package: &str,
    contents: &Contents,
    licences: &Contents,
    root: &str,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |file: &str, what: String| problems.push(Problem::new(package, file, what));
    for name in LICENCES {
        match (contents.get(name), licences.get(name)) {
            (None, _) => add(name, "missing: copy it from the root of the repository".to_owned()),
            (found, wanted) if found != wanted => {
                add(name, "differs from the one at the root of the repository: copy it".to_owned());
            }
            _ => {}
        }
    }
    if contents.get("README.md").is_none_or(|text| text.trim_ascii().is_empty()) {
        add("README.md", "missing or empty: write it in the package's folder".to_owned());
    }
    for (name, content) in contents {
        if !is_expected(name) {
            let fix = "change `include` in Cargo.toml to exclude it, or allow it in xtask/src/package/contents.rs";
            add(name, format!("unexpected file: {fix}"));
        }
        // This also checks the `Cargo.toml` that cargo generates, because cargo may copy a path
        // from our manifest into it.
        if contains(content, root.as_bytes()) {
            add(name, format!("contains the path of this checkout, {root}: remove it"));
        }
    }
    problems
}

/// Returns a problem if an archive is too large.
pub(super) fn size_problem(package: &str, archive: &str, size: u64) -> Option<Problem> {
    let what = format!(
        "{size} bytes, but the limit is {LARGEST}: see `cargo package --list -p {package}`"
    );
    (size > LARGEST).then(|| Problem::new(package, archive, what))
}

fn is_expected(name: &str) -> bool {
    if OWN.contains(&name) || LICENCES.contains(&name) {
        return true;
    }
    let Some((folder, rest)) = name.split_once('/') else { return false };
    FOLDERS.iter().any(|(its, ends)| *its == folder && ends.iter().any(|end| rest.ends_with(end)))
}

fn contains(content: &[u8], text: &[u8]) -> bool {
    !text.is_empty() && content.windows(text.len()).any(|window| window == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> Contents {
        let names = ["Cargo.toml", "README.md", "LICENSE-APACHE", "LICENSE-MIT", "src/lib.rs"];
        names.iter().map(|name| ((*name).to_owned(), format!("{name}\n").into_bytes())).collect()
    }

    #[track_caller]
    fn check(edit: impl FnOnce(&mut Contents), expected: &[&str]) {
        let mut contents = sound();
        edit(&mut contents);
        let found = problems("a", &contents, &sound(), "/home/ada/checkout");
        let found: Vec<String> = found.iter().map(Problem::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_correct_package_passes() {
        check(
            |files| {
                files.insert("src/store/1.sql".to_owned(), Vec::new());
                files.insert("assets/style.css".to_owned(), Vec::new());
                files.insert("examples/endpoint.rs".to_owned(), Vec::new());
            },
            &[],
        );
    }

    #[test]
    fn a_missing_or_different_licence_is_found() {
        let missing = "a: LICENSE-MIT: missing: copy it from the root of the repository";
        check(|files| drop(files.remove("LICENSE-MIT")), &[missing]);
        let differs =
            "a: LICENSE-APACHE: differs from the one at the root of the repository: copy it";
        check(|files| drop(files.insert("LICENSE-APACHE".to_owned(), b"x".to_vec())), &[differs]);
    }

    #[test]
    fn a_missing_or_empty_readme_is_found() {
        let text = "a: README.md: missing or empty: write it in the package's folder";
        check(|files| drop(files.remove("README.md")), &[text]);
        check(|files| drop(files.insert("README.md".to_owned(), b" \n".to_vec())), &[text]);
    }

    #[test]
    fn a_stray_file_is_found() {
        for name in ["notes.txt", "tests/cases.rs", "src/shop.db", "src", "assets/key.pem"] {
            let expected = format!(
                "a: {name}: unexpected file: change `include` in Cargo.toml to exclude it, or allow it in \
                 xtask/src/package/contents.rs"
            );
            check(|files| drop(files.insert(name.to_owned(), Vec::new())), &[&expected]);
        }
    }

    #[test]
    fn a_path_of_this_machine_is_found() {
        let text = b"const X: &str = \"/home/ada/checkout/x\";".to_vec();
        let expected =
            "a: src/lib.rs: contains the path of this checkout, /home/ada/checkout: remove it";
        check(|files| drop(files.insert("src/lib.rs".to_owned(), text)), &[expected]);
    }

    #[test]
    fn a_large_archive_is_found() {
        assert_eq!(size_problem("a", "a-0.1.0.crate", 1_000_000), None);
        let found = size_problem("a", "a-0.1.0.crate", 1_000_001).map(|it| it.to_string());
        let expected = "a: a-0.1.0.crate: 1000001 bytes, but the limit is 1000000: \
                        see `cargo package --list -p a`";
        assert_eq!(found.as_deref(), Some(expected));
    }
}
