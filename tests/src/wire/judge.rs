//! Judges a trace. Each trace gets exactly one verdict.

use std::io;

use mileston_api::{ErrorKind, Outcome};

use super::call::{Case, translate};
use super::compare::{Expected, SIGNATURE, signature};
use super::differences::{DIFFERENCES, Difference, Rule};
use super::from_js::{Stop, Unrepresentable};
use super::ours::{By, Clients, Ended};
use super::recorder::{Recorded, Recorder};
use super::trace::{Keys, Trace};

/// The verdict on a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Our request equals the vendor's, except for intended differences. Contains the operation's id and the names of
    /// the differences.
    Equal(String, Vec<&'static str>),
    /// Our client rejects the call before sending, which is intended. Contains the difference's name.
    Refused(&'static str),
    /// Our types can't represent the call, which is intended. Contains the difference's name.
    Unrepresentable(&'static str),
    /// The trace failed. Contains all problems.
    Failed(Vec<String>),
}

/// A recording server, and clients that send to it.
#[derive(Debug)]
pub struct Bench {
    recorder: Recorder,
    clients: Clients,
}

impl Bench {
    /// Starts the server.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no free port.
    pub fn start() -> io::Result<Bench> {
        let recorder = Recorder::start()?;
        let clients = Clients::of(&recorder.origin);
        Ok(Bench { recorder, clients })
    }
}

/// Makes a recorded call with our client and compares the requests.
pub async fn judge(trace: &Trace, keys: &Keys, bench: &Bench) -> Verdict {
    let verdict = match translate(trace, keys) {
        Ok(case) => compare(&case, trace, bench).await,
        Err(Stop::Unrepresentable(reason, at)) => named(reason, &at),
        Err(Stop::Wrong(problem)) => Err(vec![problem]),
    };
    verdict.unwrap_or_else(Verdict::Failed)
}

fn named(reason: Unrepresentable, at: &str) -> Result<Verdict, Vec<String>> {
    let of_reason = |difference: &&Difference| matches!(difference.rule, Rule::Unrepresentable(of) if of == reason);
    let difference = DIFFERENCES.iter().find(of_reason);
    let unnamed =
        || vec![format!("`{at}` can't be represented ({reason:?}), and no difference covers that")];
    difference.map(|difference| Verdict::Unrepresentable(difference.name)).ok_or_else(unnamed)
}

async fn compare(case: &Case, trace: &Trace, bench: &Bench) -> Result<Verdict, Vec<String>> {
    let refusal = DIFFERENCES.iter().find_map(|difference| match difference.rule {
        Rule::Refused(by, applies) if applies(case) => Some((difference.name, by)),
        _ => None,
    });
    let ended = bench.clients.make(case).await;
    let arrived = bench.recorder.take().map_err(|problem| vec![problem])?;
    if let Some((name, by)) = refusal {
        let problems = not_refused(by, &ended, arrived.len());
        return if problems.is_empty() { Ok(Verdict::Refused(name)) } else { Err(problems) };
    }
    if !matches!(ended, Ended::Answered) {
        return Err(vec![format!("our call failed: {ended:?}")]);
    }
    let [arrived] = arrived.as_slice() else {
        return Err(vec![format!("{} requests arrived instead of one", arrived.len())]);
    };
    let (expected, names) = expect(case, trace, arrived)?;
    let mut problems = expected.compare(arrived);
    problems.extend(wrongly_signed(case, arrived));
    problems.extend(expected.compare_operation(&case.operation));
    if problems.is_empty() {
        Ok(Verdict::Equal(case.operation.clone(), names))
    } else {
        Err(problems)
    }
}

/// Checks that the request has a signature if and only if the call must be signed, and that the signature matches the
/// bytes that arrived.
fn wrongly_signed(case: &Case, arrived: &Recorded) -> Option<String> {
    let signature = case.secret.as_ref().map(|secret| signature(secret, &arrived.body));
    let got = arrived.header(SIGNATURE);
    (signature.as_deref() != got).then(|| {
        format!("signature of the bytes that arrived: expected {signature:?}, but got {got:?}")
    })
}

fn not_refused(by: By, ended: &Ended, arrived: usize) -> Vec<String> {
    let refused = match ended {
        Ended::Unparsed(refuses, _) => *refuses == by,
        Ended::Failed(error) => {
            by == By::Call
                && error.outcome() == Outcome::NotSent
                && error.kind() == ErrorKind::InvalidArgument
        }
        Ended::Answered => false,
    };
    let mut problems = Vec::new();
    if !refused {
        problems.push(format!("expected a rejection by {by:?}, but our call ended with {ended:?}"));
    }
    if arrived > 0 {
        problems.push(format!("rejection: expected no request, but {arrived} arrived"));
    }
    problems
}

/// Returns the request that ours must equal, and the names of the differences that applied to it. If the vendor's SDK
/// sent nothing, starts from the request that the wire contract describes.
fn expect(
    case: &Case,
    trace: &Trace,
    arrived: &Recorded,
) -> Result<(Expected, Vec<&'static str>), Vec<String>> {
    let mut names = Vec::new();
    let mut expected = match &trace.request {
        Some(request) => Expected::of_vendor(request).map_err(|problem| vec![problem])?,
        None => {
            let explains = |difference: &&Difference| matches!(difference.rule, Rule::Unsent(applies) if applies(case, trace));
            let difference = DIFFERENCES.iter().find(explains).ok_or_else(|| {
                vec![format!(
                    "the vendor's SDK sends nothing ({:?}), but our client sends a request",
                    trace.error
                )]
            })?;
            names.push(difference.name);
            Expected::of_contract(case)
        }
    };
    for difference in DIFFERENCES {
        let applies = match difference.rule {
            Rule::Sent(apply) => apply(case, &mut expected),
            Rule::Arrived(apply) => apply(case, arrived, &mut expected),
            _ => false,
        };
        if applies {
            names.push(difference.name);
        }
    }
    Ok((expected, names))
}
