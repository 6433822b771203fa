//! Parses path templates: text that contains parameters in braces.

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    Text(&'a str),
    /// The name of a parameter.
    Parameter(&'a str),
}

/// Returns the parts of a template in order. Unmatched braces are text, and so are braces that are
/// empty or contain a `/`.
pub(crate) fn parts(template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, name, after)) = next(rest) {
        if !before.is_empty() {
            parts.push(Part::Text(before));
        }
        parts.push(Part::Parameter(name));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}

/// Returns the names of the parameters.
pub(crate) fn names(template: &str) -> impl Iterator<Item = &str> {
    parts(template).into_iter().filter_map(|part| match part {
        Part::Parameter(name) => Some(name),
        Part::Text(_) => None,
    })
}

/// Returns the text before the first parameter, the parameter's name, and the text after it.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let mut start = 0;
    for (close, _) in text.match_indices('}') {
        if let Some((before, name)) = text.get(start..close)?.rsplit_once('{')
            && !name.is_empty()
            && !name.contains('/')
        {
            return Some((text.get(..start + before.len())?, name, text.get(close + 1..)?));
        }
        start = close + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Part::{Parameter, Text};
    use super::parts;

    #[test]
    fn parameters_can_be_anywhere() {
        assert_eq!(parts("/a/{b}/c"), [Text("/a/"), Parameter("b"), Text("/c")]);
        assert_eq!(parts("/{Sid}.json"), [Text("/"), Parameter("Sid"), Text(".json")]);
        assert_eq!(parts("/{a}{b}"), [Text("/"), Parameter("a"), Parameter("b")]);
        assert_eq!(parts("/{a}..{b}"), [Text("/"), Parameter("a"), Text(".."), Parameter("b")]);
        for text in ["/", "/{}", "/{a", "/a}", "/{a/b}", "}{"] {
            assert_eq!(parts(text), [Text(text)], "{text}");
        }
        for text in ["/a}/", "/a{}/", "/{a/b}/", "/}}", "/{{}}"] {
            let template = format!("{text}{{id}}");
            assert_eq!(parts(&template), [Text(text), Parameter("id")], "{text}");
        }
        assert_eq!(parts(""), []);
    }
}
