//! Implements `openapi-keys generate`.

use std::path::{Path, PathBuf};

use super::arguments::{Generate, shown};
use super::failure::Failure;
use super::folder::{self, Change, Folder, Ownership};
use super::format::{self, Unformatted};
use super::screen::{self, brief, count};
use super::{check, document, package, settings, summary};
use crate::{Files, Report, Settings};

/// Generates the client for a document, and writes or checks it.
pub(super) fn generate(arguments: &Generate) -> Result<(), Failure> {
    if let Some(name) = &arguments.package {
        package::check_name(name)?;
    }
    // The settings are checked first, because that is faster than reading the document.
    let name = document::name(&arguments.input.document);
    let settings = settings::to_generate(arguments, &name)?;
    let text = document::read(&arguments.input.document)?;
    let output = crate::generate(&text, &settings)?;
    if let Some(path) = &arguments.report {
        write_report(path, &output.report)?;
    }
    if arguments.deny_omitted && !output.report.omitted.is_empty() {
        let omitted = summary::omitted(&output.report);
        return Err(Failure::Refused(format!(
            "{}: {} can't be generated, which --deny-omitted doesn't allow; nothing was written\n{omitted}{}",
            brief(&name, 400),
            count(output.report.omitted.len(), "operation"),
            summary::more(&arguments.input)
        )));
    }
    let target = Target::new(arguments);
    let (files, unformatted) = formatted(&target, output.client);
    let changes = target.changes(arguments, &files, &settings)?;
    if arguments.check {
        check::check(&changes, files.len(), arguments, unformatted.is_some())?;
        return Ok(());
    }
    let written = folder::write(&changes)?;
    let own = changes.iter().filter(|change| !change.is_generated()).count();
    let mut text = summary::done(&name, &target.folder, &output.report, files.len() + own, written);
    if arguments.input.settings.is_none() {
        text.push_str(&settings::chosen(&settings));
    }
    if let Some(reason) = unformatted {
        text.push_str(&format!("  {reason}\n"));
    }
    text.push_str(&summary::details(&output.report, &arguments.input));
    say(&text)
}

/// Where the files are written.
struct Target {
    /// The folder of the generated module: FOLDER as typed, or a folder in it if FOLDER is a
    /// package.
    folder: PathBuf,
    /// The folder that contains FOLDER. This folder and the folders above it may be links.
    above: PathBuf,
    /// The path from `above` to the generated module. No part of this path may be a link.
    below: PathBuf,
}

impl Target {
    fn new(arguments: &Generate) -> Self {
        let out = &arguments.out;
        let (above, own) = match (out.parent(), out.file_name()) {
            (Some(parent), Some(name)) => (parent.to_owned(), PathBuf::from(name)),
            _ => (out.clone(), PathBuf::new()),
        };
        let inner = arguments.package.as_ref().map_or("", |_| package::MODULE);
        let join = |path: &Path| if inner.is_empty() { path.to_owned() } else { path.join(inner) };
        Target { folder: join(out), above, below: join(&own) }
    }

    fn changes(
        &self,
        arguments: &Generate,
        files: &Files,
        settings: &Settings,
    ) -> Result<Vec<Change>, Failure> {
        let folder = Folder::new(&self.above, &self.below, Ownership::Marked);
        let mut changes = match &arguments.package {
            Some(name) => package::missing(&arguments.out, name, settings)?,
            None => Vec::new(),
        };
        changes.extend(folder.shown_as(&self.folder).compare(files)?);
        Ok(changes)
    }

    /// Returns the nearest existing folder. The files are formatted with its toolchain and rustfmt
    /// settings.
    fn existing(&self) -> PathBuf {
        let absolute = std::path::absolute(&self.folder).unwrap_or_default();
        let existing = absolute.ancestors().find(|folder| folder.is_dir());
        existing.map_or_else(|| PathBuf::from("."), Path::to_owned)
    }
}

/// Returns the files formatted by rustfmt. If that fails, returns them unformatted, with the
/// reason.
fn formatted(target: &Target, files: Files) -> (Files, Option<String>) {
    match format::formatted(&target.existing(), &files) {
        Ok(formatted) => (formatted, None),
        Err(error) => {
            let reason = match &error {
                Unformatted::Refused { errors, .. } => {
                    let first = errors.lines().find(|line| !line.trim().is_empty());
                    format!("it printed \"{}\"", brief(first.unwrap_or_default(), 200))
                }
                _ => brief(&error.to_string(), 300),
            };
            (files, Some(format!("not formatted by rustfmt: {reason}")))
        }
    }
}

fn write_report(path: &Path, report: &Report) -> Result<(), Failure> {
    let write = || {
        let mut text = serde_json::to_string_pretty(report)?;
        text.push('\n');
        std::fs::write(path, text)
    };
    write().map_err(|error| {
        let path = brief(&shown(path), 400);
        Failure::Refused(format!("cannot write the report {path}: {error}"))
    })
}

/// Prints text to standard output.
pub(super) fn say(text: &str) -> Result<(), Failure> {
    screen::print(text)
        .map_err(|error| Failure::Refused(format!("cannot write to standard output: {error}")))
}
