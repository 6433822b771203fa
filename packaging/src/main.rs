//! `cargo xtask bundle`: builds the sandbox and packs it for npm and PyPI, and as an OCI image.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use packaging::{Binary, Failure, Platform, SIZE_LIMIT, System, build, image, npm, pypi};

/// Build the sandbox with the profile `bundle` and pack it. Print the path and size of each packed file.
#[derive(Parser)]
#[command(name = "cargo xtask bundle")]
struct Arguments {
    /// What to pack; by default everything that is available for the platform.
    kinds: Vec<Kind>,
    /// Build for glibc 2.17 or later, with zig, which is installed from PyPI (400 MB). Linux only.
    #[arg(long, conflicts_with = "binary")]
    old_glibc: bool,
    /// Pack this binary instead of building one.
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
    /// The Rust target of the binary; by default this machine's.
    #[arg(long, value_name = "TARGET")]
    target: Option<String>,
    /// The folder to write to; by default `bundle` in cargo's target folder.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Npm,
    Pypi,
    Image,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let platform = match &arguments.target {
        Some(target) => Platform::of_target(target)?,
        None => Platform::of_this_machine()?,
    };
    let out = arguments.out.unwrap_or_else(|| tools::target().join("bundle"));
    fs::create_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
    // The tools run in other folders, so they need an absolute path.
    let out = std::path::absolute(&out).map_err(|error| format!("{}: {error}", out.display()))?;
    let binary = match arguments.binary {
        Some(path) => Binary { path, platform },
        None => build::build(platform, arguments.old_glibc)?,
    };
    let kinds = if arguments.kinds.is_empty() { all(platform) } else { arguments.kinds };
    let mut files = Vec::new();
    for kind in kinds {
        match kind {
            Kind::Npm => files.extend(npm(&binary, &out)?),
            Kind::Pypi => files.push(pypi(&binary, &out)?),
            Kind::Image => files.push(image(&binary, &out)?),
        }
    }
    files.iter().try_for_each(|file| report(file))
}

fn all(platform: Platform) -> Vec<Kind> {
    let kinds = Kind::value_variants().iter().copied();
    // There are images only for Linux.
    kinds.filter(|kind| *kind != Kind::Image || platform.system == System::Linux).collect()
}

fn report(file: &Path) -> Result<(), Failure> {
    let size = fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?.len();
    println!("{:>10} bytes  {}", size, file.display());
    if size > SIZE_LIMIT {
        return Err(format!("{} is larger than {SIZE_LIMIT} bytes", file.display()).into());
    }
    Ok(())
}
