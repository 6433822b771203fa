//! Tests the wheel in a user's project, in a new virtual environment.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use mileston_tests::tools::{self, say};
use packaging::Failure;

use super::running::{assert_stops, listens, succeed};
use super::{built, copy_files, fresh, write_programs};

/// Creates a virtual environment with this Python, and installs the wheel with pip. Returns the project, which has the
/// environment in `venv`.
async fn install(name: &str, python: &str, wheel: &Path) -> PathBuf {
    let project = fresh(name);
    succeed(python, &["-m", "venv", "venv"], &project).await;
    let arguments = ["-m", "pip", "install", "--no-index", "--quiet", wheel.to_str().unwrap()];
    succeed("venv/bin/python", &arguments, &project).await;
    write_programs("packaging/pypi/README.md", "# ", &project);
    copy_files("pypi", &project);
    project
}

#[tokio::test(flavor = "multi_thread")]
async fn a_python_project_takes_a_payment_with_the_wheel() -> Result<(), String> {
    let pytest = tools::python("tests/packages/pypi").map_err(Failure::from);
    let (wheel, pytest) = match built::pypi().and_then(|wheel| Ok((wheel, pytest?.0))) {
        Ok(ready) => ready,
        Err(Failure::Missing(missing)) => return tools::skip("wheel", &missing),
        Err(failure) => return Err(failure.to_string()),
    };
    let project = install("pypi", "python3", &wheel).await;
    let python = "venv/bin/python";

    let start = Instant::now();
    let said = succeed(python, &["pay.py"], &project).await;
    assert!(said.starts_with("12.50 paid at http://127.0.0.1:"), "{said}");
    let paid = start.elapsed();
    assert!(paid < Duration::from_secs(10), "{paid:?}");
    assert_stops(said.trim().split(" at ").nth(1).unwrap().split("/payment-link").next().unwrap());

    // This has the same effect as installing pytest in the environment.
    let site = succeed(python, &["-c", SITE], &project).await;
    let of_pytest = succeed(pytest.join("python").to_str().unwrap(), &["-c", SITE], &project).await;
    std::fs::write(Path::new(site.trim()).join("pytest.pth"), of_pytest).unwrap();
    let said = succeed(python, &["-m", "pytest", "-p", "no:cacheprovider", "-q"], &project).await;
    assert!(said.contains("10 passed"), "{said}");
    no_process_remains(&project).await;
    the_command_runs(&project).await;
    say(&format!("wheel: {paid:.1?} from start to a paid link"));
    if built::release().is_some() {
        judge(&wheel, &project).await;
        other_versions(&wheel).await;
    }
    Ok(())
}

/// A program that prints where packages are installed.
const SITE: &str = "import sysconfig; print(sysconfig.get_path('purelib'))";

async fn no_process_remains(project: &Path) {
    let url = succeed("venv/bin/python", &["idle.py"], project).await;
    assert_stops(&url);
    let mut killed = Command::new("venv/bin/python")
        .args(["idle.py", "wait"])
        .current_dir(project)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut url = String::new();
    BufReader::new(killed.stdout.take().unwrap()).read_line(&mut url).unwrap();
    assert!(listens(&url));
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert_stops(&url);
}

/// Checks that `mileston-sandbox`, the command that `pipx run` calls, behaves like the binary, and that
/// `python -m mileston_sandbox` also runs it.
async fn the_command_runs(project: &Path) {
    let version = format!("mileston-sandbox {}", packaging::VERSION);
    let said = succeed("venv/bin/mileston-sandbox", &["--version"], project).await;
    assert_eq!(said.trim(), version);
    let module = ["-m", "mileston_sandbox", "--version"];
    assert_eq!(succeed("venv/bin/python", &module, project).await.trim(), version);
    let output = super::running::output("venv/bin/mileston-sandbox", &["sreve"], project).await;
    assert_eq!(output.status.code(), Some(2));
}

/// Checks the wheel's platform tag with auditwheel, and the types with mypy.
async fn judge(wheel: &Path, project: &Path) {
    let (programs, _) = tools::python("tests/packages/pypi-long").unwrap();
    let auditwheel = programs.join("auditwheel");
    let arguments = ["show", wheel.to_str().unwrap()];
    let said = succeed(auditwheel.to_str().unwrap(), &arguments, project).await;
    assert!(
        said.contains("manylinux_2_17_x86_64") || said.contains("manylinux_2_17_aarch64"),
        "{said}"
    );
    let mypy = programs.join("mypy");
    let arguments = [
        "--strict",
        "--python-executable",
        "venv/bin/python",
        "-p",
        "mileston_sandbox",
        "--no-incremental",
    ];
    succeed(mypy.to_str().unwrap(), &arguments, project).await;
    let arguments = [
        "--strict",
        "--python-executable",
        "venv/bin/python",
        "--no-incremental",
        "test_shop.py",
        "pay.py",
    ];
    succeed(mypy.to_str().unwrap(), &arguments, project).await;
}

/// Takes a payment with each version of Python, from 3.9, that pyenv has installed.
async fn other_versions(wheel: &Path) {
    let versions = std::env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".pyenv")));
    let Some(Ok(entries)) = versions.map(|root| std::fs::read_dir(root.join("versions"))) else {
        return say("SKIPPED: other versions of Python: no pyenv");
    };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let minor = name.strip_prefix("3.").and_then(|rest| rest.split('.').next()?.parse().ok());
        if minor.is_none_or(|minor: u32| minor < 9) {
            continue;
        }
        let python = path.join("bin/python3");
        let project = install(&format!("pypi-{name}"), python.to_str().unwrap(), wheel).await;
        let said = succeed("venv/bin/python", &["pay.py"], &project).await;
        assert!(said.starts_with("12.50 paid at"), "{name}: {said}");
        say(&format!("wheel: paid with Python {name}"));
    }
}
