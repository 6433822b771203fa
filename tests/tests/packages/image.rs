//! Tests the image: skopeo reads it in both of its formats, and runc runs it.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mileston_tests::http;
use mileston_tests::tools::{self, Missing, debian, say};
use packaging::{Failure, VERSION};
use serde_json::{Value, json};

use super::running::{listens, succeed};
use super::{built, fresh};

/// The tools that read and run an image.
const TOOLS: [&str; 3] = ["runc", "skopeo", "umoci"];

/// The user of the image.
const USER: &str = "65532";

fn find_tools() -> Result<(), Missing> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|user| user.stdout == b"0\n");
    let is_there = |tool: &str| Command::new(tool).arg("--version").output().is_ok();
    if is_root && (TOOLS.iter().all(|tool| is_there(tool)) || debian::install(&TOOLS)) {
        return Ok(());
    }
    Err(Missing(format!("run it as root, with {} (Debian packages)", TOOLS.join(", "))))
}

/// A container, which is deleted when this is dropped.
struct Container {
    name: String,
    state: PathBuf,
    process: Child,
}

impl Container {
    /// Starts the container of an unpacked image, and returns the line that it prints first.
    fn run(bundle: &Path) -> (Container, String) {
        let name = format!("mileston-sandbox-{}", std::process::id());
        let state = bundle.with_file_name("state");
        let mut command = runc(&state);
        command.arg("run").arg("--bundle").arg(bundle).arg(&name);
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        (Container { name, state, process }, line)
    }

    /// Runs a command in the container, as a health check does.
    fn exec(&self, command: &[&str]) -> bool {
        runc(&self.state).args(["exec", &self.name]).args(command).status().unwrap().success()
    }

    /// Returns the number of the container's first process on this machine.
    fn pid(&self) -> u64 {
        let state = runc(&self.state).args(["state", &self.name]).output().unwrap();
        serde_json::from_slice::<Value>(&state.stdout).unwrap()["pid"].as_u64().unwrap()
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        drop(runc(&self.state).args(["delete", "--force", &self.name]).output());
        drop(self.process.wait());
    }
}

fn runc(state: &Path) -> Command {
    let mut command = Command::new("runc");
    command.arg("--root").arg(state);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn a_container_of_the_image_takes_a_payment() -> Result<(), String> {
    let image = match find_tools().map_err(Failure::from).and_then(|()| built::image()) {
        Ok(image) => image,
        Err(Failure::Missing(missing)) => return tools::skip("image", &missing),
        Err(failure) => return Err(failure.to_string()),
    };
    let folder = fresh("image");
    // Both tools compare the digests.
    let tar = image.display();
    let oci = format!("oci-archive:{tar}:{VERSION}");
    succeed("skopeo", &["copy", "--quiet", &oci, &format!("oci:layout:{VERSION}")], &folder).await;
    let docker = format!("docker-archive:{tar}:docker.io/library/mileston-sandbox:{VERSION}");
    succeed("skopeo", &["copy", "--quiet", &docker, "dir:docker"], &folder).await;
    succeed("umoci", &["unpack", "--image", &format!("layout:{VERSION}"), "bundle"], &folder).await;
    let bundle = folder.join("bundle");
    adapt(&bundle);

    let start = Instant::now();
    let (mut container, ready) = Container::run(&bundle);
    let ready: Value = serde_json::from_str(&ready).unwrap_or_else(|_| panic!("{ready}"));
    let url = ready["url"].as_str().unwrap();
    let amount = pay(url, &ready).await?;
    let paid = start.elapsed();
    assert_eq!(amount, "12.50");
    assert!(paid < Duration::from_secs(10), "{paid:?}");
    say(&format!("image: {paid:.1?} from start to a paid link"));

    let status = fs::read_to_string(format!("/proc/{}/status", container.pid())).unwrap();
    let users = status.lines().find_map(|line| line.strip_prefix("Uid:")).unwrap();
    assert!(users.split_whitespace().all(|user| user == USER), "{users}");
    assert!(container.exec(&["mileston-sandbox", "--version"]));

    // `docker stop` does the same.
    assert!(
        runc(&container.state).args(["kill", &container.name, "TERM"]).status().unwrap().success()
    );
    assert_eq!(container.process.wait().unwrap().code(), Some(0));
    assert!(!listens(url));
    Ok(())
}

/// Makes the container print its keys and listen on a free port of this machine, instead of a port in its own network.
fn adapt(bundle: &Path) {
    let path = bundle.join("config.json");
    let mut config: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let process = &mut config["process"];
    assert_eq!(process["args"][0], "mileston-sandbox");
    process["args"] = json!(["mileston-sandbox", "serve", "--port", "0", "--json"]);
    process["terminal"] = json!(false);
    let namespaces = config["linux"]["namespaces"].as_array_mut().unwrap();
    namespaces.retain(|namespace| namespace["type"] != "network");
    fs::write(path, config.to_string()).unwrap();
}

/// Creates and pays a payment link, by plain HTTP. Returns the amount that was paid.
async fn pay(url: &str, ready: &Value) -> Result<String, String> {
    let text = |name: &str| ready[name].as_str().unwrap().to_owned();
    let json = ("content-type", "application/json".to_owned());
    let keys = [json.clone(), ("apikey", text("normalKey")), ("businessid", text("businessId"))];
    let link = r#"{"amount": "12.50"}"#;
    let created = http::send(url, "POST", "/payment-link/create", &keys, link).await?;
    assert_eq!(created.status, 201, "{}", created.body);
    let created: Value = serde_json::from_str(&created.body).unwrap();
    let order =
        json!({ "event": "paymentlink-paid", "id": created["paymentData"]["paymentLinkId"] });
    let control = [json, ("mileston-sandbox", "test".to_owned())];
    let paid = http::send(url, "POST", "/_sandbox/trigger", &control, &order.to_string()).await?;
    assert_eq!(paid.status, 200, "{}", paid.body);
    let paid: Value = serde_json::from_str(&paid.body).unwrap();
    Ok(paid["amount"].as_str().unwrap().to_owned())
}
