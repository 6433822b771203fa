//! Recognises standard library types. The last segment of a path isn't enough, because the settings
//! may name a user type such as `crate::text::String`.

use syn::{GenericArgument, Path, PathArguments, Type};

/// Returns the type inside an `Option`, or `None` for other types.
pub(crate) fn option(ty: &Type) -> Option<&Type> {
    holder(ty, "option", "Option")
}

/// Returns the type inside a `Box`, or `None` for other types.
pub(crate) fn boxed(ty: &Type) -> Option<&Type> {
    holder(ty, "boxed", "Box")
}

fn holder<'t>(ty: &'t Type, module: &str, name: &str) -> Option<&'t Type> {
    let Type::Path(path) = ty else { return None };
    if !is_std(&path.path, module, name) {
        return None;
    }
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

pub(crate) fn is_string(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if is_std(&path.path, "string", "String"))
}

/// Returns whether this is a boolean or a number, which is passed by value.
pub(crate) fn is_scalar(ty: &Type) -> bool {
    const SCALARS: &[&str] =
        &["bool", "i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "f32", "f64"];
    let Type::Path(path) = ty else { return false };
    path.path.get_ident().is_some_and(|name| SCALARS.iter().any(|scalar| name == scalar))
}

/// Returns whether a path in the settings refers to the standard library's `String`.
pub(crate) fn is_string_path(path: &str) -> bool {
    syn::parse_str(path).is_ok_and(|path| is_std(&path, "string", "String"))
}

/// Returns whether this is `::std::module::Name` or only `Name`. Instead of `std`, the path may
/// begin with `alloc` or `core`. `Name` without a path is always the type from the prelude: schemas
/// can't have this name, and a path in the settings can't be a single name.
fn is_std(path: &Path, module: &str, name: &str) -> bool {
    let segments: Vec<String> =
        path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    match segments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [only] => path.leading_colon.is_none() && only == name,
        ["std" | "alloc" | "core", inside, last] => inside == module && last == name,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::parse_str;

    use super::{boxed, is_scalar, is_string, is_string_path, option};

    #[test]
    fn only_the_string_of_the_standard_library_is_recognised() {
        for path in
            ["String", "std::string::String", "::std::string::String", "::alloc::string::String"]
        {
            assert!(is_string(&parse_str(path).unwrap()), "{path}");
            assert!(is_string_path(path), "{path}");
        }
        for path in [
            "crate::String",
            "crate::MyString",
            "::other::string::String",
            "::std::ffi::OsString",
            "::std::String",
            "crate::string::String",
            "::String",
        ] {
            assert!(!is_string(&parse_str(path).unwrap()), "{path}");
            assert!(!is_string_path(path), "{path}");
        }
    }

    #[test]
    fn boxes_and_scalars_are_recognised() {
        let ty = parse_str("::std::boxed::Box<Book>").unwrap();
        let inner = boxed(&ty).map(|ty| ty.to_token_stream().to_string());
        assert_eq!(inner.as_deref(), Some("Book"));
        assert!(boxed(&parse_str("crate::Box<Book>").unwrap()).is_none());
        for (path, expected) in
            [("bool", true), ("u32", true), ("f64", true), ("crate::u32", false), ("Kind", false)]
        {
            assert_eq!(is_scalar(&parse_str(path).unwrap()), expected, "{path}");
        }
    }

    #[test]
    fn only_the_option_of_the_standard_library_is_recognised() {
        for path in ["Option<u8>", "::std::option::Option<u8>", "core::option::Option<u8>"] {
            let ty = parse_str(path).unwrap();
            let inner = option(&ty).map(|ty| ty.to_token_stream().to_string());
            assert_eq!(inner.as_deref(), Some("u8"), "{path}");
        }
        for path in ["crate::Option<u8>", "::std::vec::Vec<u8>", "crate::option::Option<u8>"] {
            assert!(option(&parse_str(path).unwrap()).is_none(), "{path}");
        }
    }
}
