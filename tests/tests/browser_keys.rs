//! Tests that backend secrets can't be created on `wasm32-unknown-unknown`: every way to create one is a compile error
//! with our message. With `RUSTFLAGS="--cfg mileston_backend_in_wasm"`, each of these ways compiles.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may panic")]

use std::path::Path;

use mileston_tests::compile::{Package, said};
use mileston_tests::tools;
use wasm_build::Toolchain;

/// A line of code, and the error that the line must cause. The error is an empty string if the line
/// must compile.
struct Line {
    code: String,
    sentence: String,
}

/// All ways to create a secret from a string.
const WAYS: &[&str] = &[
    "fn f() { let _ = TEXT.parse::<SECRET>(); }",
    "fn f() -> Result<SECRET, KeyError> { Ok(TEXT.parse()?) }",
    "fn f() { use std::str::FromStr as _; let _ = <SECRET>::from_str(TEXT); }",
    "fn f() { let _ = <SECRET>::try_from(TEXT); }",
    "fn f() { let _ = <SECRET>::try_from(TEXT.to_owned()); }",
    "fn f() { let _: Result<SECRET, _> = TEXT.try_into(); }",
    "fn f() { let _ = <SECRET>::from_env(\"A_VARIABLE\"); }",
    "fn f() { let _ = <SECRET>::from_unknown_form(TEXT); }",
    "fn f<'de, D: serde::Deserializer<'de>>(d: D) { let _ = <SECRET as serde::Deserialize>::deserialize(d); }",
    "fn f() { fn read<T: serde::de::DeserializeOwned>() {} read::<SECRET>(); }",
    "#[derive(serde::Deserialize)] struct S { field: SECRET }",
    "#[derive(serde::Deserialize)] struct S { field: Option<SECRET> }",
];

/// Returns lines whose only mistake is that they create a secret.
fn makers() -> Vec<Line> {
    let types = ["NormalKey<Test>", "NormalKey<Live>", "WalletSecret", "WebhookToken"];
    let mut lines: Vec<Line> = types
        .iter()
        .flat_map(|ty| WAYS.iter().map(|way| exists(&way.replace("SECRET", ty), ty)))
        .collect();
    lines.push(exists("fn f<M: Mode>() { let _ = TEXT.parse::<NormalKey<M>>(); }", "NormalKey<M>"));
    lines.push(exists(
        "fn f(key: NormalKey<Test>, secret: WalletSecret) { let _ = key.with_wallet_secret(secret); }",
        "WalletKey<Test>",
    ));
    lines
}

fn exists(code: &str, secret: &str) -> Line {
    let sentence = format!("`{secret}` can't exist in a browser: it must stay in your backend");
    Line { code: code.to_owned(), sentence }
}

/// Returns lines that call an operation with a credential. A backend may make the first three calls.
fn operations() -> Vec<Line> {
    let normal = "this operation needs a Normal key, which can't exist in a browser: call it in your backend";
    let wallet = "this operation needs a wallet secret, which can't exist in a browser: call it in your backend";
    let line = |scope: &str, credential: &str, sentence: &str| Line {
        code: format!(
            "fn f() {{ fn operation<K: scope::{scope}>() {{}} operation::<{credential}>(); }}"
        ),
        sentence: sentence.to_owned(),
    };
    vec![
        line("Normal", "NormalKey<Test>", normal),
        line("Normal", "WalletKey<Test>", normal),
        line("Wallet", "WalletKey<Test>", wallet),
        line("Normal", "CheckoutKey<Test>", normal),
        line("Wallet", "NoKey", wallet),
        line(
            "Checkout",
            "NormalKey<Test>",
            "this operation needs a Checkout key, but the client holds `NormalKey<Test>`",
        ),
    ]
}

/// Returns lines that must compile in a page's code.
fn page() -> Vec<Line> {
    let line = |code: &str| Line { code: code.to_owned(), sentence: String::new() };
    vec![
        line("fn f() -> Result<CheckoutKey<Test>, KeyError> { CheckoutKey::try_from(TEXT) }"),
        line("fn f() -> Result<CheckoutKey<Live>, KeyError> { TEXT.to_owned().try_into() }"),
        line(
            "fn f() { let _ = (CheckoutKey::<Test>::from_env(TEXT), BusinessId::from_env(TEXT)); }",
        ),
        line("fn f() -> Result<AnyKey, KeyError> { AnyKey::parse(TEXT) }"),
        line("#[derive(serde::Deserialize)] struct S { key: CheckoutKey<Test>, id: BusinessId }"),
        line(
            "#[derive(Clone, Debug)] struct S<M: Mode> { key: NormalKey<M>, wallet: WalletKey<M> }",
        ),
        line("#[derive(Clone, Debug)] enum E { Secret(WalletSecret), Token(WebhookToken) }"),
        line(
            "fn f<M: Mode>(key: &NormalKey<M>) -> (CredentialKind, Option<&str>) { (NormalKey::<M>::KIND, key.expose_api_key()) }",
        ),
        line(
            "fn f() { fn client<K: ApiKey + scope::Keyed>() {} client::<NormalKey<Test>>(); client::<WalletKey<Live>>(); client::<CheckoutKey<Test>>(); }",
        ),
        line("fn f() { fn operation<K: scope::Checkout>() {} operation::<CheckoutKey<Test>>(); }"),
        line(
            "fn f<M: Mode>() -> Result<NormalKey<M>, KeyError> where ThisTarget: MayHold<NormalKey<M>> { TEXT.parse() }",
        ),
    ]
}

#[test]
fn no_backend_secret_can_be_created_in_a_browser() {
    let toolchain = match Toolchain::find() {
        Ok(toolchain) => toolchain,
        Err(missing) => return tools::skip("keys in a browser", &missing).unwrap(),
    };
    let refused: Vec<Line> = makers().into_iter().chain(operations()).collect();
    check("refused", &toolchain, "", &refused);
    check("page", &toolchain, "", &page());

    let mut allowed = makers();
    allowed.extend(operations().into_iter().take(3));
    for line in &mut allowed {
        line.sentence.clear();
    }
    check("allowed", &toolchain, "--cfg mileston_backend_in_wasm", &allowed);
    tools::say(&format!(
        "keys in a browser: {} lines fail with our message, {} compile",
        refused.len(),
        page().len() + allowed.len(),
    ));
}

/// Compiles all lines together, each in its own module.
#[track_caller]
fn check(name: &str, toolchain: &Toolchain, flags: &str, lines: &[Line]) {
    const BEFORE: &str = "#![allow(dead_code, unused)] pub const TEXT: &str = \"fake0123\";\n";
    const USE: &str =
        "use super::TEXT; use mileston_keys::*; use mileston_keys::backend::{MayHold, ThisTarget};";
    let modules: String = lines
        .iter()
        .enumerate()
        .map(|(number, line)| format!("mod line_{number} {{ {USE} {} }}\n", line.code))
        .collect();
    let (toolchain, flags) = (toolchain.clone(), flags.to_owned());
    let package = Package::of_keys(&format!("browser-keys-{name}"), &[]).unwrap();
    let package = package.compiled_by(move |folder: &Path| {
        let mut command = toolchain.cargo(folder);
        command.env("RUSTFLAGS", &flags);
        command
    });
    let output = package.output(&format!("{BEFORE}{modules}")).unwrap();
    let said = said(&String::from_utf8_lossy(&output.stdout));
    let mut wrong = Vec::new();
    for (number, Line { code, sentence }) in lines.iter().enumerate() {
        let texts = said.get(&(number + 2)).map(Vec::as_slice).unwrap_or_default();
        let is_right = |text: &String| {
            text.lines().next().unwrap_or_default().replace("mileston_keys::", "")
                == format!("error[E0277]: {sentence}")
        };
        if texts.is_empty() != sentence.is_empty() || !texts.iter().all(is_right) {
            wrong
                .push(format!("{code}\n  must fail with {sentence:?}, but:\n{}", texts.join("\n")));
        }
    }
    assert_eq!(
        output.status.success(),
        lines.iter().all(|line| line.sentence.is_empty()),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(wrong.is_empty(), "{} of {name}:\n\n{}", wrong.len(), wrong.join("\n\n"));
}
