//! Tests that our generator turns the example in docs/prior-art.md into the bounds that the page
//! names.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::ffi::OsString;
use std::process::ExitCode;

use mileston_tests::compile::workspace;
use mileston_tests::metadata;

#[test]
fn the_example_has_the_bounds_that_the_page_names() {
    let page = std::fs::read_to_string(workspace().join("docs/prior-art.md")).unwrap();
    let (_, section) = page.split_once("\n## openapi-keys\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let folder = metadata::target().join("tests/prior-art");
    let document = workspace().join("docs/prior-art/probe.yaml");
    let arguments: [OsString; 6] = [
        "generate".into(),
        document.into(),
        "--out".into(),
        folder.clone().into(),
        "--package".into(),
        "probe".into(),
    ];
    assert_eq!(openapi_keys::cli::run(arguments, "openapi-keys"), ExitCode::SUCCESS);

    let read =
        |name: &str| std::fs::read_to_string(folder.join("src/generated").join(name)).unwrap();
    for (operation, bound) in [("for_both", "StaffAndVisitor"), ("for_scope", "TokenWithRead")] {
        let code = read(&format!("operations/api/{operation}.rs"));
        assert!(code.contains(&format!("requirements::{bound}")), "{code}");
        assert!(section.contains(&format!("`{operation}`")), "the page doesn't have {operation}");
        assert!(section.contains(&format!("`{bound}`")), "the page doesn't have {bound}");
    }
    let (_, quoted) = section.split_once("error[E0277]: ").unwrap();
    let message = quoted.lines().next().unwrap().replace("Credentials<Staff>", "{Self}");
    assert!(read("requirements.rs").contains(&format!("message = \"{message}\"")), "{message}");
}
