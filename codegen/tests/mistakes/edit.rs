//! Applies edits to a document, in the style of `diff`: `-` marks a line to remove, `+` a line to
//! add, and a space a line to keep. A blank line ends an edit. The removed and kept lines must be
//! consecutive lines of the document and occur in it exactly once.

/// An edit that replaces lines of a document.
#[derive(Debug)]
pub(crate) struct Edit {
    /// The line number of the edit in the case file.
    line: usize,
    pub(crate) old: Vec<String>,
    pub(crate) new: Vec<String>,
}

/// Reads edits line by line.
#[derive(Default)]
pub(crate) struct Reader {
    edits: Vec<Edit>,
    open: bool,
}

impl Reader {
    pub(crate) fn line(&mut self, number: usize, line: &str) -> Result<(), String> {
        let (old, new, rest) = if let Some(rest) = line.strip_prefix(' ') {
            (true, true, rest)
        } else if let Some(rest) = line.strip_prefix('-') {
            (true, false, rest)
        } else if let Some(rest) = line.strip_prefix('+') {
            (false, true, rest)
        } else if line.is_empty() {
            self.open = false;
            return Ok(());
        } else {
            return Err(format!(
                "line {number}: each line of an edit must start with a space, `-` or `+`: {line}"
            ));
        };
        if !self.open {
            self.edits.push(Edit { line: number, old: Vec::new(), new: Vec::new() });
            self.open = true;
        }
        if let Some(edit) = self.edits.last_mut() {
            edit.old.extend(old.then(|| rest.to_owned()));
            edit.new.extend(new.then(|| rest.to_owned()));
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<Vec<Edit>, String> {
        match self.edits.iter().find(|edit| edit.old == edit.new) {
            Some(edit) => Err(format!("line {}: this edit changes nothing", edit.line)),
            None => Ok(self.edits),
        }
    }
}

/// Applies the edits in order. The error names the first edit that can't be applied.
pub(crate) fn apply(document: &str, edits: &[Edit]) -> Result<String, String> {
    let mut lines: Vec<&str> = document.lines().collect();
    for Edit { line, old, new } in edits {
        let places: Vec<usize> = match old.len() {
            // An empty document has only one place where lines can be added.
            0 if lines.is_empty() => vec![0],
            0 => {
                return Err(format!(
                    "line {line}: the position of these lines is unclear; add the document's line before or after them, \
                     starting with a space"
                ));
            }
            count => {
                let starts = 0..=lines.len().saturating_sub(count);
                starts.filter(|&at| lines.get(at..at + count).is_some_and(|it| it == old)).collect()
            }
        };
        let [at] = places[..] else {
            let found = match places.len() {
                0 => "the document doesn't contain these lines".to_owned(),
                count => format!(
                    "the document contains these lines {count} times; add neighbouring lines to the edit"
                ),
            };
            return Err(format!("line {line}: {found}:\n{}", old.join("\n")));
        };
        lines.splice(at..at + old.len(), new.iter().map(String::as_str));
    }
    Ok(lines.into_iter().flat_map(|line| [line, "\n"]).collect())
}
