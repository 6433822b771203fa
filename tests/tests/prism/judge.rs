//! Makes the calls for each document, and reports the requests that Prism rejects.

use std::path::{Path, PathBuf};

use mileston_tests::tools;

use crate::clients::{self, Client};
use crate::counts::Counts;
use crate::document::Document;
use crate::mock::Prism;
use crate::program::Call;
use crate::relay::{self, Exchange, Relay};
use crate::samples::Sampled;
use crate::tasks::{Task, chosen};
use crate::wrong::wrong;
use crate::{program, samples};

/// The documents to judge.
pub(crate) struct Case {
    /// The name of the program that makes the calls.
    pub(crate) name: &'static str,
    /// The documents, each with its path.
    pub(crate) documents: Vec<(PathBuf, Document)>,
    /// The number of operations to call for each tag.
    pub(crate) of_tag: usize,
}

/// The result of a case.
#[derive(Default)]
pub(crate) struct Verdict {
    pub(crate) counts: Counts,
    /// The problems, each with its document.
    pub(crate) wrong: Vec<String>,
}

/// Makes the calls of a case.
pub(crate) async fn judge(tools: (&Path, &Path), case: Case) -> Verdict {
    let mut verdict = Verdict::default();
    let mut clients = Vec::new();
    for (path, document) in case.documents {
        match clients::generate_by_default(document) {
            Ok(client) => clients.push((path, client)),
            Err(refused) => verdict.wrong.push(refused),
        }
    }
    let samples = samples::make(tools, clients.iter().map(|(_, client)| client)).await;
    let mut called: Vec<(&Path, &Client, Vec<Task<'_>>)> = Vec::new();
    let mut calls = Vec::new();
    for ((path, client), sampled) in clients.iter().zip(samples) {
        match sampled {
            Sampled::Made(samples) => {
                let tasks = chosen(client, samples, case.of_tag);
                let (tasks, written) = verdict.written(tasks);
                calls.extend(written);
                called.push((path, client, tasks));
            }
            Sampled::Unreadable(why) => {
                let name = &client.document.name;
                tools::say(&format!("Prism: {name}: SKIPPED: Prism can't read it: {why}"));
            }
        }
    }
    let all: Vec<&Client> = called.iter().map(|(_, client, _)| *client).collect();
    let program = program::build(case.name, &all, &calls);
    // Start the next Prism while the current one receives its calls.
    let mut paths = called.iter().map(|(path, ..)| path);
    let mut next = paths.next().map(|path| Prism::start(tools, path));
    for (_, client, tasks) in &called {
        let Some(mut prism) = next.take() else { break };
        next = paths.next().map(|path| Prism::start(tools, path));
        prism.wait();
        verdict.add(&program, &prism, client, tasks);
    }
    tools::say(&format!("Prism: {}", verdict.counts));
    verdict
}

impl Verdict {
    /// Returns the tasks whose calls can be written, and the calls.
    fn written<'c>(&mut self, tasks: Vec<Task<'c>>) -> (Vec<Task<'c>>, Vec<Call>) {
        let (mut kept, mut calls) = (Vec::new(), Vec::new());
        for task in tasks {
            match task.call(kept.len()) {
                Ok(call) => {
                    calls.push(call);
                    kept.push(task);
                }
                Err(why) => self.wrong.push(format!("{}: {why}", task.title())),
            }
        }
        (kept, calls)
    }

    /// Makes the calls of a document.
    fn add(&mut self, program: &Path, prism: &Prism, client: &Client, tasks: &[Task<'_>]) {
        let bases = tasks.iter().map(|task| task.base().to_owned()).collect();
        let relay = Relay::start(&prism.address, bases);
        let outcomes = program::run(program, &client.document.module(), &relay.origin);
        let exchanges = relay.take();
        let mut counts = Counts::of_document(tasks.iter().map(Task::tag));
        for (number, task) in tasks.iter().enumerate() {
            let own: Vec<&Exchange> = exchanges.iter().filter(|it| it.call == number).collect();
            let outcome = &outcomes[&number];
            match own.as_slice() {
                [exchange] if exchange.response.accepts() => {
                    counts.accepted += 1;
                    match outcome == program::READ {
                        true => counts.read += 1,
                        // Prism's examples may be wrong, so this isn't a failure.
                        false => tools::say(&format!("Prism: {}: {outcome}", task.title())),
                    }
                    counts.refused += usize::from(self.is_refused(task, exchange, prism));
                }
                [exchange] => {
                    self.wrong.push(format!("{}: Prism rejects\n{exchange}", task.title()));
                }
                all => {
                    let title = task.title();
                    self.wrong.push(format!("{title}: sent {} times: {outcome}", all.len()));
                }
            }
        }
        let name = &client.document.name;
        if counts.refused == 0 {
            self.wrong.push(format!(
                "{name}: Prism didn't reject any wrong request, so it may not validate anything"
            ));
        }
        tools::say(&format!("Prism: {name}: {counts}"));
        self.counts += counts;
    }

    /// Turns an accepted request into a wrong one, and checks that Prism rejects the wrong request.
    fn is_refused(&mut self, task: &Task<'_>, accepted: &Exchange, prism: &Prism) -> bool {
        let Some(request) = wrong(task, &accepted.request) else { return false };
        let exchange = relay::send(&prism.address, accepted.call, request);
        match exchange.map(|(_, exchange)| exchange) {
            Ok(exchange) if !exchange.response.accepts() => return true,
            Ok(exchange) => {
                self.wrong.push(format!("{}: Prism accepts\n{exchange}", task.title()));
            }
            Err(error) => self.wrong.push(format!("{}: {error}", task.title())),
        }
        false
    }
}
