//! Reads the cases in `tests/diagnostics`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use openapi_keys::{Diagnostics, check_text};

use super::edit::apply;
use super::format::Text;
use super::{settings_of, sound, tests};

/// A document with an error.
pub(crate) struct Case {
    /// The path of the case file.
    pub(crate) path: PathBuf,
    /// The name of the document in its diagnostics.
    pub(crate) document_name: String,
    pub(crate) document: String,
    pub(crate) text: Text,
}

impl Case {
    pub(crate) fn mistakes(&self) -> Diagnostics {
        match self.checked() {
            Err(diagnostics) => diagnostics,
            Ok(()) => panic!("{}: no error was found", self.document_name),
        }
    }

    pub(crate) fn checked(&self) -> Result<(), Diagnostics> {
        check_text(&self.document_name, &self.document, &settings_of(&self.document))
    }
}

/// Returns all cases by name.
pub(crate) fn cases() -> BTreeMap<String, Case> {
    read(&tests().join("diagnostics")).unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// Reads the cases in a folder. The error lists all invalid cases.
pub(crate) fn read(folder: &Path) -> Result<BTreeMap<String, Case>, String> {
    let (mut cases, mut wrong) = (BTreeMap::new(), Vec::new());
    let mut take = |path: &Path, case: Result<Case, String>| {
        let name = path.strip_prefix(folder).unwrap_or(path).display();
        match case.map(|case| cases.insert(stem(path), case)) {
            Ok(None) => {}
            Ok(Some(_)) => wrong.push(format!("{name}: another case has the same name")),
            Err(reason) => wrong.push(format!("{name}: {reason}")),
        }
    };
    for path in files(folder) {
        take(&path, edited(folder, &path));
    }
    for path in files(&folder.join("whole")) {
        if !has_extension(&path, "case") {
            take(&path, whole(&path));
        } else if !["yaml", "json"].iter().any(|kind| path.with_extension(kind).exists()) {
            take(&path, Err("there is no document with this name next to it".to_owned()));
        }
    }
    match wrong.is_empty() {
        true => Ok(cases),
        false => Err(format!("these cases can't be used:\n\n{}", wrong.join("\n\n"))),
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths.filter(|path| path.is_file()).collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}

/// Reads a case that consists of edits to a base document.
fn edited(folder: &Path, path: &Path) -> Result<Case, String> {
    if !has_extension(path, "case") {
        return Err("only cases belong here; put complete documents into `whole`".to_owned());
    }
    let text = Text::read(&std::fs::read_to_string(path).unwrap())?;
    if text.edits.is_empty() {
        return Err("there is no edit, so the document has no error".to_owned());
    }
    let document = apply(&base(folder, text.base.as_deref())?, &text.edits)?;
    let document_name = format!("{}.yaml", stem(path));
    Ok(Case { path: path.to_owned(), document_name, document, text })
}

/// Returns `tests/sound.yaml`. If `name` is given, applies the edits in a file in `bases` to it.
fn base(folder: &Path, name: Option<&str>) -> Result<String, String> {
    let Some(name) = name else { return Ok(sound()) };
    let path = folder.join("bases").join(format!("{name}.edit"));
    let text = std::fs::read_to_string(path)
        .map_err(|_| format!("line 1: there is no base `bases/{name}.edit`"))?;
    let document = Text::read(&text).and_then(|text| apply(&sound(), &text.edits));
    document.map_err(|reason| format!("`bases/{name}.edit`: {reason}"))
}

/// Reads a complete document and the case next to it. The case may not exist yet.
fn whole(path: &Path) -> Result<Case, String> {
    if !["yaml", "json"].iter().any(|kind| has_extension(path, kind)) {
        return Err("only cases and documents belong here".to_owned());
    }
    let document = std::fs::read_to_string(path).unwrap();
    let document_name = path.file_name().unwrap().to_string_lossy().into_owned();
    let path = path.with_extension("case");
    let text = Text::read(&std::fs::read_to_string(&path).unwrap_or_default())?;
    if text.base.is_some() || !text.edits.is_empty() {
        return Err("a complete document has no base and no edits; change the document".to_owned());
    }
    Ok(Case { path, document_name, document, text })
}
