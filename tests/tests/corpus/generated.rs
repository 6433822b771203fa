//! Reads generated files with syn.

use std::collections::{BTreeMap, BTreeSet};

use openapi_keys::Files;
use syn::visit::{self, Visit};
use syn::{Expr, File, Item, Lit, Type};

/// An entry of the catalogue.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) constant: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// The trait that a client must implement.
    pub(crate) bound: Option<String>,
}

/// A type parameter of `Credentials`.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) scheme: String,
    pub(crate) ty: String,
}

fn parse(files: &Files, name: &str) -> File {
    syn::parse_file(&files[name]).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn text(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(lit) => match &lit.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the entries of the catalogue in order.
pub(crate) fn catalogue(files: &Files) -> Vec<Row> {
    let file = parse(files, "catalogue.rs");
    let rows = file.items.iter().filter_map(|item| match item {
        Item::Static(item) => row(item.ident.to_string(), &item.expr),
        _ => None,
    });
    rows.collect()
}

fn row(constant: String, expr: &Expr) -> Option<Row> {
    let mut bound = None;
    let mut expr = expr;
    while let Expr::MethodCall(call) = expr {
        if call.method == "bound" {
            bound = call.args.first().and_then(text);
        }
        expr = &call.receiver;
    }
    let Expr::Call(call) = expr else { return None };
    let Expr::Path(method) = call.args.get(1)? else { return None };
    Some(Row {
        constant,
        method: method.path.segments.last()?.ident.to_string(),
        path: call.args.get(2).and_then(text)?,
        bound,
    })
}

/// Returns the bounds of the methods that call an operation, by the operation's constant: a set for each method.
pub(crate) fn bounds_of_methods(files: &Files) -> BTreeMap<String, Vec<BTreeSet<String>>> {
    let mut methods = Methods::default();
    for name in files.keys().filter(|name| name.starts_with("operations/")) {
        methods.visit_file(&parse(files, name));
    }
    methods.found
}

#[derive(Default)]
struct Methods {
    found: BTreeMap<String, Vec<BTreeSet<String>>>,
}

impl<'a> Visit<'a> for Methods {
    fn visit_item_impl(&mut self, item: &'a syn::ItemImpl) {
        // The `impl` of a trait for the operation's errors also names the constant, but doesn't call the operation.
        if item.trait_.is_none() {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, method: &'a syn::ImplItemFn) {
        let mut used = Paths::default();
        used.visit_block(&method.block);
        let mut bounds = Paths::default();
        bounds.visit_generics(&method.sig.generics);
        let bounds: BTreeSet<String> =
            bounds.0.iter().filter_map(|path| after(path, "requirements")).collect();
        for constant in used.0.iter().filter_map(|path| after(path, "catalogue")) {
            self.found.entry(constant).or_default().push(bounds.clone());
        }
    }
}

#[derive(Default)]
struct Paths(Vec<Vec<String>>);

impl<'a> Visit<'a> for Paths {
    fn visit_path(&mut self, path: &'a syn::Path) {
        self.0.push(path.segments.iter().map(|it| it.ident.to_string()).collect());
        visit::visit_path(self, path);
    }
}

/// Returns the last segment of a path, if the segment before it is the module.
fn after(path: &[String], module: &str) -> Option<String> {
    let [.., before, name] = path else { return None };
    (before == module).then(|| name.clone())
}

/// Returns the type parameters of `Credentials`, or none if no operation needs credentials.
pub(crate) fn slots(files: &Files) -> Vec<Slot> {
    if !files.contains_key("credentials/combined.rs") {
        return Vec::new();
    }
    let combined = parse(files, "credentials/combined.rs");
    let fields = combined.items.iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == "Credentials" => Some(&item.fields),
        _ => None,
    });
    let fields = fields.into_iter().flatten().filter_map(|field| field.ident.as_ref());
    let slot = |field: String| {
        let name = format!("credentials/{}.rs", field.trim_start_matches("r#"));
        let (_, rest) = files[&name].split_once("required.name == \"").unwrap();
        let (scheme, _) = rest.split_once('"').unwrap();
        let ty = parse(files, &name).items.into_iter().find_map(|item| match item {
            Item::Struct(item) => Some(item.ident.to_string()),
            _ => None,
        });
        Slot { scheme: scheme.to_owned(), ty: ty.unwrap() }
    };
    fields.map(|field| slot(field.to_string())).collect()
}

/// Returns the paths of the scope types in `scopes`, by scheme type and scope.
pub(crate) fn scopes(files: &Files) -> BTreeMap<(String, String), String> {
    let mut scopes = BTreeMap::new();
    if !files.contains_key("scopes.rs") {
        return scopes;
    }
    for item in parse(files, "scopes.rs").items {
        let Item::Mod(module) = item else { continue };
        for item in module.content.into_iter().flat_map(|(_, items)| items) {
            let Item::Impl(item) = item else { continue };
            let (Some((path, _)), Type::Path(own)) = (&item.trait_, &*item.self_ty) else {
                continue;
            };
            let (scheme, own) = (last_argument(path), own.path.segments.last());
            let name = item.items.iter().find_map(|item| match item {
                syn::ImplItem::Const(item) if item.ident == "NAME" => text(&item.expr),
                _ => None,
            });
            if let (Some(scheme), Some(own), Some(name)) = (scheme, own, name) {
                scopes.insert((scheme, name), format!("{}::{}", module.ident, own.ident));
            }
        }
    }
    scopes
}

/// Returns `Oauth2` for `Scope<Oauth2>`.
fn last_argument(path: &syn::Path) -> Option<String> {
    let syn::PathArguments::AngleBracketed(arguments) = &path.segments.last()?.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(Type::Path(path)) => {
            path.path.segments.last().map(|it| it.ident.to_string())
        }
        _ => None,
    }
}

/// The number of properties of generated structs, and the properties that are untyped JSON.
pub(crate) struct Properties {
    pub(crate) all: usize,
    /// Properties that are untyped JSON, each with its struct.
    pub(crate) any_json: Vec<(String, String)>,
}

/// Reads the properties of the generated structs.
pub(crate) fn properties(files: &Files) -> Properties {
    let names = files.keys().filter(|name| name.starts_with("types/"));
    let items = names.flat_map(|name| parse(files, name).items);
    let structs: Vec<syn::ItemStruct> = items
        .filter_map(|item| match item {
            Item::Struct(item) => Some(item),
            _ => None,
        })
        .collect();
    let mut wrappers = BTreeSet::from(["Value".to_owned()]);
    for item in &structs {
        if let syn::Fields::Unnamed(fields) = &item.fields
            && fields.unnamed.iter().any(|it| {
                // Unions also contain JSON, but in a private field: a method reads each alternative.
                is_public(&it.vis) && innermost(&it.ty).is_some_and(|it| it == "Value")
            })
        {
            wrappers.insert(item.ident.to_string());
        }
    }
    let mut properties = Properties { all: 0, any_json: Vec::new() };
    for item in &structs {
        let syn::Fields::Named(fields) = &item.fields else { continue };
        for field in fields.named.iter().filter(|it| is_public(&it.vis)) {
            properties.all += 1;
            if innermost(&field.ty).is_some_and(|it| wrappers.contains(&it)) {
                let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                let name = name.trim_start_matches("r#").to_owned();
                properties.any_json.push((item.ident.to_string(), name));
            }
        }
    }
    properties
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

/// Returns the name of a type, or of the type in its option, box or list. For a map, returns the
/// map's name, because a map isn't untyped JSON.
fn innermost(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let wraps = ["Option", "Nullable", "Box", "Vec"].iter().any(|it| last.ident == *it);
    match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) if wraps => match arguments.args.first()? {
            syn::GenericArgument::Type(ty) => innermost(ty),
            _ => None,
        },
        _ => Some(last.ident.to_string()),
    }
}
