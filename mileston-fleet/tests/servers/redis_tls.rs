//! Tests connections with TLS: the server's certificate must be signed by one of the machine's root certificates.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use mileston_fleet::{Claim, RedisInbox, connect};

use crate::redis_server::Server;

/// Runs OpenSSL in a folder. Returns whether it succeeded.
fn openssl(folder: &Path, arguments: &str) -> bool {
    let status = Command::new("openssl")
        .args(arguments.split(' '))
        .current_dir(folder)
        .stderr(std::process::Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

/// The environment variable that passes the server's URL to `a_process_with_its_own_roots`.
const SERVER: &str = "MILESTON_FLEET_TEST_REDIS_TLS";

/// Not a test: a process with its own root certificates.
#[tokio::test]
#[ignore = "runs in processes that `a_certificate_must_be_signed_by_one_of_the_machines_roots` starts"]
async fn a_process_with_its_own_roots() {
    let Some(url) = std::env::var_os(SERVER) else { return };
    let inbox = RedisInbox::new(connect(url.to_str().unwrap()).unwrap());
    let inbox = inbox.store_timeout(std::time::Duration::from_secs(3));
    let Claim::First(delivery) = inbox.begin("key").await.unwrap() else { panic!("known") };
    delivery.done().await.unwrap();
}

#[tokio::test]
async fn a_certificate_must_be_signed_by_one_of_the_machines_roots() {
    let folder = tools::target().join(format!("tests/redis/tls-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let new = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2";
    let root = format!("{new} -subj /CN=root -keyout root.key -out root.pem");
    let leaf = format!(
        "{new} -subj /CN=redis -keyout leaf.key -out leaf.pem -CA root.pem -CAkey root.key \
         -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE"
    );
    if !(openssl(&folder, &root) && openssl(&folder, &leaf)) {
        let missing = tools::Missing("no `openssl` 3: install it to make a certificate".to_owned());
        tools::skip("redis_tls", &missing).unwrap();
        return;
    }
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (certificate, key, root) = (file("leaf.pem"), file("leaf.key"), file("root.pem"));
    let settings = [
        ["--tls-port", &port],
        ["--tls-cert-file", &certificate],
        ["--tls-key-file", &key],
        ["--tls-ca-cert-file", &root],
        ["--tls-auth-clients", "no"],
    ];
    let Some(_server) = Server::start_with("redis_tls", &settings.concat()) else { return };
    let run = |roots: &str| {
        let mut process = Command::new(std::env::current_exe().unwrap());
        process.args(["--exact", "redis_tls::a_process_with_its_own_roots", "--ignored"]);
        process.env(SERVER, format!("rediss://127.0.0.1:{port}")).env("SSL_CERT_FILE", roots);
        let output = process.output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (is_ok, text) = run(&root);
    assert!(is_ok, "{text}");
    std::fs::remove_file(folder.join("root.key")).unwrap();
    let other = format!("{new} -subj /CN=other -keyout other.key -out other.pem");
    assert!(openssl(&folder, &other));
    let (is_ok, text) = run(&file("other.pem"));
    assert!(!is_ok && text.contains("certificate"), "{text}");
    drop(std::fs::remove_dir_all(&folder));
}
