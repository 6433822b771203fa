//! Reads and changes the document.

use wasm_bindgen::prelude::*;
use web_sys::{
    Document, Element, Event, HtmlElement, HtmlInputElement, Storage, UrlSearchParams, Window,
};

use crate::flow::View;
use crate::qr;

/// The page's document. Elements that don't exist are skipped, so you can remove parts of `index.html`.
#[derive(Clone)]
pub(super) struct Dom {
    window: Window,
    document: Document,
    main: Element,
}

impl Dom {
    /// Finds the document. Returns `None` if there is no window or no `<main>`.
    pub(super) fn find() -> Option<Self> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let main = document.query_selector("main").ok()??;
        Some(Dom { window, document, main })
    }

    pub(super) fn window(&self) -> &Window {
        &self.window
    }

    pub(super) fn by_id(&self, id: &str) -> Option<Element> {
        self.document.get_element_by_id(id)
    }

    /// Returns the id of the payment link from the page's URL.
    pub(super) fn link(&self) -> Option<String> {
        let query = self.window.location().search().ok()?;
        let link = UrlSearchParams::new_with_str(&query).ok()?.get("link")?;
        (!link.is_empty()).then_some(link)
    }

    /// Returns the value of the checked radio button with this name.
    pub(super) fn checked(&self, name: &str) -> Option<String> {
        let selector = format!("input[name={name}]:checked:enabled");
        let input = self.document.query_selector(&selector).ok()??;
        Some(input.dyn_into::<HtmlInputElement>().ok()?.value())
    }

    /// Calls the listener for each click, change and submit event in `<main>`, for as long as the page exists.
    pub(super) fn listen(&self, listener: Closure<dyn FnMut(Event)>) {
        let listener = listener.into_js_value();
        for event in ["click", "change", "submit"] {
            drop(self.main.add_event_listener_with_callback(event, listener.unchecked_ref()));
        }
    }

    /// Shows a view. If the state is new, `focus` moves the focus to its heading, because the button that had the focus
    /// may now be hidden. Without `focus`, screen readers announce the heading instead.
    pub(super) fn show(&self, view: &View, focus: bool) {
        let state = view.screen.name();
        let is_new = self.main.get_attribute("data-state").as_deref() != Some(state);
        set(&self.main, "data-state", state);
        self.fill(view);
        for choice in &view.options {
            let input =
                self.by_id(&choice.id).and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
            if let Some(input) = input {
                input.set_disabled(!choice.is_offered);
                input.set_checked(choice.is_picked);
            }
        }
        self.hide("test-mode", !view.is_test);
        self.hide("offline", !view.is_about_network || self.is_online());
        self.hide("back", view.back.is_none());
        if let (Some(link), Some(url)) = (self.by_id("back"), &view.back) {
            set(&link, "href", url);
        }
        if let Some(text) = &view.qr {
            self.draw(text);
        }
        if is_new {
            self.announce(state, focus);
        }
    }

    /// Shows how long the page has been waiting, and whether the device is offline.
    pub(super) fn tick(&self, elapsed: &str) {
        if let Some(element) = self.by_id("elapsed") {
            element.set_text_content(Some(elapsed));
        }
        self.hide("offline", self.is_online());
    }

    /// Announces a message to screen reader users.
    pub(super) fn say(&self, text: &str) {
        if let Some(status) = self.by_id("status") {
            status.set_text_content(Some(text));
        }
    }

    /// Stores a string until the tab is closed. If the browser has no storage, a reload starts the checkout over.
    pub(super) fn remember(&self, key: &str, text: &str) {
        if let Some(storage) = self.storage() {
            drop(storage.set_item(key, text));
        }
    }

    /// Returns the string that was stored under this key.
    pub(super) fn recall(&self, key: &str) -> Option<String> {
        self.storage()?.get_item(key).ok()?
    }

    /// Returns whether the device may be online. `false` means that the device is offline, but
    /// `true` doesn't prove that it is online.
    fn is_online(&self) -> bool {
        self.window.navigator().on_line()
    }

    fn storage(&self) -> Option<Storage> {
        self.window.session_storage().ok()?
    }

    fn fill(&self, view: &View) {
        let Ok(slots) = self.document.query_selector_all("[data-text]") else { return };
        for at in 0..slots.length() {
            let Some(slot) = slots.get(at).and_then(|it| it.dyn_into::<Element>().ok()) else {
                continue;
            };
            let name = slot.get_attribute("data-text").unwrap_or_default();
            let text =
                view.texts.iter().find(|(slot, _)| slot.name() == name).map(|(_, text)| text);
            hide(&slot, text.is_none());
            // Writing the same value again would end a selection.
            if text.is_some() && slot.text_content().as_ref() != text {
                slot.set_text_content(text.map(String::as_str));
            }
        }
    }

    fn draw(&self, text: &str) {
        let Some(drawing) = qr::draw(text) else { return };
        if let Some(svg) = self.by_id("qr") {
            set(&svg, "viewBox", &drawing.view_box);
            if let Some(path) = svg.first_element_child() {
                set(&path, "d", &drawing.path);
            }
        }
    }

    fn announce(&self, state: &str, focus: bool) {
        let selector = format!("[data-view={state}] h2");
        let Ok(Some(heading)) = self.document.query_selector(&selector) else { return };
        let text = heading.text_content().unwrap_or_default();
        self.say(if focus { "" } else { &text });
        if let Ok(heading) = heading.dyn_into::<HtmlElement>() {
            if focus {
                drop(heading.focus());
            }
        }
        self.document.set_title(&text);
    }

    fn hide(&self, id: &str, hidden: bool) {
        if let Some(element) = self.by_id(id) {
            hide(&element, hidden);
        }
    }
}

/// Returns the id of the button that was clicked.
pub(super) fn clicked_button(event: &Event) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    Some(target.closest("button").ok()??.id())
}

fn set(element: &Element, attribute: &str, value: &str) {
    drop(element.set_attribute(attribute, value));
}

fn hide(element: &Element, hidden: bool) {
    drop(element.toggle_attribute_with_force("hidden", hidden));
}
