//! Runs the program as a user does.

use std::io::Read;
use std::process::Stdio;
use std::time::Duration;

use mileston_keys::{BusinessId, CheckoutKey, Live, NormalKey, Test, WalletSecret};
use serde_json::Value;

use crate::program::{Running, program, run, text};

/// Lists payment links with these credentials, using a minimal client. Returns the response's status line.
fn status_of_list(url: &str, key: &str, business: &str) -> String {
    use std::io::Write;
    let mut stream = std::net::TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
    let head = format!("apikey: {key}\r\nbusinessid: {business}\r\nConnection: close\r\n");
    write!(stream, "GET /payment-link/ HTTP/1.1\r\nHost: localhost\r\n{head}\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.lines().next().unwrap().to_owned()
}

#[cfg(unix)]
#[test]
fn json_is_one_line_with_credentials_that_work() {
    let mut running = Running::start(&["serve", "--port", "0", "--json"]);
    let ready: Value = serde_json::from_str(&running.line()).unwrap();
    let fields: Vec<_> = ready.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = ["url", "businessId", "normalKey", "checkoutKey", "walletSecret"];
    expected.sort_unstable();
    assert_eq!(fields, expected);
    text(&ready, "businessId").parse::<BusinessId>().unwrap();
    text(&ready, "normalKey").parse::<NormalKey<Test>>().unwrap();
    text(&ready, "checkoutKey").parse::<CheckoutKey<Test>>().unwrap();
    text(&ready, "walletSecret").parse::<WalletSecret>().unwrap();
    let (url, business) = (text(&ready, "url"), text(&ready, "businessId"));
    let ok = status_of_list(&url, &text(&ready, "normalKey"), &business);
    assert_eq!(ok, "HTTP/1.1 200 OK");
    let refused = status_of_list(&url, &text(&ready, "checkoutKey"), &business);
    assert_eq!(refused, "HTTP/1.1 401 Unauthorized");
    assert_eq!(running.stop("-TERM"), (Some(0), String::new()));
}

#[cfg(unix)]
#[test]
fn serve_stops_when_its_input_is_closed_only_if_requested() {
    let start = |arguments: &[&str]| {
        let mut command = program(&[&["serve", "--port", "0", "--json"], arguments].concat());
        command.stdin(Stdio::piped());
        let mut running = Running::of(command);
        running.line();
        running.close_input();
        running
    };
    assert_eq!(start(&["--until-stdin-closes"]).end(), (Some(0), String::new()));
    // Many programs are started with standard input closed.
    let running = start(&[]);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(running.stop("-TERM"), (Some(0), String::new()));
    // A signal stops the program as well, although its input is still open.
    let mut command = program(&["serve", "--port", "0", "--json", "--until-stdin-closes"]);
    command.stdin(Stdio::piped());
    let mut running = Running::of(command);
    running.line();
    assert_eq!(running.stop("-TERM"), (Some(0), String::new()));
}

#[cfg(unix)]
#[test]
fn live_keys_are_created_on_request() {
    let mut running = Running::start(&["serve", "--port=0", "--json", "--live"]);
    let ready: Value = serde_json::from_str(&running.line()).unwrap();
    let key = text(&ready, "liveNormalKey");
    key.parse::<NormalKey<Live>>().unwrap();
    text(&ready, "liveCheckoutKey").parse::<CheckoutKey<Live>>().unwrap();
    let ok = status_of_list(&text(&ready, "url"), &key, &text(&ready, "businessId"));
    assert_eq!(ok, "HTTP/1.1 200 OK");
    assert_eq!(running.stop("-INT"), (Some(0), String::new()));
}

#[test]
fn with_a_seed_the_business_is_the_same_each_time_but_its_keys_are_not() {
    let ready = |seed: &str| {
        let mut running = Running::start(&["serve", "--port", "0", "--json", "--seed", seed]);
        serde_json::from_str::<Value>(&running.line()).unwrap()
    };
    let [one, two, other] = ["18446744073709551615", "18446744073709551615", "7"].map(ready);
    assert_eq!(one["businessId"], two["businessId"]);
    assert_ne!(one["businessId"], other["businessId"]);
    assert_ne!(one["normalKey"], two["normalKey"]);
    assert_ne!(one["walletSecret"], two["walletSecret"]);
}

#[cfg(unix)]
#[test]
fn fixed_keys_are_printed_again_when_the_file_exists() {
    let folder = crate::temporary::Folder::new("serve-fixed");
    let file = folder.file().display().to_string();
    let start = |options: &[&str]| {
        let serve = ["serve", "--port", "0", "--json", "--store", &file];
        let mut running = Running::start(&[&serve, options].concat());
        let mut ready: Value = serde_json::from_str(&running.line()).unwrap();
        ready.as_object_mut().unwrap().remove("url");
        assert_eq!(running.stop("-INT"), (Some(0), String::new()));
        ready
    };
    let fixed = ["--seed", "7", "--seed-keys"];
    let (one, two) = (start(&fixed), start(&fixed));
    assert!(
        one["normalKey"].is_string() && one["walletSecret"].is_string(),
        "`serve` prints the keys"
    );
    assert_eq!(one, two);
    assert!(start(&[]).get("normalKey").is_none());
}

#[cfg(unix)]
#[test]
fn the_banner_has_lines_to_paste() {
    let mut running = Running::start(&["serve", "--port", "0"]);
    let (mut exports, mut pages) = (Vec::new(), Vec::new());
    while exports.len() < 5 {
        let line = running.line();
        pages.extend(
            ["/payments", "/requests"].into_iter().filter(|page| line.trim_end().ends_with(page)),
        );
        assert!(!line.is_empty(), "the banner ended with {exports:?}");
        exports.extend(line.strip_prefix("export ").map(|rest| rest.trim().to_owned()));
    }
    let names: Vec<_> = exports.iter().map(|line| line.split('=').next().unwrap()).collect();
    let expected = [
        "MILESTON_URL",
        "MILESTON_BUSINESS_ID",
        "MILESTON_KEY",
        "MILESTON_CHECKOUT_KEY",
        "MILESTON_WALLET_SECRET",
    ];
    assert_eq!(names, expected);
    assert_eq!(pages, ["/payments", "/requests"]);
    assert_eq!(running.stop("-INT"), (Some(0), String::new()));
}

#[test]
fn a_port_in_use_exits_with_1() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = run(&["serve", "--port", &port]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains(&format!("port {port} is already in use")), "{error}");
}

#[test]
fn the_banner_says_what_other_machines_can_do() {
    let mut running = Running::start(&["serve", "--port", "0", "--host", "0.0.0.0"]);
    let mut text = String::new();
    while !text.contains("export MILESTON_SANDBOX_TOKEN=") {
        let line = running.line();
        assert!(!line.is_empty(), "the banner ended with {text:?}");
        text.push_str(&line);
    }
    assert!(text.contains("Other machines may be able to reach this sandbox."), "{text}");
    assert!(text.contains("its IP addresses"), "{text}");
}

#[test]
fn a_given_token_is_not_printed() {
    let token = "fake-token-0123456789";
    let arguments = ["serve", "--port", "0", "--json", "--allow-host", "sandbox", "--token", token];
    let mut running = Running::start(&arguments);
    let line = running.line();
    let ready: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert!(text(&ready, "url").starts_with("http://sandbox:"), "{line}");
    assert!(!line.contains(token) && ready.get("sandboxToken").is_none(), "{line}");
}

#[test]
fn commands_send_the_token_from_the_environment() {
    let mut running = Running::start(&[
        "serve",
        "--port",
        "0",
        "--json",
        "--public-url",
        "https://dev.example/a",
    ]);
    let ready: serde_json::Value = serde_json::from_str(&running.line()).unwrap();
    assert_eq!(ready["url"], "https://dev.example/a");
    let token = text(&ready, "sandboxToken");
    let port = listening_port(running.id());
    let url = format!("http://127.0.0.1:{port}/a");
    let run = |token: Option<&str>| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_mileston-sandbox"));
        command.args(["trigger", "paymentlink-paid", "--url", &url]);
        command.env_remove("MILESTON_SANDBOX_TOKEN");
        command.envs(token.map(|token| ("MILESTON_SANDBOX_TOKEN", token))).output().unwrap()
    };
    let output = run(Some(&token));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for wrong in [None, Some("wrong-token-0123456789")] {
        let output = run(wrong);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("MILESTON_SANDBOX_TOKEN"), "{said}");
    }
}

/// Returns the port on which this process listens. The URL that the process prints doesn't have this port, because it
/// is the URL of a proxy.
fn listening_port(process: u32) -> u16 {
    let sockets: Vec<_> = std::fs::read_dir(format!("/proc/{process}/fd"))
        .unwrap()
        .filter_map(|entry| std::fs::read_link(entry.unwrap().path()).ok())
        .collect();
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let listening = table.lines().filter_map(|line| {
        let fields: Vec<_> = line.split_whitespace().collect();
        let is_own =
            sockets.iter().any(|it| it.to_str() == Some(&format!("socket:[{}]", fields[9])));
        (is_own && fields[3] == "0A").then(|| fields[1].rsplit_once(':').unwrap().1.to_owned())
    });
    let ports: Vec<_> = listening.collect();
    u16::from_str_radix(&ports[0], 16).unwrap()
}

#[test]
fn keys_in_the_environment_survive_a_restart() {
    let variables = [
        ("MILESTON_BUSINESS_ID", "my-business"),
        ("MILESTON_KEY", "Mileston_TEST_sandboxfake0123"),
        ("MILESTON_CHECKOUT_KEY", "Mileston_TEST_CHECKOUTKEY_sandboxfake0123"),
        ("MILESTON_WALLET_SECRET", "sandboxwalletsecretfake0123"),
    ];
    let serve = |variables: &[(&str, &str)]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_mileston-sandbox"));
        command.args(["serve", "--port", "0", "--json", "--live", "--keys-from-env"]);
        command.env_clear().envs(variables.iter().copied());
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        command
    };
    let ready = |_| -> serde_json::Value {
        serde_json::from_str(&Running::of(serve(&variables)).line()).unwrap()
    };
    let [one, two] = [1, 2].map(ready);
    assert_eq!(one["businessId"], "my-business");
    for field in ["normalKey", "checkoutKey", "walletSecret"] {
        assert_eq!(one[field], two[field]);
    }
    assert_ne!(one["liveNormalKey"], two["liveNormalKey"]);

    for (variable, value) in [
        ("MILESTON_KEY", "Mileston_LIVE_sandboxhunter2"),
        ("MILESTON_KEY", "Mileston_TEST_hunter2"),
        ("MILESTON_WALLET_SECRET", "hunter2"),
        ("MILESTON_BUSINESS_ID", "hunter2;reboot"),
        ("OTHER", "hunter2"),
    ] {
        let output = serve(&[(variable, value)]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && output.stdout.is_empty(), "{variable}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn fixtures_are_printed_in_order() {
    let folder = crate::temporary::Folder::new("serve-fixtures");
    let file = folder.path().join("shop.yaml");
    std::fs::write(&file, "paymentLinks: [{amount: '1'}, {amount: '2'}]\n").unwrap();
    let path = file.to_str().unwrap();
    let arguments = ["serve", "--port", "0", "--json", "--seed", "7", "--fixtures", path];
    let ready: serde_json::Value =
        serde_json::from_str(&Running::start(&arguments).line()).unwrap();
    assert_eq!(ready["fixtures"]["paymentLinks"].as_array().unwrap().len(), 2, "{ready}");
    std::fs::write(&file, "paymentLinks:\n  - amount: '-1'\n").unwrap();
    let output = run(&["serve", "--port", "0", "--fixtures", path]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(&format!("{path}:2:13: paymentLinks[0].amount")), "{said}");
}
