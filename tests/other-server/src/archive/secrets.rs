//! Plainly fake secrets, each of which contains its scheme and scopes.

/// The user name for the `guard` scheme.
pub const USER: &str = "guard";

/// Returns the valid secret for a scheme with these scopes, e.g. `fake-login~records.read`.
#[must_use]
pub fn secret(scheme: &str, scopes: &[&str]) -> String {
    let scopes = scopes.iter().map(|scope| format!("~{scope}"));
    format!("fake-{scheme}{}", scopes.collect::<String>())
}

/// Returns the scopes of a secret, or `None` if the secret is wrong for the scheme.
pub(super) fn scopes(scheme: &str, secret: &str) -> Option<Vec<String>> {
    let mut words = secret.split('~');
    let is_right = words.next()? == self::secret(scheme, &[]);
    is_right.then(|| words.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::{scopes, secret};

    #[test]
    fn a_secret_is_valid_for_one_scheme_and_contains_its_scopes() {
        assert_eq!(scopes("login", &secret("login", &[])), Some(Vec::new()));
        let both = secret("login", &["records.read", "records.write"]);
        let expected = ["records.read", "records.write"].map(str::to_owned).to_vec();
        assert_eq!(scopes("login", &both), Some(expected));
        for wrong in ["", "~", "login", "fake-logins", "fake-login.records.read", "fake-badge"] {
            assert_eq!(scopes("login", wrong), None, "{wrong}");
        }
    }
}
