//! Reads bearer tokens from the environment.

use super::environment;
use super::key::in_variable;
use crate::error::Error;
use crate::token::TokenSource;

/// Reads a token from an environment variable. Trims surrounding whitespace.
///
/// # Errors
///
/// Returns an error if the variable isn't set, or if its content isn't a token.
#[doc(hidden)]
pub fn token_from_env(name: &str, variable: &str) -> Result<TokenSource, Error> {
    let text = environment::read(name, variable)?;
    TokenSource::fixed(text.expose_secret().trim())
        .map_err(|error| in_variable(&Error::from(error), variable))
}
