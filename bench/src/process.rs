//! What another process takes, as the kernel counts it. Linux only.

use std::fs;

use crate::Failure;

/// Nanoseconds of CPU that its threads have used, in the kernel as well. Threads that have ended are not in it.
///
/// # Errors
///
/// There is no such process, or this is not Linux.
pub fn cpu(id: u32) -> Result<u64, Failure> {
    let mut sum = 0;
    for task in fs::read_dir(format!("/proc/{id}/task"))? {
        let text = fs::read_to_string(task?.path().join("schedstat"))?;
        sum += text.split_ascii_whitespace().next().unwrap_or_default().parse::<u64>()?;
    }
    Ok(sum)
}

/// What it holds in memory.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// MiB now.
    pub now: f64,
    /// Peak MiB.
    pub most: f64,
    /// How many threads it has.
    pub threads: u64,
}

/// What it holds in memory.
///
/// # Errors
///
/// There is no such process, or this is not Linux.
pub fn memory(id: u32) -> Result<Memory, Failure> {
    let text = fs::read_to_string(format!("/proc/{id}/status"))?;
    let field = |name: &str| -> Result<u64, Failure> {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_ascii_whitespace().next());
        Ok(number.ok_or_else(|| format!("the kernel does not tell {name}"))?.parse()?)
    };
    let mib = |kib: u64| kib as f64 / 1024.0;
    let (now, most) = (mib(field("VmRSS:")?), mib(field("VmHWM:")?));
    Ok(Memory { now, most, threads: field("Threads:")? })
}
