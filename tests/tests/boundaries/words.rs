//! Tests that the runtime doesn't mention any particular API, because every generated client uses the runtime.

use mileston_tests::metadata::{self, text};

use super::files;

/// Words that are specific to the Mileston platform, in lower case and without `-` and `_`.
const WORDS: &[&str] = &[
    "mileston",
    "businessid",
    "business id",
    "checkoutkey",
    "normalkey",
    "usdc",
    "wallet",
    "xrequestsignature",
];

/// Licences, which name the developers of this repository.
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

fn plain(text: &str) -> String {
    text.to_lowercase().replace(['-', '_'], "")
}

/// Returns the words in the text, each with its line.
fn found(text: &str) -> Vec<(usize, &'static str)> {
    let lines = text.lines().map(plain).enumerate();
    let found = lines.flat_map(|(at, line)| {
        let words = WORDS.iter().copied().filter(move |word| line.contains(word));
        words.map(move |word| (at + 1, word))
    });
    found.collect()
}

#[test]
fn no_runtime_file_mentions_the_platform() {
    let mut wrong = Vec::new();
    for (name, path) in files("runtime") {
        if LICENCES.contains(&name.as_str()) {
            continue;
        }
        let text = std::fs::read(&path).unwrap();
        // The README contains the repository's address, which isn't a mention of the platform.
        let text = String::from_utf8_lossy(&text).replace(env!("CARGO_PKG_REPOSITORY"), "");
        for (line, word) in found(&format!("{name}\n{text}")) {
            wrong.push(format!("runtime/{name} line {}: `{word}`", line - 1));
        }
    }
    assert!(
        wrong.is_empty(),
        "the runtime must not mention any particular API, because every generated client uses the runtime:\n{}",
        wrong.join("\n")
    );
}

/// Checks the fields that crates.io shows, including those inherited from the workspace.
#[test]
fn the_manifest_of_the_runtime_does_not_mention_the_platform() {
    let members = metadata::members().unwrap();
    let runtime =
        metadata::packages(&members).iter().find(|it| text(it, "name") == "openapi-keys-runtime");
    for field in ["name", "description", "keywords", "categories", "features", "targets"] {
        let mut value = runtime.expect("the workspace has the runtime")[field].clone();
        for target in value.as_array_mut().into_iter().flatten() {
            // This field contains the local path to this repository.
            target.as_object_mut().map(|target| target.remove("src_path"));
        }
        assert_eq!(found(&value.to_string()), [], "{field} of the runtime: {value}");
    }
}

#[test]
fn words_are_found_in_every_spelling() {
    for (text, expected) in [
        ("a\nMILESTON_KEY", Some((2, "mileston"))),
        ("x-Request-Signature", Some((1, "xrequestsignature"))),
        ("business_id", Some((1, "businessid"))),
        ("a Business ID", Some((1, "business id"))),
        ("NormalKey", Some((1, "normalkey"))),
        ("NestJS and an API key", None),
    ] {
        assert_eq!(found(text).first().copied(), expected, "{text}");
    }
}
