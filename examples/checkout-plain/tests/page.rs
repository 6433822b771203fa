//! Tests that `index.html` contains an element for everything that the flow shows.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use checkout_plain::flow::{Button, Screen, Slot, name, offered};
use mileston_api::{ModeName, tokens};

fn file(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(folder.join(name)).unwrap()
}

/// Returns the values of an attribute.
fn values<'a>(text: &'a str, attribute: &str) -> BTreeSet<&'a str> {
    let start = format!(" {attribute}=\"");
    text.split(start.as_str())
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|it| it.0)
        .collect()
}

/// Returns the quoted string after each `start`.
fn quoted<'a>(source: &'a str, start: &str) -> BTreeSet<&'a str> {
    source.split(start).skip(1).filter_map(|rest| rest.split_once('"')).map(|it| it.0).collect()
}

#[test]
fn every_state_has_a_section_that_the_style_sheet_shows() {
    let page = file("static/index.html");
    let views = values(&page, "data-view");
    let mut screens: BTreeSet<_> = Screen::ALL.iter().map(|screen| screen.name()).collect();
    // start.js shows this screen if the WebAssembly program cannot start.
    screens.insert("broken");
    assert_eq!(views, screens);

    let style = file("static/style.css");
    for view in views {
        let rule = format!("[data-state={view}] [data-view={view}]");
        assert!(style.contains(&rule), "{rule}");
        let section = page.split_once(&format!("data-view=\"{view}\"")).unwrap().1;
        let heading = section.find("<h2").unwrap();
        let end =
            section.find("</section>").unwrap().min(section.find("</form>").unwrap_or(usize::MAX));
        assert!(heading < end, "{view} has a heading");
        assert!(
            section[heading..].split_once('>').unwrap().0.contains("tabindex=\"-1\""),
            "{view}"
        );
    }
}

#[test]
fn every_message_has_a_slot_and_every_slot_has_a_message() {
    let page = file("static/index.html");
    let texts = Slot::ALL.iter().map(|slot| slot.name()).collect();
    assert_eq!(values(&page, "data-text"), texts);
    for button in Button::ALL {
        assert!(page.contains(&format!("id=\"{0}\"", button.slot().name())), "{button:?}");
    }
}

#[test]
fn every_network_and_token_has_a_radio_button() {
    let page = file("static/index.html");
    let mut expected = BTreeSet::new();
    for row in &tokens::TABLE {
        let label = format!(
            "id=\"network-{0}\" value=\"{0}\" required> {1}</label>",
            row.chain,
            name(&row.chain)
        );
        assert!(page.contains(&label), "{label}");
        expected.insert(format!("network-{}", row.chain));
        for token in offered(&row.chain, ModeName::Live) {
            let label = format!(
                "id=\"token-{token}\" value=\"{token}\" required disabled> {token}</label>"
            );
            assert!(page.contains(&label), "{label}");
            expected.insert(format!("token-{token}"));
        }
    }
    let ids = values(&page, "id").into_iter().map(str::to_owned);
    let found: BTreeSet<_> =
        ids.filter(|id| id.starts_with("network-") || id.starts_with("token-")).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_element_that_the_page_uses_exists() {
    let page = file("static/index.html");
    let ids = values(&page, "id");
    let source = file("src/page/dom.rs");
    for call in ["by_id(\"", "hide(\""] {
        let looked_for = quoted(&source, call);
        assert!(!looked_for.is_empty(), "{call}");
        for id in looked_for {
            assert!(ids.contains(id), "{id}");
        }
    }
    for id in ids.iter().filter_map(|id| id.strip_prefix("copy-")) {
        assert!(ids.contains(id), "the text to copy: {id}");
    }
}

/// A strict Content-Security-Policy blocks inline code and files from other origins.
#[test]
fn nothing_is_inline_or_from_another_origin() {
    let page = file("static/index.html");
    for forbidden in ["<style", " style=", " onclick", "://", "<script>"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    for forbidden in ["url(", "@import"] {
        assert!(!file("static/style.css").contains(forbidden), "{forbidden}");
    }
}
