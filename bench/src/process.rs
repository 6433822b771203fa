//! Reads the CPU time and the memory use of another process, on Linux only.

use std::fs;

use crate::Failure;

/// Returns the CPU time that the threads of the process have used, in nanoseconds, including time in the kernel.
/// Threads that have ended aren't included.
///
/// # Errors
///
/// Returns an error if the process doesn't exist, or the system isn't Linux.
pub fn cpu(id: u32) -> Result<u64, Failure> {
    let mut sum = 0;
    for task in fs::read_dir(format!("/proc/{id}/task"))? {
        let text = fs::read_to_string(task?.path().join("schedstat"))?;
        sum += text.split_ascii_whitespace().next().unwrap_or_default().parse::<u64>()?;
    }
    Ok(sum)
}

/// The memory use and the number of threads of a process.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// The current memory use in MiB.
    pub now: f64,
    /// The peak memory use in MiB.
    pub most: f64,
    /// The number of threads.
    pub threads: u64,
}

/// Returns the memory use and the number of threads of a process.
///
/// # Errors
///
/// Returns an error if the process doesn't exist, or the system isn't Linux.
pub fn memory(id: u32) -> Result<Memory, Failure> {
    let text = fs::read_to_string(format!("/proc/{id}/status"))?;
    let field = |name: &str| -> Result<u64, Failure> {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_ascii_whitespace().next());
        Ok(number.ok_or_else(|| format!("the kernel doesn't report {name}"))?.parse()?)
    };
    let mib = |kib: u64| kib as f64 / 1024.0;
    let (now, most) = (mib(field("VmRSS:")?), mib(field("VmHWM:")?));
    Ok(Memory { now, most, threads: field("Threads:")? })
}
