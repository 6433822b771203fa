//! Tests that counts in pages are correct.

use mileston_api::catalogue::OPERATIONS;
use mileston_tests::documents::counts::{Count, problems};
use mileston_tests::matrix::mileston::CREDENTIALS;
use mileston_tests::metadata::{self, packages, text};

use crate::repository::{read_file, repository};

/// Returns the number of a package's direct dependencies that are built by default.
fn dependencies(package: &str) -> usize {
    let members = metadata::members().unwrap();
    let package = packages(&members).iter().find(|it| text(it, "name") == package).unwrap();
    let all = package["dependencies"].as_array().unwrap().iter();
    all.filter(|it| it["kind"].is_null() && it["optional"] == false).count()
}

/// Packages with test binaries that can print `SKIPPED`, and the folders of these binaries.
const SKIPPING: [(&str, &str); 5] = [
    ("mileston-tests", "tests/tests/"),
    ("migration", "tests/migration/tests/"),
    ("mileston-fleet", "mileston-fleet/tests/"),
    ("fleet", "examples/fleet/tests/"),
    ("wasm-build", "wasm-build/tests/"),
];

/// Returns the commands that run the test binaries that can print `SKIPPED`.
fn skippable() -> Vec<String> {
    let mut commands = Vec::new();
    for (package, folder) in SKIPPING {
        let files = repository().files.iter().filter_map(|file| file.strip_prefix(folder));
        let files = files.filter(|it| !it.starts_with("documents/") && it.ends_with(".rs"));
        let skips = files.filter(|it| read_file(&format!("{folder}{it}")).contains("tools::skip("));
        let tests =
            skips.filter_map(|it| it.split('/').next()).map(|it| it.trim_end_matches(".rs"));
        commands.extend(tests.map(|test| format!("cargo test -p {package} --test {test} ")));
    }
    commands.dedup();
    commands
}

#[test]
fn every_count_is_right() {
    let document =
        openapi_keys::Document::parse("openapi/mileston.yaml", &read_file("openapi/mileston.yaml"))
            .unwrap();
    let listed = |path: &[&str]| {
        document.get(path).map_or(0, |node| node.items().len().max(node.entries().len()))
    };
    let signed = OPERATIONS.iter().filter(|operation| operation.bound == Some("Wallet")).count();
    let counts = [
        Count {
            noun: "operations",
            value: OPERATIONS.len(),
            except: &["signed operations", "the three `list…` operations"],
        },
        Count { noun: "signed operations", value: signed, except: &[] },
        Count { noun: "groups", value: listed(&["tags"]), except: &[] },
        Count {
            noun: "security schemes",
            value: listed(&["components", "securitySchemes"]),
            except: &[],
        },
        Count { noun: "kinds of credentials", value: CREDENTIALS.len(), except: &[] },
        Count {
            noun: "cells of the matrix",
            value: OPERATIONS.len() * CREDENTIALS.len(),
            except: &[],
        },
        Count { noun: "direct dependency", value: dependencies("mileston-keys"), except: &[] },
        Count { noun: "tests that can be skipped", value: skippable().len(), except: &[] },
        Count {
            noun: "packages of the workspace",
            value: repository().facts.packages.len(),
            except: &[],
        },
    ];
    assert!(counts.iter().all(|count| count.value > 0), "{counts:?}");
    let wallet = format!("and the {signed} signed operations of the wallets");
    assert!(
        read_file("README.md").contains(&wallet),
        "README.md doesn't say what a wallet key can do"
    );
    let pages = &repository().pieces;
    let problems: Vec<String> =
        pages.iter().flat_map(|(page, pieces)| problems(page, pieces, &counts)).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Checks that CONTRIBUTING.md lists the command of each test that can be skipped.
#[test]
fn tests_that_can_be_skipped_are_listed() {
    let page = read_file("CONTRIBUTING.md");
    let commands = skippable();
    for test in ["-p mileston-tests --test browser ", "-p wasm-build --test frontend "] {
        assert!(commands.iter().any(|command| command.ends_with(test)), "{commands:?}");
    }
    for command in commands {
        assert!(page.contains(&command), "CONTRIBUTING.md doesn't list `{command}`");
    }
}
