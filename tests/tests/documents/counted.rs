//! Numbers that pages say are counted.

use mileston_api::catalogue::OPERATIONS;
use mileston_tests::documents::counts::{Count, problems};
use mileston_tests::metadata::{self, packages, text};

use crate::repository::{read_file, repository};

/// The direct dependencies of a package that its users build by default.
fn dependencies(package: &str) -> usize {
    let members = metadata::members().unwrap();
    let package = packages(&members).iter().find(|it| text(it, "name") == package).unwrap();
    let all = package["dependencies"].as_array().unwrap().iter();
    all.filter(|it| it["kind"].is_null() && it["optional"] == false).count()
}

/// Test binaries that can say `SKIPPED`.
fn skippable() -> Vec<String> {
    let files = &repository().files;
    let tests = files.iter().filter(|it| {
        it.starts_with("tests/tests/") && !it.contains("/documents/") && it.ends_with(".rs")
    });
    let skip = |name: &&String| read_file(name).contains("tools::skip(");
    let top = |name: &String| {
        let rest = name.trim_start_matches("tests/tests/");
        rest.split('/').next().unwrap_or(rest).trim_end_matches(".rs").to_owned()
    };
    let mut tests: Vec<String> = tests.filter(skip).map(top).collect();
    tests.dedup();
    tests
}

#[test]
fn every_count_is_right() {
    let document =
        codegen::Document::parse("openapi/mileston.yaml", &read_file("openapi/mileston.yaml"))
            .unwrap();
    let listed = |path: &[&str]| {
        document.get(path).map_or(0, |node| node.items().len().max(node.entries().len()))
    };
    let signed = OPERATIONS.iter().filter(|operation| operation.bound == Some("Wallet")).count();
    let counts = [
        Count {
            noun: "operations",
            value: OPERATIONS.len(),
            except: &[
                "signed operations",
                "one operation for a method and path",
                "the three `list…` operations",
            ],
        },
        Count { noun: "signed operations", value: signed, except: &[] },
        Count { noun: "groups", value: listed(&["tags"]), except: &[] },
        Count {
            noun: "security schemes",
            value: listed(&["components", "securitySchemes"]),
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
        "README.md says not what a wallet key can do"
    );
    let pages = &repository().pieces;
    let problems: Vec<String> =
        pages.iter().flat_map(|(page, pieces)| problems(page, pieces, &counts)).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// The page names each of them with its command.
#[test]
fn tests_that_can_be_skipped_are_listed() {
    let page = read_file("CONTRIBUTING.md");
    let tests = skippable();
    assert!(tests.contains(&"browser".to_owned()), "{tests:?}");
    for test in tests {
        let command = format!("cargo test -p mileston-tests --test {test} ");
        assert!(page.contains(&command), "CONTRIBUTING.md does not list `{command}`");
    }
}
