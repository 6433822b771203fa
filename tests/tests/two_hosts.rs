//! Tests a shop and a sandbox on two hosts that reach each other by name. The hosts are network namespaces, connected
//! by a virtual cable.
//!
//! Every byte on the cable is recorded, so the test also shows that a live key is never sent in plain text.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use mileston_api::keys::WebhookToken;
use mileston_api::reqwest::{self, Method, redirect};
use mileston_api::{BusinessId, Client, Live, NormalKey, Test};
use mileston_sandbox::{Sandbox, WebhookSettings};
use mileston_tests::tools;
use serde_json::{Value, json};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The environment variable with this process's role in the test.
const ROLE: &str = "TWO_HOSTS_ROLE";
const SANDBOX: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
const SHOP: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 2);
const URL: &str = "http://sandbox:7357";
const WEBHOOK_TOKEN: &str = "fake-webhook-token";
/// The text that a role prints before its result.
const MARK: &str = "RESULT ";

#[test]
fn a_shop_reaches_a_sandbox_on_another_host_by_name() {
    let hosts = match Hosts::new() {
        Ok(hosts) => hosts,
        // Don't use `tools::skip`: it would fail on CI machines, which don't always allow network namespaces.
        Err(why) => return tools::say(&format!("SKIPPED: two hosts: {why}")),
    };
    let recorded = hosts.folder.join("recorded");
    let mut recorder = hosts.start(&hosts.shop, "recorder", &[("RECORDED", path(&recorded))]);
    recorder.result();
    let mut sandbox = hosts.start(&hosts.sandbox, "sandbox", &[]);
    let about: Value = serde_json::from_str(&sandbox.result()).unwrap();
    let mut shop = hosts.start(&hosts.shop, "shop", &[("SANDBOX", about.to_string())]);
    assert_eq!(shop.result(), "paid and delivered");

    // Give the recorder time to write the last packets.
    std::thread::sleep(Duration::from_millis(300));
    let bytes = fs::read(&recorded).unwrap();
    let has = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    // As a control, the recording must contain what was sent in plain text.
    for sent in [about["normalKey"].as_str().unwrap(), "host: sandbox:7357", WEBHOOK_TOKEN] {
        assert!(has(sent), "{sent} wasn't recorded");
    }
    let live = about["liveNormalKey"].as_str().unwrap();
    for secret in [live, live.strip_prefix("Mileston_LIVE_").unwrap(), "Mileston_LIVE_"] {
        assert!(!has(secret), "a live key was sent in plain text");
    }
    tools::say(&format!(
        "two hosts: a link paid, a webhook delivered; {} bytes recorded, no live key",
        bytes.len()
    ));
}

/// Runs this process's role. Does nothing if the process was started without a role.
#[test]
fn role() {
    let Some(role) = std::env::var_os(ROLE) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    match role.to_str().unwrap() {
        "recorder" => record(),
        "sandbox" => runtime.block_on(serve()),
        "shop" => runtime.block_on(sell()),
        other => panic!("no such role: {other}"),
    }
}

fn report(text: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{MARK}{text}").unwrap();
    out.flush().unwrap();
}

/// Writes every packet on every interface to a file, until the process is killed.
fn record() {
    let all = i32::from(0x0003_u16.to_be());
    let socket = Socket::new(Domain::PACKET, Type::RAW, Some(Protocol::from(all))).unwrap();
    let mut file = fs::File::create(std::env::var_os("RECORDED").unwrap()).unwrap();
    report("ready");
    let mut packet = vec![0; 1 << 16];
    loop {
        let length = (&socket).read(&mut packet).unwrap();
        file.write_all(&packet[..length]).unwrap();
    }
}

async fn serve() {
    let webhooks = WebhookSettings::new().to_host("shop");
    let builder = Sandbox::builder().host(SANDBOX).port(7357).allow_host("sandbox");
    let sandbox = builder.webhooks(webhooks).live_keys(true).start().await.unwrap();
    assert_eq!(sandbox.url(), URL);
    report(
        &json!({
            "businessId": sandbox.business_id().as_str(),
            "normalKey": sandbox.normal_key().expose_secret(),
            "liveNormalKey": sandbox.live_normal_key().unwrap().expose_secret(),
            "token": sandbox.control_token().unwrap(),
        })
        .to_string(),
    );
    std::future::pending::<()>().await;
}

async fn sell() {
    let about: Value =
        serde_json::from_str(&std::env::var_os("SANDBOX").unwrap().into_string().unwrap()).unwrap();
    let text = |field: &str| about[field].as_str().unwrap().to_owned();
    let business: BusinessId = text("businessId").parse().unwrap();
    let key: NormalKey<Test> = text("normalKey").parse().unwrap();
    let client = Client::new(key, business.clone()).unwrap();
    assert!(client.clone().with_origin(URL).is_err(), "plain http needs `with_plain_http_origin`");
    let client = client.with_plain_http_origin(URL).unwrap();

    let hook = TcpListener::bind((SHOP, 3000)).await.unwrap();
    let token: WebhookToken = WEBHOOK_TOKEN.parse().unwrap();
    let webhook = json!({ "url": "http://shop:3000/hook", "token": token.expose_secret() });
    assert_eq!(control("webhooks", &webhook, "wrong-token-0123456789").await, 401);
    assert_eq!(control("webhooks", &webhook, &text("token")).await, 201);

    let link = client.payment_links().create("12.50").title("Coffee beans").await.unwrap();
    let page = link.payment_link().unwrap();
    assert!(page.starts_with(&format!("{URL}/payment-link/")), "{page}");
    let id = page.rsplit('/').next().unwrap();
    let shown = browser().get(page).header("accept", "text/html").send().await.unwrap();
    assert_eq!(shown.status(), 200);
    let order = json!({ "event": "paymentlink-paid", "id": id });
    assert_eq!(control("trigger", &order, &text("token")).await, 200);
    let delivery = tokio::time::timeout(Duration::from_secs(20), receive(&hook)).await.unwrap();
    assert!(delivery.contains(id), "{delivery}");
    assert!(delivery.contains(&format!("x-webhook-signature: {WEBHOOK_TOKEN}\r\n")), "{delivery}");

    try_to_send_a_live_key(&text("liveNormalKey"), &business).await;
    report("paid and delivered");
}

/// Tries to send a live key to the sandbox's host in every way that compiles. `tests/mistakes` has the ways that don't
/// compile.
async fn try_to_send_a_live_key(key: &str, business: &BusinessId) {
    let key: NormalKey<Live> = key.parse().unwrap();
    let client = Client::new(key, business.clone()).unwrap();
    for text in [URL, "http://192.0.2.1:7357"] {
        client.clone().with_origin(text).unwrap_err();
        client.clone().send_live_key_to(text).unwrap_err();
    }
    let encrypted = client.send_live_key_to("https://sandbox:7357").unwrap();
    // The sandbox doesn't speak TLS, so nothing follows the first message of the handshake.
    encrypted.payment_links().create("1").await.unwrap_err();
}

fn browser() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy().redirect(redirect::Policy::none());
    builder.timeout(Duration::from_secs(20)).build().unwrap()
}

async fn control(path: &str, body: &Value, token: &str) -> u16 {
    let request = browser().request(Method::POST, format!("{URL}/_sandbox/{path}"));
    let request =
        request.header("mileston-sandbox", token).header("content-type", "application/json");
    request.body(body.to_string()).send().await.unwrap().status().as_u16()
}

/// Receives a delivery, responds with 200, and returns the request in lower case.
async fn receive(hook: &TcpListener) -> String {
    let (mut stream, _) = hook.accept().await.unwrap();
    let request = read_request(&mut stream).await;
    let response = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    stream.write_all(response).await.unwrap();
    request.to_ascii_lowercase()
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.to_ascii_lowercase();
        let length = length.split_once("content-length: ").unwrap().1.lines().next().unwrap();
        if body.len() >= length.parse::<usize>().unwrap() {
            return text;
        }
    }
}

/// Two network namespaces with a cable between them. Dropping this value removes them.
struct Hosts {
    sandbox: String,
    shop: String,
    folder: PathBuf,
}

impl Hosts {
    /// Creates the namespaces and the cable. The error says what is missing on this machine.
    fn new() -> Result<Self, String> {
        let id = std::process::id();
        let hosts = Hosts {
            sandbox: format!("mileston-sandbox-{id}"),
            shop: format!("mileston-shop-{id}"),
            folder: Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("two-hosts-{id}")),
        };
        fs::create_dir_all(&hosts.folder).map_err(|error| error.to_string())?;
        let found = || Command::new("ip").arg("-V").stdout(Stdio::null()).status().is_ok();
        let is_there = found() || (tools::debian::install(&["iproute2"]) && found());
        if !is_there {
            return Err("no `ip` (Debian: `apt-get install iproute2`)".to_owned());
        }
        let ends = [(&hosts.sandbox, SANDBOX, "to-shop"), (&hosts.shop, SHOP, "to-sandbox")];
        let names = format!("127.0.0.1 localhost\n{SANDBOX} sandbox\n{SHOP} shop\n");
        for (host, ..) in ends {
            ip(&["netns", "add", host])?;
            let folder = Path::new("/etc/netns").join(host);
            fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
            fs::write(folder.join("hosts"), &names).map_err(|error| error.to_string())?;
        }
        let [(one, _, end), (other, _, other_end)] = ends;
        let peer = ["peer", "name", other_end, "netns", other];
        ip(&[&["-n", one, "link", "add", end, "type", "veth"][..], &peer].concat())?;
        for (host, address, end) in ends {
            ip(&["-n", host, "address", "add", &format!("{address}/24"), "dev", end])?;
            ip(&["-n", host, "link", "set", end, "up"])?;
            ip(&["-n", host, "link", "set", "lo", "up"])?;
        }
        Ok(hosts)
    }

    /// Starts this test binary on a host, in a role.
    fn start(&self, host: &str, role: &str, settings: &[(&str, String)]) -> Role {
        let program = std::env::current_exe().unwrap();
        let mut command = Command::new("ip");
        command.args(["netns", "exec", host]).arg(program);
        command.args(["--exact", "role", "--nocapture", "--test-threads", "1"]);
        command.env(ROLE, role).envs(settings.iter().map(|(name, value)| (name, value)));
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Role { child, lines, name: role.to_owned() }
    }
}

impl Drop for Hosts {
    fn drop(&mut self) {
        for name in [&self.sandbox, &self.shop] {
            let _ = ip(&["netns", "del", name]);
            let _ = fs::remove_dir_all(Path::new("/etc/netns").join(name));
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn ip(arguments: &[&str]) -> Result<(), String> {
    let output = Command::new("ip").args(arguments).output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("`ip {}` failed (it needs root): {}", arguments.join(" "), said.trim()))
}

fn path(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// A process on one of the hosts. Dropping this value kills the process.
struct Role {
    child: Child,
    lines: BufReader<std::process::ChildStdout>,
    name: String,
}

impl Role {
    /// Waits until the process reports its result.
    fn result(&mut self) -> String {
        let mut said = String::new();
        loop {
            let start = said.len();
            let length = self.lines.read_line(&mut said).unwrap();
            assert_ne!(length, 0, "the {} ended: {said}", self.name);
            if let Some(result) = said[start..].strip_prefix(MARK) {
                return result.trim_end().to_owned();
            }
        }
    }
}

impl Drop for Role {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
