//! Lists the packages to publish, with dependencies first.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

/// Features that the task doesn't build, each with the reason.
const NOT_BUILT: [(&str, &str); 1] = [("native-tls", "needs OpenSSL's headers")];

/// A package that is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Package {
    /// The package's name.
    pub(super) name: String,
    /// The package's version.
    pub(super) version: String,
    /// The package's folder in the repository.
    pub(super) folder: PathBuf,
    /// The features to build in addition to the default ones.
    pub(super) features: Vec<String>,
    /// The published packages of this workspace that this package depends on, not counting dev-dependencies.
    needs: BTreeSet<String>,
}

impl Package {
    /// Returns the name of the package's folder in the archive.
    pub(super) fn unpacked(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }

    /// Returns the name of the package's archive.
    pub(super) fn archive(&self) -> String {
        format!("{}.crate", self.unpacked())
    }
}

/// Returns the packages to publish, from the output of `cargo metadata --no-deps`.
///
/// # Errors
///
/// Returns an error if `metadata` isn't JSON, or the packages depend on each other in a cycle.
pub(super) fn plan(metadata: &str) -> Result<Vec<Package>, String> {
    let metadata: Value =
        serde_json::from_str(metadata).map_err(|error| format!("cargo metadata: {error}"))?;
    let all = list(&metadata, "packages");
    // In the metadata, `publish = false` is an empty list of registries. Without `publish`, the value is null.
    let published: Vec<&Value> = all.iter().filter(|it| it["publish"].is_null()).collect();
    let names: BTreeSet<&str> = published.iter().map(|it| text(it, "name")).collect();
    let mut rest: Vec<Package> = published.iter().map(|it| package(it, &names)).collect();
    rest.sort_by(|one, other| one.name.cmp(&other.name));
    let mut order: Vec<Package> = Vec::new();
    while !rest.is_empty() {
        let is_done = |name: &String| order.iter().any(|it| it.name == *name);
        let Some(next) = rest.iter().position(|it| it.needs.iter().all(is_done)) else {
            let names: Vec<&str> = rest.iter().map(|it| it.name.as_str()).collect();
            return Err(format!("these packages depend on each other: {}", names.join(", ")));
        };
        let next = rest.remove(next);
        order.push(next);
    }
    Ok(order)
}

fn package(package: &Value, names: &BTreeSet<&str>) -> Package {
    // Dev-dependencies don't affect the order: those on workspace packages have no version, so cargo
    // removes them when it packs a package.
    let needs = list(package, "dependencies").iter().filter(|it| it["kind"] != "dev");
    let needs = needs.map(|it| text(it, "name")).filter(|name| names.contains(name));
    let is_built = |name: &&String| {
        name.as_str() != "default" && !NOT_BUILT.iter().any(|(not, _)| not == name)
    };
    let features = package["features"].as_object().into_iter().flat_map(|it| it.keys());
    let manifest = PathBuf::from(text(package, "manifest_path"));
    Package {
        name: text(package, "name").to_owned(),
        version: text(package, "version").to_owned(),
        folder: manifest.parent().map(PathBuf::from).unwrap_or_default(),
        features: features.filter(is_built).cloned().collect(),
        needs: needs.map(str::to_owned).collect(),
    }
}

fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value[field].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn member(name: &str, publish: Value, needs: &[(&str, Option<&str>)]) -> Value {
        let needs: Vec<Value> =
            needs.iter().map(|(name, kind)| json!({"name": name, "kind": kind})).collect();
        json!({
            "name": name,
            "version": "0.1.0",
            "manifest_path": format!("/w/{name}/Cargo.toml"),
            "publish": publish,
            "dependencies": needs,
            "features": {"default": ["x"], "x": [], "native-tls": []},
        })
    }

    #[track_caller]
    fn check(packages: &[Value], expected: Result<&[&str], &str>) {
        let found = plan(&json!({"packages": packages}).to_string());
        let names = found.map(|list| list.into_iter().map(|it| it.name).collect::<Vec<_>>());
        let expected = expected.map(|list| list.iter().map(|it| (*it).to_owned()).collect());
        assert_eq!(names, expected.map_err(str::to_owned));
    }

    #[test]
    fn dependencies_come_first_and_unpublished_packages_are_left_out() {
        let server = member("a-server", Value::Null, &[("b-client", None), ("serde", None)]);
        let client = member("b-client", Value::Null, &[("keys", None), ("tools", Some("build"))]);
        let keys = member("keys", Value::Null, &[("a-server", Some("dev"))]);
        let tools = member("tools", json!([]), &[("a-server", None)]);
        check(&[server, client, keys, tools], Ok(&["keys", "b-client", "a-server"]));
    }

    #[test]
    fn a_cycle_is_an_error() {
        let one = member("one", Value::Null, &[("two", None)]);
        let two = member("two", Value::Null, &[("one", Some("build"))]);
        check(&[one, two], Err("these packages depend on each other: one, two"));
    }

    #[test]
    fn a_package_is_built_with_all_features_except_those_that_need_system_libraries() {
        let found = plan(&json!({"packages": [member("a", Value::Null, &[])]}).to_string());
        let package = &found.unwrap()[0];
        assert_eq!(package.features, ["x"]);
        assert_eq!(package.folder, PathBuf::from("/w/a"));
        assert_eq!(package.archive(), "a-0.1.0.crate");
    }

    #[test]
    fn text_that_is_not_metadata_is_an_error() {
        assert!(plan("error").unwrap_err().starts_with("cargo metadata: "));
    }
}
