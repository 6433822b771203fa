//! Finds the code blocks in docs/migration.md. The build script and the test include this file.

/// A block of code.
pub(crate) struct Block {
    /// The number of the line on which the block begins.
    pub(crate) line: usize,
    /// The heading above the block, without Markdown syntax.
    pub(crate) heading: String,
    pub(crate) code: String,
}

/// Returns the code blocks in a language.
pub(crate) fn blocks(page: &str, language: &str) -> Vec<Block> {
    let (mut blocks, mut heading) = (Vec::new(), String::new());
    let mut lines = page.lines().zip(1..);
    while let Some((line, number)) = lines.next() {
        if line.starts_with('#') {
            heading = line.trim_matches(['#', ' ', '`']).to_owned();
        }
        let Some(found) = line.strip_prefix("```") else { continue };
        let mut code = String::new();
        for (line, _) in lines.by_ref().take_while(|(line, _)| *line != "```") {
            code.push_str(line);
            code.push('\n');
        }
        if found == language {
            blocks.push(Block { line: number, heading: heading.clone(), code });
        }
    }
    blocks
}
