//! Pastes the commands of the Requests page into interactive shells through a pseudo-terminal. A command must send the
//! same request again, and must not run anything that a client planted in the request.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs, io::Write as _};

use mileston_sandbox::Sandbox;
use serde::Deserialize;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::pages::{browser, text_of};
use crate::temporary::Folder;

/// The file that a planted command creates if it runs.
const TRACE: &str = "planted";

/// Bodies that any web page can send to the sandbox. Most contain a command that must not run.
const BODIES: [&[u8]; 30] = [
    b"x\x1b[201~\x03\nplant #\n",
    b"x\x1b[201~\x15plant\r",
    b"x\x03\nplant #\n",
    b"x\x03\rplant\r",
    b"x\x15plant\n#",
    b"x\x01plant #\r",
    b"x\x04\x04\x1a\x1c\nplant\n",
    b"x\x7f\x7f\x08\x0b\x17",
    b"{\n\t\"amount\": \"1\",\r\n\t\"title\": \"a\tb\"\n}\n",
    b"a\0b",
    b"\0",
    // In an ASCII locale, bash reads a byte above 127 as a key pressed together with Alt. `\xa3` is `Alt-#`, which
    // submits the line.
    b"x\xc2\xa3plant #\r",
    b"x\xc2\x8dplant\r",
    b"\xc2\x9b201~\xc2\x83\xc2\x8dplant\xc2\x8d",
    b"\x9b201~\x83\x8dplant\x8d",
    b"\xff\xfe not UTF-8 \xc3",
    "it's \u{202e}desrever\u{202c} \u{2066}\u{2069}\u{200b}\u{200d}\u{2028}\u{2029}\u{feff}\u{e0041}".as_bytes(),
    "Größe 1 m², 価格 ¥100, 🦀".as_bytes(),
    b"';plant;'",
    b"\\';plant;#",
    b"\\\\';plant;#\\",
    b"$(plant)`plant`",
    b"\";plant;\"",
    b"${HOME} $HOME ~ * ? [a-z] {a,b} %s %d %% 100% \\n \\101 \\x41",
    b"!! !plant \"!plant\" '!plant' !-1 ^a^b^",
    b"-n",
    b"--help",
    b"@/etc/passwd",
    b"# no comment",
    br#"{"amount":"1","title":"She said \"hi\" \\ \u0003"}"#,
];

/// A command from the page, and the request that the command must repeat.
struct Offer {
    command: String,
    method: &'static str,
    path: &'static str,
    body: &'static [u8],
}

async fn send(sandbox: &Sandbox, method: &str, path: &[u8], body: &[u8]) {
    let mut stream = TcpStream::connect(&sandbox.url()["http://".len()..]).await.unwrap();
    let head = [method.as_bytes(), b" ", path, b" HTTP/1.1\r\nHost: 127.0.0.1\r\n"].concat();
    let rest = format!(
        "Origin: https://evil.example\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[&head, rest.as_bytes(), body].concat()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 4"), "{}", String::from_utf8_lossy(&answer));
}

/// Returns the text that the page's button copies.
fn copied(page: &str, id: &str) -> String {
    let (_, rest) = page.split_once(&format!("<code id=\"{id}\">")).unwrap();
    text_of(rest.split_once("</code>").unwrap().0)
}

/// Sends each body to an unsigned and to a signed operation, and sends requests with methods and paths that a shell
/// could run. Returns the page's command for each request.
async fn offers() -> Vec<Offer> {
    let sandbox = Sandbox::start().await.unwrap();
    let mut sent: Vec<(&str, &[u8], &str, &[u8])> = Vec::new();
    for body in BODIES {
        sent.push(("POST", b"/payment-link/create", "/payment-link/create", body));
    }
    for body in BODIES {
        sent.push(("POST", b"/user/send-payment", "/user/send-payment", body));
    }
    sent.push(("`plant`", b"/status", "/status", b""));
    sent.push(("X!plant'|plant&$Y", b"/status", "/status", b""));
    sent.push((
        "GET",
        b"/invoice/a\xc2\x9b201~\xc2\x83\xe2\x80\xae'$(plant)'\\';plant;{a,b}[1-9]?c='!plant'|plant",
        "/invoice/a%C2%9B201~%C2%83%E2%80%AE%27$(plant)%27%5C%27;plant;{a,b}[1-9]?c=%27%21plant%27|plant",
        b"",
    ));
    let mut offers = Vec::new();
    for (method, path, shown, body) in sent {
        send(&sandbox, method, path, body).await;
        let page = browser(&sandbox).get("/requests").await.body;
        let command = copied(&page, &format!("curl-{}", offers.len() + 1));
        offers.push(Offer { command, method, path: shown, body });
    }
    offers
}

/// Prepares a folder for a shell, and returns the shell's environment. In the PATH of this environment, `curl` and
/// `openssl` only record what they receive, and `plant` leaves a trace.
fn prepare(folder: &Path, bracketed: bool) -> BTreeMap<&'static str, String> {
    let programs = folder.join("bin");
    fs::create_dir_all(&programs).unwrap();
    let curl = "#!/bin/sh\nprintf '%s\\0' \"$@\" > arguments\n\
                for last; do :; done\n[ \"$last\" != @- ] || cat > input\n: > called\n";
    let openssl = "#!/bin/sh\ncat > signed\necho 5168 '*stdin'\n";
    let plant = "#!/bin/sh\n: > planted\n";
    for (name, text) in [("curl", curl), ("openssl", openssl), ("plant", plant)] {
        fs::write(programs.join(name), text).unwrap();
        fs::set_permissions(programs.join(name), fs::Permissions::from_mode(0o700)).unwrap();
    }
    let mode = if bracketed { "on" } else { "off" };
    fs::write(folder.join("inputrc"), format!("set enable-bracketed-paste {mode}\n")).unwrap();
    // Makes `!plant` expand to something.
    fs::write(folder.join("history"), "plant\n").unwrap();
    let path = env::var_os("PATH").unwrap().into_string().unwrap();
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    BTreeMap::from([
        ("PATH", format!("{}:{path}", programs.display())),
        ("HOME", at("")),
        ("INPUTRC", at("inputrc")),
        ("HISTFILE", at("history")),
        ("TERM", "xterm".to_owned()),
        ("PS1", "> ".to_owned()),
        ("MILESTON_URL", "http://127.0.0.1:1".to_owned()),
    ])
}

/// A recorded call to `curl`: its arguments, its standard input, and what `openssl` read.
#[derive(Deserialize)]
struct Call {
    arguments: String,
    input: String,
    signed: String,
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits = hex.as_bytes().chunks(2).map(|pair| str::from_utf8(pair).unwrap());
    digits.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

/// Pastes all commands into one shell, one after the other.
fn paste(folder: &Path, shell: &[&str], locale: &str, bracketed: bool, offers: &[Offer]) {
    let mut environment = prepare(folder, bracketed);
    environment.insert("LC_ALL", locale.to_owned());
    let commands: Vec<_> = offers.iter().map(|offer| &offer.command).collect();
    let order = json!({
        "shell": shell, "environment": environment, "folder": folder, "bracketed": bracketed,
        "commands": commands,
    });
    let driver = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sandbox/pasting.py");
    let mut python = Command::new("python3")
        .arg(driver)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the tests need Python 3.11 or later");
    python.stdin.take().unwrap().write_all(order.to_string().as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    let calls: Vec<Option<Call>> = serde_json::from_slice(&output.stdout).unwrap();
    let how = format!("{shell:?}, {locale}, bracketed {bracketed}");
    let done = calls.len();
    assert!(!folder.join(TRACE).exists(), "{how}: a planted command ran, after {done} pastes");
    for (offer, call) in offers.iter().zip(calls) {
        check(offer, call, &format!("{how}: {}\n{}", offer.body.escape_ascii(), offer.command));
    }
}

#[track_caller]
fn check(offer: &Offer, call: Option<Call>, how: &str) {
    let call = call.unwrap_or_else(|| panic!("curl was not called: {how}"));
    let arguments = bytes(&call.arguments);
    let arguments: Vec<_> = arguments.split(|byte| *byte == 0).collect();
    let after = |name: &[u8]| {
        let at = arguments.iter().position(|argument| *argument == name)?;
        arguments.get(at + 1).copied()
    };
    assert_eq!(after(b"-X"), Some(offer.method.as_bytes()), "{how}");
    let url = format!("http://127.0.0.1:1{}", offer.path);
    assert!(arguments.contains(&url.as_bytes()), "{how}");
    let raw = after(b"--data-raw").map(<[u8]>::to_vec);
    let body = raw.unwrap_or_else(|| bytes(&call.input));
    assert_eq!(body.escape_ascii().to_string(), offer.body.escape_ascii().to_string(), "{how}");
    if offer.path == "/user/send-payment" {
        let signed = bytes(&call.signed).escape_ascii().to_string();
        assert_eq!(signed, offer.body.escape_ascii().to_string(), "signed: {how}");
    }
}

fn has(shell: &str) -> bool {
    Command::new(shell).arg("-c").arg("exit").output().is_ok()
}

#[tokio::test]
async fn a_copied_command_repeats_the_request_and_runs_nothing_else() {
    let offers = offers().await;
    let bash = &["bash", "--noprofile", "--norc", "-i"][..];
    let others = [&["dash", "-i"][..], &["zsh", "-f", "-i"], &["fish", "--no-config", "-i"]];
    let mut ways = vec![
        (bash, "C.UTF-8", true),
        (bash, "C.UTF-8", false),
        (bash, "C", true),
        (bash, "C", false),
    ];
    ways.extend(others.into_iter().filter(|shell| has(shell[0])).map(|it| (it, "C.UTF-8", false)));
    // The shells mostly wait, so running all of them in parallel takes no longer than running one.
    std::thread::scope(|scope| {
        for (number, &(shell, locale, bracketed)) in ways.iter().enumerate() {
            let (offers, folder) = (&offers, Folder::new(&format!("pasting-{number}")));
            scope.spawn(move || paste(folder.path(), shell, locale, bracketed, offers));
        }
    });
}

#[tokio::test]
async fn commands_have_no_control_or_invisible_characters() {
    for Offer { command, .. } in offers().await {
        let odd = command.chars().find(|c| !matches!(c, ' '..='~' | '\n'));
        assert_eq!(odd, None, "{}", command.escape_debug());
    }
}
