//! Measures how much each crate adds to a WebAssembly module, based on the names of the module's
//! functions.

use std::collections::BTreeMap;
use std::fs;

use mileston_bench::Failure;
use wasm_build::Built;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use crate::size::grouped;

/// Crates that share a row of the table, each with the name of its row.
const PARTS: [(&str, &str); 22] = [
    (STD, "core"),
    (STD, "alloc"),
    (STD, "std"),
    (STD, "dlmalloc"),
    (STD, "compiler_builtins"),
    (STD, "__rustc"),
    ("serde_json", "zmij"),
    ("serde_json", "itoa"),
    ("serde_json", "memchr"),
    ("jiff", "jiff_core"),
    (BROWSER, "wasm_bindgen"),
    (BROWSER, "wasm_bindgen_futures"),
    (BROWSER, "js_sys"),
    (BROWSER, "web_sys"),
    (BROWSER, "gloo_timers"),
    (BROWSER, "web_time"),
    (FUTURES, "futures_channel"),
    (FUTURES, "futures_core"),
    (FUTURES, "futures_util"),
    ("tracing", "tracing_core"),
    ("sha3", "keccak"),
    ("runtime (openapi-keys-runtime)", "openapi_keys_runtime"),
];

const STD: &str = "core, alloc, std";
const BROWSER: &str = "wasm-bindgen, web-sys";
const FUTURES: &str = "futures";

/// Crates whose generic code counts towards the crate that uses it.
const GENERIC: [&str; 4] = ["core", "alloc", "std", "serde_core"];

/// Crates below this share of the code are combined into one row.
const SHARE: f64 = 0.01;

/// Prints a table of the module's code by crate, largest crate first.
///
/// # Errors
///
/// Returns an error if the page has no module, or the module can't be read.
pub(crate) fn print(built: &Built) -> Result<(), Failure> {
    let file = built.files.iter().find(|file| file.path.ends_with(".wasm"));
    let module = fs::read(built.folder.join(&file.ok_or("the page has no .wasm")?.path))?;
    let Module { functions, data } = Module::read(&module)?;
    let code: u64 = functions.iter().map(|function| function.size).sum();
    let mut sizes = BTreeMap::<&str, u64>::new();
    for function in &functions {
        *sizes.entry(group(owner(function.name))).or_default() += function.size;
    }
    let is_large = |size: u64| size as f64 >= code as f64 * SHARE;
    let mut rows: Vec<_> = sizes.iter().filter(|(_, size)| is_large(**size)).collect();
    rows.sort_unstable_by(|one, other| other.1.cmp(one.1));
    let rest: Vec<u64> = sizes.values().copied().filter(|size| !is_large(*size)).collect();

    println!("| crate | bytes of code | share of all code |");
    println!("| --- | --- | --- |");
    let row = |name: &str, size: u64| {
        println!("| {name} | {} | {:.1}% |", grouped(size), size as f64 * 100.0 / code as f64);
    };
    for (name, size) in rows {
        row(name, *size);
    }
    row(&format!("{} others", rest.len()), rest.iter().sum());
    row("all", code);
    println!("\nStrings and tables: {} bytes of data.", grouped(data));
    Ok(())
}

/// The sizes that were read from a module.
struct Module<'a> {
    functions: Vec<Function<'a>>,
    /// The size of the module's data in bytes.
    data: u64,
}

struct Function<'a> {
    name: &'a str,
    /// The size of the function's code in bytes.
    size: u64,
}

impl<'a> Module<'a> {
    fn read(module: &'a [u8]) -> Result<Self, Failure> {
        let (mut imported, mut sizes, mut names, mut data) = (0, Vec::new(), BTreeMap::new(), 0);
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => sizes.push(body.range().len() as u64),
                Payload::DataSection(section) => data = section.range().len() as u64,
                Payload::CustomSection(section) => {
                    let KnownCustom::Name(subsections) = section.as_known() else { continue };
                    for subsection in subsections {
                        let Name::Function(map) = subsection? else { continue };
                        for naming in map {
                            let naming = naming?;
                            names.insert(naming.index as usize, naming.name);
                        }
                    }
                }
                _ => {}
            }
        }
        if names.is_empty() {
            return Err("the module has no function names".into());
        }
        // Imported functions have the lowest indices.
        let functions = sizes.into_iter().enumerate().map(|(at, size)| {
            let name = names.get(&(imported + at)).copied().unwrap_or_default();
            Function { name, size }
        });
        Ok(Module { functions: functions.collect(), data })
    }
}

/// Returns the crate that a function counts towards: the first crate in the function's name that isn't in [`GENERIC`], or
/// else the first crate.
fn owner(name: &str) -> &str {
    let mut first = None;
    for found in crates(name) {
        if !GENERIC.contains(&found) {
            return found;
        }
        first.get_or_insert(found);
    }
    first.unwrap_or("functions without a crate")
}

/// Returns the first segment of each path in the demangled name of a function, such as `http` and `core` in
/// `<http::uri::Uri as core::fmt::Display>::fmt`.
fn crates(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices("::").filter_map(|(end, _)| {
        // A crate's hash may follow its name: `core[a1b2c3]::fmt`.
        let head = &name[..end];
        let head = match head.strip_suffix(']') {
            Some(hashed) => hashed.rsplit_once('[').map_or(head, |(head, _)| head),
            None => head,
        };
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let before = head.trim_end_matches(is_part);
        let found = &head[before.len()..];
        let is_first = !before.ends_with("::") && !before.ends_with('$');
        (is_first && !found.is_empty()).then_some(found)
    })
}

fn group(owner: &str) -> &str {
    PARTS.iter().find(|(_, part)| *part == owner).map_or(owner, |(whole, _)| *whole)
}
