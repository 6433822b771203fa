//! Reads the settings file: a TOML file with the settings that don't need Rust code.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::pagination::PaginationTable;
use crate::cli::arguments::Unsecured;
use crate::{Bound, Constructor, Conversion, Examples, Hooks, Settings, SharedPlaces, Strictness};

/// Most keys are fields of [`Settings`], with `-` instead of `_`. A missing key has its default
/// value.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct File {
    command: Option<String>,
    pub(super) module: Option<String>,
    runtime: Option<String>,
    strictness: Option<StrictnessWord>,
    pub(super) unsecured: Option<Unsecured>,
    scoped_schemes: BTreeSet<String>,
    check_constraints: bool,
    shared_places: Option<SharedPlacesWord>,
    names: BTreeMap<String, String>,
    formats: BTreeMap<String, String>,
    types: BTreeMap<String, String>,
    checks: BTreeMap<String, String>,
    values: BTreeMap<String, String>,
    client_methods: BTreeSet<String>,
    credential: Option<String>,
    authenticator: Option<String>,
    profile: Option<String>,
    bounds: Vec<BoundTable>,
    conversions: Vec<ConversionTable>,
    constructors: Vec<ConstructorTable>,
    pagination: Vec<PaginationTable>,
    examples: Option<ExamplesTable>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StrictnessWord {
    Lenient,
    Strict,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SharedPlacesWord {
    Refused,
    Alternatives,
}

/// An item of `[[bounds]]`. `requirement` is a list of alternatives, e.g. `[["staff", "branch"]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct BoundTable {
    name: String,
    path: String,
    needs: String,
    requirement: Vec<Vec<String>>,
    #[serde(default)]
    client: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ConversionTable {
    #[serde(rename = "type")]
    ty: String,
    path: String,
    method: String,
    #[serde(default)]
    infallible: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ConstructorTable {
    name: String,
    builder: String,
    authenticator: String,
    bound: Option<String>,
    credential: Option<String>,
    #[serde(default)]
    arguments: Vec<(String, String)>,
    #[serde(default)]
    fallible: bool,
    #[serde(default)]
    documentation: String,
    #[serde(default)]
    builder_documentation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ExamplesTable {
    #[serde(rename = "crate")]
    krate: String,
    open_client: String,
    #[serde(default)]
    imports: Vec<String>,
}

impl File {
    /// Applies this file to the settings, except `module` and `unsecured`, which arguments can also
    /// set.
    pub(super) fn apply(self, settings: Settings) -> Settings {
        let hooks =
            Hooks::new().with_types(self.types).with_checks(self.checks).with_values(self.values);
        let mut settings = settings
            .with_scoped_schemes(self.scoped_schemes)
            .with_check_constraints(self.check_constraints)
            .with_names(self.names)
            .with_formats(self.formats)
            .with_hooks(hooks)
            .with_client_methods(self.client_methods)
            .with_bounds(self.bounds.into_iter().map(BoundTable::bound))
            .with_conversions(self.conversions.into_iter().map(ConversionTable::conversion))
            .with_constructors(self.constructors.into_iter().map(ConstructorTable::constructor))
            .with_pagination(self.pagination.into_iter().flat_map(PaginationTable::paginations));
        if let Some(strictness) = self.strictness {
            settings = settings.with_strictness(match strictness {
                StrictnessWord::Lenient => Strictness::Lenient,
                StrictnessWord::Strict => Strictness::Strict,
            });
        }
        if let Some(shared) = self.shared_places {
            settings = settings.with_shared_places(match shared {
                SharedPlacesWord::Refused => SharedPlaces::Refused,
                SharedPlacesWord::Alternatives => SharedPlaces::Alternatives,
            });
        }
        settings.command = self.command.unwrap_or(settings.command);
        settings.runtime = self.runtime.unwrap_or(settings.runtime);
        settings.credential = self.credential;
        settings.authenticator = self.authenticator;
        settings.profile = self.profile;
        settings.examples = self.examples.map(ExamplesTable::examples);
        settings
    }
}

impl BoundTable {
    fn bound(self) -> Bound {
        let texts: Vec<Vec<&str>> = self
            .requirement
            .iter()
            .map(|alternative| alternative.iter().map(String::as_str).collect())
            .collect();
        let texts: Vec<&[&str]> = texts.iter().map(Vec::as_slice).collect();
        Bound::new(&self.name, &self.path, &self.needs, &texts).with_client(&self.client)
    }
}

impl ConversionTable {
    fn conversion(self) -> Conversion {
        let conversion = Conversion::new(&self.ty, &self.path, &self.method);
        if self.infallible { conversion.infallible() } else { conversion }
    }
}

impl ConstructorTable {
    fn constructor(self) -> Constructor {
        let mut constructor = Constructor::new(&self.name, &self.builder, &self.authenticator)
            .with_arguments(self.arguments)
            .with_documentation(&self.documentation, &self.builder_documentation);
        if let Some(bound) = &self.bound {
            constructor = constructor.with_bound(bound);
        }
        if let Some(credential) = &self.credential {
            constructor = constructor.with_credential(credential);
        }
        if self.fallible { constructor.fallible() } else { constructor }
    }
}

impl ExamplesTable {
    fn examples(self) -> Examples {
        Examples::new(&self.krate, &self.open_client).with_imports(self.imports)
    }
}

#[cfg(test)]
mod tests {
    use super::File;
    use crate::{Credentials, PageStyle, RequiredScheme, Settings, Strictness};

    #[test]
    fn every_key_reaches_its_setting() {
        let text = r#"
            command = "make client"
            runtime = "::rt"
            strictness = "strict"
            scoped-schemes = ["permit"]
            check-constraints = true
            shared-places = "alternatives"
            client-methods = ["call_at"]
            credential = "crate::Credential"
            authenticator = "crate::Held"
            profile = "crate::PROFILE"
            names = { AuthZ = "Token" }
            formats = { date-time = "crate::Timestamp" }
            types = { Batch = "crate::Batch" }
            checks = { Order = "crate::order" }
            values = { mode = "crate::mode" }

            [[bounds]]
            name = "Staff"
            path = "crate::Staff"
            needs = "a member of staff"
            requirement = [["staff", "token: [a, b]"], ["admin"]]
            client = "Client<Staff>"

            [[conversions]]
            type = "crate::Timestamp"
            path = "crate::IntoTimestamp"
            method = "into_timestamp"
            infallible = true

            [[constructors]]
            name = "new"
            builder = "builder"
            authenticator = "crate::held"
            bound = "crate::ApiKey"
            arguments = [["key", "K"]]
            fallible = true

            [[pagination]]
            operations = ["listOrders", "listBooks"]
            style = "page"
            parameter = "page"
            items = "data"
            more = "has_more"

            [[pagination]]
            operations = ["listLoans"]
            style = "link"

            [examples]
            crate = "library"
            open-client = "Client<Visitor>"
            imports = ["Client"]
        "#;
        let file: File = toml::from_str(text).unwrap();
        let settings = file.apply(Settings::new("run", "a.yaml"));
        assert_eq!((settings.command.as_str(), settings.runtime.as_str()), ("make client", "::rt"));
        assert_eq!(settings.strictness, Strictness::Strict);
        assert_eq!(settings.shared_places, crate::SharedPlaces::Alternatives);
        assert!(settings.scoped_schemes.contains("permit"));
        assert!(settings.check_constraints);
        assert!(settings.client_methods.contains("call_at"));
        assert_eq!(settings.credential.as_deref(), Some("crate::Credential"));
        assert_eq!(settings.authenticator.as_deref(), Some("crate::Held"));
        assert_eq!(settings.profile.as_deref(), Some("crate::PROFILE"));
        assert_eq!(settings.names["AuthZ"], "Token");
        assert_eq!(settings.formats["date-time"], "crate::Timestamp");
        assert_eq!(settings.hooks.types["Batch"], "crate::Batch");
        assert_eq!(settings.hooks.checks["Order"], "crate::order");
        assert_eq!(settings.hooks.values["mode"], "crate::mode");
        let bound = &settings.bounds[0];
        assert_eq!((bound.name.as_str(), bound.client.as_str()), ("Staff", "Client<Staff>"));
        let token = RequiredScheme::new("token", ["a", "b"]);
        assert!(bound.requirement.iter().any(|all| all.len() == 2 && all.contains(&token)));
        assert_eq!(bound.requirement.len(), 2);
        assert!(!settings.conversions["crate::Timestamp"].fallible);
        let constructor = &settings.constructors[0];
        assert_eq!(constructor.credentials, Credentials::Bound("crate::ApiKey".to_owned()));
        assert!(constructor.fallible && constructor.arguments[0].1 == "K");
        let [orders, books, loans] = &settings.pagination[..] else {
            panic!("expected 3 paginated operations")
        };
        let style = PageStyle::Page { parameter: "page".to_owned(), first: 1 };
        assert_eq!(
            (&*orders.operation, &orders.style, &*orders.items),
            ("listOrders", &style, "data")
        );
        assert_eq!((&*books.operation, books.more.as_deref()), ("listBooks", Some("has_more")));
        assert_eq!((&loans.style, &*loans.items), (&PageStyle::Link, ""));
        let examples = settings.examples.unwrap();
        assert_eq!((examples.krate.as_str(), examples.imports.len()), ("library", 1));
    }
    /// `docs/settings.md` lists every key except those for hand-written credentials, each with its
    /// default if there is one.
    #[test]
    fn the_settings_file_in_the_docs_is_read() {
        let page = include_str!("../../../../docs/settings.md");
        let block = page.split("```toml\n").find(|block| block.starts_with("# openapi-keys.toml"));
        let text = block.unwrap().split("```").next().unwrap();
        let file: File = toml::from_str(text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(file.unsecured, Some(crate::cli::arguments::Unsecured::Declared));
        let settings = file.apply(Settings::new("run", "a.yaml"));
        assert_eq!(settings.strictness, Strictness::default());
        assert_eq!(settings.conversions.len(), 1);
    }
}
