//! Makes a cell for each requirement of a document and each set of credentials that a client can
//! hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use mileston_tests::matrix::{Cell, Refusal};
use openapi_keys::Files;

use crate::clients::Client;
use crate::generated::{self, Slot};
use crate::security::{Requirement, Schemes, holders};

/// The beginning of our message. [`plain`] removes the rest.
const MESSAGE: &str = "this operation needs";

/// Returns the bound of each requirement. Adds a problem if an operation's methods have a different bound than its
/// entry in the catalogue, or if operations with the same requirement have different bounds.
pub(crate) fn bounds(client: &Client, wrong: &mut Vec<String>) -> BTreeMap<Requirement, String> {
    let methods = generated::bounds_of_methods(client.files());
    let mut bounds: BTreeMap<Requirement, String> = BTreeMap::new();
    for (operation, row) in client.generated() {
        let title = format!("{}: {}", client.document.name, operation.title());
        let expected: BTreeSet<String> = row.bound.iter().cloned().collect();
        match methods.get(&row.constant) {
            None => wrong.push(format!("{title} has no method")),
            Some(all) if all.iter().any(|it| *it != expected) => {
                wrong.push(format!(
                    "{title}: its methods have the bounds {all:?}, not {expected:?}"
                ));
            }
            Some(_) => {}
        }
        let requirement = client.requirement(&operation);
        match (requirement.is_open(), &row.bound) {
            (true, None) => {}
            (true, Some(bound)) => {
                wrong.push(format!("{title} needs no credential, but has the bound {bound}"))
            }
            (false, None) => wrong.push(format!("{title} needs a credential, but has no bound")),
            (false, Some(bound)) => {
                let first = bounds.entry(requirement).or_insert_with(|| bound.clone());
                if first != bound {
                    wrong.push(format!("{title} has the bound {bound}, but operations with the same requirement have {first}"));
                }
            }
        }
    }
    bounds
}

/// Returns the cells of a client, and adds a module with the types of the holders to `before`.
pub(crate) fn cells(client: &Client, before: &mut String, wrong: &mut Vec<String>) -> Vec<Cell> {
    let bounds = bounds(client, wrong);
    let requirements: Vec<&Requirement> = bounds.keys().collect();
    let held: Vec<Schemes> = holders(&requirements).into_iter().collect();
    let module = client.document.module();
    let types = Types::new(client.files());
    let mut declarations = String::new();
    let mut uses = String::new();
    for (number, holder) in held.iter().enumerate() {
        // Writing to a string can't fail.
        let _ =
            writeln!(uses, "pub type H{number} = {};", types.of(holder, number, &mut declarations));
    }
    let _ = writeln!(
        before,
        "mod {module}_holders {{\nuse crate::generated::{module}::{{credentials::*, scopes}};\n{declarations}{uses}}}"
    );
    let mut cells = Vec::new();
    for (requirement, bound) in &bounds {
        let function = format!("needs_{}_{module}", cells.len());
        let _ =
            writeln!(before, "fn {function}<K: generated::{module}::requirements::{bound}>() {{}}");
        for (number, holder) in held.iter().enumerate() {
            let refusal = || Refusal {
                message: MESSAGE.to_owned(),
                note: "add to the client's `Credentials`: `.".to_owned(),
            };
            cells.push(Cell {
                operation: format!("{module}: {bound}"),
                holder: format!("{holder:?}"),
                signature: "()".to_owned(),
                calls: vec![format!("{function}::<{module}_holders::H{number}>()")],
                refusal: (!requirement.is_met_by(holder)).then(refusal),
            });
        }
    }
    cells
}

/// Shortens our message to its beginning, and keeps the compiler's notes.
pub(crate) fn plain(text: &str) -> String {
    let ours = format!("error[E0277]: {MESSAGE} ");
    match (text.starts_with(&ours), text.find('\n')) {
        (true, Some(end)) => format!("{}{}", ours.trim_end(), &text[end..]),
        _ => text.to_owned(),
    }
}

/// Returns the files that define the bounds.
pub(crate) fn files(client: &Client) -> Files {
    let needed = |name: &str| {
        name.starts_with("credentials/") || ["requirements.rs", "scopes.rs"].contains(&name)
    };
    let files = client.files().iter().filter(|(name, _)| needed(name));
    let mut files: Files = files.map(|(name, text)| (name.clone(), text.clone())).collect();
    let root = ["credentials", "requirements", "scopes"].map(|it| format!("pub mod {it};\n"));
    files.insert("mod.rs".to_owned(), root.concat());
    files
}

/// The generated types of credentials and scopes.
struct Types {
    slots: Vec<Slot>,
    scopes: BTreeMap<(String, String), String>,
}

impl Types {
    fn new(files: &Files) -> Types {
        Types { slots: generated::slots(files), scopes: generated::scopes(files) }
    }

    /// Returns the type of the credentials with these schemes, and adds the declarations of scopes to `declarations`.
    fn of(&self, holder: &Schemes, number: usize, declarations: &mut String) -> String {
        for scheme in holder.keys() {
            assert!(self.slots.iter().any(|it| it.scheme == *scheme), "no credential for {scheme}");
        }
        let parts = self.slots.iter().map(|Slot { scheme, ty }| match holder.get(scheme) {
            None => "Unset".to_owned(),
            Some(scopes) if scopes.is_empty() => ty.clone(),
            Some(scopes) => {
                let scope = |scope: &String| {
                    let path = self.scopes.get(&(ty.clone(), scope.clone()));
                    let path = path.unwrap_or_else(|| panic!("no type for {scope} of {scheme}"));
                    format!("scopes::{path}")
                };
                let scopes: Vec<String> = scopes.iter().map(scope).collect();
                let name = format!("{ty}Of{number}");
                let _ = writeln!(
                    declarations,
                    "scopes::scopes! {{ pub struct {name} for {ty}: {}; }}",
                    scopes.join(", ")
                );
                format!("{ty}<{name}>")
            }
        });
        format!("Credentials<{}>", parts.collect::<Vec<_>>().join(", "))
    }
}
