//! Builds unpacked packages in a separate workspace, in which each package uses the other unpacked
//! packages.

use super::plan::Package;

/// Returns the manifest of a workspace with the unpacked packages. They depend on each other by version, so the
/// manifest replaces the packages on crates.io with the unpacked ones.
pub(super) fn manifest(packages: &[Package]) -> String {
    let members: Vec<String> =
        packages.iter().map(|package| format!("{:?}", package.unpacked())).collect();
    let patches: String = packages
        .iter()
        .map(|package| format!("{} = {{ path = {:?} }}\n", package.name, package.unpacked()))
        .collect();
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[patch.crates-io]\n{patches}",
        members.join(", ")
    )
}

/// Returns cargo's arguments for each build of a package: one with the default features and, if the package has other
/// features, one with all features that the task builds.
pub(super) fn commands(package: &Package) -> Vec<Vec<String>> {
    let check = ["check", "--package", &package.name].map(str::to_owned);
    let mut commands = vec![check.to_vec()];
    if !package.features.is_empty() {
        let features = ["--features".to_owned(), package.features.join(",")];
        commands.push([check.as_slice(), &features].concat());
    }
    commands
}

#[cfg(test)]
mod tests {
    use super::super::plan::plan;
    use super::*;

    #[test]
    fn each_package_is_built_alone_and_uses_the_other_unpacked_packages() {
        let metadata = r#"{"packages": [
            {"name": "a", "version": "0.1.0"},
            {"name": "b", "version": "0.2.0", "features": {"default": [], "x": [], "y": []}}
        ]}"#;
        let packages = plan(metadata).unwrap();
        let expected = "[workspace]\nresolver = \"3\"\nmembers = [\"a-0.1.0\", \"b-0.2.0\"]\n\n\
                        [patch.crates-io]\na = { path = \"a-0.1.0\" }\nb = { path = \"b-0.2.0\" }\n";
        assert_eq!(manifest(&packages), expected);
        let commands: Vec<String> =
            packages.iter().flat_map(commands).map(|it| it.join(" ")).collect();
        let expected =
            ["check --package a", "check --package b", "check --package b --features x,y"];
        assert_eq!(commands, expected);
    }
}
