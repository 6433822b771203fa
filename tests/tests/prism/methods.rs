//! Uses syn to find the generated client's method for an operation, with the method's arguments, and the setters of the
//! call that the method returns.

use std::collections::BTreeMap;

use openapi_keys::Files;
use quote::ToTokens as _;
use syn::{Expr, FnArg, ImplItem, ImplItemFn, Item, Pat, ReturnType, Type};

/// A name and a type in a signature.
pub(crate) type Argument = (String, Type);

/// The way to call an operation.
pub(crate) struct Method {
    /// The client's method that returns the operation's group.
    pub(crate) accessor: String,
    /// The group's method.
    pub(crate) name: String,
    /// The method's arguments.
    pub(crate) arguments: Vec<Argument>,
    /// The setters of the call that the method returns, each with the type that the setter takes.
    pub(crate) setters: Vec<Argument>,
    /// The fields of the structs in the operation's file.
    pub(crate) structs: BTreeMap<String, Vec<Argument>>,
    /// The imports of the operation's file, without the import of the group.
    pub(crate) imports: String,
}

impl Method {
    /// Returns the method that calls an operation. `constant` is the operation's constant in the catalogue. If there
    /// are two methods, returns the one that takes an existing body.
    pub(crate) fn of(files: &Files, constant: &str) -> Method {
        let row = row(files, constant);
        let name = row.get("from_function").unwrap_or(&row["function"]);
        let operations = files.iter().filter(|(name, _)| name.starts_with("operations/"));
        let mut found =
            operations.filter(|(_, text)| names(text, constant)).filter_map(|(_, text)| {
                let file = syn::parse_file(text).unwrap();
                let method = methods(&file.items).find(|(_, it)| it.sig.ident == name)?.1.clone();
                Some((file, method))
            });
        let (file, method) = found.next().unwrap_or_else(|| panic!("no method for {constant}"));
        let ReturnType::Type(_, call) = &method.sig.output else {
            panic!("{name} returns nothing")
        };
        let same = |owner: &Type| {
            owner.to_token_stream().to_string() == call.to_token_stream().to_string()
        };
        let setters = methods(&file.items)
            .filter(|(owner, _)| same(owner))
            .filter_map(|(_, it)| Some((it.sig.ident.to_string(), arguments(it).pop()?.1)));
        Method {
            accessor: row["accessor"].clone(),
            name: name.clone(),
            arguments: arguments(&method),
            setters: setters.collect(),
            structs: file.items.iter().filter_map(fields).collect(),
            imports: imports(&file.items),
        }
    }
}

/// Returns whether a file names this constant. Ignores longer constants that begin with the same name.
fn names(text: &str, constant: &str) -> bool {
    let path = format!("catalogue::{constant}");
    let end = |rest: &str| !rest.starts_with(|it: char| it.is_alphanumeric() || it == '_');
    text.match_indices(&path).any(|(at, _)| end(&text[at + path.len()..]))
}

/// Returns the strings in a row of the catalogue. The key of a string is the name of the method that sets the string.
fn row(files: &Files, constant: &str) -> BTreeMap<String, String> {
    let file = syn::parse_file(&files["catalogue.rs"]).unwrap();
    let mut expr = file.items.iter().find_map(|item| match item {
        Item::Static(item) if item.ident == constant => Some(&*item.expr),
        _ => None,
    });
    let mut row = BTreeMap::new();
    while let Some(Expr::MethodCall(call)) = expr {
        if let Some(Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. })) = call.args.first() {
            row.insert(call.method.to_string(), text.value());
        }
        expr = Some(&call.receiver);
    }
    row
}

/// Returns the inherent methods in a file, each with its type.
fn methods(items: &[Item]) -> impl Iterator<Item = (&Type, &ImplItemFn)> {
    let impls = items.iter().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => Some(item),
        _ => None,
    });
    impls.flat_map(|item| {
        item.items.iter().filter_map(|it| match it {
            ImplItem::Fn(method) => Some((&*item.self_ty, method)),
            _ => None,
        })
    })
}

/// Returns the arguments of a method, except `self`.
fn arguments(method: &ImplItemFn) -> Vec<Argument> {
    let typed = method.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(argument) => Some(argument),
        FnArg::Receiver(_) => None,
    });
    let argument = |it: &syn::PatType| match &*it.pat {
        Pat::Ident(name) => (name.ident.to_string(), (*it.ty).clone()),
        other => panic!("an argument that isn't a name: {}", other.to_token_stream()),
    };
    typed.map(argument).collect()
}

fn fields(item: &Item) -> Option<(String, Vec<Argument>)> {
    let Item::Struct(item) = item else { return None };
    let fields = item.fields.iter().filter_map(|it| Some((it.ident.clone()?, it.ty.clone())));
    let fields = fields.map(|(name, ty)| (name.to_string(), ty));
    Some((item.ident.to_string(), fields.collect()))
}

fn imports(items: &[Item]) -> String {
    let imports = items.iter().filter(|item| matches!(item, Item::Use(_)));
    let texts = imports.map(|item| item.to_token_stream().to_string());
    texts
        .filter(|text| !text.starts_with("use super"))
        .map(|text| format!("    {text}\n"))
        .collect()
}
