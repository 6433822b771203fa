//! Runs the complete pipeline: parse -> normalise -> check -> model -> passes -> tokens -> text.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Stage;
use crate::emit::{self, Context, Failure};
use crate::lower::credentials::{Generated, with_bounds};
use crate::lower::operation_nodes;
use crate::model::{Model, Servers};
use crate::normalise::{self, Record};
use crate::passes::{self, Unrecognized};
use crate::progenitor::{self, Source};
use crate::text::{NotRust, Printer, Provenance};
use crate::{
    Diagnostic, Diagnostics, Document, Omitted, Report, Settings, Strictness, check, deep, lower,
    names,
};

/// Generated files, as a map from path to text. Paths are relative to the output folder and use `/`
/// as the separator.
pub type Files = BTreeMap<String, String>;

/// The root module of the client. It is the only Rust file that contains the document's hash, so
/// editing a comment in the document doesn't change every file.
const ROOT: &str = "mod.rs";

/// The result of [`generate`]: the files for each folder, and a report. The folders should contain
/// no other files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The files for a folder in the client's crate, e.g. `src/generated`. The crate's root must
    /// declare the folder as a module.
    pub client: Files,
    /// The files for a folder in the server's crate. Empty without `Settings::server`.
    pub server: Files,
    /// The documentation, in Markdown.
    pub documentation: Files,
    /// The number of operations, the operations that were left out, and the decisions.
    pub report: Report,
}

/// Generates Rust from a document.
///
/// The output is deterministic: the same text and settings result in the same files, byte for byte.
/// This function doesn't read or write files.
///
/// # Errors
///
/// Returns an error if nothing can be generated. Under [`Strictness::Strict`], any error in the
/// document prevents generation, and all errors are returned together, with positions and fixes.
/// Otherwise, generation fails only if the whole document is unusable. Operations that can't be
/// generated are left out, and the report lists them. A panic inside progenitor also becomes a
/// diagnostic, but the process's panic hook still prints it.
pub fn generate(text: &str, settings: &Settings) -> Result<Output, Diagnostics> {
    deep::run(|| generate_here(text, settings))
}

/// Does the work of [`generate`] on the stack of the current thread.
fn generate_here(text: &str, settings: &Settings) -> Result<Output, Diagnostics> {
    let fail = |list| Diagnostics::new(&settings.source, text, list);
    let mut document = Document::parse(&settings.source, text).map_err(fail)?;
    let provenance = Provenance::new(settings, text);
    let mut record = Record::default();
    let (settings, omitted) = prepare(&mut document, settings, &mut record).map_err(fail)?;
    let attempt = |document: &Document| attempt(document, &settings, &provenance);
    let (mut output, omitted) =
        settled(&mut document, &settings, omitted, &mut record, attempt).map_err(fail)?;
    let generated = operation_nodes(&document).count();
    let operations = generated + omitted.len();
    output.report = Report { operations, generated, omitted, ..Report::default() }
        .with_decisions(record.into_notes(), &document);
    Ok(output)
}

/// Leaves out operations until `attempt` succeeds. In strict mode no operation is left out.
fn settled<T>(
    document: &mut Document,
    settings: &Settings,
    mut omitted: Vec<Omitted>,
    record: &mut Record,
    attempt: impl Fn(&Document) -> Result<T, Vec<Diagnostic>>,
) -> Result<(T, Vec<Omitted>), Vec<Diagnostic>> {
    let mut pruned = false;
    let success = loop {
        let mistakes = match attempt(document) {
            Ok(success) => break success,
            Err(mistakes) => mistakes,
        };
        if settings.strictness == Strictness::Strict {
            return Err(mistakes);
        }
        // Losing an error body or a header is better than losing the operation.
        if normalise::forget(document, &mistakes, record) {
            continue;
        }
        let (more, others) = normalise::mistaken(document, mistakes);
        // Errors outside operations may be in parts that no operation uses. Those parts are
        // removed. Errors that remain affect the whole document.
        if more.is_empty() && std::mem::replace(&mut pruned, true) {
            return Err(others);
        }
        if more.is_empty() {
            normalise::prune(document);
        }
        omitted.extend(more);
    };
    omitted.sort_by_key(|omitted| omitted.line);
    // A client without operations would only hide the errors in the document.
    if operation_nodes(document).next().is_none()
        && omitted.iter().any(|omitted| omitted.code == normalise::INVALID)
    {
        return Err(omitted.iter().map(Omitted::diagnostic).collect());
    }
    Ok((success, omitted))
}

/// Converts the document to the normal form, and leaves out operations that are known to be
/// unsupported.
fn prepare(
    document: &mut Document,
    settings: &Settings,
    record: &mut Record,
) -> Result<(Settings, Vec<Omitted>), Vec<Diagnostic>> {
    if settings.strictness == Strictness::Strict {
        examine(document, settings, Stage::Written)?;
    } else {
        let unused = check::unused_hooks(document, settings);
        if !unused.is_empty() {
            return Err(unused);
        }
    }
    let settings = normalise::normalise(document, settings, record)?;
    Ok((settings, normalise::marked(document)))
}

/// Generates the output from a document in the normal form.
fn attempt(
    document: &Document,
    settings: &Settings,
    provenance: &Provenance,
) -> Result<Output, Vec<Diagnostic>> {
    examine(document, settings, Stage::Normal)?;
    let generated = Generated::of(document, settings);
    let settings = &*with_bounds(settings, generated.as_ref());
    let mut model = lower::lower(document, settings);
    let mistakes = lower::pages::resolve(&mut model, settings);
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let source = progenitor::generate(document, &model, settings)?;
    output(&model, settings, generated.as_ref(), source, provenance)
        .map_err(|failure| vec![diagnostic(&failure, document, &model)])
}

/// Checks a document without generating anything from it.
///
/// # Errors
///
/// Returns an error in the same cases as [`generate`], but doesn't find errors in
/// `Settings::pagination` or errors that only progenitor detects.
pub fn check_text(name: &str, text: &str, settings: &Settings) -> Result<(), Diagnostics> {
    let fail = |list| Diagnostics::new(name, text, list);
    let mut document = Document::parse(name, text).map_err(fail)?;
    let mut record = Record::default();
    let (settings, omitted) = prepare(&mut document, settings, &mut record).map_err(fail)?;
    let examine = |document: &Document| examine(document, &settings, Stage::Normal);
    settled(&mut document, &settings, omitted, &mut record, examine).map(drop).map_err(fail)
}

fn examine(document: &Document, settings: &Settings, stage: Stage) -> Result<(), Vec<Diagnostic>> {
    let mistakes = check::check(document, settings, stage);
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
}

/// Returns the diagnostic for a failure. A failure is a bug in this generator, and the message says
/// so.
fn diagnostic(failure: &Failure, document: &Document, model: &Model) -> Diagnostic {
    const HELP: &str =
        "this is a bug in openapi-keys: please report it with this part of the document";
    match failure {
        Failure::Unrecognized(Unrecognized { name, what }) => {
            let operation = model.operations().find(|operation| operation.id == *name);
            let node = match operation {
                Some(operation) => document.get(&[
                    "paths",
                    &operation.path,
                    &operation.method.to_ascii_lowercase(),
                ]),
                None => document.get(&["components", "schemas", name]),
            };
            Diagnostic::new(
                "unrecognized",
                format!("progenitor's output for `{name}` has an unknown form: {what}"),
            )
            .operation(operation.map(|operation| operation.id.as_str()))
            .label(node.unwrap_or(document.root()).span, "generated from this")
            .help(HELP)
        }
        Failure::NotRust(NotRust { file, reason }) => {
            Diagnostic::new("not-rust", format!("the text of `{file}` is not Rust: {reason}"))
                .label(document.root().span, "generated from this document")
                .help(HELP)
        }
    }
}

fn output(
    model: &Model,
    settings: &Settings,
    generated: Option<&Generated>,
    source: Source,
    provenance: &Provenance,
) -> Result<Output, Failure> {
    let runtime = passes::path(&settings.runtime);
    let module = passes::path(&settings.module);
    let fields = source.fields();
    let context = Context { model, settings, generated, fields: &fields, module, runtime };
    let types = type_names(model);
    let printer = Printer::new(provenance, &types, Some(ROOT));
    let single = [
        (ROOT, Some(emit::root(&context))),
        ("catalogue.rs", Some(emit::catalogue::file(&context))),
        ("client.rs", Some(emit::client::file(&context))),
        ("constraints.rs", emit::constraints::file(&context)),
        ("headers.rs", emit::headers::file(&context)),
    ];
    let single = single.into_iter().filter_map(|(name, tokens)| Some((name.to_owned(), tokens?)));
    let credentials = emit::credentials::files(&context);
    let mut client =
        printer.files(single.chain(credentials).chain(emit::operations::files(&context)))?;
    client.extend(emit::types::files(&context, source.types, &printer)?);
    let server = match &settings.server {
        Some(server) => {
            emit::server::files(&context, server, &Printer::new(provenance, &types, None))?
        }
        None => Files::new(),
    };
    let table = provenance.markdown(&emit::tables::operations(&context));
    let documentation = BTreeMap::from([("operations.md".to_owned(), table)]);
    Ok(Output { client, server, documentation, report: Report::default() })
}

/// Returns the names of the types for schemas and servers.
fn type_names(model: &Model) -> BTreeSet<String> {
    let servers = model.operations().filter_map(|operation| match &operation.servers {
        Servers::Choice { variable, .. } => Some(names::pascal(variable)),
        Servers::Fixed(_) => None,
    });
    model.schemas.iter().map(|schema| schema.ident.clone()).chain(servers).collect()
}
