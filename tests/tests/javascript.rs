//! Tests that our client writes and signs bodies exactly as JavaScript does.
//!
//! `tests/node/judge.mjs` computes the expected results. It needs Node.js 20 or later.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests may panic")]

#[path = "javascript/fields.rs"]
mod fields;
#[path = "javascript/recorded.rs"]
mod recorded;

use std::collections::BTreeSet;

use mileston_api::Timestamp;
use mileston_api::catalogue::OPERATIONS;
use mileston_api::operation::SecurityRequirement;
use mileston_tests::javascript::corpus::{Entry, corpus, keys};
use mileston_tests::javascript::texts::Chance;
use mileston_tests::javascript::{Answer, Question, ask, ask_program};
use mileston_tests::wire::IN_NO_SDK;
use mileston_tests::wire::call::{Case, translate};
use mileston_tests::wire::compare::SIGNATURE;
use mileston_tests::wire::js::Js;
use mileston_tests::wire::ours::{Clients, Ended};
use mileston_tests::wire::recorder::{Recorded, Recorder};

/// A local server, and clients that send to it.
struct Bench {
    recorder: Recorder,
    clients: Clients,
}

impl Bench {
    fn start() -> Bench {
        let recorder = Recorder::start().unwrap();
        let clients = Clients::of(&recorder.origin);
        Bench { recorder, clients }
    }

    /// Makes the call with our client, and returns the only request that arrives.
    async fn send(&self, case: &Case) -> Result<Recorded, String> {
        let ended = self.clients.make(case).await;
        if !matches!(ended, Ended::Answered) {
            return Err(format!("our call ended with {ended:?}"));
        }
        let mut arrived = self.recorder.take()?;
        match (arrived.pop(), arrived.len()) {
            (Some(request), 0) => Ok(request),
            (None, _) => Err("expected one request, but got none".to_owned()),
            (_, more) => Err(format!("expected one request, but {more} more arrived")),
        }
    }
}

/// Returns the payload as the SDK signs and sends it: `{}` if there is none.
fn message(payload: &Js) -> Js {
    if *payload == Js::Undefined { Js::Object(Vec::new()) } else { payload.clone() }
}

/// Returns the differences between a request and JavaScript's result.
fn differences(arrived: &Recorded, said: &Answer, is_signed: bool) -> Vec<String> {
    let mut found = Vec::new();
    if arrived.body != said.text {
        let both = arrived.body.iter().zip(&said.text);
        let at = both.take_while(|(ours, theirs)| ours == theirs).count();
        let shown = |body: &[u8]| {
            let rest = body.get(at.saturating_sub(20)..).unwrap_or_default();
            String::from_utf8_lossy(&rest[..rest.len().min(60)]).escape_debug().to_string()
        };
        let (ours, theirs) = (shown(&arrived.body), shown(&said.text));
        found.push(format!("body differs at byte {at}: ours …{ours}…, JavaScript's …{theirs}…"));
    }
    let expected = is_signed.then_some(said.signature.as_str());
    let ours = arrived.header(SIGNATURE);
    if ours != expected {
        found.push(format!("signature: ours {ours:?}, JavaScript's {expected:?}"));
    }
    found
}

#[tokio::test]
async fn every_body_is_written_and_signed_as_in_javascript() {
    let corpus = corpus();
    assert!(corpus.len() > 2000, "{}", corpus.len());
    let question = |entry: &Entry| Question::of(&message(&entry.payload), entry.secret);
    let answers = ask(&corpus.iter().map(question).collect::<Vec<_>>()).unwrap();
    let (bench, keys) = (Bench::start(), keys());
    let (mut wrong, mut signed) = (Vec::new(), 0);
    for (entry, said) in corpus.iter().zip(&answers) {
        let case = translate(&entry.trace, &keys).unwrap();
        let found = match bench.send(&case).await {
            Ok(arrived) => differences(&arrived, said, case.secret.is_some()),
            Err(problem) => vec![problem],
        };
        signed += usize::from(case.secret.is_some());
        wrong.extend(found.iter().map(|found| format!("{}: {found}", entry.trace.name)));
    }
    println!("{} bodies, {signed} of them signed", corpus.len());
    let shown = &wrong[..wrong.len().min(20)];
    assert!(wrong.is_empty(), "{} differences; the first are:\n{}", wrong.len(), shown.join("\n"));
}

#[test]
fn every_operation_with_a_body_or_a_signature_is_compared() {
    let of = |entry: &Entry| translate(&entry.trace, &keys()).unwrap().operation;
    let tried: BTreeSet<String> = corpus().iter().map(of).collect();
    let signed = |together: &SecurityRequirement| together.includes("walletSignature");
    let wanted: BTreeSet<String> = OPERATIONS
        .iter()
        .filter(|operation| operation.body.is_some() || operation.security.iter().any(signed))
        .filter(|operation| !IN_NO_SDK.contains(&operation.id))
        .map(|operation| operation.id.to_owned())
        .collect();
    let missing: Vec<_> = wanted.difference(&tried).collect();
    assert!(
        missing.is_empty(),
        "no test compares a body or signature of {missing:?} with JavaScript's: add its function to tests/src/javascript/functions.rs, or, \
         if neither SDK has it, its id to `IN_NO_SDK` in tests/src/wire.rs"
    );
    assert_eq!(tried, wanted);
}

#[test]
fn every_instant_is_written_as_in_javascript() {
    // The last two instants are in the years -9998 and 9999.
    let edges = [0, 1, -1, 999, -999, 1000, -1000, -377_673_580_800_001, 253_402_207_200_000];
    let mut chance = Chance::of(7);
    let by_chance = (0..2000).map(|_| {
        let (day, millisecond) = (chance.below(6_000_000), chance.below(86_400_000));
        (i64::from(day) - 3_500_000) * 86_400_000 + i64::from(millisecond)
    });
    let milliseconds: Vec<i64> = edges.into_iter().chain(by_chance).collect();
    let questions: Vec<_> = milliseconds.iter().copied().map(Question::of_millisecond).collect();
    for (millisecond, said) in milliseconds.iter().zip(ask(&questions).unwrap()) {
        let instant = Timestamp::from_millisecond(*millisecond);
        let instant = instant.unwrap_or_else(|error| panic!("{millisecond} ms: {error}"));
        let ours = serde_json::to_string(&instant).unwrap();
        assert_eq!(ours.as_bytes(), said.text, "{millisecond} ms: {ours}");
    }
}

#[test]
fn without_node_the_test_says_what_to_install() {
    let said = ask_program("no-such-node", &[]).unwrap_err();
    assert_eq!(
        said,
        "cannot run `no-such-node` (No such file or directory (os error 2)). This test runs Node.js 20 or later to see how \
         JavaScript writes JSON: install it (https://nodejs.org) so that `node` is on the PATH"
    );
}
