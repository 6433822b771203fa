//! Tests the npm package with Node.js, in a user's project.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use mileston_tests::tools::{self, say};
use packaging::Failure;

use super::running::{assert_stops, fail, listens, send, succeed};
use super::{built, copy_files, fresh, write_programs};

/// Installs the files in a new project. `node_modules` in the project's parent folder links to the vendor's SDKs, so
/// Node.js finds them.
async fn install(name: &str, files: &[&Path]) -> Result<PathBuf, Failure> {
    let (_, sdks) = tools::node("tests/vendor-sdks")?;
    let project = fresh(name).join("shop");
    std::fs::create_dir_all(&project).unwrap();
    let modules = project.with_file_name("node_modules");
    std::os::unix::fs::symlink(sdks.join("node_modules"), modules).unwrap();
    std::fs::write(project.join("package.json"), r#"{ "name": "shop", "private": true }"#).unwrap();
    let mut arguments = vec!["install", "--offline", "--no-audit", "--no-fund", "--save-dev"];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    succeed("npm", &arguments, &project).await;
    Ok(project)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_project_takes_a_payment_with_the_npm_package() -> Result<(), String> {
    let installed = match built::npm() {
        Ok([starter, platform]) => install("npm", &[&starter, &platform]).await,
        Err(failure) => Err(failure),
    };
    let project = match installed {
        Ok(project) => project,
        Err(Failure::Missing(missing)) => return tools::skip("npm package", &missing),
        Err(failure) => return Err(failure.to_string()),
    };
    write_programs("packaging/npm/README.md", "// ", &project);
    copy_files("npm", &project);

    let start = Instant::now();
    let said = succeed("node", &["pay.mjs"], &project).await;
    assert!(said.starts_with("12.50 paid at http://127.0.0.1:"), "{said}");
    let paid = start.elapsed();
    assert!(paid < Duration::from_secs(10), "{paid:?}");
    assert_stops(said.trim().split(" at ").nth(1).unwrap().split("/payment-link").next().unwrap());

    let tests = ["--test", "node.test.mjs", "sdk.test.mjs", "behaviour.test.mjs"];
    let said = succeed("node", &tests, &project).await;
    assert!(said.contains("# pass 13"), "{said}");
    let tsc = "../node_modules/typescript/bin/tsc";
    succeed("node", &[tsc, "--project", "tsconfig.json"], &project).await;
    no_process_remains(&project).await;
    the_command_runs(&project).await;
    say(&format!("npm package: {paid:.1?} from start to a paid link"));
    if built::release().is_some() {
        test_runners(&project).await;
    }
    Ok(())
}

/// Checks that a sandbox stops when the process that started it exits or is killed.
async fn no_process_remains(project: &Path) {
    let url = succeed("node", &["idle.mjs"], project).await;
    assert_stops(&url);
    let mut killed = Command::new("node")
        .args(["idle.mjs", "wait"])
        .current_dir(project)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let url = first_line(&mut killed);
    assert!(listens(&url));
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert_stops(&url);
}

/// Checks that `npx mileston-sandbox` behaves like the binary: it has the same output and exit code, and handles
/// signals.
async fn the_command_runs(project: &Path) {
    let said = succeed("npx", &["--offline", "mileston-sandbox", "--version"], project).await;
    assert_eq!(said.trim(), format!("mileston-sandbox {}", packaging::VERSION));
    let output = super::running::output("npx", &["mileston-sandbox", "sreve"], project).await;
    assert_eq!(output.status.code(), Some(2));
    let mut serve = Command::new("node_modules/.bin/mileston-sandbox")
        .args(["serve", "--port", "0", "--json"])
        .current_dir(project)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let ready: serde_json::Value = serde_json::from_str(&first_line(&mut serve)).unwrap();
    let url = ready["url"].as_str().unwrap();
    assert!(listens(url));
    send("TERM", serve.id());
    assert_eq!(serve.wait().unwrap().code(), Some(0));
    assert!(!listens(url));

    // npx doesn't pass the signal on, and neither does the shell between npx and the command. The sandbox must stop
    // anyway.
    let mut npx = Command::new("npx")
        .args(["--offline", "mileston-sandbox", "serve", "--port", "0", "--json"])
        .current_dir(project)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let ready: serde_json::Value = serde_json::from_str(&first_line(&mut npx)).unwrap();
    send("TERM", npx.id());
    npx.wait().unwrap();
    assert_stops(ready["url"].as_str().unwrap());
}

fn first_line(process: &mut std::process::Child) -> String {
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    line
}

/// Runs Jest and Vitest.
async fn test_runners(project: &Path) {
    // The lock file has an older Vite, because Vite 8.4.0 has an optional dependency that isn't in the registry.
    let (_, folder) = tools::node("tests/packages/npm-long").unwrap();
    let modules = project.with_file_name("node_modules");
    std::fs::remove_file(&modules).unwrap();
    std::os::unix::fs::symlink(folder.join("node_modules"), &modules).unwrap();
    let said = succeed("npx", &["--offline", "jest", "jest.test.js"], project).await;
    assert!(said.contains("1 passed") && !said.contains("did not exit"), "{said}");
    let said = succeed("npx", &["--offline", "vitest", "run", "vitest.test.ts"], project).await;
    assert!(said.contains("1 passed"), "{said}");
    let strict =
        ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--types", "node"];
    let arguments = [&["--offline", "tsc"], &strict[..], &["vitest.test.ts"]].concat();
    succeed("npx", &arguments, project).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_binary_the_npm_package_says_what_to_install() -> Result<(), String> {
    let installed = match built::npm() {
        Ok([starter, _]) => install("npm-without", &[&starter]).await,
        Err(failure) => Err(failure),
    };
    let project = match installed {
        Ok(project) => project,
        Err(Failure::Missing(missing)) => return tools::skip("npm package", &missing),
        Err(failure) => return Err(failure.to_string()),
    };
    let name = packaging::Platform::of_this_machine()?.npm_package();
    let expected = [
        format!("the package {name}, which contains the binary for this machine, isn't installed"),
        format!("npm install --save-dev {name}@{}", packaging::VERSION),
    ];
    write_programs("packaging/npm/README.md", "// ", &project);
    let by_command = fail("npx", &["--offline", "mileston-sandbox", "serve"], &project).await;
    let by_function = fail("node", &["pay.mjs"], &project).await;
    for said in [by_command, by_function] {
        assert!(expected.iter().all(|part| said.contains(part)), "{said}");
    }
    Ok(())
}
