//! The command line itself: help, errors, completions, and which sandbox a command controls.

use std::process::{Command, Output};

use mileston_sandbox::{Sandbox, cli};

use crate::program::{program, run};
use crate::temporary::Folder;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Calls a function with each command and the words that lead to it.
fn for_each_command(what: &mut impl FnMut(&[&str], &clap::Command)) {
    fn walk<'c>(
        path: &mut Vec<&'c str>,
        command: &'c clap::Command,
        what: &mut impl FnMut(&[&str], &clap::Command),
    ) {
        what(path, command);
        // Skips the `help` command that clap adds, because it has the names of all commands as subcommands.
        for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
            path.push(command.get_name());
            walk(path, command, what);
            path.pop();
        }
    }
    walk(&mut Vec::new(), &cli::command(), what);
}

#[test]
fn a_bad_command_line_exits_with_2_and_a_hint() {
    for (arguments, expected) in [
        (&["sevre"][..], "a similar subcommand exists: 'serve'"),
        (&["serve", "--prot"], "a similar argument exists: '--port'"),
        (&["serve", "--port", "x"], "invalid value 'x' for '--port <PORT>'"),
        (&["serve", "extra"], "unexpected argument 'extra'"),
        (&["trigger", "paymentlink-payed"], "a similar value exists: 'paymentlink-paid'"),
        (&["trigger"], "<EVENT>"),
        (&["keys", "roll", "--store", "a.db"], "<FINGERPRINT>"),
        (&["keys", "list"], "--store <FILE>"),
        (&["keys", "roll", "a", "--store", "b", "--overlap", "soon"], "such as 45s, 2h30m or 1d"),
        (&["clock", "advance"], "<TIME>"),
        (&["clock", "advance", "1mo"], "must be in weeks or smaller units"),
        (&["faults", "add", "404"], "answer-lost"),
        (&["faults", "add", "503", "--operation", "createInvoce"], "'createInvoice'"),
        (&["faults", "add", "503", "--times", "1", "--every", "2"], "cannot be used with"),
        (&["trigger", "invoice-paid", "ID", "--amount", "1"], "cannot be used with"),
        (&["trigger", "invoice-paid", "--pays", "1", "--mistake", "underpaid"], "cannot be used"),
        (&["trigger", "invoice-paid", "--chain", "btc"], "base"),
        (&["logs", "--status", "ok"], "such as 404, or a class such as 4xx"),
        (&["deliveries", "--limit", "201"], "1..=200"),
        (&["-x"], "unexpected argument '-x'"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        let error = text(&output.stderr);
        assert!(error.starts_with("mileston-sandbox: ") && error.contains(expected), "{error}");
        assert!(error.contains("try '--help'"), "{error}");
    }
}

#[test]
fn a_command_line_without_a_command_shows_the_commands() {
    for arguments in [&[][..], &["keys"]] {
        let output = run(arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        assert!(text(&output.stderr).contains("Commands:"), "{arguments:?}");
    }
}

#[test]
fn help_and_version_are_printed_on_standard_output() {
    let help = run(&["--help"]);
    assert_eq!((help.status.code(), text(&help.stderr).as_str()), (Some(0), ""));
    for words in ["serve", "export", "apikey", "MILESTON_URL", "Exit codes"] {
        assert!(text(&help.stdout).contains(words), "{words}");
    }
    let version = format!("mileston-sandbox {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(text(&run(&["--version"]).stdout), version);
}

#[test]
fn each_command_has_a_short_and_a_long_help() {
    let mut seen = 0;
    for_each_command(&mut |path, command| {
        for flag in ["-h", "--help"] {
            let output = run(&[path, &[flag]].concat());
            let help = text(&output.stdout);
            assert_eq!(output.status.code(), Some(0), "{path:?}");
            let about = command.get_about().unwrap().to_string();
            let start = about.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
            assert!(help.starts_with(&start), "{path:?}: {help}");
            assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
            seen += 1;
        }
        for argument in command.get_arguments() {
            assert!(argument.get_help().is_some(), "{path:?} {}", argument.get_id());
        }
    });
    assert!(seen > 20, "{seen}");
}

#[test]
fn completions_and_manual_pages_mention_each_command() {
    let page = text(&run(&["man"]).stdout);
    let scripts = ["bash", "zsh", "fish", "elvish", "powershell"]
        .map(|shell| text(&run(&["completions", shell]).stdout));
    let folder = Folder::new("man");
    let written = run(&["man", "--folder", folder.path().to_str().unwrap()]);
    assert_eq!((written.status.code(), text(&written.stderr).as_str()), (Some(0), ""));
    for_each_command(&mut |path, _| {
        let Some(name) = path.last() else { return };
        for script in &scripts {
            assert!(script.contains(name), "{path:?}");
        }
        let in_roff = name.replace('-', r"\-");
        assert!(path.len() > 1 || page.contains(&in_roff), "{path:?}");
        let file = format!("mileston-sandbox-{}.1", path.join("-"));
        let own = std::fs::read_to_string(folder.path().join(&file)).unwrap();
        assert!(own.contains(&in_roff), "{file}");
    });
    let missing = run(&["man", "--folder", "/nowhere"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("cannot write the manual pages to /nowhere: "));
}

/// Checks that the output contains no part of the secret that would help to guess the rest.
#[track_caller]
fn check_silence(output: &Output, secret: &str) {
    let all = text(&output.stdout) + &text(&output.stderr);
    let parts = secret.as_bytes().windows(12).map(|part| str::from_utf8(part).unwrap());
    let found = parts.filter(|part| !"Mileston_TEST_".contains(part)).find(|it| all.contains(it));
    assert_eq!(found, None, "{all}");
}

#[tokio::test]
async fn a_pasted_key_is_not_repeated() {
    let sandbox = Sandbox::start().await.unwrap();
    let key = sandbox.credentials().normal_key().expose_secret().to_owned();
    let in_path = format!("/nowhere/{key}/a.db");
    let in_url = format!("http://{key}@127.0.0.1:1");
    for arguments in [
        &[key.as_str()][..],
        &["serve", "--port", &key],
        &["keys", "roll", "a", "--store", "a", "--overlap", &key],
        &["trigger", &key],
        &["faults", "add", &key],
        &["resend", &key],
        &["serve", "--store", &in_path],
        &["keys", "list", "--store", &in_path],
        &["man", "--folder", &in_path],
        &["reset", "--url", &key],
        &["logs", "--url", &in_url],
        &["trigger", "invoice-paid", &key, "--url", sandbox.url()],
    ] {
        let arguments: Vec<_> = arguments.iter().map(|&argument| argument.to_owned()).collect();
        let output = tokio::task::spawn_blocking(move || {
            run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
        });
        let output = output.await.unwrap();
        assert_ne!(output.status.code(), Some(0));
        check_silence(&output, &key);
    }
    for url in [&key, &in_url] {
        check_silence(&with_url(url, &["logs"]).output().unwrap(), &key);
    }
}

fn with_url(url: &str, arguments: &[&str]) -> Command {
    let mut command = program(arguments);
    command.env("MILESTON_URL", url);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn the_option_or_the_environment_selects_the_sandbox() {
    let [one, two] = [Sandbox::start().await.unwrap(), Sandbox::start().await.unwrap()];
    for (option, expected) in [(None, &one), (Some(two.url()), &two)] {
        let option = option.map_or(Vec::new(), |url| vec!["--url", url]);
        let arguments = [&["trigger", "paymentlink-paid"][..], &option].concat();
        let output = with_url(one.url(), &arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        let named = format!(
            "mileston-sandbox: the sandbox at {} (business {}, data in memory, running since ",
            expected.url(),
            expected.business_id()
        );
        assert!(text(&output.stderr).starts_with(&named), "{}", text(&output.stderr));
    }
}

#[test]
fn an_invalid_url_exits_with_2_and_names_its_source() {
    let words = "must be the URL that `serve` printed, such as http://127.0.0.1:7357\n";
    let option = run(&["logs", "--url", "shop.example"]);
    assert_eq!(option.status.code(), Some(2));
    assert_eq!(text(&option.stderr), format!("mileston-sandbox: --url {words}"));
    let variable = with_url("shop.example", &["reset"]).output().unwrap();
    assert_eq!(variable.status.code(), Some(2));
    assert_eq!(text(&variable.stderr), format!("mileston-sandbox: MILESTON_URL {words}"));
}
