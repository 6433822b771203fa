//! Checks the constructors of a client with an authenticator: their functions need unique names and
//! valid arguments.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::visit::{self, Visit};

use super::{is_relative, report};
use crate::check::api::Api;
use crate::check::names::is_identifier;
use crate::emit::client::METHODS;
use crate::{Constructor, Credentials, Diagnostic};

/// Types without a path.
const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16",
    "u32", "u64", "u128", "usize",
];

pub(super) fn sound(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let constructors = &api.settings.constructors;
    if let (Some(first), None) = (constructors.first(), &api.settings.authenticator) {
        let message = format!(
            "`Settings::constructors` has `{}`, but the client has no authenticator",
            first.name.escape_debug()
        );
        let help = "set an authenticator with `Settings::with_authenticator`, or remove the constructors: `new` and `builder` are \
                    then generated";
        found.push(report(message, help));
    }
    names(api, found);
    for constructor in constructors {
        arguments(constructor, found);
        let Credentials::Type(ty) = &constructor.credentials else { continue };
        let setting = format!("{}.credentials", setting(constructor));
        let problem = type_problem(ty, false).or_else(|| anonymous(ty));
        found.extend(problem.map(|problem| wrong(&setting, ty, problem)));
    }
}

/// Reports `impl Trait` in the type of a credential. The constructor returns this type in
/// `ClientBuilder<…>`, where `impl Trait` has a different meaning than in an argument.
fn anonymous(text: &str) -> Option<Problem> {
    let mut found = ImplTrait(false);
    found.visit_type(&syn::parse_str(text).ok()?);
    let help = "write the type of the credential, or use `Constructor::with_bound`";
    found.0.then_some(("contains `impl Trait`, which is allowed only for arguments", help))
}

/// Returns the name of a constructor's setting for messages.
fn setting(constructor: &Constructor) -> String {
    format!("constructors[{}]", constructor.name.escape_debug())
}

/// Returns an error about a type that can't be used in a setting.
fn wrong(setting: &str, ty: &str, problem: Problem) -> Diagnostic {
    let (what, help) = problem;
    let message = format!("`Settings::{setting}` is `{}`, which {what}", ty.escape_debug());
    report(message, help)
}

/// Checks that each function has a valid name that no other client method has.
fn names(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let by_hand = api.settings.client_methods.iter().map(|name| (name.as_str(), "client_methods"));
    let ours = METHODS.iter().map(|&name| (name, "generated"));
    let mut taken: BTreeMap<&str, &str> = ours.chain(by_hand).collect();
    for constructor in &api.settings.constructors {
        for (part, name) in [("name", &constructor.name), ("builder", &constructor.builder)] {
            let (what, help) = if !is_function(name) {
                ("isn't a valid function name", "write it in lower case, e.g. `with_key`")
            } else {
                match taken.insert(name, "constructors") {
                    None => continue,
                    Some("client_methods") => (
                        "`Settings::client_methods` also has",
                        "remove it from `Settings::client_methods`: the method is generated",
                    ),
                    Some("generated") => ("every client already has", "rename the function"),
                    Some(_) => ("another constructor already has", "rename one of the two"),
                }
            };
            let setting = setting(constructor);
            let message =
                format!("`Settings::{setting}.{part}` is `{}`, which {what}", name.escape_debug());
            found.push(report(message, help));
        }
    }
}

fn arguments(constructor: &Constructor, found: &mut Vec<Diagnostic>) {
    let generic = !matches!(constructor.credentials, Credentials::Type(_));
    let mut seen = BTreeSet::new();
    for (name, ty) in &constructor.arguments {
        let setting = format!("{}.arguments", setting(constructor));
        if !is_function(name) {
            let message = format!(
                "`Settings::{setting}` has `{}`, which isn't a valid argument name",
                name.escape_debug()
            );
            found.push(report(message, "write it in lower case, e.g. `key`"));
        }
        if !seen.insert(name) {
            let message = format!("`Settings::{setting}` has `{}` twice", name.escape_debug());
            found.push(report(message, "rename one of the two"));
        }
        let setting = format!("{setting}[{}]", name.escape_debug());
        found.extend(type_problem(ty, generic).map(|problem| wrong(&setting, ty, problem)));
    }
}

/// Returns whether a function or an argument can have this name without `r#`.
fn is_function(name: &str) -> bool {
    is_identifier(name)
        && !name.contains(|each: char| each.is_ascii_uppercase())
        && syn::parse_str::<syn::Ident>(name).is_ok()
}

/// The problem with a type, and its fix.
type Problem = (&'static str, &'static str);

/// Returns the problem with a type. `generic` says whether the type parameter `K` exists.
fn type_problem(text: &str, generic: bool) -> Option<Problem> {
    let Ok(ty) = syn::parse_str::<syn::Type>(text) else {
        return Some(("isn't a Rust type", "write a Rust type, e.g. `crate::AccountId`"));
    };
    let mut paths = Paths { generic, unknown: false, credential: false };
    paths.visit_type(&ty);
    if paths.credential {
        let help = "write the type of the credential, or use `Constructor::with_bound`";
        Some(("contains `K`, but the constructor is for one type of credential", help))
    } else if paths.unknown {
        let help = "write absolute paths, e.g. `crate::AccountId` or `::std::string::String`";
        Some(("contains a name that is unknown in the generated file", help))
    } else {
        None
    }
}

/// Examines the paths in a type.
struct Paths {
    generic: bool,
    /// Whether a path is neither absolute nor the name of a primitive type.
    unknown: bool,
    /// Whether the type parameter is used where it doesn't exist.
    credential: bool,
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.is_ident("K") {
            self.credential |= !self.generic;
        } else if is_relative(path) {
            let name = path.to_token_stream().to_string();
            self.unknown |= !PRIMITIVES.contains(&name.as_str());
        }
        visit::visit_path(self, path);
    }
}

/// Whether a type contains `impl Trait`.
struct ImplTrait(bool);

impl<'ast> Visit<'ast> for ImplTrait {
    fn visit_type_impl_trait(&mut self, _: &'ast syn::TypeImplTrait) {
        self.0 = true;
    }
}
