//! Runs the demo as a user would, and checks its output.

use std::io::{self, Read};
use std::process::{Command, Output, Stdio};

fn demo() -> Command {
    Command::new(env!("CARGO_BIN_EXE_mileston-demo"))
}

fn run() -> io::Result<(Output, String)> {
    let output = demo().output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok((output, text))
}

/// Returns whether `text` contains more of a key than its public prefix.
fn shows_a_key(text: &str) -> bool {
    ["Mileston_TEST_", "Mileston_LIVE_"].iter().any(|prefix| {
        text.match_indices(prefix).any(|(start, _)| {
            let rest = &text[start + prefix.len()..];
            let rest = rest.strip_prefix("CHECKOUTKEY_").unwrap_or(rest);
            rest.starts_with(|next: char| next.is_ascii_alphanumeric())
        })
    })
}

#[test]
fn the_demo_succeeds_and_prints_a_summary() {
    let (output, text) = run().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{errors}");
    assert!(errors.is_empty(), "{errors}");
    let summary = text.lines().find(|line| line.starts_with("Done: ")).unwrap();
    assert!(summary.contains(" steps, ") && summary.contains(" calls over HTTP"), "{summary}");
    assert!(text.contains("400 Bad Request, \"Still awaiting payment\""), "{text}");
    assert!(text.contains("cargo run -p mileston-sandbox -- serve"), "{text}");
}

#[test]
fn the_summary_counts_the_printed_steps() {
    let (_, text) = run().unwrap();
    let count = |start: &str| text.lines().filter(|line| line.trim().starts_with(start)).count();
    let done = count("ok: ") - count("ok: the ");
    let refused = count("refused, as expected: ");
    let unanswered = count("outcome unknown, as expected: ");
    let stopped = count("not sent, as expected: ");
    let summary = text.lines().find(|line| line.starts_with("Done: ")).unwrap();
    let expected = format!(
        "Done: {} steps, {} calls over HTTP ({done} executed, {refused} refused as expected, {unanswered} without a \
                 response), {stopped} stopped",
        done + refused + unanswered + stopped,
        done + refused + unanswered,
    );
    assert!(summary.starts_with(&expected), "{summary}\n{expected}");
}

#[test]
fn no_line_shows_a_key() {
    let (_, text) = run().unwrap();
    assert!(text.contains("Mileston_TEST_…") && text.contains("Mileston_TEST_CHECKOUTKEY_…"));
    for line in text.lines() {
        assert!(!shows_a_key(line), "{line}");
        // The line must not contain the random part of a key either. That part is longer than any
        // word.
        let longest = line.split(|next: char| !next.is_ascii_alphanumeric()).map(str::len).max();
        assert!(longest.unwrap_or_default() < 30, "{line}");
    }
}

#[test]
fn the_check_finds_a_key() {
    assert!(shows_a_key("NormalKey<Test>(Mileston_TEST_fake0123)"));
    assert!(shows_a_key("Mileston_TEST_… Mileston_LIVE_CHECKOUTKEY_fake"));
    assert!(!shows_a_key("Mileston_TEST_… Mileston_TEST_CHECKOUTKEY_… `Mileston_LIVE_`"));
}

#[test]
fn without_a_terminal_there_are_no_colours() {
    let (_, text) = run().unwrap();
    assert!(!text.contains('\x1b'), "{text}");
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let mut child = demo().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut errors = String::new();
    child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
    assert!(child.wait().unwrap().success(), "{errors}");
    assert!(errors.is_empty(), "{errors}");
}
