//! `kill -9` under load: every write that got a response is there after a restart, and no write is half done.

mod claims;
mod load;
mod wire;

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use claims::Claims;
use load::{Customer, Setup};
use serde_json::Value;

use crate::program::{Running, say, text};
use crate::temporary::Folder;
use wire::Keys;

const ROUNDS: u16 = 12;
const CLIENTS: usize = 8;

/// A timeout that is long enough even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn every_acknowledged_write_survives_kill_9_completely() {
    let folder = Folder::new("kill");
    let file = folder.file().to_str().unwrap().to_owned();
    let arguments = ["serve", "--port", "0", "--json", "--store", &file];
    let mut running = Running::start(&arguments);
    let ready: Value = serde_json::from_str(&running.line()).unwrap();
    let mut keys = Keys::of(&ready);
    let setup = Setup::make(&keys);
    let mut claims = Claims::default();
    for _ in 0..ROUNDS {
        claims.append(load_until(&keys, &setup, random(20, 250), || running.kill()));
        let started = Instant::now();
        running = Running::start(&arguments);
        let ready: Value = serde_json::from_str(&running.line()).unwrap();
        println!("started again in {:?}", started.elapsed());
        assert_eq!(text(&ready, "businessId"), keys.business, "the business id changed");
        assert_eq!(ready.as_object().unwrap().len(), 2, "keys are shown only once: {ready}");
        keys.move_to(&ready);
        claims.check(&keys, &setup);
    }
    let acknowledged = claims.acknowledged();
    assert!(acknowledged > usize::from(ROUNDS) * 20, "only {acknowledged} writes");
    say(&format!("kill test: {ROUNDS} rounds, {acknowledged} acknowledged writes, all found"));
}

/// Lets clients write until `wanted` writes are acknowledged, then kills the program.
fn load_until(keys: &Keys, setup: &Setup, wanted: u16, kill: impl FnOnce()) -> Claims {
    let (progress, writes) = mpsc::channel();
    // Connects before the threads start: on a busy machine, the last thread may start after the kill, when there is
    // nothing to connect to.
    let customers: Vec<_> = (0..CLIENTS).map(|n| Customer::new(keys, setup, n)).collect();
    thread::scope(|scope| {
        let clients: Vec<_> = customers
            .into_iter()
            .map(|customer| {
                let progress = progress.clone();
                scope.spawn(move || customer.work(&progress))
            })
            .collect();
        for _ in 0..wanted {
            writes.recv_timeout(PATIENCE).expect("a write is acknowledged");
        }
        kill();
        let mut claims = Claims::default();
        for client in clients {
            claims.append(client.join().unwrap());
        }
        claims
    })
}

fn random(from: u16, to: u16) -> u16 {
    let mut bytes = [0; 2];
    getrandom::fill(&mut bytes).unwrap();
    from + u16::from_le_bytes(bytes) % (to - from)
}
