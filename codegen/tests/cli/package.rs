//! Tests `--package`.

use crate::Place;

const ARGUMENTS: &[&str] = &["generate", "api.yaml", "--out", "client", "--package", "books"];

#[test]
fn a_package_is_created_and_existing_files_are_kept() {
    let place = Place::new("package");
    place.run(ARGUMENTS).done(&["generated in client/src/generated (20 files, 20 written"]);
    let files = place.files("client");
    assert_eq!(files.len(), 20);
    let manifest: toml::Table = files["Cargo.toml"].parse().unwrap();
    assert_eq!(manifest["package"]["name"].as_str(), Some("books"));
    let dependencies: Vec<&str> =
        manifest["dependencies"].as_table().unwrap().keys().map(String::as_str).collect();
    assert_eq!(dependencies, ["openapi-keys-runtime", "serde", "serde_json"]);
    assert!(files["src/lib.rs"].contains("\n#![deny(missing_docs)]\n"));
    assert!(files["src/generated/client.rs"].contains("crate::generated"));

    place.write("client/Cargo.toml", "# mine\n");
    place.write("client/src/lib.rs", "// mine\n");
    place.run(ARGUMENTS).done(&["(18 files, 0 written, 0 removed)"]);
    assert_eq!(place.read("client/Cargo.toml"), "# mine\n");
    assert_eq!(place.read("client/src/lib.rs"), "// mine\n");
    place.run(&[ARGUMENTS, &["--check"]].concat()).done(&[]);
}

#[test]
fn invalid_names_and_modules_are_rejected() {
    let place = Place::new("package-usage");
    for name in ["2a", "a b", "../a", "fn"] {
        let arguments = ["generate", "api.yaml", "--out", "client", "--package", name];
        place.run(&arguments).failed(2, &["a package can't be called", "--package my-client"]);
    }
    place.write("keys.toml", "module = \"crate::api\"\n");
    let ran = place.run(&[ARGUMENTS, &["--settings", "keys.toml"]].concat());
    ran.failed(2, &["with --package the module is `crate::generated`"]);
    assert!(!place.path("client").exists());
}
