//! Reads the tables of a page.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The rows of a table, each with its cells. The first row is the header.
pub(crate) type Table = Vec<Vec<String>>;

/// Returns the tables in the section with this heading, up to the next heading.
pub(crate) fn tables(page: &str, heading: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let (mut inside, mut text) = (false, String::new());
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::TableCell) => text.clear(),
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::End(TagEnd::Heading(_)) => inside = text == heading,
            Event::Start(Tag::Table(_)) if inside => tables.push(Vec::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) if inside => {
                if let Some(table) = tables.last_mut() {
                    table.push(Vec::new());
                }
            }
            Event::End(TagEnd::TableCell) if inside => {
                if let Some(row) = tables.last_mut().and_then(|table| table.last_mut()) {
                    row.push(text.trim().to_owned());
                }
            }
            _ => {}
        }
    }
    tables
}

/// Returns the number in a cell, such as `38,604`, `1.05` or `14.0×`.
pub(crate) fn number(cell: &str) -> Option<f64> {
    cell.trim_end_matches('×').replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_a_section_are_read() {
        let page = "## One\n\n| a |\n| - |\n| 1 |\n\n## Two, `it`\n\n| b | c |\n| - | - |\n| **2** | `x` |\n\n### Three\n\n| d |\n| - |\n";
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        assert_eq!(tables(page, "Two, it"), [vec![row(&["b", "c"]), row(&["2", "x"])]]);
        assert!(tables(page, "Four").is_empty());
        assert_eq!(
            [number("38,604"), number("14.0×"), number("–")],
            [Some(38604.0), Some(14.0), None]
        );
    }
}
