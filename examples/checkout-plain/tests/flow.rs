//! Tests the logic of the page step by step, without a browser.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

use checkout_plain::flow::{
    Button, Effect, Event, Flow, Kind, Memory, NotVerified, Request, Slot, Stage, Trouble, View,
};
use mileston_api::types::{BusinessEnvelope, PaymentLink, VerifyPayment};
use mileston_api::{ModeName, PaymentLinkId};
use serde_json::{Value, json};

const ETH_WALLET: &str = "0x742d35Cc6634C0532925a3b844Bc9e7595f0bEb1";
const PAYMENT_WALLET: &str = "0x7777777777777777777777777777777777777777";
const NOW: u64 = 1_700_000_000;

fn link(fields: Value) -> PaymentLink {
    let mut link = json!({"paymentLinkId": "link-1", "amount": "12.50", "title": "Coffee beans"});
    link.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(link).unwrap()
}

fn business(wallets: Value) -> BusinessEnvelope {
    let business = json!({"userData": {"businessName": "Ada's"}, "walletAddress": wallets});
    serde_json::from_value(business).unwrap()
}

fn all_wallets() -> Value {
    json!({"base": "0xbase", "eth": ETH_WALLET, "sui": "0xsui", "solana": "solanaAddress"})
}

/// A flow, and the effects of its last event.
struct Trial {
    flow: Flow,
    effects: Vec<Effect>,
}

impl Trial {
    fn new(mode: ModeName, memory: Option<&str>) -> Self {
        let memory = memory.and_then(Memory::read);
        let link = PaymentLinkId::from("link-1");
        let (flow, effects) = Flow::new(link, mode, "business-1".to_owned(), memory);
        Trial { flow, effects }
    }

    /// Returns a flow in which everything is loaded.
    fn loaded(mode: ModeName, memory: Option<&str>) -> Self {
        let mut trial = Trial::new(mode, memory);
        trial.does(Event::Link(Ok(link(json!({})))));
        trial.does(Event::Business(Ok(business(all_wallets()))));
        trial
    }

    /// Returns a flow that waits for a payment.
    fn waiting(chain: &str) -> Self {
        let mut trial = Trial::loaded(ModeName::Test, None);
        trial.pick(chain, None);
        trial.does(Event::Continued);
        trial.does(Event::Wallet(Ok(PAYMENT_WALLET.to_owned())));
        trial
    }

    fn does(&mut self, event: Event) {
        self.effects = self.flow.handle(event, NOW);
    }

    fn pick(&mut self, chain: &str, token: Option<&str>) {
        self.does(Event::Picked(Some(chain.to_owned()), token.map(str::to_owned)));
    }

    fn click(&mut self, button: Button) {
        self.does(Event::Clicked(button));
    }

    #[track_caller]
    fn is(&self, state: &str) {
        assert_eq!(self.view().screen.name(), state);
    }

    fn view(&self) -> View {
        self.flow.view()
    }

    #[track_caller]
    fn shows(&self, slot: &str, expected: &str) {
        assert_eq!(text(&self.view(), slot), Some(expected), "{slot}");
    }

    /// Returns the ids of the radio buttons that can be picked, and of those that are picked.
    fn options(&self) -> (Vec<String>, Vec<String>) {
        let options = self.view().options;
        let ids = |which: fn(&checkout_plain::flow::Choice) -> bool| {
            options.iter().filter(|it| which(it)).map(|it| it.id.clone()).collect()
        };
        (ids(|it| it.is_offered), ids(|it| it.is_picked))
    }

    fn buttons(&self) -> Vec<String> {
        let view = self.view();
        let slots = Button::ALL.into_iter().map(Button::slot);
        slots.filter_map(|slot| Some(format!("{}: {}", slot.name(), view.text(slot)?))).collect()
    }

    #[track_caller]
    fn question(&self) -> &VerifyPayment {
        let [Effect::Send(Request::Payment(question))] = self.effects.as_slice() else {
            panic!("no verification was sent: {:?}", self.effects)
        };
        question
    }
}

fn text<'a>(view: &'a View, slot: &str) -> Option<&'a str> {
    view.text(*Slot::ALL.iter().find(|it| it.name() == slot).unwrap())
}

fn trouble(kind: Kind) -> Trouble {
    Trouble { kind, detail: "the reason".to_owned() }
}

#[test]
fn a_payer_pays() {
    let mut trial = Trial::new(ModeName::Test, None);
    trial.is("loading");
    let requests = [Request::Link("link-1".into()), Request::Business].map(Effect::Send);
    assert_eq!(trial.effects, requests);

    // The responses may arrive in any order.
    trial.does(Event::Business(Ok(business(all_wallets()))));
    trial.is("loading");
    trial.does(Event::Link(Ok(link(json!({"description": "Two bags"})))));
    trial.is("ready");
    for (slot, expected) in [
        ("merchant", "Ada's"),
        ("title", "Coffee beans"),
        ("description", "Two bags"),
        ("price", "12.50 USD"),
        ("fee", "0.05 USD"),
        ("total", "12.55 USD"),
    ] {
        trial.shows(slot, expected);
    }

    trial.pick("base", None);
    trial.does(Event::Continued);
    trial.is("preparing");
    let [Effect::Send(Request::Wallet(chain, merchant))] = trial.effects.as_slice() else {
        panic!("{:?}", trial.effects)
    };
    let merchant = merchant.as_ref().map(|wallet| wallet.as_str());
    assert_eq!((chain.as_str(), merchant), ("base", Some(ETH_WALLET)));

    trial.does(Event::Wallet(Ok(PAYMENT_WALLET.to_owned())));
    trial.is("waiting");
    for (slot, expected) in
        [("amount", "12.55"), ("token", "USDC"), ("network", "Base"), ("address", PAYMENT_WALLET)]
    {
        trial.shows(slot, expected);
    }
    assert_eq!(trial.view().qr.as_deref(), Some(PAYMENT_WALLET));
    assert_eq!(trial.flow.waiting_since(), Some(NOW));

    trial.does(Event::Payment(Ok(())));
    trial.is("verified");
    assert_eq!(trial.effects, []);
    assert_eq!((trial.flow.waiting_since(), trial.view().qr), (None, None));
}

/// Compares the bodies with recordings of the vendor's component. The client fills in `env` when it
/// sends a body.
#[test]
fn verification_bodies_are_the_same_as_in_the_vendors_component() {
    let evm = json!({
        "paymentLinkId": "link-1", "publicKey": PAYMENT_WALLET, "amount": "12.50",
        "recipientWalletAddress": ETH_WALLET, "chain": "eth", "userUUID": "business-1",
        "token": "USDC", "evmChain": "eth", "walletAddress": PAYMENT_WALLET,
    });
    assert_eq!(serde_json::to_value(Trial::waiting("eth").question()).unwrap(), evm);

    let mut trial = Trial::loaded(ModeName::Test, None);
    trial.pick("solana", None);
    trial.does(Event::Continued);
    let wallet = "Sandboxd3khHimVMaXwNLUwcWq71rqKpCXRRYh9DopY";
    trial.does(Event::Wallet(Ok(wallet.to_owned())));
    let solana = json!({
        "paymentLinkId": "link-1", "publicKey": wallet, "amount": "12.50",
        "recipientWalletAddress": "solanaAddress", "chain": "solana", "userUUID": "business-1",
        "token": "USDC",
    });
    assert_eq!(serde_json::to_value(trial.question()).unwrap(), solana);
}

#[test]
fn the_recipient_is_the_wallet_on_the_payments_chain_if_there_is_one() {
    let recipient = |chain| {
        let trial = Trial::waiting(chain);
        trial.question().recipient_wallet_address.to_string()
    };
    assert_eq!(["eth", "base", "arb"].map(recipient), [ETH_WALLET, "0xbase", ETH_WALLET]);
}

#[test]
fn the_verification_contains_the_sub_wallet() {
    let mut trial = Trial::new(ModeName::Test, None);
    trial.does(Event::Link(Ok(link(json!({"subWalletUuid": "sub-1"})))));
    trial.does(Event::Business(Ok(business(all_wallets()))));
    trial.pick("eth", None);
    trial.does(Event::Continued);
    trial.does(Event::Wallet(Ok(PAYMENT_WALLET.to_owned())));
    assert_eq!(trial.question().sub_wallet_uuid.as_ref().map(|id| id.as_str()), Some("sub-1"));
}

#[test]
fn only_networks_of_the_business_are_offered() {
    let mut trial = Trial::new(ModeName::Test, None);
    trial.does(Event::Link(Ok(link(json!({})))));
    trial.does(Event::Business(Ok(business(json!({"avax": "0xavax", "solana": ""})))));
    let evm = ["eth", "pol", "avax", "arb", "base"].map(|chain| format!("network-{chain}"));
    assert_eq!(trial.options(), (evm.to_vec(), vec![]));
    trial.pick("solana", Some("USDC"));
    trial.does(Event::Continued);
    trial.is("ready");
    assert_eq!(trial.effects, []);
}

#[test]
fn a_business_without_wallets_cannot_be_paid() {
    let mut trial = Trial::new(ModeName::Test, None);
    trial.does(Event::Business(Ok(business(json!({})))));
    trial.is("unexpected");
    trial.shows("detail", "the business has no wallet to pay into");
}

#[test]
fn the_only_token_of_a_network_is_picked_automatically() {
    let mut trial = Trial::loaded(ModeName::Live, None);
    let tokens = |trial: &Trial| {
        let (offered, picked) = trial.options();
        let of = |ids: Vec<String>| {
            ids.into_iter().filter(|id| id.starts_with("token-")).collect::<Vec<_>>().join(" ")
        };
        (of(offered), of(picked))
    };
    assert_eq!(tokens(&trial), (String::new(), String::new()));
    trial.pick("base", None);
    assert_eq!(tokens(&trial), ("token-USDC".to_owned(), "token-USDC".to_owned()));
    trial.pick("solana", None);
    assert_eq!(tokens(&trial), ("token-USDC token-USDT".to_owned(), String::new()));
    trial.does(Event::Continued);
    trial.is("ready");
    trial.pick("solana", Some("USDT"));
    trial.does(Event::Continued);
    trial.is("preparing");
    trial.click(Button::Cancel);
    // This network doesn't offer this token.
    trial.pick("base", Some("USDT"));
    assert_eq!(tokens(&trial), ("token-USDC".to_owned(), "token-USDC".to_owned()));
}

#[test]
fn the_buttons_depend_on_the_state() {
    let again = ["retry: Check again", "change: Choose another network"];
    let mut trial = Trial::new(ModeName::Test, None);
    assert_eq!(trial.buttons(), [""; 0]);
    trial.does(Event::Link(Err(trouble(Kind::Refused))));
    assert_eq!(trial.buttons(), ["retry: Try again"]);

    let mut trial = Trial::waiting("base");
    assert_eq!(trial.buttons(), ["cancel: Cancel"]);
    trial.click(Button::Cancel);
    trial.is("cancelled");
    assert_eq!(trial.effects, [Effect::Stop]);
    assert_eq!(trial.buttons(), again);
    trial.shows("careful", "Already sent the money? Don’t send it twice. Check again instead.");

    let mut trial = Trial::waiting("base");
    trial.does(Event::Payment(Err(NotVerified::TimedOut(Some("the reason".to_owned())))));
    trial.is("timed-out");
    trial.shows("detail", "the reason");
    assert_eq!(trial.buttons(), again);

    let mut trial = Trial::new(ModeName::Test, None);
    trial.does(Event::Link(Err(trouble(Kind::NotFound))));
    assert_eq!(trial.buttons(), [""; 0]);
}

#[test]
fn a_late_click_changes_nothing() {
    let mut trial = Trial::waiting("base");
    for event in [
        Event::Clicked(Button::Retry),
        Event::Clicked(Button::Change),
        Event::Continued,
        Event::Picked(Some("sui".to_owned()), None),
        Event::Wallet(Ok(ETH_WALLET.to_owned())),
        Event::Link(Err(trouble(Kind::Refused))),
    ] {
        let before = trial.view();
        trial.does(event);
        assert_eq!((trial.view(), trial.effects.as_slice()), (before, [].as_slice()));
    }
    trial.does(Event::Payment(Ok(())));
    trial.does(Event::Payment(Err(NotVerified::TimedOut(None))));
    trial.click(Button::Cancel);
    trial.is("verified");
}

#[test]
fn a_retry_requests_only_missing_data() {
    let mut trial = Trial::new(ModeName::Test, None);
    trial.does(Event::Link(Ok(link(json!({})))));
    trial.does(Event::Business(Err(trouble(Kind::NoResponse))));
    trial.is("no-response");
    assert_eq!(trial.effects, [Effect::Stop]);
    trial.click(Button::Retry);
    trial.is("loading");
    assert_eq!(trial.effects, [Effect::Send(Request::Business)]);
    trial.does(Event::Business(Ok(business(all_wallets()))));
    trial.is("ready");
}

#[test]
fn a_problem_with_the_wallet_keeps_the_choice() {
    let mut trial = Trial::loaded(ModeName::Test, None);
    trial.pick("sui", None);
    trial.does(Event::Continued);
    trial.does(Event::Wallet(Err(trouble(Kind::Unavailable))));
    trial.is("unavailable");
    trial.click(Button::Retry);
    trial.is("preparing");
    trial.does(Event::Wallet(Err(trouble(Kind::Refused))));
    trial.click(Button::Change);
    trial.is("ready");
    assert_eq!(trial.options().1, ["network-sui", "token-USDC"]);
}

/// Money that is sent to an address on a different chain is lost.
#[test]
fn an_address_of_a_different_chain_is_never_shown() {
    for address in ["", "0xnonsense", "Sandboxd3khHimVMaXwNLUwcWq71rqKpCXRRYh9DopY"] {
        let mut trial = Trial::loaded(ModeName::Test, None);
        trial.pick("base", None);
        trial.does(Event::Continued);
        trial.does(Event::Wallet(Ok(address.to_owned())));
        trial.is("unexpected");
        assert_eq!(trial.view().qr, None);
        assert_eq!(text(&trial.view(), "address"), None);
    }
}

/// The platform may return a different wallet the second time, and the payer may have paid into the
/// first.
#[test]
fn the_address_stays_the_same_after_checking_again_or_changing_the_network() {
    let mut trial = Trial::waiting("base");
    let question = trial.question().clone();
    trial.click(Button::Cancel);
    trial.click(Button::Retry);
    trial.is("waiting");
    assert_eq!(trial.question(), &question);

    trial.click(Button::Cancel);
    trial.click(Button::Change);
    trial.does(Event::Continued);
    trial.is("waiting");
    assert_eq!(trial.question(), &question);

    trial.click(Button::Cancel);
    trial.click(Button::Change);
    trial.pick("arb", None);
    trial.does(Event::Continued);
    trial.is("preparing");
}

#[test]
fn a_reload_resumes_the_wait() {
    let mut before = Trial::waiting("base");
    let memory = before.flow.memory().write();
    let after = Trial::loaded(ModeName::Test, Some(&memory));
    after.is("waiting");
    assert_eq!(after.question(), before.question());
    assert_eq!(after.flow.waiting_since(), Some(NOW));

    for event in [
        Event::Payment(Err(NotVerified::TimedOut(None))),
        Event::Payment(Err(NotVerified::Trouble(trouble(Kind::NoResponse)))),
    ] {
        before.does(event);
        Trial::loaded(ModeName::Test, Some(&before.flow.memory().write())).is("waiting");
        before.click(Button::Retry);
    }

    before.does(Event::Payment(Ok(())));
    let after = Trial::loaded(ModeName::Test, Some(&before.flow.memory().write()));
    after.is("verified");
    assert_eq!(after.effects, []);
}

#[test]
fn a_failed_reload_keeps_all_data() {
    let memory = Trial::waiting("base").flow.memory().write();
    let mut trial = Trial::new(ModeName::Test, Some(&memory));
    trial.does(Event::Link(Err(trouble(Kind::NoResponse))));
    assert_eq!(trial.flow.memory().write(), memory);
}

const PAID_ON_BASE: &str = "Already sent the money on Base? Don’t send it twice. Choose that network again to check for it.";

#[test]
fn a_reload_keeps_the_warning_against_paying_twice() {
    let careful = |trial: &Trial| text(&trial.view(), "careful").map(str::to_owned);
    let mut before = Trial::waiting("base");
    assert_eq!(careful(&before), None);
    let address = before.question().public_key.clone();
    before.click(Button::Cancel);
    let cancelled = before.flow.memory().write();
    before.click(Button::Change);
    before.shows("careful", PAID_ON_BASE);

    for memory in [cancelled, before.flow.memory().write()] {
        let mut after = Trial::loaded(ModeName::Test, Some(&memory));
        after.is("ready");
        after.shows("careful", PAID_ON_BASE);
        // On the network where the payer paid, the page checks the same address as before.
        after.does(Event::Continued);
        after.is("waiting");
        assert_eq!((after.question().public_key.clone(), careful(&after)), (address.clone(), None));
    }
    assert_eq!(careful(&Trial::loaded(ModeName::Test, None)), None);
}

#[test]
fn a_different_network_keeps_the_warning_against_paying_twice() {
    let mut trial = Trial::waiting("base");
    let question = trial.question().clone();
    trial.click(Button::Cancel);
    trial.click(Button::Change);
    trial.pick("arb", None);
    trial.shows("careful", PAID_ON_BASE);
    trial.does(Event::Continued);
    trial.is("preparing");
    trial.shows("careful", PAID_ON_BASE);
    trial.does(Event::Wallet(Ok("0x8888888888888888888888888888888888888888".to_owned())));
    trial.is("waiting");
    trial.shows("careful", PAID_ON_BASE);
    let after = Trial::loaded(ModeName::Test, Some(&trial.flow.memory().write()));
    after.is("waiting");
    after.shows("network", "Arbitrum");
    after.shows("careful", PAID_ON_BASE);

    trial.click(Button::Cancel);
    trial.shows(
        "careful",
        "Already sent the money? Don’t send it twice. Check again instead. If you sent it on Base, choose that network \
         again.",
    );
    trial.click(Button::Change);
    trial.pick("base", None);
    trial.does(Event::Continued);
    trial.is("waiting");
    assert_eq!(trial.question(), &question, "the first address is checked again");
    trial.does(Event::Payment(Ok(())));
    assert_eq!(text(&trial.view(), "careful"), None);
}

/// The reload may fail because the shop has deleted the link after the payment.
#[test]
fn a_payment_stays_verified_when_the_reload_fails() {
    let mut before = Trial::waiting("base");
    let waiting = before.flow.memory().write();
    before.does(Event::Payment(Ok(())));
    let verified = before.flow.memory().write();
    let failures = [
        Event::Link(Err(trouble(Kind::NotFound))),
        Event::Link(Err(trouble(Kind::NoResponse))),
        Event::Business(Err(trouble(Kind::Refused))),
    ];
    for failure in &failures {
        let mut trial = Trial::new(ModeName::Test, Some(&verified));
        trial.does(failure.clone());
        trial.is("verified");
        trial.shows("network", "Base");
        assert_eq!(
            (trial.effects.as_slice(), trial.buttons()),
            ([Effect::Stop].as_slice(), vec![])
        );
        assert_eq!(trial.flow.memory().write(), verified);
    }
    let mut trial = Trial::new(ModeName::Test, Some(&waiting));
    trial.does(failures[0].clone());
    trial.is("not-found");
}

#[test]
fn a_reload_keeps_the_choices() {
    let mut before = Trial::loaded(ModeName::Live, None);
    before.pick("solana", Some("USDT"));
    let after = Trial::loaded(ModeName::Live, Some(&before.flow.memory().write()));
    after.is("ready");
    assert_eq!(after.options().1, ["network-solana", "token-USDT"]);

    before.pick("eth", None);
    let after = Trial::loaded(ModeName::Live, Some(&before.flow.memory().write()));
    assert_eq!(after.options().1, ["network-eth"]);
}

#[test]
fn invalid_memory_is_ignored() {
    let whole = Trial::waiting("base").flow.memory();
    assert_eq!(Memory::read(&whole.write()), Some(whole));
    for text in [
        "",
        "paid base USDC",
        "picking base",
        "waiting base USDC",
        "verified base USDC",
        "waiting base USDC base USDC soon 0x7777777777777777777777777777777777777777",
        "waiting base USDC sui USDC 1 0x7777777777777777777777777777777777777777",
        "waiting base USDC base USDC 1 0x7777777777777777777777777777777777777777 more",
    ] {
        assert_eq!(Memory::read(text), None, "{text}");
    }
    let picking = Memory::read("picking - -").unwrap();
    assert_eq!((picking.stage, picking.payments), (Stage::Picking, vec![]));
}

#[test]
fn a_link_that_cannot_be_paid_is_not_offered() {
    for (amount, detail) in [
        (json!(null), "the payment link has no amount"),
        (json!("a lot"), "the payment link's amount is invalid"),
        (json!("0"), "the payment link's amount is invalid"),
    ] {
        let mut trial = Trial::new(ModeName::Test, None);
        trial.does(Event::Link(Ok(link(json!({"amount": amount})))));
        trial.is("unexpected");
        assert!(text(&trial.view(), "detail").unwrap().starts_with(detail), "{:?}", trial.view());
    }
}

#[test]
fn a_link_for_the_other_mode_cannot_be_paid() {
    for (mode, env, state) in [
        (ModeName::Test, json!("test"), "ready"),
        (ModeName::Test, json!("prod"), "unexpected"),
        (ModeName::Live, json!("prod"), "ready"),
        (ModeName::Live, json!("test"), "unexpected"),
        (ModeName::Test, json!(null), "ready"),
        (ModeName::Live, json!("staging"), "ready"),
    ] {
        let mut trial = Trial::new(mode, None);
        trial.does(Event::Link(Ok(link(json!({"env": env})))));
        trial.does(Event::Business(Ok(business(all_wallets()))));
        trial.is(state);
        if state == "unexpected" {
            trial.shows("detail", "the payment link is for the other mode");
        }
    }
}

#[test]
fn a_response_about_a_different_link_cannot_be_paid() {
    let mut trial = Trial::new(ModeName::Test, None);
    trial.does(Event::Link(Ok(link(json!({"paymentLinkId": "link-2"})))));
    trial.is("unexpected");
    trial.shows("detail", "the response is about a different payment link");
}

/// A title of 100,000 characters would freeze the browser.
#[test]
fn very_long_strings_are_truncated() {
    let [just, over] = ["é".repeat(500), "é".repeat(501)];
    let shown = format!("{just}…");
    for (text, expected) in [(&just, &just), (&over, &shown)] {
        let back = format!("https://shop.example/{text}");
        let mut trial = Trial::new(ModeName::Test, None);
        let fields = json!({"title": text, "description": text, "redirectUrl": back});
        trial.does(Event::Link(Ok(link(fields))));
        let business = json!({"userData": {"businessName": text}, "walletAddress": all_wallets()});
        trial.does(Event::Business(Ok(serde_json::from_value(business).unwrap())));
        for slot in ["title", "description", "merchant"] {
            trial.shows(slot, expected);
        }
        trial.pick("base", None);
        trial.does(Event::Continued);
        trial.does(Event::Wallet(Ok(PAYMENT_WALLET.to_owned())));
        trial.does(Event::Payment(Ok(())));
        assert_eq!(trial.view().back, Some(back), "a truncated URL would be a different one");

        let mut trial = Trial::new(ModeName::Test, None);
        let reason = Trouble { kind: Kind::Refused, detail: text.clone() };
        trial.does(Event::Link(Err(reason)));
        trial.shows("detail", expected);

        let mut trial = Trial::waiting("base");
        trial.does(Event::Payment(Err(NotVerified::TimedOut(Some(text.clone())))));
        trial.shows("detail", expected);
    }
}

#[test]
fn the_link_back_is_always_a_web_page() {
    for (url, expected) in [
        ("https://shop.example/thanks", true),
        ("HTTP://shop.example", true),
        ("javascript:alert(1)", false),
        ("data:text/html,hello", false),
        ("shop.example", false),
        ("", false),
    ] {
        let mut trial = Trial::new(ModeName::Test, None);
        trial.does(Event::Link(Ok(link(json!({"redirectUrl": url})))));
        trial.does(Event::Business(Ok(business(all_wallets()))));
        trial.pick("base", None);
        trial.does(Event::Continued);
        trial.does(Event::Wallet(Ok(PAYMENT_WALLET.to_owned())));
        assert_eq!(trial.view().back, None);
        trial.does(Event::Payment(Ok(())));
        assert_eq!(trial.view().back.is_some(), expected, "{url}");
    }
}

#[test]
fn test_mode_is_shown_from_the_start() {
    assert!(Trial::new(ModeName::Test, None).view().is_test);
    assert!(!Trial::new(ModeName::Live, None).view().is_test);
}

#[test]
fn the_time_is_shown_in_minutes_and_seconds() {
    use checkout_plain::flow::elapsed;
    assert_eq!(
        [0, 7, 60, 599, 754, 6000].map(elapsed),
        ["0:00", "0:07", "1:00", "9:59", "12:34", "100:00"]
    );
}
