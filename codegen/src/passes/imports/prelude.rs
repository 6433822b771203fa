//! Lists the names that don't need an import: the prelude of the 2024 edition.

/// The full paths of the names in the prelude.
const PRELUDE: &[&str] = &[
    "std::borrow::ToOwned",
    "std::boxed::Box",
    "std::clone::Clone",
    "std::cmp::Eq",
    "std::cmp::Ord",
    "std::cmp::PartialEq",
    "std::cmp::PartialOrd",
    "std::convert::AsMut",
    "std::convert::AsRef",
    "std::convert::From",
    "std::convert::Into",
    "std::convert::TryFrom",
    "std::convert::TryInto",
    "std::default::Default",
    "std::future::Future",
    "std::future::IntoFuture",
    "std::iter::DoubleEndedIterator",
    "std::iter::ExactSizeIterator",
    "std::iter::Extend",
    "std::iter::FromIterator",
    "std::iter::IntoIterator",
    "std::iter::Iterator",
    "std::marker::Copy",
    "std::marker::Send",
    "std::marker::Sized",
    "std::marker::Sync",
    "std::marker::Unpin",
    "std::ops::Drop",
    "std::ops::Fn",
    "std::ops::FnMut",
    "std::ops::FnOnce",
    "std::option::Option",
    "std::option::Option::None",
    "std::option::Option::Some",
    "std::result::Result",
    "std::result::Result::Err",
    "std::result::Result::Ok",
    "std::string::String",
    "std::string::ToString",
    "std::vec::Vec",
];

/// The primitive types, which are in every scope without being in the prelude.
const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16",
    "u32", "u64", "u8", "usize",
];

/// Returns whether the prelude contains this path.
pub(super) fn has(path: &[String]) -> bool {
    let Some((root, rest)) = path.split_first() else { return false };
    is_std(root) && PRELUDE.contains(&format!("std::{}", rest.join("::")).as_str())
}

/// Returns whether a name has a meaning without an import.
pub(super) fn has_name(name: &str) -> bool {
    PRIMITIVES.contains(&name) || PRELUDE.iter().any(|path| path.rsplit("::").next() == Some(name))
}

/// Returns whether a crate belongs to the standard library.
pub(super) fn is_std(krate: &str) -> bool {
    ["alloc", "core", "std"].contains(&krate)
}
