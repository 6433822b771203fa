//! Checks the scopes that a `security` requires: they must be valid names, spelt as declared, and
//! their schemes must have scopes.

use std::collections::{BTreeMap, BTreeSet};

use super::flows;
use super::site::Site;
use crate::check::api::Api;
use crate::check::characters::is_hidden;
use crate::check::names::{is_identifier, pascal};
use crate::lower::security::kind;
use crate::model::SchemeKind;
use crate::{Diagnostic, Entry, Node, RequiredScheme, Value};

/// Information about scopes, cached because many operations require the same scopes.
#[derive(Default)]
pub(in crate::check) struct Scopes<'a> {
    /// The scopes that the flows of each scheme declare.
    declared: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// The declared scope that was probably meant, for each scheme and undeclared scope.
    likely: BTreeMap<(&'a str, &'a str), Option<&'a str>>,
}

impl<'a> Scopes<'a> {
    pub(super) fn check(
        &mut self,
        api: &Api<'a>,
        site: &Site<'a>,
        scheme: &'a Entry,
        found: &mut Vec<Diagnostic>,
    ) {
        // A different rule reports a scheme that can't be read.
        let Some(kind) = api.security_scheme(&scheme.key).and_then(kind) else { return };
        let is_oauth = is_oauth(&kind);
        let is_scoped = is_oauth || api.settings.scoped_schemes.contains(&scheme.key);
        let Value::Sequence(scopes) = &scheme.value.value else {
            found.push(no_list(site, scheme, is_scoped));
            return;
        };
        if !is_scoped && !scopes.is_empty() {
            found.push(unscoped(site, scheme));
            return;
        }
        let mut is_told = false;
        for scope in scopes {
            match scope.as_str() {
                None => found.push(no_text(site, scheme, scope)),
                // A different rule reports hidden characters.
                Some(text) if text.contains(is_hidden) => {}
                Some(text) => match Fault::of(text, is_oauth) {
                    None => found.extend(self.misspelt(api, site, scheme, scope, text)),
                    // Only the first invalid scope is reported, because the usual fix corrects
                    // the complete list.
                    Some(_) if is_told => {}
                    Some(fault) => {
                        found.push(fault.mistake(site, scheme, scope));
                        is_told = true;
                    }
                },
            }
        }
    }

    /// Reports a scope that resembles a declared one. Other undeclared scopes aren't reported,
    /// because the service may support them.
    fn misspelt(
        &mut self,
        api: &Api<'a>,
        site: &Site<'a>,
        scheme: &'a Entry,
        scope: &Node,
        text: &'a str,
    ) -> Option<Diagnostic> {
        let name = scheme.key.as_str();
        let meant = self.meant(api, name, text)?;
        let rust = Some(pascal(text)).filter(|rust| is_identifier(rust));
        let rust = rust.unwrap_or_else(|| "Scope".to_owned());
        // If the scope differs from the declared one only in case or punctuation, their Rust names
        // would collide, so the message doesn't suggest accepting it.
        let accept = match rust == pascal(meant) {
            true => String::new(),
            false => format!(
                "\nif the service supports `{text}`, accept it with `Settings::with_names([({text:?}, {rust:?})])`"
            ),
        };
        let message =
            format!("{} requires the scope `{text}`, which `{name}` doesn't declare", site.who());
        Some(
            site.mistake("unknown-scope", message)
                .label(scope.span, format!("not in the flows of `{name}`"))
                .help(format!("did you mean `{meant}`?{accept}")),
        )
    }

    /// If a scope looks misspelt, returns the declared scope that was probably meant.
    pub(in crate::check) fn meant(
        &mut self,
        api: &Api<'a>,
        scheme: &'a str,
        text: &'a str,
    ) -> Option<&'a str> {
        let of = || api.security_scheme(scheme).map(flows::declared).unwrap_or_default();
        let declared = self.declared.entry(scheme).or_insert_with(of);
        if declared.contains(text) || api.settings.names.contains_key(text) {
            return None;
        }
        let closest = || api.closest(text, declared.iter().copied());
        *self.likely.entry((scheme, text)).or_insert_with(closest)
    }
}

/// Returns whether a scope is invalid, and has therefore already been reported.
pub(in crate::check) fn is_told(api: &Api<'_>, scheme: &str, scope: &str) -> bool {
    let is_oauth = api.security_scheme(scheme).and_then(kind).is_some_and(|kind| is_oauth(&kind));
    scope.contains(is_hidden) || Fault::of(scope, is_oauth).is_some()
}

fn is_oauth(kind: &SchemeKind) -> bool {
    matches!(kind, SchemeKind::OAuth2 | SchemeKind::OpenIdConnect)
}

fn no_list(site: &Site<'_>, scheme: &Entry, is_scoped: bool) -> Diagnostic {
    let message = format!("`{}` in {} is {}", scheme.key, site.title(), scheme.value.kind());
    // The value may be a string with one or more scopes, or a mapping of scopes to descriptions.
    let scopes: Vec<&str> = match &scheme.value.value {
        Value::String(text) => text.split_whitespace().collect(),
        Value::Mapping(entries) => entries.iter().map(|entry| entry.key.as_str()).collect(),
        _ => Vec::new(),
    };
    let scopes = if is_scoped { scopes } else { Vec::new() };
    let right = RequiredScheme::new(&scheme.key, scopes);
    let (expected, more) = match is_scoped && right.scopes.is_empty() {
        true => (
            "a list of scopes was expected",
            ", with the required scopes in the list if there are any",
        ),
        false if is_scoped => ("a list of scopes was expected", ""),
        false => ("an empty list was expected", ""),
    };
    let span = match scheme.value.value {
        Value::Null => scheme.key_span,
        _ => scheme.value.span,
    };
    site.mistake("security-shape", message)
        .label(span, expected)
        .help(format!("write `{right}`{more}"))
}

fn unscoped(site: &Site<'_>, scheme: &Entry) -> Diagnostic {
    let name = &scheme.key;
    let message = format!("`{name}` in {} has scopes, but it isn't an OAuth scheme", site.title());
    let right = RequiredScheme::from(name.as_str());
    site.mistake("scopes-without-oauth", message)
        .label(scheme.value.span, "only `oauth2` and `openIdConnect` have scopes")
        .help(format!(
            "write `{right}`; or, if these are permissions that the credential must have, call \
             `Settings::with_scoped_schemes([{name:?}])`"
        ))
}

fn no_text(site: &Site<'_>, scheme: &Entry, scope: &Node) -> Diagnostic {
    let message = format!("a scope of `{}` in {} is {}", scheme.key, site.title(), scope.kind());
    let help = match scope.value {
        Value::Null => "remove it".to_owned(),
        Value::Bool(_) | Value::Number(_) => format!("write `\"{scope}\"`, with the quotes"),
        _ => "write each scope as a string in the list".to_owned(),
    };
    site.mistake("security-shape", message).label(scope.span, "a string was expected").help(help)
}

/// The reason why a scope is invalid. OAuth scopes are separated by spaces (RFC 6749, section 3.3).
#[derive(Clone, Copy)]
enum Fault {
    Empty,
    /// Several scopes in one string.
    Spaces,
    /// A character that isn't allowed in an OAuth scope.
    Characters,
    /// A line break or a tab in a scope that isn't an OAuth scope. Such scopes are never sent, so
    /// they may contain spaces.
    Lines,
}

impl Fault {
    fn of(text: &str, is_oauth: bool) -> Option<Self> {
        let allowed = |each: char| each.is_ascii_graphic() && each != '"' && each != '\\';
        if text.trim().is_empty() {
            Some(Fault::Empty)
        } else if !is_oauth {
            text.contains(char::is_control).then_some(Fault::Lines)
        } else if text.chars().all(allowed) {
            None
        } else if text.split_whitespace().all(|part| part.chars().all(allowed)) {
            Some(Fault::Spaces)
        } else {
            Some(Fault::Characters)
        }
    }

    fn mistake(self, site: &Site<'_>, scheme: &Entry, scope: &Node) -> Diagnostic {
        let (what, help) = match self {
            Fault::Empty => ("is empty", "remove it".to_owned()),
            Fault::Spaces => {
                let scopes: Option<Vec<&str>> =
                    scheme.value.items().iter().map(Node::as_str).collect();
                let right = scopes.map_or(String::new(), |scopes| {
                    let scopes = scopes.into_iter().flat_map(str::split_whitespace);
                    format!(": `{}`", RequiredScheme::new(&scheme.key, scopes))
                });
                ("has spaces", format!("write each scope as its own string{right}"))
            }
            Fault::Characters => (
                "has characters that a scope can't have",
                "write the scope as the service defines it: ASCII without spaces, `\"` and `\\`"
                    .to_owned(),
            ),
            Fault::Lines => {
                ("has a line break or a tab", "write it on one line, without tabs".to_owned())
            }
        };
        let message = format!("a scope of `{}` in {} {what}", scheme.key, site.title());
        site.mistake("scope-text", message).label(scope.span, "not a valid scope").help(help)
    }
}
