//! Checks numbers in prose: if a page says "42 operations", there must be 42, and "ten seconds" must match the code.

use super::markdown::{Kind, Piece};

const WORDS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Something that pages count, such as operations. A number before the noun must equal the value.
#[derive(Clone, Debug)]
pub struct Count {
    /// The noun in the plural, such as `operations`, or several words, such as `kinds of keys`.
    pub noun: &'static str,
    /// The actual number.
    pub value: usize,
    /// Phrases in which the noun means only some of these things, or something else. A paragraph with such a phrase
    /// isn't checked.
    pub except: &'static [&'static str],
}

/// Returns the problems with the counts on a page.
#[must_use]
pub fn problems(page: &str, pieces: &[Piece], counts: &[Count]) -> Vec<String> {
    let mut problems = Vec::new();
    for piece in pieces {
        let (Kind::Prose(text) | Kind::Heading(text)) = &piece.kind else { continue };
        for count in counts.iter().filter(|count| !count.except.iter().any(|it| text.contains(it)))
        {
            let wrong = claims(text, count.noun).into_iter().filter(|said| *said != count.value);
            problems.extend(wrong.map(|said| {
                let (line, noun, value) = (piece.line, count.noun, count.value);
                format!("{page}:{line}: says {said} {noun}, but there are {value}: {text}")
            }));
        }
    }
    problems
}

/// Returns each number that precedes the noun with at most two words in between.
fn claims(text: &str, noun: &str) -> Vec<usize> {
    let noun: Vec<String> = noun.split(' ').map(singular).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut claims = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(number) = number(word) else { continue };
        for gap in 0..3 {
            let begin = at + 1 + gap;
            let between = words.get(at + 1..begin).unwrap_or_default();
            // A phrase ends at punctuation, at the next number, or at a conjunction or preposition.
            if between.iter().any(|word| {
                word.ends_with([',', '.', ':', ';', ')']) || self::number(word).is_some()
            }) || between
                .iter()
                .any(|word| ["and", "or", "in", "of", "for", "with", "to"].contains(word))
            {
                break;
            }
            let found = words.get(begin..begin + noun.len()).unwrap_or_default();
            if found.len() == noun.len() && found.iter().zip(&noun).all(|(a, b)| singular(a) == *b)
            {
                claims.push(number);
                break;
            }
        }
    }
    claims
}

fn number(word: &str) -> Option<usize> {
    let word = word.trim_matches(['(', '*', '"', '`']).to_lowercase();
    let digits = word.replace(',', "");
    let spelled = || WORDS.iter().position(|name| *name == word);
    if digits.chars().all(|each| each.is_ascii_digit()) { digits.parse().ok() } else { spelled() }
}

fn singular(word: impl AsRef<str>) -> String {
    let word = word.as_ref().to_lowercase();
    let word = word.trim_matches(|each: char| !each.is_alphanumeric() && each != '-');
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').filter(|it| !it.ends_with('s')).unwrap_or(word).to_owned(),
    }
}

/// A number in the code that a page repeats: the page's words, and the constant in the code.
#[derive(Clone, Copy, Debug)]
pub struct Constant {
    /// The page.
    pub page: &'static str,
    /// The page's words; whitespace may differ.
    pub words: &'static str,
    /// The file with the constant.
    pub file: &'static str,
    /// The line of code with the number, or a part of that line.
    pub code: &'static str,
}

impl Constant {
    /// Returns the problem if the page or the code has changed.
    #[must_use]
    pub fn problem(&self, page: &str, source: &str) -> Option<String> {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !plain(page).contains(&plain(self.words)) {
            return Some(format!("{} no longer says {:?}", self.page, self.words));
        }
        (!plain(source).contains(&plain(self.code))).then(|| {
            format!(
                "{} says {:?}, but {} no longer has `{}`",
                self.page, self.words, self.file, self.code
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::markdown::pieces;
    use super::*;

    #[track_caller]
    fn check(text: &str, said: Option<usize>) {
        let counts = [
            Count { noun: "operations", value: 42, except: &["takes part in two operations"] },
            Count { noun: "direct dependencies", value: 1, except: &[] },
        ];
        let found = problems("a.md", &pieces(text), &counts);
        let ok = match said {
            None => found.is_empty(),
            Some(said) => {
                found.len() == 1 && found[0].starts_with(&format!("a.md:1: says {said} "))
            }
        };
        assert!(ok, "{text}: {found:?}");
    }

    #[test]
    fn numbers_before_a_noun_are_compared() {
        check("There are 42 operations.", None);
        check("| 42 | operations |", None);
        check("It has one direct dependency and 42 typed, checked operations", None);
        check("There are 41 operations.", Some(41));
        check("All 43 typed operations", Some(43));
        check("# Twelve operations", Some(12));
        check("of `x`, ten signed\noperations", Some(10));
        check("It has two direct dependencies.", Some(2));
        check("- 1,000 operations", Some(1000));
        check("It takes part in two operations.", None);
        check("One of the operations; two things, operations.", None);
    }

    #[test]
    fn a_constant_must_be_the_same_in_the_page_and_in_the_code() {
        let constant = Constant { page: "a.md", words: "ten seconds", file: "a.rs", code: "= 10;" };
        assert_eq!(constant.problem("for ten\nseconds", "const A: u8 = 10;"), None);
        let said = constant.problem("for five seconds", "const A: u8 = 10;");
        assert_eq!(said.unwrap(), "a.md no longer says \"ten seconds\"");
        let said = constant.problem("for ten seconds", "const A: u8 = 5;");
        assert_eq!(said.unwrap(), "a.md says \"ten seconds\", but a.rs no longer has `= 10;`");
    }
}
