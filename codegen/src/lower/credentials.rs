//! Lowers generated credentials: a Rust type for each security scheme and scope, and a trait for
//! each distinct requirement.

mod requirement;
mod scheme;

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::security::{lowered, of};
use crate::{Bound, Document, RequiredScheme, Requirement, Settings};

pub(crate) use requirement::{GeneratedRequirement, alternative_name, listed, needs, with_scopes};
pub(crate) use scheme::{GeneratedScheme, ScopeType, alias_name, renamed};

/// The generated credentials, for a client without hand-written ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Generated {
    /// The schemes, sorted by their names in the document.
    pub schemes: Vec<GeneratedScheme>,
    /// The requirements that need a credential, sorted by their schemes.
    pub requirements: Vec<GeneratedRequirement>,
}

impl Generated {
    /// Returns the generated credentials, or `None` if the settings name hand-written ones.
    pub(crate) fn of(document: &Document, settings: &Settings) -> Option<Self> {
        if settings.credential.is_some() {
            return None;
        }
        let requirements: BTreeSet<Requirement> = super::operation_nodes(document)
            .filter_map(|operation| of(document, operation))
            .map(|security| lowered(document, settings, security).into_iter().collect())
            .collect();
        let used: BTreeSet<&RequiredScheme> = requirements.iter().flatten().flatten().collect();
        let names: BTreeSet<&str> = used.iter().map(|required| required.name.as_str()).collect();
        let schemes: Vec<GeneratedScheme> = names
            .into_iter()
            .filter_map(|name| GeneratedScheme::of(document, settings, name, &used))
            .collect();
        let is_closed = |it: &Requirement| !it.is_empty() && !it.contains(&BTreeSet::new());
        let requirements = requirements
            .into_iter()
            .filter(is_closed)
            .map(|requirement| GeneratedRequirement::of(settings, &schemes, requirement))
            .collect();
        Some(Generated { schemes, requirements })
    }

    pub(crate) fn scheme(&self, name: &str) -> Option<&GeneratedScheme> {
        self.schemes.iter().find(|scheme| scheme.name == name)
    }
}

/// Returns the settings with the generated traits as bounds, so that the rest of the generator can
/// treat generated and hand-written credentials in the same way.
pub(crate) fn with_bounds<'a>(
    settings: &'a Settings,
    generated: Option<&Generated>,
) -> Cow<'a, Settings> {
    let Some(generated) = generated else { return Cow::Borrowed(settings) };
    let module = &settings.module;
    let bound = |it: &GeneratedRequirement| Bound {
        name: it.ident.clone(),
        path: format!("{module}::requirements::{}", it.ident),
        requirement: it.requirement.clone(),
        needs: it.needs.clone(),
        client: format!("Client<impl requirements::{}>", it.ident),
    };
    let mut settings = settings.clone();
    settings.bounds = generated.requirements.iter().map(bound).collect();
    if let Some(examples) = &mut settings.examples {
        examples.open_client = "Client<impl credentials::Credential>".to_owned();
        let mut imports = ["Client", "credentials", "requirements"].map(str::to_owned).to_vec();
        imports.append(&mut examples.imports);
        imports.sort();
        imports.dedup();
        examples.imports = imports;
    }
    Cow::Owned(settings)
}
