//! Tests that a small frontend can be built, served, and loaded in headless Chromium.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::io::AsyncWriteExt as _;
use tools::Missing;
use wasm_build::{BuildError, Built, Frontend, Site, Toolchain};

/// Code that allocates memory and calls JavaScript. If a tool breaks the module, such code fails first.
const SOURCE: &str = r#"
use std::collections::BTreeMap;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = String, js_name = raw)]
    fn raw(parts: &JsValue) -> String;
}

#[wasm_bindgen]
pub fn count(text: &str, parts: &JsValue) -> String {
    let mut words = BTreeMap::new();
    for word in text.split_whitespace() {
        *words.entry(word).or_insert(0) += 1;
    }
    format!("{words:?} {}", raw(parts))
}
"#;

const PAGE: &str = r#"<!doctype html>
<meta charset="utf-8">
<meta name="text" content="">
<title>Tiny</title>
<link rel="icon" href="data:,">
<script type="module" src="page.js"></script>
<output></output>
"#;

const SCRIPT: &str = r"
import init, { count } from './tiny.js';
await init();
const text = document.querySelector('meta[name=text]').content;
document.querySelector('output').textContent = count(text, { raw: ['é'] });
";

/// The page's Content-Security-Policy. Its first directive allows WebAssembly.
const POLICY: &str = "script-src 'self' 'wasm-unsafe-eval'; default-src 'self'; img-src data:";

/// The tools that the test needs.
struct Tools {
    toolchain: Toolchain,
    chromium: PathBuf,
    node: PathBuf,
    /// The folder that contains `playwright-core`.
    packages: PathBuf,
}

fn tools() -> Result<Tools, Missing> {
    let toolchain = Toolchain::find()?;
    let chromium = tools::chromium()?;
    let (node, packages) = tools::node("tests/browser")?;
    Ok(Tools { toolchain, chromium, node, packages })
}

/// Writes a package that uses the workspace's profile and dependency versions.
fn package() -> PathBuf {
    let folder = tools::target().join("tests/wasm-build/tiny");
    let root = tools::workspace();
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let (_, profile) = manifest.split_once("[profile.frontend]").unwrap();
    let profile = profile.split("\n[").next().unwrap();
    let manifest = format!(
        "[package]\nname = \"tiny\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [lib]\ncrate-type = [\"cdylib\"]\n\n[dependencies]\nwasm-bindgen = \"0.2\"\n\n\
         [profile.frontend]{profile}"
    );
    for (name, text) in [
        ("Cargo.toml", manifest.as_str()),
        ("src/lib.rs", SOURCE),
        ("static/index.html", PAGE),
        ("static/page.js", SCRIPT),
    ] {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

fn size(built: &Built, path: &str) -> u64 {
    built.files.iter().find(|file| file.path == path).unwrap().raw
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frontend_is_built_served_and_loaded() {
    let tools = match tools() {
        Ok(tools) => tools,
        Err(missing) => return tools::skip("a frontend in Chromium", &missing).unwrap(),
    };
    let frontend = Frontend::new(package());
    let built = match frontend.build(&tools.toolchain) {
        Ok(built) => built,
        Err(BuildError::Missing(missing)) => {
            return tools::skip("a frontend in Chromium", &missing).unwrap();
        }
        Err(error) => panic!("{error}"),
    };
    let paths: Vec<_> = built.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["index.html", "page.js", "tiny.js", "tiny_bg.wasm"]);

    let plain = frontend.clone().name("tiny-plain").optimised(false);
    let plain = plain.build(&tools.toolchain).unwrap();
    let module = "tiny_bg.wasm";
    assert!(size(&built, module) < size(&plain, module), "{built}\n\n{plain}");

    let before = fs::metadata(built.folder.join(module)).unwrap().modified().unwrap();
    assert_eq!(frontend.build(&tools.toolchain).unwrap(), built);
    let after = fs::metadata(built.folder.join(module)).unwrap().modified().unwrap();
    assert_eq!(before, after, "nothing changed, but it was built again");

    let site = Site::new(&built.folder).header("content-security-policy", POLICY);
    let server = site.meta("text", "b a b").start().await.unwrap();
    let seen = load(&tools, &server.url()).await;
    let expected = serde_json::json!({"shown": "{\"a\": 1, \"b\": 2} é", "complaints": []});
    assert_eq!(seen, expected);
    let asked: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(asked, ["/", "/page.js", "/tiny.js", "/tiny_bg.wasm"]);
}

async fn load(tools: &Tools, url: &str) -> serde_json::Value {
    let mut child = tokio::process::Command::new(&tools.node)
        .args(["--input-type=module", "-"])
        .args([Path::new(&tools.chromium), Path::new(url)])
        .current_dir(&tools.packages)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(include_bytes!("load.mjs")).await.unwrap();
    drop(stdin);
    let output = child.wait_with_output().await.unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_failed_build_is_reported() {
    let toolchain = match Toolchain::find() {
        Ok(toolchain) => toolchain,
        Err(missing) => return tools::skip("a broken frontend", &missing).unwrap(),
    };
    let folder = tools::target().join("tests/wasm-build/broken");
    fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = "[package]\nname = \"broken\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"cdylib\"]\n[workspace]\n";
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/lib.rs"), "compile_error!(\"set a key\");\n").unwrap();
    let frontend = Frontend::new(&folder).profile("dev");
    let error = frontend.build(&toolchain).unwrap_err().to_string();
    assert!(error.starts_with("the package doesn't compile: "), "{error}");
    assert!(error.contains("error: set a key"), "{error}");

    let folder = folder.join("none");
    let error = Frontend::new(&folder).build(&toolchain).unwrap_err().to_string();
    assert_eq!(error, format!("{} isn't a package: it has no Cargo.toml", folder.display()));
}
