//! Writes the Rust code of a call. The arguments are the samples, converted to the types that the
//! generated method takes.

use quote::ToTokens as _;
use serde_json::Value;
use syn::{GenericArgument, PathArguments, Type, TypeParamBound};

use crate::document::plain;
use crate::methods::{Argument, Method};
use crate::samples::{Body, Parameter, Samples};

/// The setter of an optional body.
const WITH_BODY: &str = "with_body";

/// The operation's samples that the call doesn't use yet. Each sample is used once.
struct Unused<'s> {
    parameters: Vec<&'s Parameter>,
    body: Option<&'s Body>,
    /// Whether the body has been passed as an argument.
    taken: bool,
    /// The properties of the body that are separate arguments.
    files: Vec<&'s str>,
}

/// Returns a call to the operation with all samples, or the reason why it can't be written.
pub(crate) fn call(method: &Method, samples: &Samples) -> Result<String, String> {
    let mut unused = Unused {
        parameters: samples.parameters.iter().collect(),
        body: samples.body.as_ref(),
        taken: false,
        files: Vec::new(),
    };
    let arguments: Vec<String> = method
        .arguments
        .iter()
        .map(|argument| unused.argument(method, argument))
        .collect::<Result<_, _>>()?;
    let mut call =
        format!("client.{}().{}({})", method.accessor, method.name, arguments.join(", "));
    for parameter in std::mem::take(&mut unused.parameters) {
        let setter = method.setters.iter().find(|(name, _)| is(name, &parameter.name));
        let Some((name, ty)) = setter else {
            return Err(format!(
                "no argument or setter for the {} `{}`",
                parameter.location, parameter.name
            ));
        };
        call.push_str(&format!(".{name}({})", value(ty, &parameter.value)?));
    }
    call.push_str(&unused.body(method)?);
    for name in samples.body.iter().flat_map(|body| &body.undeclared) {
        call.push_str(&format!(".body_field({name:?}, \"any\")"));
    }
    Ok(call)
}

impl Unused<'_> {
    /// Returns an argument: a struct of arguments, the parameter or file with that name, or otherwise the body.
    fn argument(&mut self, method: &Method, (name, ty): &Argument) -> Result<String, String> {
        let written = ty.to_token_stream().to_string();
        if let Some(fields) = method.structs.get(&written) {
            let field = |field: &Argument| {
                Ok::<_, String>(format!("{}: {}", field.0, self.argument(method, field)?))
            };
            let fields: Vec<String> = fields.iter().map(field).collect::<Result<_, _>>()?;
            return Ok(format!("api::operations::{written} {{ {} }}", fields.join(", ")));
        }
        if let Some(at) = self.parameters.iter().position(|it| is(name, &it.name)) {
            return value(ty, &self.parameters.remove(at).value);
        }
        let body = self.body.ok_or_else(|| format!("no sample for `{name}`"))?;
        if let Some((property, sample)) =
            body.properties().find(|(it, _)| is_file(ty) && is(name, it))
        {
            self.files.push(property);
            return value(ty, sample);
        }
        self.taken = true;
        value(ty, &body.value)
    }

    /// Returns the setters for the body, or for those of its properties that aren't arguments.
    fn body(&self, method: &Method) -> Result<String, String> {
        let Some(body) = self.body else { return Ok(String::new()) };
        let setter = |wanted: &str| method.setters.iter().find(|(name, _)| is(name, wanted));
        if let Some((name, ty)) = setter(WITH_BODY) {
            return Ok(format!(".{name}({})", value(ty, &body.value)?));
        }
        let mut calls = String::new();
        for (property, sample) in body.properties().filter(|(it, _)| !self.files.contains(it)) {
            match setter(property) {
                Some((name, ty)) if is_file(ty) || !self.taken => {
                    calls.push_str(&format!(".{name}({})", value(ty, sample)?));
                }
                None if !self.taken => {
                    return Err(format!("no argument or setter for the property `{property}`"));
                }
                _ => {}
            }
        }
        let is_set = self.taken || !self.files.is_empty() || !calls.is_empty();
        is_set.then_some(calls).ok_or_else(|| "no argument or setter for the body".to_owned())
    }
}

impl Body {
    fn properties(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
    }
}

/// Returns whether a type is used for the files in a multipart body.
fn is_file(ty: &Type) -> bool {
    let written = ty.to_token_stream().to_string();
    written.split(|it: char| !it.is_alphanumeric()).any(|word| word == "Part")
}

/// Returns whether a Rust name is the generated form of a name in the document.
fn is(rust: &str, documented: &str) -> bool {
    plain(rust.trim_start_matches("r#")) == plain(documented)
}

/// Returns the code for a value of this type.
fn value(ty: &Type, sample: &Value) -> Result<String, String> {
    let ty = match ty {
        Type::Reference(reference) => return Ok(format!("&{}", value(&reference.elem, sample)?)),
        Type::ImplTrait(bounds) => into(bounds)
            .ok_or_else(|| format!("no value for `{}`", ty.to_token_stream()))?
            .to_token_stream(),
        Type::Slice(items) => {
            let item = items.elem.to_token_stream();
            quote::quote!(Vec<#item>)
        }
        other => other.to_token_stream(),
    };
    let ty = ty.to_string().replace(' ', "");
    let ty = if ty == "str" { "String" } else { &ty };
    // The content can be anything, so pass the sample as text.
    let content = sample.as_str().map_or_else(|| sample.to_string(), str::to_owned);
    match ty {
        "Body" => return Ok(format!("Body::full({content:?})")),
        "Part" => return Ok(format!("Part::new({content:?})")),
        "Vec<Part>" => return Ok(format!("vec![Part::new({content:?})]")),
        _ => {}
    }
    Ok(format!("super::value::<{ty}>({:?})?", sample.to_string()))
}

/// Returns `T` for `impl Into<T>`.
fn into(bounds: &syn::TypeImplTrait) -> Option<&Type> {
    let Some(TypeParamBound::Trait(bound)) = bounds.bounds.first() else { return None };
    let last = bound.path.segments.last().filter(|it| it.ident == "Into")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}
