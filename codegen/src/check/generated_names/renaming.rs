//! Suggests a Rust name that replaces an unusable one.

use std::collections::BTreeSet;

use super::{RESERVED, is_parameter};
use crate::lower::credentials::Generated;
use crate::{Diagnostic, RequiredScheme, Requirement, Span, names};

/// Returns an error about an unusable name, with a help message that suggests a name to add to the
/// settings.
pub(in crate::check) fn renaming(
    problem: String,
    span: Span,
    name: &str,
    wanted: &str,
) -> Diagnostic {
    Diagnostic::new("credential-name", problem)
        .label(span, "needs a different name")
        .help(suggestion(name, wanted))
}

pub(in crate::check) fn suggestion(name: &str, wanted: &str) -> String {
    format!("name it in the settings: `Settings::with_names([({name:?}, {wanted:?})])`")
}

/// Returns the first usable name among these: `name` with its special characters spelled out,
/// `name` followed by `word`, and `Other` followed by `word` and, if necessary, a number.
pub(in crate::check) fn new_name(name: &str, word: &str, is_free: impl Fn(&str) -> bool) -> String {
    let spelled = names::pascal(&spelled_out(name));
    let longer = format!("{}{word}", names::pascal(name).trim_matches('_'));
    let other = format!("Other{word}");
    let numbered = (2..).map(|number| format!("Other{word}{number}"));
    let usable = |wanted: &String| {
        names::is_type(wanted)
            && !RESERVED.contains(&wanted.as_str())
            && !is_parameter(wanted)
            && is_free(wanted)
    };
    let mut wanted = [spelled, longer, other.clone()].into_iter().chain(numbered);
    wanted.find(usable).unwrap_or(other)
}

/// Returns a unique name for a security scheme.
pub(in crate::check) fn new_scheme_name(generated: &Generated, name: &str) -> String {
    let modules: BTreeSet<String> = generated.schemes.iter().map(|it| it.module()).collect();
    new_name(name, "Credential", |wanted| !modules.contains(&names::module(wanted)))
}

/// Returns a help message that says how to rename one of two requirements whose names collide. The
/// message suggests a new name for a scheme or scope that only one of the requirements has.
pub(in crate::check) fn parting(
    generated: &Generated,
    first: &Requirement,
    second: &Requirement,
) -> String {
    let schemes = |requirement: &Requirement| -> BTreeSet<String> {
        requirement.iter().flatten().map(|scheme| scheme.name.clone()).collect()
    };
    let scopes = || generated.schemes.iter().flat_map(|scheme| &scheme.scopes);
    // A scope with the same name would be renamed together with the scheme.
    let is_scope = |scheme: &&String| scopes().any(|scope| scope.text == **scheme);
    let (first_schemes, second_schemes) = (schemes(first), schemes(second));
    let mut only_one = first_schemes.symmetric_difference(&second_schemes);
    if let Some(scheme) = only_one.find(|scheme| !is_scope(scheme)) {
        return suggestion(scheme, &new_scheme_name(generated, scheme));
    }
    let of_scopes = |requirement: &Requirement| -> BTreeSet<RequiredScheme> {
        let required = requirement.iter().flatten();
        let each = required.flat_map(|it| it.scopes.iter().map(|scope| (it.name.as_str(), scope)));
        each.map(|(scheme, scope)| RequiredScheme::new(scheme, [scope])).collect()
    };
    let (first_scopes, second_scopes) = (of_scopes(first), of_scopes(second));
    let mut only_one = first_scopes.symmetric_difference(&second_scopes);
    match only_one.find_map(|it| Some((it, it.scopes.first()?))) {
        Some((own, scope)) => {
            let is_free = |wanted: &str| !scopes().any(|scope| scope.ident == wanted);
            suggestion(&own.to_string(), &new_name(scope, "Scope", is_free))
        }
        None => "give one of their schemes a different name with `Settings::with_names`".to_owned(),
    }
}

/// Spells out each special character as a word: `read:user` becomes `read colon user`.
fn spelled_out(name: &str) -> String {
    const WORDS: &[(char, &str)] = &[
        ('-', "dash"),
        ('_', "underscore"),
        (':', "colon"),
        ('.', "dot"),
        ('/', "slash"),
        ('*', "star"),
        ('+', "plus"),
        (' ', "space"),
    ];
    let word = |each: char| match WORDS.iter().find(|(sign, _)| *sign == each) {
        Some((_, word)) => format!(" {word} "),
        None => each.to_string(),
    };
    name.chars().map(word).collect()
}
