//! Macros that read values from environment variables at compile time.

/// Reads a Checkout key from an environment variable at compile time. Evaluates to a
/// [`CheckoutKey`](crate::CheckoutKey).
///
/// A web page has no environment at run time. This macro embeds the value that was set at build time:
///
/// ```rust,ignore
/// use mileston_keys::{Test, business_id, checkout_key};
///
/// let client = Client::new(
///     checkout_key!(Test, "MILESTON_CHECKOUT_KEY"),
///     business_id!("MILESTON_BUSINESS_ID"),
/// )?;
/// ```
///
/// The first argument is the mode: [`Test`](crate::Test), [`Live`](crate::Live), or your own alias for one of them. The
/// second is the name of the variable, in quotes. Set the variable in cargo's environment or in `.cargo/config.toml`:
///
/// ```toml
/// [env]
/// MILESTON_CHECKOUT_KEY = "Mileston_TEST_CHECKOUTKEY_…"
/// ```
///
/// Cargo recompiles the crate when the variable changes. It keeps the value in the `target` folder, even if the value
/// was rejected. `cargo -vv` prints the variables that `[env]` sets.
///
/// # Compile errors
///
/// The program doesn't compile if the variable is unset or empty, or if it contains a Normal key, a key for the other
/// mode, or anything else that isn't a Checkout key. The error names the variable and never shows its value.
///
/// ```text
/// let key = mileston_keys::checkout_key!(mileston_keys::Test, "AN_UNSET_VARIABLE");
/// // error[E0080]: evaluation panicked: `AN_UNSET_VARIABLE` isn't set at compile time: …
/// ```
///
/// # A key that is known only when the page opens
///
/// If you build an image once and deploy it many times, let the page read its key at run time, from a `<meta>` tag or a
/// `/config.json`, and parse it: `text.parse::<CheckoutKey<Test>>()?` accepts the same values.
#[macro_export]
macro_rules! checkout_key {
    ($mode:ty, $variable:literal $(,)?) => {{
        // This is a `const` item because `cargo check` doesn't evaluate `const` blocks in functions. The macro contains
        // the `panic!` itself so that rustc's error shows only the caller's line.
        const KEY: $crate::compiled::Compiled<$crate::CheckoutKey<$mode>> =
            match $crate::compiled::checkout_key::<$mode>(
                $variable,
                ::core::option_env!($variable),
            ) {
                ::core::result::Result::Ok(key) => key,
                ::core::result::Result::Err(problem) => ::core::panic!(
                    "{}",
                    match problem {
                        $crate::compiled::KeyProblem::Absent(
                            $crate::compiled::Absent::NotAName,
                        ) => ::core::concat!(
                            "pass the name of an environment variable, such as `MILESTON_CHECKOUT_KEY`, not the ",
                            "key itself",
                        ),
                        $crate::compiled::KeyProblem::Absent($crate::compiled::Absent::Unset) =>
                            ::core::concat!(
                                "`", $variable, "` isn't set at compile time: set it to the Checkout key from the ",
                                "Developers tab at business.mileston.co, in cargo's environment or under `[env]` in ",
                                "`.cargo/config.toml`",
                            ),
                        $crate::compiled::KeyProblem::Absent($crate::compiled::Absent::Empty) =>
                            ::core::concat!(
                                "`", $variable, "` is empty: set it to the Checkout key from the Developers tab at ",
                                "business.mileston.co",
                            ),
                        $crate::compiled::KeyProblem::NormalKey => ::core::concat!(
                            "`", $variable, "` contains a Normal key, which must never reach a \
                            frontend: set it to the ",
                            "Checkout key from the Developers tab at business.mileston.co, and replace the Normal key ",
                            "there if the variable was ever published, because it may be public already",
                        ),
                        $crate::compiled::KeyProblem::OtherMode($crate::ModeName::Live) =>
                            ::core::concat!(
                                "`", $variable, "` contains a Checkout key for live mode, which \
                                moves real money: set it ",
                                "to the key for test mode, or pass `Live` as the mode if that is intended",
                            ),
                        $crate::compiled::KeyProblem::OtherMode($crate::ModeName::Test) =>
                            ::core::concat!(
                                "`", $variable, "` contains a Checkout key for test mode, which \
                                moves no real money: set ",
                                "it to the key for live mode, or pass `Test` as the mode if that is intended",
                            ),
                        $crate::compiled::KeyProblem::Malformed => ::core::concat!(
                            "`", $variable, "` doesn't contain a complete Checkout key, which is ",
                            "`Mileston_TEST_CHECKOUTKEY_` or `Mileston_LIVE_CHECKOUTKEY_` followed by letters and digits, ",
                            "with nothing around it: copy it again from the Developers tab at business.mileston.co",
                        ),
                    }
                ),
            };
        KEY.value()
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "pass the mode, and the name of the variable in quotes: `checkout_key!(Test, \"MILESTON_CHECKOUT_KEY\")`; \
             if the key is known only at run time, parse it: `text.parse::<CheckoutKey<Test>>()?`"
        )
    };
}

/// Reads a business id from an environment variable at compile time. Evaluates to a [`BusinessId`](crate::BusinessId).
///
/// [`checkout_key!`](crate::checkout_key!) documents how to set the variable.
///
/// ```rust,ignore
/// let business = mileston_keys::business_id!("MILESTON_BUSINESS_ID");
/// ```
///
/// # Compile errors
///
/// The program doesn't compile if the variable is unset or empty, or if it contains an API key or anything else that
/// isn't a business id. The error names the variable and never shows its value.
///
/// ```text
/// let business = mileston_keys::business_id!("AN_UNSET_VARIABLE");
/// // error[E0080]: evaluation panicked: `AN_UNSET_VARIABLE` isn't set at compile time: …
/// ```
#[macro_export]
macro_rules! business_id {
    ($variable:literal $(,)?) => {{
        // This is a `const` item for the same reason as in `checkout_key!`.
        const ID: $crate::compiled::Compiled<$crate::BusinessId> =
            match $crate::compiled::business_id($variable, ::core::option_env!($variable)) {
                ::core::result::Result::Ok(id) => id,
                ::core::result::Result::Err(problem) => ::core::panic!(
                    "{}",
                    match problem {
                        $crate::compiled::IdProblem::Absent(
                            $crate::compiled::Absent::NotAName,
                        ) => ::core::concat!(
                            "pass the name of an environment variable, such as `MILESTON_BUSINESS_ID`, not the ",
                            "value itself",
                        ),
                        $crate::compiled::IdProblem::Absent($crate::compiled::Absent::Unset) =>
                            ::core::concat!(
                                "`", $variable, "` isn't set at compile time: set it to the business id from the menu ",
                                "next to the business logo at business.mileston.co, in cargo's environment or under ",
                                "`[env]` in `.cargo/config.toml`",
                            ),
                        $crate::compiled::IdProblem::Absent($crate::compiled::Absent::Empty) =>
                            ::core::concat!(
                                "`", $variable, "` is empty: set it to the business id from the menu next to the ",
                                "business logo at business.mileston.co",
                            ),
                        $crate::compiled::IdProblem::Key => ::core::concat!(
                            "`", $variable, "` contains an API key: set it to the business id \
                            from the menu next to the ",
                            "business logo at business.mileston.co, and replace the key if it is a Normal key and the ",
                            "variable was ever published, because it may be public already",
                        ),
                        $crate::compiled::IdProblem::Malformed => ::core::concat!(
                            "`", $variable, "` doesn't contain a business id, which is up to 128 \
                            characters of visible ",
                            "ASCII without spaces or quotes: copy it again from the menu next to the business logo at ",
                            "business.mileston.co",
                        ),
                    }
                ),
            };
        ID.value()
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "pass the name of the variable in quotes: `business_id!(\"MILESTON_BUSINESS_ID\")`; if the id is known only \
             at run time, parse it: `text.parse::<BusinessId>()?`"
        )
    };
}
