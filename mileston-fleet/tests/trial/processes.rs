//! Starts and kills the worker processes of a trial. Each worker is another process of the same test program.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::random::Random;

/// The environment variable that passes the [`Worker`] to a process, as JSON.
const WORKER: &str = "MILESTON_FLEET_WORKER";

/// Returns whether the long form of a trial runs.
pub(crate) fn is_long() -> bool {
    std::env::var_os("MILESTON_FLEET_LONG").is_some_and(|value| value == "1")
}

/// The data that a worker process starts with.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Worker<S> {
    /// The process's number, from 0. A process that replaces another has the same number.
    pub(crate) number: usize,
    pub(crate) settings: S,
    reports: PathBuf,
}

impl<S: DeserializeOwned> Worker<S> {
    /// Returns the worker if this process is one. From then on, the process ends as soon as its parent ends.
    pub(crate) fn of_this_process() -> Option<Self> {
        let worker = std::env::var_os(WORKER)?.into_string().unwrap();
        std::thread::spawn(|| {
            // The parent holds the other end of this pipe, so the read ends when the parent ends, for whatever reason.
            drop(std::io::stdin().read(&mut [0]));
            std::process::exit(1);
        });
        Some(serde_json::from_str(&worker).unwrap())
    }

    /// Writes a line for the trial to read. The line isn't lost if the process is killed afterwards.
    pub(crate) fn report(&self, line: &str) {
        let mut reports = OpenOptions::new().append(true).open(&self.reports).unwrap();
        reports.write_all(format!("{line}\n").as_bytes()).unwrap();
    }
}

/// Worker processes, each of which runs the ignored test `worker` of this program. Dropping this value kills them.
pub(crate) struct Workers {
    processes: Vec<(String, Child)>,
    reports: PathBuf,
    random: Random,
    kills: usize,
}

impl Workers {
    pub(crate) fn start<S: Serialize + Clone>(name: &str, count: usize, settings: &S) -> Self {
        let folder = tools::target().join("tests/trials");
        std::fs::create_dir_all(&folder).unwrap();
        let reports = folder.join(format!("{name}-{}", std::process::id()));
        File::create(&reports).unwrap();
        let processes = (0..count).map(|number| {
            let worker = Worker { number, settings: settings.clone(), reports: reports.clone() };
            let worker = serde_json::to_string(&worker).unwrap();
            let process = spawn(&worker);
            (worker, process)
        });
        let processes = processes.collect();
        Workers { processes, reports, random: Random::new(7), kills: 0 }
    }

    /// Kills a random process (`kill -9`), and starts another in its place.
    pub(crate) fn kill_one(&mut self) {
        let number = self.random.below(self.processes.len());
        let (worker, process) = &mut self.processes[number];
        assert_eq!(process.try_wait().unwrap(), None, "the worker has ended by itself");
        process.kill().unwrap();
        process.wait().unwrap();
        *process = spawn(worker);
        self.kills += 1;
    }

    /// Returns the number of processes that were killed.
    pub(crate) fn kills(&self) -> usize {
        self.kills
    }

    /// Returns the lines that all workers have reported so far.
    pub(crate) fn reports(&self) -> Vec<String> {
        let reports = std::fs::read_to_string(&self.reports).unwrap();
        reports.lines().map(str::to_owned).collect()
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        for (_, process) in &mut self.processes {
            drop(process.kill());
            drop(process.wait());
        }
        drop(std::fs::remove_file(&self.reports));
    }
}

fn spawn(worker: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "worker", "--nocapture"]).env(WORKER, worker);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap()
}
