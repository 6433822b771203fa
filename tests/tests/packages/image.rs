//! Tests the image: skopeo reads both of its formats, and runc runs it with the settings in the Compose file.
//!
//! The container has its own network, so the test starts its own program again, in that network.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mileston_tests::compile::workspace;
use mileston_tests::http;
use mileston_tests::tools::{self, Missing, debian, say};
use packaging::{Failure, VERSION};
use serde_json::{Value, json};

use super::running::succeed;
use super::{built, fresh};

/// The tools that read and run an image.
const TOOLS: [&str; 3] = ["runc", "skopeo", "umoci"];

/// The id of the user that the container runs as.
const USER: &str = "65532";

fn find_tools() -> Result<(), Missing> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|user| user.stdout == b"0\n");
    let is_there = |tool: &str| Command::new(tool).arg("--version").output().is_ok();
    if is_root && (TOOLS.iter().all(|tool| is_there(tool)) || debian::install(&TOOLS)) {
        return Ok(());
    }
    Err(Missing(format!("run the test as root, with {} (Debian packages)", TOOLS.join(", "))))
}

/// A container. Dropping this value deletes the container.
struct Container {
    name: String,
    state: PathBuf,
    process: Child,
}

impl Container {
    /// Starts a container with an unpacked image. Returns the first line of output, which says that the sandbox is
    /// ready.
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
    fn exec(&self, command: &[String]) -> bool {
        runc(&self.state).args(["exec", &self.name]).args(command).status().unwrap().success()
    }

    /// Returns the process id of the container's first process, as this machine sees it.
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

/// The test that runs in the container's network.
const ROLE: &str = "image::a_shop_and_a_browser_use_the_container";
/// The environment variable that marks a process in the container's network.
const IN_CONTAINER: &str = "PACKAGES_IN_CONTAINER";

/// The sandbox's address in the container's network. Compose publishes the sandbox at the same address on the host.
const URL: &str = "http://127.0.0.1:7357";
/// The host name and port that other containers use.
const NAME: &str = "sandbox:7357";

/// Values for the variables in the Compose file.
const VARIABLES: [(&str, &str); 5] = [
    ("MILESTON_BUSINESS_ID", "my-business"),
    ("MILESTON_KEY", "Mileston_TEST_sandboxfake0123"),
    ("MILESTON_CHECKOUT_KEY", "Mileston_TEST_CHECKOUTKEY_sandboxfake0123"),
    ("MILESTON_WALLET_SECRET", "sandboxwalletsecretfake0123"),
    ("MILESTON_SANDBOX_TOKEN", "fake-token-of-a-test"),
];

/// The service in the Compose file.
struct Service {
    command: Vec<String>,
    variables: Vec<String>,
    health_check: Vec<String>,
}

impl Service {
    fn read() -> Self {
        let text = fs::read_to_string(workspace().join("packaging/image/compose.yaml")).unwrap();
        let value = |key: &str| {
            let line =
                text.lines().find_map(|line| line.trim().strip_prefix(key)?.strip_prefix(": "));
            line.unwrap_or_else(|| panic!("the Compose file has no {key}"))
        };
        let test: Vec<String> = serde_json::from_str(value("test")).unwrap();
        let (kind, health_check) = test.split_first().unwrap();
        assert_eq!(kind, "CMD");
        let names = text.lines().filter_map(|line| line.trim().strip_prefix("- MILESTON_"));
        Service {
            command: value("command").split(' ').map(str::to_owned).collect(),
            variables: names.map(|name| format!("MILESTON_{name}")).collect(),
            health_check: health_check.to_vec(),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_in_the_compose_file_takes_a_payment() -> Result<(), String> {
    let image = match find_tools().map_err(Failure::from).and_then(|()| built::image()) {
        Ok(image) => image,
        Err(Failure::Missing(missing)) => return tools::skip("image", &missing),
        Err(failure) => return Err(failure.to_string()),
    };
    let folder = fresh("image");
    // skopeo and umoci both verify the digests.
    let tar = image.display();
    let oci = format!("oci-archive:{tar}:{VERSION}");
    succeed("skopeo", &["copy", "--quiet", &oci, &format!("oci:layout:{VERSION}")], &folder).await;
    let docker = format!("docker-archive:{tar}:docker.io/library/mileston-sandbox:{VERSION}");
    succeed("skopeo", &["copy", "--quiet", &docker, "dir:docker"], &folder).await;
    succeed("umoci", &["unpack", "--image", &format!("layout:{VERSION}"), "bundle"], &folder).await;
    let (bundle, service) = (folder.join("bundle"), Service::read());
    adapt(&bundle, &service);

    let start = Instant::now();
    let (mut container, ready) = Container::run(&bundle);
    assert_eq!(ready.trim_end(), format!("Mileston sandbox, ready at {URL}"));
    let network = format!("--net=/proc/{}/ns/net", container.pid());
    let program = std::env::current_exe().unwrap();
    let mut inside = Command::new("nsenter");
    inside.arg(network).arg(program).args([ROLE, "--exact", "--nocapture"]);
    let outcome = inside.env(IN_CONTAINER, "yes").output().unwrap();
    let said = [&outcome.stdout, &outcome.stderr].map(|it| String::from_utf8_lossy(it)).concat();
    assert!(outcome.status.success() && said.contains("paid and seen"), "{said}");
    let paid = start.elapsed();
    assert!(paid < Duration::from_secs(10), "{paid:?}");
    say(&format!("image: {paid:.1?} from start to a paid link"));

    let status = fs::read_to_string(format!("/proc/{}/status", container.pid())).unwrap();
    let users = status.lines().find_map(|line| line.strip_prefix("Uid:")).unwrap();
    assert!(users.split_whitespace().all(|user| user == USER), "{users}");
    assert!(container.exec(&service.health_check));

    // `docker stop` sends the same signal.
    assert!(
        runc(&container.state).args(["kill", &container.name, "TERM"]).status().unwrap().success()
    );
    assert_eq!(container.process.wait().unwrap().code(), Some(0));
    Ok(())
}

/// Gives the container the command and the variables from the Compose file.
fn adapt(bundle: &Path, service: &Service) {
    let path = bundle.join("config.json");
    let mut config: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let process = &mut config["process"];
    let program = process["args"][0].clone();
    assert_eq!(program, "mileston-sandbox");
    let command = service.command.iter().map(|word| json!(word));
    process["args"] = std::iter::once(program).chain(command).collect();
    process["terminal"] = json!(false);
    let variables = process["env"].as_array_mut().unwrap();
    for name in &service.variables {
        let value = VARIABLES.iter().find(|(known, _)| known == name);
        let (_, value) = value.unwrap_or_else(|| panic!("{name} has no value in `VARIABLES`"));
        variables.push(json!(format!("{name}={value}")));
    }
    fs::write(path, config.to_string()).unwrap();
}

/// If this process is in the container's network, acts as a shop in another container and as a browser on the host.
#[tokio::test]
async fn a_shop_and_a_browser_use_the_container() {
    if std::env::var_os(IN_CONTAINER).is_none() {
        return;
    }
    let value = |name: &str| {
        VARIABLES.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    let shop = [("host", NAME.to_owned()), ("content-type", "application/json".to_owned())];
    let (key, business) = (value("MILESTON_KEY").unwrap(), value("MILESTON_BUSINESS_ID").unwrap());
    let keys = [&shop[..], &[("apikey", key), ("businessid", business)]].concat();
    let amount = r#"{"amount": "12.50"}"#;
    let created = http::send(URL, "POST", "/payment-link/create", &keys, amount).await.unwrap();
    assert_eq!(created.status, 201, "{}", created.body);
    let created: Value = serde_json::from_str(&created.body).unwrap();

    // A payer's browser runs on the host, so the link has the address on the host.
    let link = created["paymentLink"].as_str().unwrap();
    let page = link.strip_prefix(URL).unwrap_or_else(|| panic!("{link} isn't at {URL}"));
    let browser = [("accept", "text/html".to_owned())];
    let shown = http::send(URL, "GET", page, &browser, "").await.unwrap();
    assert!(shown.status == 200 && shown.body.contains("<title>Checkout"), "{}", shown.body);
    // Other containers reach the same page by the name of the service.
    let inside = [("accept", "text/html".to_owned()), ("host", NAME.to_owned())];
    assert_eq!(http::send(URL, "GET", page, &inside, "").await.unwrap().status, 200);

    let order =
        json!({ "event": "paymentlink-paid", "id": created["paymentData"]["paymentLinkId"] });
    let order = order.to_string();
    let refused = http::send(URL, "POST", "/_sandbox/trigger", &shop, &order).await.unwrap();
    assert_eq!(refused.status, 401, "{}", refused.body);
    let token = ("mileston-sandbox", value("MILESTON_SANDBOX_TOKEN").unwrap());
    let control = [&shop[..], &[token]].concat();
    let paid = http::send(URL, "POST", "/_sandbox/trigger", &control, &order).await.unwrap();
    assert_eq!(paid.status, 200, "{}", paid.body);
    let paid: Value = serde_json::from_str(&paid.body).unwrap();
    assert_eq!(paid["amount"], "12.50");
    println!("paid and seen");
}
