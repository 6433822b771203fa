//! Reads `security` as OpenAPI defines it: a list of alternatives, each of which needs all of its schemes with all of
//! their scopes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Security schemes by name, each with scopes: those that an alternative needs, or those that a
/// client holds.
pub(crate) type Schemes = BTreeMap<String, BTreeSet<String>>;

/// The alternatives of an operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Requirement(pub(crate) BTreeSet<Schemes>);

impl Requirement {
    /// Reads the value of `security`.
    pub(crate) fn of(security: &Value) -> Requirement {
        let alternatives = security.as_array().into_iter().flatten().map(|alternative| {
            let schemes = alternative.as_object().into_iter().flatten();
            let scope = |it: &Value| it.as_str().unwrap_or_default().to_owned();
            schemes
                .map(|(name, scopes)| {
                    (name.clone(), scopes.as_array().into_iter().flatten().map(scope).collect())
                })
                .collect()
        });
        Requirement(alternatives.collect())
    }

    /// Makes each scheme its own alternative, for an API whose credentials are all sent in the same
    /// place. A request to such an API can contain only one credential.
    pub(crate) fn with_one_at_a_time(self) -> Requirement {
        let alone = |(name, scopes): (String, BTreeSet<String>)| Schemes::from([(name, scopes)]);
        Requirement(self.0.into_iter().flatten().map(alone).collect())
    }

    /// Returns whether anyone may call an operation with this requirement.
    pub(crate) fn is_open(&self) -> bool {
        self.0.is_empty() || self.0.iter().any(Schemes::is_empty)
    }

    /// Returns whether a client with these credentials may call an operation with this requirement.
    pub(crate) fn is_met_by(&self, held: &Schemes) -> bool {
        self.0.is_empty()
            || self.0.iter().any(|alternative| {
                alternative
                    .iter()
                    .all(|(name, scopes)| held.get(name).is_some_and(|it| scopes.is_subset(it)))
            })
    }
}

/// Returns the sets of credentials to test these requirements with:
///
/// * no credentials;
/// * all schemes together, with all their scopes;
/// * each scheme alone: with all scopes that operations require for the scheme, without scopes, and without one of the
///   scopes;
/// * each alternative: complete, and without one of its schemes or scopes.
pub(crate) fn holders(requirements: &[&Requirement]) -> BTreeSet<Schemes> {
    let alternatives = || requirements.iter().flat_map(|it| &it.0);
    let mut all = Schemes::new();
    for (name, scopes) in alternatives().flatten() {
        all.entry(name.clone()).or_default().extend(scopes.iter().cloned());
    }
    let mut holders = BTreeSet::from([Schemes::new(), all.clone()]);
    for (name, scopes) in &all {
        let alone = |scopes: BTreeSet<String>| Schemes::from([(name.clone(), scopes)]);
        holders.extend([alone(scopes.clone()), alone(BTreeSet::new())]);
        for missing in scopes {
            let others = scopes.iter().filter(|it| *it != missing).cloned();
            holders.insert(alone(others.collect()));
        }
    }
    for alternative in alternatives() {
        holders.insert(alternative.clone());
        for missing in alternative.keys() {
            let mut others = alternative.clone();
            others.remove(missing);
            holders.insert(others);
        }
        for (name, scopes) in alternative {
            for missing in scopes {
                let mut others = alternative.clone();
                others.entry(name.clone()).or_default().remove(missing);
                holders.insert(others);
            }
        }
    }
    holders
}

#[test]
fn security_is_read_as_openapi_defines_it() {
    let security = r#"[{"a": [], "b": ["x", "y"]}, {"c": []}]"#;
    let requirement = Requirement::of(&serde_json::from_str(security).unwrap());
    let held = |all: &[(&str, &[&str])]| -> Schemes {
        let owned = |it: &&str| (*it).to_owned();
        all.iter().map(|(name, it)| (owned(name), it.iter().map(owned).collect())).collect()
    };
    let met = |all: &[(&str, &[&str])]| requirement.is_met_by(&held(all));
    assert!(met(&[("a", &[]), ("b", &["x", "y", "z"])]) && met(&[("c", &[])]));
    assert!(!met(&[]) && !met(&[("a", &[])]) && !met(&[("a", &[]), ("b", &["x"])]));
    assert!(!met(&[("b", &["x", "y"])]) && !requirement.is_open());
    for open in ["[]", "[{}]", r#"[{"a": []}, {}]"#] {
        let open = Requirement::of(&serde_json::from_str(open).unwrap());
        assert!(open.is_open() && open.is_met_by(&Schemes::new()));
    }
}
