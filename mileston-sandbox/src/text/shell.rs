//! Writes text for a shell command line, always as printable ASCII.
//!
//! Control characters have an effect while a line is edited, so they are written as octal escapes. So are bytes above
//! 127: in an ASCII locale, bash reads such a byte as a key pressed together with Alt.

use std::fmt::Write as _;

/// Returns a word that a shell reads as these bytes: plain or in single quotes if every shell can read that, otherwise
/// as `$'…'`, for bash, zsh and ksh. A zero byte, which no argument can contain, ends the word.
pub(crate) fn word(bytes: &[u8]) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-".contains(byte);
    match (bytes, quoted(bytes)) {
        ([], _) => "''".to_owned(),
        (_, Some(quoted)) if bytes.iter().all(plain) => quoted.trim_matches('\'').to_owned(),
        (_, Some(quoted)) => quoted,
        (_, None) => format!("$'{}'", octal(bytes, b"\\'!")),
    }
}

/// Returns the bytes in single quotes, in which a shell expands nothing. Returns `None` if they aren't printable ASCII
/// or contain a backslash that fish would treat as an escape.
pub(crate) fn quoted(bytes: &[u8]) -> Option<String> {
    let text = str::from_utf8(bytes).ok()?;
    let odd = !text.bytes().all(is_printable) || text.ends_with('\\');
    let quotes = text.contains(r"\\") || text.contains(r"\'");
    (!odd && !quotes).then(|| format!("'{}'", text.replace('\'', r"'\''")))
}

/// Returns a `printf` format string in single quotes that prints these bytes in every shell. `!` is escaped, because
/// the command may be inside double quotes, as in `"$(printf …)"`, where `!` would recall an earlier command.
pub(crate) fn format(bytes: &[u8]) -> String {
    let option = if bytes.starts_with(b"-") { "\\055" } else { "" };
    let rest = bytes.get(usize::from(!option.is_empty())..).unwrap_or_default();
    format!("'{option}{}'", octal(rest, b"\\'!%"))
}

fn octal(bytes: &[u8], special: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for &byte in bytes {
        if is_printable(byte) && !special.contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a `String` does not fail.
            let _ = write!(text, "\\{byte:03o}");
        }
    }
    text
}

fn is_printable(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_use_the_simplest_quoting() {
        for (bytes, expected) in [
            (&b""[..], "''"),
            (b"a/b-c_d.db", "a/b-c_d.db"),
            (b"my shop's $(reboot).db", r"'my shop'\''s $(reboot).db'"),
            (br"a\b", r"'a\b'"),
            (br"a\'b", r"$'a\134\047b'"),
            (br"a\", r"$'a\134'"),
            (b"a\x03\n!\xc3\xbc", r"$'a\003\012\041\303\274'"),
        ] {
            assert_eq!(word(bytes), expected);
        }
        assert_eq!(format(b"-n 100%\0'\\!"), r"'\055n 100\045\000\047\134\041'");
    }

    #[cfg(unix)]
    mod in_shells {
        use std::process::Command;

        use proptest::collection::vec;
        use proptest::prelude::*;

        use super::*;

        /// Returns what the shell prints when it runs the command.
        fn run(shell: &str, command: &str) -> Vec<u8> {
            let output = Command::new(shell).arg("-c").arg(command).output().unwrap();
            assert_eq!(String::from_utf8_lossy(&output.stderr), "");
            output.stdout
        }

        /// Generates bytes, half of which are special to a shell.
        fn bytes() -> impl Strategy<Value = Vec<u8>> {
            let special = &b"'\"\\`$!%-\x1b\x03\n\r\t\x7f\xc2\x9b0x~;#"[..];
            vec(prop_oneof![any::<u8>(), proptest::sample::select(special)], 0..60)
        }

        proptest! {
            // Each case runs three processes.
            #![proptest_config(ProptestConfig::with_cases(100))]

            #[test]
            fn a_shell_reads_the_same_bytes(bytes in bytes()) {
                let format = format(&bytes);
                for shell in ["bash", "sh"] {
                    prop_assert_eq!(&run(shell, &format!("printf {format}")), &bytes);
                }
                let bytes: Vec<_> = bytes.into_iter().filter(|byte| *byte != 0).collect();
                let word = word(&bytes);
                prop_assert_eq!(&run("bash", &format!("printf %s {word}")), &bytes);
                prop_assert!(format.bytes().chain(word.bytes()).all(is_printable));
            }
        }
    }
}
