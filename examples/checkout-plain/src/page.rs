//! Performs the flow's effects in the document and on the network.

mod clipboard;
mod dom;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::{AbortHandle, abortable};
use gloo_timers::future::TimeoutFuture;
use mileston_api::frontend::{Settings, SettingsError, SettingsErrorKind};
use mileston_api::{CheckoutClient, Live, Mode, ModeName, PaymentLinkId, Test};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::flow::{Button, Effect, Event, Flow, Memory, Request, View, elapsed};
use crate::platform::Platform;
use dom::Dom;

/// Starts the page. The generated JavaScript calls this function.
#[wasm_bindgen(start)]
fn start() {
    let Some(dom) = Dom::find() else { return };
    spawn_local(async move {
        match settings().await {
            Err(problem) => dom.show(&View::without_settings(problem), false),
            Ok(settings) => match settings.mode() {
                ModeName::Test => open(dom, settings.client::<Test>()),
                ModeName::Live => open(dom, settings.client::<Live>()),
            },
        }
    });
}

/// Reads the settings from the page. If the page has none, fetches config.json from the page's folder.
async fn settings() -> Result<Settings, String> {
    match Settings::from_meta() {
        Err(missing) if missing.kind() == SettingsErrorKind::Missing => {
            Settings::fetch("config.json").await.map_err(|error| match error.kind() {
                SettingsErrorKind::NotFetched => format!("{missing}, and {error}"),
                _ => error.to_string(),
            })
        }
        settings => settings.map_err(|error| error.to_string()),
    }
}

fn open<M: Mode>(dom: Dom, client: Result<CheckoutClient<M>, SettingsError>) {
    match client {
        Err(error) => dom.show(&View::without_settings(error.to_string()), false),
        Ok(client) => match dom.link() {
            None => dom.show(&View::without_link(), false),
            Some(link) => {
                let business_id = client.business_id().map(ToString::to_string);
                Page::open(dom, Box::new(client), M::NAME, business_id.unwrap_or_default(), link);
            }
        },
    }
}

/// A checkout that is shown in a document.
struct Page {
    /// The document that shows the checkout.
    dom: Dom,
    /// Sends the flow's requests.
    platform: Box<dyn Platform>,
    /// The logic of the checkout.
    flow: RefCell<Flow>,
    /// The key under which the flow's [`Memory`] is kept in the tab's session storage.
    memory_key: String,
    /// The running tasks. Aborting a task drops its request, which cancels the request.
    running: RefCell<Vec<AbortHandle>>,
    /// Whether the payer has submitted the form or clicked a `Button`. Only then may the page move the focus.
    has_acted: Cell<bool>,
}

impl Page {
    fn open(
        dom: Dom,
        platform: Box<dyn Platform>,
        mode: ModeName,
        business_id: String,
        link: String,
    ) {
        // A wallet for one mode must never be shown in the other.
        let memory_key = match mode {
            ModeName::Test => format!("checkout test {link}"),
            ModeName::Live => format!("checkout live {link}"),
        };
        let memory = dom.recall(&memory_key).and_then(|text| Memory::read(&text));
        let (flow, effects) = Flow::new(PaymentLinkId::from(link), mode, business_id, memory);
        let page = Rc::new(Page {
            dom,
            platform,
            flow: RefCell::new(flow),
            memory_key,
            running: RefCell::default(),
            has_acted: Cell::new(false),
        });
        page.listen();
        page.show();
        page.perform(effects);
    }

    /// Registers one listener for all clicks, changes and submits.
    fn listen(self: &Rc<Self>) {
        let page = Rc::clone(self);
        self.dom.listen(Closure::new(move |event: web_sys::Event| page.heard(&event)));
    }

    fn heard(self: &Rc<Self>, event: &web_sys::Event) {
        match event.type_().as_str() {
            "change" => self.picked(),
            "submit" => {
                event.prevent_default();
                self.has_acted.set(true);
                self.picked();
                self.handle(Event::Continued);
            }
            _ => {
                let Some(id) = dom::clicked_button(event) else { return };
                if let Some(button) =
                    Button::ALL.into_iter().find(|button| button.slot().name() == id)
                {
                    self.has_acted.set(true);
                    self.handle(Event::Clicked(button));
                } else if let Some(source) = id.strip_prefix("copy-") {
                    spawn_local(clipboard::copy(self.dom.clone(), id.clone(), source.to_owned()));
                }
            }
        }
    }

    fn picked(self: &Rc<Self>) {
        self.handle(Event::Picked(self.dom.checked("network"), self.dom.checked("token")));
    }

    fn handle(self: &Rc<Self>, event: Event) {
        let effects = match self.flow.try_borrow_mut() {
            Ok(mut flow) => flow.handle(event, now()),
            Err(_) => return,
        };
        self.show();
        self.perform(effects);
    }

    fn show(&self) {
        let Ok(flow) = self.flow.try_borrow() else { return };
        self.dom.show(&flow.view(), self.has_acted.get());
        self.dom.remember(&self.memory_key, &flow.memory().write());
    }

    fn perform(self: &Rc<Self>, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Stop => self.stop(),
                Effect::Send(request) => {
                    if matches!(request, Request::Payment(_)) {
                        self.stop();
                        self.run(count(Rc::clone(self)));
                    }
                    let (page, answer) = (Rc::clone(self), self.platform.send(request));
                    self.run(async move { page.handle(answer.await) });
                }
            }
        }
    }

    /// Runs a task until it ends or the page stops it.
    fn run(&self, task: impl Future<Output = ()> + 'static) {
        let (task, handle) = abortable(task);
        if let Ok(mut running) = self.running.try_borrow_mut() {
            running.retain(|handle| !handle.is_aborted());
            running.push(handle);
        }
        spawn_local(async move {
            // An aborted task has nothing to report.
            let _ = task.await;
        });
    }

    fn stop(&self) {
        if let Ok(mut running) = self.running.try_borrow_mut() {
            running.drain(..).for_each(|handle| handle.abort());
        }
    }
}

/// Updates the elapsed time once a second until the page stops waiting.
async fn count(page: Rc<Page>) {
    loop {
        let since = page.flow.try_borrow().ok().and_then(|flow| flow.waiting_since());
        let Some(since) = since else { return };
        page.dom.tick(&elapsed(now().saturating_sub(since)));
        TimeoutFuture::new(1000).await;
    }
}

/// Returns the current time in seconds since 1970.
fn now() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}
