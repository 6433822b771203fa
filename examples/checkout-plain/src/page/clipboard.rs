//! Handles the copy buttons.

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::dom::Dom;

/// Copies the text of an element, and shows a confirmation on the button for two seconds. If the browser doesn't allow
/// copying, selects the text instead.
pub(super) async fn copy(dom: Dom, button: String, source: String) {
    let Some(element) = dom.by_id(&source) else { return };
    let text = element.text_content().unwrap_or_default();
    let said = if write(&dom, &text).await.is_some() {
        "Copied"
    } else {
        if let Ok(Some(selection)) = dom.window().get_selection() {
            drop(selection.select_all_children(&element));
        }
        "Selected"
    };
    let Some(button) = dom.by_id(&button) else { return };
    button.set_text_content(Some(said));
    dom.say(said);
    TimeoutFuture::new(2000).await;
    button.set_text_content(Some("Copy"));
    dom.say("");
}

async fn write(dom: &Dom, text: &str) -> Option<()> {
    let clipboard = dom.window().navigator().clipboard();
    // On a page served over plain http, the clipboard is missing, although its type isn't optional.
    if AsRef::<JsValue>::as_ref(&clipboard).is_undefined() {
        return None;
    }
    JsFuture::from(clipboard.write_text(text)).await.ok().map(drop)
}
