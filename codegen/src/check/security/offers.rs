//! Writes suggestions for help messages: a requirement from the document or the settings, or a
//! bound to add to the settings.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use super::new_bound::Names;
use crate::check::api::Api;
use crate::check::names::quoted;
use crate::lower::security::{alternatives, kind};
use crate::model::SchemeKind;
use crate::{Bound, MissingSecurity, Node, RequiredScheme, Requirement, Value};

/// The requirement that removes all authentication.
const OPEN: &str = "    security: []  # anyone, even without a key";
const OPEN_ALL: &str = "or, if you can't edit the document, call \
                        `Settings::with_missing_security(MissingSecurity::Open)`: operations without `security` are \
                        then open to anyone";
/// The suggestion for a document that declares no schemes.
const UNDECLARED: &str = "    security: [{ apiKey: [] }]  # once `components.securitySchemes` has \
                          `apiKey: { type: apiKey, in: header, name: X-Api-Key }`";
/// How many schemes a help message lists.
const MAX_SCHEMES: usize = 10;
/// How many bounds a help message lists.
const MAX_BOUNDS: usize = 20;

/// What an operation can require, for help messages. The texts are computed only once, because many
/// operations may need the same help.
pub(super) struct Offers<'a> {
    pub(super) api: &'a Api<'a>,
    bounds: BTreeMap<&'a Requirement, &'a Bound>,
    choices: OnceCell<String>,
    /// The usable schemes, and the usable schemes that have scopes.
    declared: OnceCell<(Vec<&'a str>, Vec<&'a str>)>,
    /// The requirements in the settings, as lines of a help message.
    lines: OnceCell<Vec<String>>,
    corrections: OnceCell<Vec<Correction<'a>>>,
    pub(super) names: RefCell<Names>,
}

/// A bound in the settings that misspells schemes, with its corrected requirement and the correct
/// name of each misspelt scheme.
struct Correction<'a> {
    bound: &'a Bound,
    requirement: Requirement,
    slips: BTreeMap<&'a str, String>,
}

impl<'a> Offers<'a> {
    pub(super) fn new(api: &'a Api<'a>) -> Self {
        let bounds = &api.settings.bounds;
        let mut by_requirement = BTreeMap::new();
        for bound in bounds {
            by_requirement.entry(&bound.requirement).or_insert(bound);
        }
        let credential = api.settings.credential_path();
        let credential = credential.rsplit("::").next().unwrap_or_default();
        let taken = bounds.iter().map(|bound| bound.name.as_str()).chain([credential]);
        Offers {
            api,
            bounds: by_requirement,
            choices: OnceCell::new(),
            declared: OnceCell::new(),
            lines: OnceCell::new(),
            corrections: OnceCell::new(),
            names: RefCell::new(Names::new(taken)),
        }
    }

    /// Returns whether operations may have this requirement. With generated credentials, any
    /// requirement is allowed.
    pub(super) fn allows(&self, requirement: &Requirement) -> bool {
        self.api.settings.credential.is_none() || self.bounds.contains_key(requirement)
    }

    /// Returns whether a bound in the settings requires a scheme with this name.
    pub(super) fn in_a_bound(&self, name: &str) -> bool {
        self.bounds.keys().any(|it| it.iter().flatten().any(|scheme| scheme.name == name))
    }

    /// Returns the possible requirements for an operation without a usable `security`, one per
    /// line, as text to paste. The requirement that removes all authentication comes last.
    pub(super) fn choices(&self) -> String {
        format!("{}\n{OPEN}", self.closed_choices())
    }

    /// Does the same as `choices`, but leaves out the requirement that removes all authentication.
    pub(super) fn closed_choices(&self) -> String {
        format!("write one of\n{}", self.closed())
    }

    fn closed(&self) -> &str {
        self.choices.get_or_init(|| {
            let top = self.top_level();
            let requirement: Option<Requirement> =
                top.as_ref().map(|top| top.iter().cloned().collect());
            let mut lines: Vec<String> = Vec::new();
            if let Some(top) = &top {
                let bound = requirement.as_ref().and_then(|it| self.bounds.get(it));
                let needs = bound.map_or(String::new(), |bound| format!("{}, ", bound.needs));
                lines.push(format!("    {}  # {needs}as at the top level", written(top)));
            }
            lines.extend(self.lines(requirement.as_ref()));
            if lines.is_empty() {
                let names = self.declared(false).iter().take(MAX_SCHEMES);
                lines.extend(names.map(|name| format!("    {}", written(&[alone(name)]))));
            }
            if lines.is_empty() {
                lines.push(UNDECLARED.to_owned());
            }
            lines.join("\n")
        })
    }

    /// Returns the schemes that can be used. With `with_scopes`, returns only those that have
    /// scopes.
    pub(super) fn declared(&self, with_scopes: bool) -> &[&'a str] {
        let (all, scoped) = self.declared.get_or_init(|| {
            let schemes = self.api.section("securitySchemes").iter();
            let kinds = schemes.filter_map(|it| Some((&*it.key, self.kind(&it.key)?)));
            let kinds: Vec<_> = kinds.collect();
            let has_scopes =
                |kind: &SchemeKind| matches!(kind, SchemeKind::OAuth2 | SchemeKind::OpenIdConnect);
            let scoped = kinds.iter().filter(|(_, kind)| has_scopes(kind));
            (kinds.iter().map(|(name, _)| *name).collect(), scoped.map(|(name, _)| *name).collect())
        });
        if with_scopes { scoped } else { all }
    }

    /// Returns the choices for an operation without `security`.
    pub(super) fn instead_of_nothing(&self) -> String {
        let choices = self.choices();
        match self.api.settings.missing_security {
            MissingSecurity::Refused => choices,
            _ => format!("{choices}\n{OPEN_ALL}"),
        }
    }

    /// Returns the choices for a document without any `security`.
    pub(super) fn at_the_top(&self) -> String {
        format!(
            "write one of these at the top level, for every operation without its own `security`\n{}\n{OPEN}\n{OPEN_ALL}",
            self.closed()
        )
    }

    fn kind(&self, scheme: &str) -> Option<SchemeKind> {
        self.api.security_scheme(scheme).and_then(kind)
    }

    fn is_usable(&self, scheme: &str) -> bool {
        self.kind(scheme).is_some()
    }

    /// Returns the requirement at the top level. Returns `None` if there isn't one, if it allows
    /// anyone, or if it can't be read completely.
    fn top_level(&self) -> Option<Vec<BTreeSet<RequiredScheme>>> {
        let security = self.api.document.root().get("security")?;
        let requirement = alternatives(security);
        let closed = !requirement.is_empty() && !requirement.iter().any(BTreeSet::is_empty);
        let mut schemes = requirement.iter().flatten();
        let usable = schemes.all(|scheme| self.is_usable(&scheme.name));
        (closed && usable && is_whole(security)).then_some(requirement)
    }

    /// Returns the requirements in the settings, each with a description of what the caller needs.
    pub(super) fn bound_lines(&self) -> &[String] {
        self.lines.get_or_init(|| self.lines(None))
    }

    /// Does the same as `bound_lines`, but leaves out the bounds whose requirement is `without`.
    fn lines(&self, without: Option<&Requirement>) -> Vec<String> {
        let bounds = &self.api.settings.bounds;
        let others = bounds.iter().filter(|bound| Some(&bound.requirement) != without);
        let more = others.clone().count().saturating_sub(MAX_BOUNDS);
        let mut lines: Vec<_> = others.take(MAX_BOUNDS).map(|bound| self.line(bound)).collect();
        if more > 0 {
            lines.push(format!(
                "    # or the requirement of another bound in the settings ({more} more)"
            ));
        }
        lines
    }

    fn line(&self, bound: &Bound) -> String {
        let is_it = |it: &&Correction<'_>| std::ptr::eq(it.bound, bound);
        if let Some(Correction { requirement, slips, .. }) = self.corrections().iter().find(is_it) {
            let slips: Vec<_> = slips
                .iter()
                .map(|(wrong, meant)| format!("`{meant}` instead of `{wrong}`"))
                .collect();
            let once = format!(
                "once the bound `{}` in the settings requires {}",
                bound.name,
                slips.join(" and ")
            );
            return format!("    {}  # {}, {once}", written(requirement), bound.needs);
        }
        let schemes: BTreeSet<&str> =
            bound.requirement.iter().flatten().map(|scheme| scheme.name.as_str()).collect();
        let missing: Vec<&str> = schemes
            .into_iter()
            .filter(|name| self.api.definition("securitySchemes", name).is_none())
            .collect();
        let declare = match missing.is_empty() {
            true => String::new(),
            false => format!(", once `components.securitySchemes` has {}", quoted(missing)),
        };
        format!("    {}  # {}{declare}", written(&bound.requirement), bound.needs)
    }

    /// Returns the fix for a requirement without a bound: correct the bound that was meant, add a
    /// bound, or write a different requirement.
    pub(super) fn without_bound(&self, security: &Node, requirement: &Requirement) -> String {
        let meant = self.corrections().iter().find(|it| it.requirement == *requirement);
        if let Some(Correction { bound, slips, .. }) = meant {
            let slips: Vec<_> = slips
                .iter()
                .map(|(wrong, meant)| {
                    let name = &bound.name;
                    format!(
                        "the bound `{name}` in the settings requires `{wrong}`; did you mean `{meant}`?"
                    )
                })
                .collect();
            return slips.join("\n");
        }
        let in_order: Vec<Vec<RequiredScheme>> =
            security.items().iter().map(crate::lower::security::schemes_of).collect();
        let add = self.new_bound(&in_order);
        match self.bound_lines() {
            [] => add,
            others => format!("{add}\nor write one of\n{}", others.join("\n")),
        }
    }

    fn corrections(&self) -> &[Correction<'a>] {
        let bounds = || self.api.settings.bounds.iter();
        self.corrections
            .get_or_init(|| bounds().filter_map(|bound| self.corrected(bound)).collect())
    }

    fn corrected(&self, bound: &'a Bound) -> Option<Correction<'a>> {
        let api = self.api;
        let mut slips: BTreeMap<&str, String> = BTreeMap::new();
        for name in bound.requirement.iter().flatten().map(|scheme| &scheme.name) {
            let known = api.definition("securitySchemes", name).is_some();
            if known || slips.contains_key(name.as_str()) {
                continue;
            }
            let declared = api.section("securitySchemes").iter().map(|entry| entry.key.as_str());
            if let Some(meant) = api.closest(name, declared) {
                slips.insert(name, meant.to_owned());
            }
        }
        let right = |scheme: &RequiredScheme| {
            let name = slips.get(scheme.name.as_str()).unwrap_or(&scheme.name);
            RequiredScheme::new(name, &scheme.scopes)
        };
        let requirement: Requirement =
            bound.requirement.iter().map(|schemes| schemes.iter().map(right).collect()).collect();
        // If a different bound already has the corrected requirement, this bound isn't misspelt: it
        // is for a scheme that the document doesn't declare.
        let taken = self.bounds.contains_key(&requirement);
        (!slips.is_empty() && !taken).then_some(Correction { bound, requirement, slips })
    }
}

/// Returns whether a `security` can be read completely: it must map schemes to lists of strings.
fn is_whole(security: &Node) -> bool {
    let is_text = |scope: &Node| scope.as_str().is_some();
    let are_scopes =
        |node: &Node| matches!(node.value, Value::Sequence(_)) && node.items().iter().all(is_text);
    let mut schemes = security.items().iter().flat_map(Node::entries);
    schemes.all(|scheme| are_scopes(&scheme.value))
}

/// Returns an alternative that consists of one scheme without scopes.
pub(super) fn alone(name: &str) -> BTreeSet<RequiredScheme> {
    let scopes: [&str; 0] = [];
    BTreeSet::from([RequiredScheme::new(name, scopes)])
}

/// Returns alternatives as YAML on one line.
pub(super) fn written<'s>(
    alternatives: impl IntoIterator<Item = &'s BTreeSet<RequiredScheme>>,
) -> String {
    let alternatives: Vec<_> = alternatives
        .into_iter()
        .map(|schemes| {
            let schemes: Vec<_> = schemes.iter().map(RequiredScheme::to_string).collect();
            if schemes.is_empty() {
                "{}".to_owned()
            } else {
                format!("{{ {} }}", schemes.join(", "))
            }
        })
        .collect();
    format!("security: [{}]", alternatives.join(", "))
}
