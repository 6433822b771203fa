//! Checks amounts at compile time.

/// Turns text into an [`Amount`](crate::Amount) at compile time. Text that isn't an amount doesn't compile.
///
/// ```
/// use mileston_api::{Amount, amount};
///
/// const PRICE: Amount = amount!("12.50");
/// assert_eq!(PRICE.to_string(), "12.50");
/// ```
///
/// An amount has at most 6 decimal places:
///
/// ```compile_fail,E0080
/// # use mileston_api::amount;
/// let price = amount!("0.0000001");
/// ```
///
/// The amount is text in quotes, not a number, because a float can't represent most decimals exactly:
///
/// ```compile_fail,E0080
/// # use mileston_api::amount;
/// let price = amount!(12.50);
/// ```
#[macro_export]
macro_rules! amount {
    ($text:literal) => {{
        // This is a `const` item because `cargo check` doesn't evaluate `const` blocks in functions. The macro contains
        // the `panic!` itself so that rustc's error shows only the caller's line.
        const AMOUNT: $crate::Amount =
            match $crate::Amount::from_literal(::core::stringify!($text), ::core::concat!($text)) {
                ::core::result::Result::Ok(amount) => amount,
                ::core::result::Result::Err(problem) => ::core::panic!("{}", problem),
            };
        AMOUNT
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "write the amount in quotes: `amount!(\"12.50\")`, or parse text at run time: `text.parse::<Amount>()?`"
        )
    };
}

/// Turns text into a [`TokenAmount`](crate::TokenAmount) at compile time, like [`amount!`](crate::amount!).
///
/// ```
/// use mileston_api::{TokenAmount, token_amount};
///
/// const FEE: TokenAmount = token_amount!("0.000000001");
/// assert_eq!(FEE.to_string(), "0.000000001");
/// ```
///
/// Zero doesn't compile:
///
/// ```compile_fail,E0080
/// # use mileston_api::token_amount;
/// let fee = token_amount!("0.0");
/// ```
#[macro_export]
macro_rules! token_amount {
    ($text:literal) => {{
        const AMOUNT: $crate::TokenAmount = match $crate::TokenAmount::from_literal(
            ::core::stringify!($text),
            ::core::concat!($text),
        ) {
            ::core::result::Result::Ok(amount) => amount,
            ::core::result::Result::Err(problem) => ::core::panic!("{}", problem),
        };
        AMOUNT
    }};
    ($($other:tt)*) => {
        ::core::compile_error!(
            "write the amount in quotes: `token_amount!(\"0.05\")`, or parse text at run time: \
             `text.parse::<TokenAmount>()?`"
        )
    };
}
