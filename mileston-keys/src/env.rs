//! Reads a key or another value from an environment variable. At run time, no other module reads the environment.

mod published;

use std::env::VarError;

use zeroize::Zeroize;

use crate::bytes;
use crate::error::{KeyError, KeyErrorKind};
use crate::from_text::{self, FromText};

pub(crate) use published::published_prefix;

/// Reads the variable and checks its content. Wipes the string that the environment returned.
pub(crate) fn read<T: FromText>(variable: &str) -> Result<T, KeyError> {
    if !is_name(variable) {
        // The error doesn't contain the variable's name, because the argument may be the secret itself.
        return Err(KeyError::new(T::EXPECTED, KeyErrorKind::NotAVariableName));
    }
    let published = published_prefix(variable).is_some();
    let refused = || KeyError::new(T::EXPECTED, KeyErrorKind::PublishedVariable);
    if published && T::BACKEND_ONLY {
        return Err(refused().in_variable(variable));
    }
    #[allow(clippy::disallowed_methods, reason = "the only place that may read the environment")]
    let content = std::env::var(variable);
    match interpret::<T>(content) {
        Ok(value) if published && value.stays_in_backend() => Err(refused()),
        outcome => outcome,
    }
    .map_err(|error| error.in_variable(variable))
}

/// Returns whether the argument can be the name of a variable. A caller might write `from_env(secret)` by mistake
/// instead of `from_env("NAME")`, and the error must not contain the secret. Therefore text that looks like a secret
/// isn't treated as a name. A secret that isn't a key and consists only of letters and digits can't be distinguished
/// from a name.
pub(crate) const fn is_name(variable: &str) -> bool {
    let mut rest = variable.as_bytes();
    while let [byte, others @ ..] = rest {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        // The comparison is case-sensitive because `MILESTON_TEST_KEY` is a valid name.
        if !plain || bytes::after(rest, b"Mileston_").is_some() {
            return false;
        }
        rest = others;
    }
    !variable.is_empty() && variable.len() <= MAX_NAME_LEN
}

/// The maximum length of a name. It is longer than any real name, and short enough for one line in a log.
const MAX_NAME_LEN: usize = 128;

fn interpret<T: FromText>(content: Result<String, VarError>) -> Result<T, KeyError> {
    match content {
        Ok(text) => from_text::owned(text),
        Err(VarError::NotPresent) => Err(KeyError::new(T::EXPECTED, KeyErrorKind::Unset)),
        Err(VarError::NotUnicode(content)) => {
            content.into_encoded_bytes().zeroize();
            Err(KeyError::new(T::EXPECTED, KeyErrorKind::NotUnicode))
        }
    }
}

#[cfg(test)]
mod tests {
    //! Setting a variable is unsafe in this edition, so these tests pass in the values that the environment would
    //! return.

    use super::*;
    use crate::{NormalKey, Test};

    #[track_caller]
    fn check(content: Result<String, VarError>, expected: Result<&str, KeyErrorKind>) {
        let found = interpret::<NormalKey<Test>>(content);
        match found {
            Ok(key) => assert_eq!(Ok(key.expose_secret()), expected),
            Err(error) => assert_eq!(Err(error.kind()), expected),
        }
    }

    #[test]
    fn a_valid_variable_returns_the_key() {
        check(Ok("Mileston_TEST_fake0123".to_owned()), Ok("Mileston_TEST_fake0123"));
    }

    #[test]
    fn unset_empty_and_invalid_variables_are_distinguished() {
        check(Err(VarError::NotPresent), Err(KeyErrorKind::Unset));
        check(Ok(String::new()), Err(KeyErrorKind::Empty));
        check(Ok("other".to_owned()), Err(KeyErrorKind::UnknownPrefix));
    }

    #[cfg(unix)]
    #[test]
    fn a_value_that_is_not_unicode_is_reported_as_such() {
        use std::os::unix::ffi::OsStringExt as _;
        let content = std::ffi::OsString::from_vec(vec![b'M', 0xff]);
        check(Err(VarError::NotUnicode(content)), Err(KeyErrorKind::NotUnicode));
    }
}
