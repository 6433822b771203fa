//! Reads a credential from an environment variable.

use std::env::VarError;

use zeroize::Zeroize;

use crate::error::Error;
use crate::secret_text::SecretText;

/// The maximum length of a name. It is longer than any real name, and short enough for one line in a log.
const MAX_NAME: usize = 128;

/// Reads a variable.
///
/// # Errors
///
/// Returns an error if the variable isn't set or isn't UTF-8, or if `variable` can't be the name of a variable. In the
/// last case, the error doesn't contain the argument, because the argument may be the secret itself.
pub(super) fn read(credential: &str, variable: &str) -> Result<SecretText, Error> {
    if !is_name(variable) {
        return Err(Error::missing_credential(format!(
            "`{credential}::from_env` needs the name of an environment variable, e.g. `API_KEY`; if you passed the \
             secret itself, use `{credential}::new`"
        )));
    }
    #[allow(clippy::disallowed_methods, reason = "the content is moved into text that is wiped")]
    let content = std::env::var(variable);
    interpret(credential, variable, content)
}

fn interpret(
    credential: &str,
    variable: &str,
    content: Result<String, VarError>,
) -> Result<SecretText, Error> {
    match content {
        Ok(text) => Ok(SecretText::new(text)),
        Err(VarError::NotPresent) => Err(Error::missing_credential(format!(
            "the environment variable `{variable}`, which should contain the {credential}, isn't \
            set"
        ))),
        Err(VarError::NotUnicode(content)) => {
            content.into_encoded_bytes().zeroize();
            Err(Error::missing_credential(format!(
                "the environment variable `{variable}`, which should contain the {credential}, \
                isn't UTF-8"
            )))
        }
    }
}

/// Returns whether the text can be the name of a variable. Names are in upper case by convention. Lower-case text may
/// be a secret that was passed by mistake.
fn is_name(variable: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    (1..=MAX_NAME).contains(&variable.len())
        && variable.bytes().all(plain)
        && !variable.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    //! Setting a variable is unsafe in this edition, so these tests pass in the values that the environment would
    //! return.

    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn a_missing_variable_is_named_in_the_error() {
        let read = |content| interpret("ApiKey", "SHOP_KEY", content);
        assert_eq!(read(Ok("fake".to_owned())).unwrap().expose_secret(), "fake");
        let error = read(Err(VarError::NotPresent)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MissingCredential);
        assert_eq!(
            error.to_string(),
            "the environment variable `SHOP_KEY`, which should contain the ApiKey, isn't set"
        );
        let error = read(Err(VarError::NotUnicode("x".into()))).unwrap_err();
        assert!(error.to_string().ends_with("isn't UTF-8"), "{error}");
    }

    #[test]
    fn a_secret_passed_instead_of_a_name_is_not_quoted() {
        for text in ["", "sk_live_hunter2", "KEY NAME", "1KEY", &"A".repeat(129)] {
            let error = super::read("ApiKey", text).unwrap_err();
            assert!(error.to_string().contains("needs the name"), "{error}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }
}
