//! Word patterns, and the words of a passage that they match.
//!
//! A pattern is a sequence of steps, separated by spaces:
//!
//! * `tell|tells` matches one of these words, in upper or lower case. Punctuation marks can be listed like words;
//! * `*` matches any word, but not a punctuation mark;
//! * `!longer|more` matches any word except these, but not a punctuation mark. As the first step, it isn't part of the
//!   match: the word before the match must not be one of these.

use super::Passage;

/// Punctuation that counts as a word.
const PUNCTUATION: [char; 8] = ['.', ',', ';', ':', '(', ')', '?', '!'];

/// The word that represents a code span or an argument of a format string.
const CODE: &str = "`…`";

/// A word of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    line: usize,
    /// The word in lower case.
    pub(super) word: String,
}

/// A pattern.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// Words that must not precede the match.
    not_after: Vec<String>,
    steps: Vec<Step>,
}

#[derive(Clone, Debug)]
enum Step {
    Any,
    OneOf(Vec<String>),
    NoneOf(Vec<String>),
}

impl Pattern {
    /// Reads a pattern, or returns the problem with it.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut pattern = Pattern { not_after: Vec::new(), steps: Vec::new() };
        for (at, step) in text.split(' ').enumerate() {
            let words = |words: &str| words.split('|').map(str::to_owned).collect::<Vec<_>>();
            match step.strip_prefix('!').filter(|rest| !rest.is_empty()) {
                Some(rest) if at == 0 => pattern.not_after = words(rest),
                Some(rest) => pattern.steps.push(Step::NoneOf(words(rest))),
                None if step == "*" => pattern.steps.push(Step::Any),
                None => pattern.steps.push(Step::OneOf(words(step))),
            }
        }
        if pattern.words().is_empty() {
            return Err(format!("the pattern `{text}` has no word to look for"));
        }
        if text.chars().any(char::is_uppercase) {
            return Err(format!("the pattern `{text}` must be in lower case"));
        }
        Ok(pattern)
    }

    /// Returns the words of the first step that lists words. Each match contains one of them.
    pub(super) fn words(&self) -> &[String] {
        let words = self.steps.iter().find_map(|step| match step {
            Step::OneOf(words) => Some(words.as_slice()),
            Step::Any | Step::NoneOf(_) => None,
        });
        words.unwrap_or_default()
    }

    /// Returns each match: its line and its words.
    pub(super) fn found<'t>(
        &'t self,
        tokens: &'t [Token],
    ) -> impl Iterator<Item = (usize, String)> + 't {
        let windows = tokens.windows(self.steps.len()).enumerate();
        windows.filter(|(at, words)| self.matches(tokens[..*at].last(), words)).map(|(_, words)| {
            let text: Vec<&str> = words.iter().map(|token| token.word.as_str()).collect();
            (words.first().map_or(0, |token| token.line), text.join(" "))
        })
    }

    fn matches(&self, before: Option<&Token>, words: &[Token]) -> bool {
        let is_free = before.is_none_or(|before| !self.not_after.contains(&before.word));
        is_free && self.steps.iter().zip(words).all(|(step, token)| step.matches(&token.word))
    }
}

impl Step {
    fn matches(&self, word: &str) -> bool {
        let is_word = !word.starts_with(PUNCTUATION);
        match self {
            Step::Any => is_word,
            Step::OneOf(words) => words.iter().any(|it| it == word),
            Step::NoneOf(words) => is_word && words.iter().all(|it| it != word),
        }
    }
}

/// Returns the words of a passage. A code span is a single word.
pub(super) fn tokens(passage: &Passage) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut line = passage.line;
    let mut rest = passage.text.as_str();
    while let Some(first) = rest.chars().next() {
        let (word, length) = match first {
            '`' => (CODE.to_owned(), span(rest, rest.len() - rest.trim_start_matches('`').len())),
            '{' => placeholder(rest),
            _ if PUNCTUATION.contains(&first) => (first.to_string(), 1),
            _ if is_part(first) => {
                let word = rest.split(|each| !is_part(each)).next().unwrap_or_default();
                (word.replace('’', "'").to_lowercase(), word.len())
            }
            _ => (String::new(), first.len_utf8()),
        };
        if !word.is_empty() {
            tokens.push(Token { line, word });
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

fn is_part(each: char) -> bool {
    each.is_alphanumeric() || ['\'', '’', '-', '_'].contains(&each)
}

/// Returns the length of a code span with this number of backticks. If the span has no end, only the backticks count.
fn span(text: &str, ticks: usize) -> usize {
    let fence = &text[..ticks];
    text[ticks..].find(fence).map_or(ticks, |end| ticks + end + ticks)
}

/// Returns the word and the length of a format string's argument. For any other brace, the word is empty.
fn placeholder(text: &str) -> (String, usize) {
    match text.find('}') {
        Some(end) if !text[..end].contains([' ', '\n']) => (CODE.to_owned(), end + 1),
        _ => (String::new(), 1),
    }
}
