//! Tests the generated `client.rs`: the names of its methods, and the types that it wraps.

use std::collections::BTreeSet;

use syn::{ImplItem, Item};

use crate::{Bound, Constructor, Settings, generate};

const DOCUMENT: &str = include_str!("../../../tests/sound.yaml");

fn settings() -> Settings {
    Settings::new("", "openapi.yaml").with_credential("crate::Credential").with_bounds([
        Bound::new("Staff", "crate::Staff", "staff", &[&["staff", "branch"]]),
        Bound::new("Reader", "crate::Reader", "a reader", &[&["reader"]]),
    ])
}

fn client(settings: &Settings) -> String {
    generate(DOCUMENT, settings).unwrap().client["client.rs"].clone()
}

/// Returns the methods of `Client` in the text of a file, including those that `Clone` provides.
fn methods(text: &str) -> BTreeSet<String> {
    let file = syn::parse_file(text).unwrap();
    let is_client = |ty: &syn::Type| matches!(ty, syn::Type::Path(path) if path.path.segments.last().unwrap().ident == "Client");
    let impls = file.items.into_iter().filter_map(|item| match item {
        Item::Impl(item) if is_client(&item.self_ty) => Some(item.items),
        _ => None,
    });
    let written = impls.flatten().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    });
    written.chain(["clone_from".to_owned()]).collect()
}

/// The names that tags can't have are exactly the names of the generated client's methods.
#[test]
fn tags_cannot_have_the_names_of_methods() {
    let held = settings().with_authenticator("crate::Held");
    let built = held.clone().with_constructors([
        Constructor::new("new", "builder", "crate::held"),
        Constructor::new("open", "builder_open", "crate::open").with_credential("crate::NoKey"),
    ]);
    for (settings, expected) in [(settings(), 8), (held, 5), (built, 9)] {
        let known: BTreeSet<String> = super::methods(&settings).map(str::to_owned).collect();
        assert_eq!(methods(&client(&settings)), known);
        assert_eq!(known.len(), expected, "{known:?}");
    }
}

/// Returns the client's code without line breaks.
fn built(constructor: Constructor) -> String {
    let settings = settings().with_authenticator("crate::Held").with_constructors([constructor]);
    let text = client(&settings);
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(").replace(", )", ")")
}

#[test]
fn constructors_are_for_the_credentials_named_in_the_settings() {
    let new = || Constructor::new("new", "builder", "crate::held");
    let any = built(new());
    assert!(any.contains("impl<K: Credential> Client<K> { /// Creates a client"), "{any}");
    let new_client = "pub fn new() -> Result<Self, Error> { Self::builder().build() }";
    assert!(any.contains(new_client), "{any}");
    let around = "pub fn builder() -> ClientBuilder<K> { ClientBuilder::around(crate::held()) }";
    assert!(any.contains(around), "{any}");
    let bound = built(new().with_bound("::keys::ApiKey"));
    assert!(bound.contains("impl<K: ApiKey> Client<K> { /// Creates"), "{bound}");
    let one = built(new().with_credential("crate::Key<::keys::Live>"));
    assert!(one.contains("impl Client<Key<Live>> { /// Creates"), "{one}");
    assert!(one.contains("pub fn builder() -> ClientBuilder<Key<Live>> {"), "{one}");
}

#[test]
fn a_fallible_constructor_returns_the_error_of_its_authenticator() {
    let new = Constructor::new("new", "builder", "crate::held")
        .with_arguments([("key", "K"), ("account", "impl crate::IntoAccount")])
        .fallible();
    let text = built(new);
    let arguments = "(key: K, account: impl IntoAccount)";
    let new_client = format!(
        "pub fn new{arguments} -> Result<Self, Error> {{ Self::builder(key, account)?.build() }}"
    );
    assert!(text.contains(&new_client), "{text}");
    let builder = format!(
        "pub fn builder{arguments} -> Result<ClientBuilder<K>, Error> {{ \
         crate::held(key, account).map(ClientBuilder::around) }}"
    );
    assert!(text.contains(&builder), "{text}");
    let reason =
        "[`ErrorKind::InvalidArgument`](openapi_keys_runtime::ErrorKind::InvalidArgument):";
    assert_eq!(text.matches(reason).count(), 3, "{text}");
}

#[test]
fn constructors_pass_their_arguments_to_the_authenticator() {
    let new = Constructor::new("with_key", "builder", "crate::held")
        .with_arguments([("key", "K"), ("account", "&str")])
        .with_documentation("Makes one.\n\n```\nlet one = 1;\n```", "Starts one.");
    let text = built(new);
    for expected in [
        "/// Makes one. /// /// ``` /// let one = 1; /// ``` pub fn with_key(key: K, account: &str) ->",
        "{ Self::builder(key, account).build() }",
        "/// Starts one. pub fn builder(key: K, account: &str) -> ClientBuilder<K> {",
        "ClientBuilder::around(crate::held(key, account))",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

/// rustc names `EveryCredentialAuthenticates` in its first message.
#[test]
fn a_credential_that_cannot_authenticate_fails_at_a_named_bound() {
    let held = settings().with_authenticator("crate::Held");
    for (settings, implementation, reason) in [
        (settings(), "impl<K: Credential> EveryCredentialAuthenticates for K {}", "requires"),
        (held, "impl<K: Credential> EveryCredentialAuthenticates for Held<K> {}", "implements"),
    ] {
        let text = client(&settings);
        let text = text.replace("\n// ", " ");
        let bound = "trait EveryCredentialAuthenticates: Authenticate {}";
        assert!(text.contains(bound), "{text}");
        // This implementation is at the end of the file.
        assert!(text.trim_end().ends_with(implementation), "{text}");
        assert!(text.contains(&format!("{reason} the runtime's `Authenticate`")), "{text}");
    }
}

#[test]
fn a_credential_authenticates_by_itself_unless_the_settings_name_an_authenticator() {
    let own = client(&settings());
    assert!(own.contains("core: ClientCore<K>,"), "{own}");
    assert!(own.contains("static PROFILE: Profile"), "{own}");
    // Without the security schemes, a call option could set a credential's header.
    assert!(own.contains(".security_schemes(catalogue::SECURITY_SCHEMES)"), "{own}");
    let settings = settings().with_authenticator("crate::Held").with_profile("crate::PROFILE");
    let held = client(&settings.with_runtime("::by_another_name"));
    assert!(held.contains("core: ClientCore<Held<K>>,"), "{held}");
    assert!(held.contains("use by_another_name::{"), "{held}");
    assert!(held.contains("&crate::PROFILE)"), "{held}");
    assert!(!held.contains("static PROFILE") && !held.contains("openapi_keys"), "{held}");
}

/// A missing or misplaced row would mislead readers.
#[test]
fn the_builder_table_lists_all_settings_in_method_order() {
    let text = client(&settings());
    let rows: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("/// | [`")?.split_once('`'))
        .map(|(name, _)| name)
        .collect();
    let methods: Vec<&str> = text
        .split("    pub fn ")
        .filter_map(|method| method.split_once('('))
        .filter(|(_, rest)| rest.trim_start().starts_with("mut self,"))
        .map(|(name, _)| name)
        .collect();
    // `without_retries` doesn't have its own row, because it belongs to `retries`.
    let methods: Vec<&str> = methods.into_iter().filter(|it| *it != "without_retries").collect();
    assert!(methods.len() > 10, "{methods:?}");
    assert_eq!(rows, methods);
}

/// The path to the runtime is the same in links as in code.
#[test]
fn documentation_links_to_the_errors_of_the_runtime() {
    let text = client(&settings().with_runtime("::by_another_name"));
    assert!(
        text.contains(
            "/// [`ErrorKind::InvalidOrigin`](by_another_name::ErrorKind::InvalidOrigin):"
        ),
        "{text}"
    );
    assert!(!text.contains(" `ErrorKind"), "{text}");
}
