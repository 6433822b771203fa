//! Tests that each crate depends only on the workspace crates that it is allowed to depend on.

use std::collections::{BTreeMap, BTreeSet};

use mileston_tests::metadata::{self, text, tree};
use serde_json::Value;

/// For each crate, all crates of the workspace that it depends on, directly or indirectly, including in tests and with
/// any feature.
const BOUNDARIES: &[(&str, &[&str])] = &[
    ("openapi-keys", &[]),
    ("mileston-api", &["mileston-keys", "openapi-keys-runtime"]),
    // The sandbox and the tools are only for tests.
    (
        "mileston-fleet",
        &["mileston-api", "mileston-keys", "mileston-sandbox", "openapi-keys-runtime", "tools"],
    ),
    ("mileston-keys", &[]),
    ("openapi-keys-runtime", &[]),
    ("other-api", &["openapi-keys-runtime"]),
    ("xtask", &["openapi-keys"]),
];

#[test]
fn crates_depend_only_on_their_allowed_crates() {
    let members = metadata::members().unwrap();
    let ours: BTreeSet<&str> =
        metadata::packages(&members).iter().map(|it| text(it, "name")).collect();
    for (package, allowed) in BOUNDARIES {
        let mut found = tree(package, "normal,build,dev").unwrap();
        found.retain(|name| name != package && ours.contains(name.as_str()));
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        assert_eq!(found, *allowed, "the crates of the workspace that {package} depends on");
    }
}

/// `cargo tree` doesn't show dependencies of disabled features or of other platforms; the manifests do.
#[test]
fn no_feature_or_platform_adds_a_forbidden_dependency() {
    let members = metadata::members().unwrap();
    let direct: BTreeMap<&str, BTreeSet<&str>> = metadata::packages(&members)
        .iter()
        .map(|it| (text(it, "name"), dependencies(it)))
        .collect();
    for (package, allowed) in BOUNDARIES {
        let all = direct.get(package).unwrap_or_else(|| panic!("there is no crate {package}"));
        let ours = all.iter().filter(|name| direct.contains_key(*name));
        let beyond: Vec<_> = ours.filter(|name| !allowed.contains(name)).collect();
        assert!(beyond.is_empty(), "{package} must not depend on {beyond:?}");
    }
}

/// Returns dependencies of any kind, for any feature and platform.
fn dependencies(package: &Value) -> BTreeSet<&str> {
    let all = package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().map(|dependency| text(dependency, "name")).collect()
}
