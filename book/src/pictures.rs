//! Draws the pictures on `docs/performance.md` from the tables on that page, so that pictures and
//! tables show the same numbers.

use std::path::{Path, PathBuf};

use crate::chart::{Bar, Chart, Group};
use crate::tables::{number, tables};

const PAGE: &str = "docs/performance.md";

/// A picture and the table that it shows.
struct Picture {
    file: &'static str,
    title: &'static str,
    /// The section with the table.
    section: &'static str,
    /// The index of the table in its section.
    table: usize,
    /// The column with the labels of the groups.
    group: &'static str,
    /// The column with the names of a group's bars, if each bar has its own row.
    series: Option<&'static str>,
    /// The columns with values, each with the name of its bar.
    values: &'static [(&'static str, &'static str)],
    /// A column, and the text that a row must have in this column to be shown. `None` shows all
    /// rows.
    only: Option<(&'static str, &'static str)>,
    /// The bars that show this project's values.
    ours: &'static [&'static str],
}

const PICTURES: [Picture; 5] = [
    Picture {
        file: "instructions.svg",
        title: "Instructions per call",
        section: "What the typed call costs",
        table: 0,
        group: "request",
        series: Some("way"),
        values: &[("instructions per call", "")],
        only: None,
        ours: &["typed"],
    },
    Picture {
        file: "sdk.svg",
        title: "Microseconds of CPU time per call, 16 calls at once",
        section: "Compared with the vendor's SDK",
        table: 0,
        group: "request",
        series: None,
        values: &[
            ("µs of CPU per call: SDK", "vendor's SDK"),
            ("hand-written", "hand-written, on reqwest"),
            ("typed", "mileston-api"),
        ],
        only: Some(("at once", "16")),
        ours: &["mileston-api"],
    },
    Picture {
        file: "sandbox.svg",
        title: "Requests per second to the sandbox",
        section: "The sandbox",
        table: 0,
        group: "request",
        series: Some("store"),
        values: &[("per second", "")],
        only: None,
        ours: &["memory", "file"],
    },
    Picture {
        file: "prism.svg",
        title: "Payment links read per second",
        section: "Compared with Prism",
        table: 0,
        group: "server",
        series: None,
        values: &[("per second", "")],
        only: None,
        ours: &["sandbox, memory", "sandbox, file"],
    },
    Picture {
        file: "frontend.svg",
        title: "Bytes that a visitor downloads, after gzip",
        section: "What visitors download",
        table: 1,
        group: "page",
        series: None,
        values: &[("gzip", "")],
        only: None,
        ours: &["checkout-plain", "checkout-plain, with a standard library built for size"],
    },
];

fn page(root: &Path) -> Result<String, String> {
    std::fs::read_to_string(root.join(PAGE)).map_err(|error| format!("{PAGE}: {error}"))
}

/// Draws the page's pictures. Returns each picture with its path in the workspace at `root`.
fn drawn(root: &Path, page: &str) -> Result<Vec<(PathBuf, String)>, String> {
    let place = |picture: &Picture| root.join("docs/pictures").join(picture.file);
    PICTURES.iter().map(|picture| Ok((place(picture), picture.chart(page)?.svg()))).collect()
}

/// Draws the pictures and writes them to the workspace at `root`. Returns their paths.
///
/// # Errors
///
/// Returns an error if the page lacks a table, or if a picture can't be written.
pub fn draw(root: &Path) -> Result<Vec<PathBuf>, String> {
    let drawn = drawn(root, &page(root)?)?;
    for (path, svg) in &drawn {
        let folder = path.parent().unwrap_or(root);
        let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, svg));
        written.map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(drawn.into_iter().map(|(path, _)| path).collect())
}

/// Checks that the pictures in the workspace at `root` match the tables on the page. Also checks that the page shows
/// each picture, and that the picture contains all numbers in its alternative text.
///
/// # Errors
///
/// Returns an error if the page lacks a table or doesn't show a picture, if a picture is missing or doesn't match its
/// table, or if an alternative text contains a number that isn't in the picture.
pub fn check_pictures(root: &Path) -> Result<(), String> {
    let page = page(root)?;
    for picture in &PICTURES {
        picture.check_text(&page)?;
    }
    for (path, svg) in drawn(root, &page)? {
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        // On Windows, git may have changed the line endings.
        if !found.lines().eq(svg.lines()) {
            return Err(format!(
                "{} differs from the table in {PAGE}: run `cargo run -p mileston-book -- pictures`",
                path.display()
            ));
        }
    }
    Ok(())
}

impl Picture {
    /// Checks that the page shows the picture, and that the picture contains all numbers in the
    /// alternative text.
    fn check_text(&self, page: &str) -> Result<(), String> {
        let link = format!("](pictures/{})", self.file);
        let before = page.split_once(&link).map(|(before, _)| before);
        let text = before.and_then(|before| before.rsplit("![").next());
        let text = text.ok_or_else(|| format!("{PAGE} doesn't show {}", self.file))?;
        let svg = self.chart(page)?.svg();
        let words = |text: &str| -> Vec<String> {
            let words = text.split(|each: char| each.is_whitespace() || "<>".contains(each));
            words.map(|word| word.trim_matches([',', '.', ';']).to_owned()).collect()
        };
        let drawn = words(&svg);
        let is_number = |word: &String| word.starts_with(|first: char| first.is_ascii_digit());
        match words(text).into_iter().filter(is_number).find(|word| !drawn.contains(word)) {
            None => Ok(()),
            Some(word) => Err(format!(
                "{PAGE}: the alternative text of {} has {word}, but the picture doesn't",
                self.file
            )),
        }
    }

    fn chart(&self, page: &str) -> Result<Chart, String> {
        let missing =
            |what: &str| format!("{PAGE}, {:?}: {} needs {what}", self.section, self.file);
        let tables = tables(page, self.section);
        let table = tables.get(self.table).ok_or_else(|| missing("its table"))?;
        let (head, rows) = table.split_first().ok_or_else(|| missing("its table"))?;
        let column = |name: &str| {
            let found = head.iter().position(|cell| cell == name);
            found.ok_or_else(|| missing(&format!("the column {name:?}")))
        };
        let group = column(self.group)?;
        let series = self.series.map(&column).transpose()?;
        let only =
            self.only.map(|(name, text)| Ok::<_, String>((column(name)?, text))).transpose()?;
        let mut groups: Vec<Group> = Vec::new();
        for row in rows.iter().filter(|row| only.is_none_or(|(at, text)| row[at] == text)) {
            // If each group has a single bar, the label is next to the bar, so there is no label above it.
            let alone = series.is_none() && self.values.len() == 1;
            let label = if alone { "" } else { &*row[group] };
            if groups.last().is_none_or(|last| last.label != label) {
                match groups.iter().position(|group| group.label == label) {
                    Some(at) => {
                        let group = groups.remove(at);
                        groups.push(group);
                    }
                    None => groups.push(Group { label: label.to_owned(), bars: Vec::new() }),
                }
            }
            for (name, called) in self.values {
                let cell = &row[column(name)?];
                let value =
                    number(cell).ok_or_else(|| missing(&format!("a number, not {cell:?}")))?;
                let label = match series {
                    Some(at) => &row[at],
                    None if alone => &row[group],
                    None => *called,
                };
                let ours = self.ours.contains(&label);
                if let Some(group) = groups.last_mut() {
                    group.bars.push(Bar { label: label.to_owned(), value, ours });
                }
            }
        }
        Ok(Chart { title: self.title.to_owned(), groups })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURE: Picture = Picture {
        file: "a.svg",
        title: "Calls",
        section: "S",
        table: 0,
        group: "request",
        series: Some("way"),
        values: &[("calls", "")],
        only: None,
        ours: &["typed"],
    };

    fn bar(label: &str, value: f64, ours: bool) -> Bar {
        Bar { label: label.to_owned(), value, ours }
    }

    #[test]
    fn rows_of_the_same_request_form_a_group_in_any_order() {
        let page = "# S\n\n| way | request | calls |\n| - | - | - |\n| hand | get | 1,000 |\n| hand | list | 5 |\n| typed | get | **2** |\n";
        let chart = PICTURE.chart(page).unwrap();
        let group = |label: &str, bars| Group { label: label.to_owned(), bars };
        let list = group("list", vec![bar("hand", 5.0, false)]);
        let get = group("get", vec![bar("hand", 1000.0, false), bar("typed", 2.0, true)]);
        assert_eq!(chart.groups, [list, get]);
    }

    #[test]
    fn a_table_that_lacks_something_is_reported() {
        let check = |page: &str, expected: &str| {
            let problem = PICTURE.chart(page).unwrap_err();
            assert_eq!(problem, format!("docs/performance.md, \"S\": a.svg needs {expected}"));
        };
        check("# T\n", "its table");
        check("# S\n\n| way | request |\n| - | - |\n| a | b |\n", "the column \"calls\"");
        let page = "# S\n\n| way | request | calls |\n| - | - | - |\n| a | b | many |\n";
        check(page, "a number, not \"many\"");
    }
}
