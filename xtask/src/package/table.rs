//! The table that `cargo xtask package` prints: each package with its version, number of files and size.

/// A checked package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The package's name.
    pub(super) name: String,
    /// The package's version.
    pub(super) version: String,
    /// The number of files in the archive.
    pub(super) files: usize,
    /// The size of the archive in bytes.
    pub(super) size: u64,
}

/// Returns the rows as lines with aligned columns.
pub(super) fn table(rows: &[Row]) -> String {
    let cells = rows.iter().map(|row| {
        let size = format!("{}.{} kB", row.size / 1000, row.size % 1000 / 100);
        [row.name.clone(), row.version.clone(), row.files.to_string(), size]
    });
    let heading = ["package", "version", "files", "size"].map(str::to_owned);
    let lines: Vec<[String; 4]> = std::iter::once(heading).chain(cells).collect();
    let width = |column: usize| lines.iter().map(|line| line[column].len()).max().unwrap_or(0);
    let widths = [0, 1, 2, 3].map(width);
    let line = |[name, version, files, size]: &[String; 4]| {
        let [a, b, c, d] = widths;
        format!("{name:a$}  {version:b$}  {files:>c$}  {size:>d$}\n")
    };
    lines.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let row = |name: &str, files, size| Row {
            name: name.to_owned(),
            version: "0.1.0".to_owned(),
            files,
            size,
        };
        let found = table(&[row("one", 9, 59_149), row("another", 226, 207_650)]);
        let expected = "\
package  version  files      size
one      0.1.0        9   59.1 kB
another  0.1.0      226  207.6 kB
";
        assert_eq!(found, expected);
    }
}
