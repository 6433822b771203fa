//! Uses the recordings of the vendor's SDK to test both `tests/node/judge.mjs` and the exact bytes that our client
//! sends.

use mileston_tests::javascript::{Question, ask};
use mileston_tests::wire::call::{Case, translate};
use mileston_tests::wire::compare::SIGNATURE;
use mileston_tests::wire::js::Js;
use mileston_tests::wire::trace::{HEADERS, Keys, Recording, Trace, golden};

use super::fields::keys;
use super::{Bench, message};

/// A recorded call that our client can make, and the request that the vendor's SDK sent.
struct Known {
    name: String,
    case: Case,
    body: String,
    signature: Option<String>,
}

impl Known {
    /// Returns `None` if our client can't make the call, or if the SDK sent nothing. Also returns `None` for a call
    /// that has neither a payload nor a signature, because the SDK sends `{}` in such a call, but our client sends no
    /// body.
    fn of(trace: Trace, keys: &Keys) -> Option<Known> {
        let case = translate(&trace, keys).ok()?;
        let request = trace.request?;
        let at = HEADERS.iter().position(|name| *name == SIGNATURE)?;
        let signature = request.headers[at].clone();
        let is_known = case.payload != Js::Undefined || signature.is_some();
        is_known.then_some(Known { name: trace.name, case, body: request.body?, signature })
    }
}

fn known() -> Vec<Known> {
    let Recording { keys, files } = Recording::read(&golden()).unwrap();
    let traces = files.into_iter().flat_map(|(_, traces)| traces);
    traces.filter_map(|trace| Known::of(trace, &keys)).collect()
}

#[test]
fn the_judge_matches_the_recordings() {
    let known = known();
    let question = |known: &Known| {
        let secret = known.case.secret.clone().unwrap_or_default();
        Question::of(&message(&known.case.payload), &secret)
    };
    let answers = ask(&known.iter().map(question).collect::<Vec<_>>()).unwrap();
    let mut signed = 0;
    for (known, said) in known.iter().zip(answers) {
        // `getOnRampPaymentStatus` sends only a part of its argument.
        if known.case.function != "getOnRampPaymentStatus" {
            assert_eq!(known.body, String::from_utf8(said.text).unwrap(), "{}", known.name);
        }
        if let Some(signature) = &known.signature {
            assert_eq!(*signature, said.signature, "{}", known.name);
            signed += 1;
        }
    }
    println!("{} recorded bodies, {signed} of them signed", known.len());
    assert!(signed > 50, "{signed}");
}

/// Compares the calls in which the caller passed exactly our fields, in our order.
#[tokio::test]
async fn recorded_bodies_and_signatures_equal_ours_byte_for_byte() {
    let bench = Bench::start();
    let (mut same, mut signed, mut other) = (0, 0, Vec::new());
    for Known { name, case, body, signature } in known() {
        let Ok(arrived) = bench.send(&case).await else {
            other.push(name);
            continue;
        };
        let ours = String::from_utf8(arrived.body.clone()).unwrap();
        if keys(&ours) != keys(&body) {
            other.push(name);
            continue;
        }
        assert_eq!(ours, body, "{name}");
        if let Some(signature) = signature {
            assert_eq!(arrived.header(SIGNATURE), Some(signature.as_str()), "{name}");
            signed += 1;
        }
        same += 1;
    }
    println!(
        "{same} equal, {signed} of them signed; not compared (rejected, or different fields or order): {other:?}"
    );
    assert!(same > 80 && signed > 50, "{same} {signed}");
}
