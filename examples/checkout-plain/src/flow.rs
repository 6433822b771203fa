//! The page's logic, which doesn't use the DOM. It takes events, and returns requests to send and a view to show.

mod known;
mod memory;
mod names;
mod networks;
mod order;
mod payment;
mod state;
mod text;
mod trouble;
mod view;

use mileston_api::types::{BusinessEnvelope, Chain, PaymentLink, Token, VerifyPayment};
use mileston_api::{Address, ModeName, PaymentLinkId};

use known::Known;
pub use memory::{Memory, Stage};
pub use names::{Screen, Slot};
pub use networks::{name, offered};
pub use order::{FEE, Merchant, Product};
pub use payment::{Payment, Picked};
pub use state::{Button, State, Step};
pub use trouble::{Kind, Trouble};
pub use view::{Choice, View, elapsed};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The payment link was fetched, or the request failed.
    Link(Result<PaymentLink, Trouble>),
    /// The business was fetched, or the request failed.
    Business(Result<BusinessEnvelope, Trouble>),
    /// The payer picked a network or a token. This contains the values of the checked radio
    /// buttons.
    Picked(Option<String>, Option<String>),
    /// The payer submitted the form.
    Continued,
    /// The wallet to pay into was fetched, or the request failed.
    Wallet(Result<String, Trouble>),
    /// The payment was verified, or the wait ended without a payment.
    Payment(Result<(), NotVerified>),
    /// The payer clicked a button.
    Clicked(Button),
}

/// The reason why a wait ended without the payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotVerified {
    /// The wait took too long. This contains the reason why the last request failed, or `None` if
    /// it didn't fail.
    TimedOut(Option<String>),
    /// A request failed.
    Trouble(Trouble),
}

/// An action that the page should take next.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Cancel every running request.
    Stop,
    /// Send a request, and report its result as an event.
    Send(Request),
}

/// A request to the platform.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Fetch the payment link.
    Link(PaymentLinkId),
    /// Fetch the business.
    Business,
    /// Fetch the wallet to pay into on this chain. The `Address` is the merchant's own EVM wallet, which identifies the
    /// merchant. It is sent only for EVM chains.
    Wallet(Chain, Option<Address>),
    /// Wait until the platform finds this payment.
    Payment(Box<VerifyPayment>),
}

/// A checkout. It begins when the page is opened, and ends when the payment is verified.
#[derive(Clone, Debug)]
pub struct Flow {
    /// The payment link that the page was opened for.
    link: PaymentLinkId,
    /// The id of the business, from the page's settings.
    business_id: String,
    /// The stage to resume after a reload.
    resume: Stage,
    /// The data that the page has so far.
    known: Known,
}

impl Flow {
    /// Starts a checkout, or resumes it after a reload. Also returns the effects that the caller must perform first.
    #[must_use]
    pub fn new(
        link: PaymentLinkId,
        mode: ModeName,
        business_id: String,
        memory: Option<Memory>,
    ) -> (Self, Vec<Effect>) {
        let nothing =
            Memory { stage: Stage::Picking, picked: Picked::default(), payments: Vec::new() };
        let Memory { stage: resume, picked, payments } = memory.unwrap_or(nothing);
        let (product, merchant) = (None, None);
        let known = Known { mode, state: State::Loading, product, merchant, picked, payments };
        let flow = Flow { link, business_id, resume, known };
        let effects = flow.missing();
        (flow, effects)
    }

    /// Handles an event. `now` is the time in seconds since 1970. An event that doesn't fit the state, such as a late click, is
    /// ignored.
    #[must_use]
    pub fn handle(&mut self, event: Event, now: u64) -> Vec<Effect> {
        match (&self.known.state, event) {
            (State::Loading, Event::Link(link)) => {
                let product =
                    link.and_then(|link| Product::read(link, &self.link, self.known.mode));
                match product {
                    Ok(product) => {
                        self.known.product = Some(product);
                        self.loaded()
                    }
                    Err(trouble) => self.fail(trouble, Step::Load),
                }
            }
            (State::Loading, Event::Business(business)) => {
                match business.and_then(Merchant::try_from) {
                    Ok(merchant) => {
                        self.known.merchant = Some(merchant);
                        self.loaded()
                    }
                    Err(trouble) => self.fail(trouble, Step::Load),
                }
            }
            (State::Ready, Event::Picked(chain, token)) => {
                self.pick(chain.map(Chain::from), token.map(Token::from));
                Vec::new()
            }
            (State::Ready, Event::Continued) => self.prepare(now),
            (State::Preparing, Event::Wallet(wallet)) => self.prepared(wallet, now),
            (State::Waiting, Event::Payment(result)) => {
                match result {
                    Ok(()) => self.known.state = State::Verified,
                    Err(NotVerified::TimedOut(failure)) => {
                        self.known.state = State::TimedOut(failure)
                    }
                    Err(NotVerified::Trouble(trouble)) => return self.fail(trouble, Step::Wait),
                }
                Vec::new()
            }
            (state, Event::Clicked(button)) if state.buttons().contains(&button) => {
                self.clicked(button, now)
            }
            _ => Vec::new(),
        }
    }

    /// Returns what the page is doing.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.known.state
    }

    /// Returns what the page should show.
    #[must_use]
    pub fn view(&self) -> View {
        View::of(&self.known)
    }

    /// Returns the time at which the wait began, in seconds since 1970, or `None` if the page isn't waiting.
    #[must_use]
    pub fn waiting_since(&self) -> Option<u64> {
        let payment = self.known.payments.last().filter(|_| self.known.state == State::Waiting);
        payment.map(|payment| payment.started)
    }

    /// Returns the data that should survive a reload.
    #[must_use]
    pub fn memory(&self) -> Memory {
        let stage = match self.known.state {
            State::Loading | State::Failed(_, Step::Load) => self.resume,
            State::Verified => Stage::Verified,
            State::Waiting | State::TimedOut(_) | State::Failed(_, Step::Wait) => Stage::Waiting,
            State::Ready
            | State::Preparing
            | State::Cancelled
            | State::Failed(_, Step::Prepare) => Stage::Picking,
        };
        let (picked, payments) = (self.known.picked.clone(), self.known.payments.clone());
        Memory { stage, picked, payments }
    }

    /// Returns the requests for data that is still missing.
    fn missing(&self) -> Vec<Effect> {
        let link = self.known.product.is_none().then(|| Request::Link(self.link.clone()));
        let business = self.known.merchant.is_none().then_some(Request::Business);
        link.into_iter().chain(business).map(Effect::Send).collect()
    }

    fn loaded(&mut self) -> Vec<Effect> {
        if self.known.product.is_none() || self.known.merchant.is_none() {
            return Vec::new();
        }
        match (self.resume, self.known.payments.last()) {
            (Stage::Verified, Some(_)) => self.known.state = State::Verified,
            (Stage::Waiting, Some(_)) => return self.wait(),
            _ => {
                self.known.state = State::Ready;
                // A network or token from before the reload may no longer be offered.
                self.pick(self.known.picked.chain.clone(), self.known.picked.token.clone());
            }
        }
        Vec::new()
    }

    /// Picks the given network and token if they are offered. If only one token is offered, picks that one.
    fn pick(&mut self, chain: Option<Chain>, token: Option<Token>) {
        let is_payable = |chain: &Chain| {
            self.known.merchant.as_ref().is_some_and(|merchant| merchant.wallet(chain).is_some())
        };
        let chain = chain.filter(is_payable);
        let offered: Vec<&Token> =
            chain.iter().flat_map(|chain| networks::offered(chain, self.known.mode)).collect();
        let token = match (offered.as_slice(), token) {
            ([only], _) => Some((*only).clone()),
            (several, token) => token.filter(|token| several.contains(&token)),
        };
        self.known.picked = Picked { chain, token };
    }

    fn prepare(&mut self, now: u64) -> Vec<Effect> {
        let Picked { chain: Some(chain), token: Some(token) } = self.known.picked.clone() else {
            return Vec::new();
        };
        let begun = self.known.payments.iter().position(|payment| payment.chain == chain);
        if let Some(begun) = begun {
            let payment = self.known.payments.remove(begun);
            self.known.payments.push(Payment { token, started: now, ..payment });
            return self.wait();
        }
        let merchant = self.known.merchant.as_ref().and_then(Merchant::evm_wallet);
        let request = Request::Wallet(chain, merchant);
        self.known.state = State::Preparing;
        vec![Effect::Send(request)]
    }

    fn prepared(&mut self, wallet: Result<String, Trouble>, started: u64) -> Vec<Effect> {
        let Picked { chain: Some(chain), token: Some(token) } = self.known.picked.clone() else {
            return Vec::new();
        };
        // The payer sends money to this address, so it must be valid on the chain.
        let wallet = wallet.and_then(|text| {
            Address::parse_for(&chain, &text)
                .map_err(|error| Trouble::unexpected(error.to_string()))
        });
        match wallet {
            Ok(wallet) => {
                self.known.payments.push(Payment { chain, token, wallet, started });
                self.wait()
            }
            Err(trouble) => self.fail(trouble, Step::Prepare),
        }
    }

    fn wait(&mut self) -> Vec<Effect> {
        let (Some(product), Some(merchant), Some(payment)) =
            (&self.known.product, &self.known.merchant, self.known.payments.last())
        else {
            return Vec::new();
        };
        match payment.question(&self.link, &self.business_id, product, merchant) {
            Ok(question) => {
                self.known.state = State::Waiting;
                vec![Effect::Send(Request::Payment(Box::new(question)))]
            }
            Err(trouble) => self.fail(trouble, Step::Prepare),
        }
    }

    /// Shows the problem and cancels any other request that is still running.
    fn fail(&mut self, trouble: Trouble, step: Step) -> Vec<Effect> {
        // A payer who has paid no longer needs the link or the business, and the shop may have deleted the link.
        let is_paid = self.resume == Stage::Verified && !self.known.payments.is_empty();
        self.known.state = match step {
            Step::Load if is_paid => State::Verified,
            _ => State::Failed(trouble, step),
        };
        vec![Effect::Stop]
    }

    fn clicked(&mut self, button: Button, now: u64) -> Vec<Effect> {
        match (button, &self.known.state) {
            (Button::Retry, State::Failed(_, Step::Load)) => {
                self.known.state = State::Loading;
                self.missing()
            }
            (Button::Retry, State::Failed(_, Step::Prepare)) => self.prepare(now),
            (Button::Retry, _) => {
                if let Some(payment) = self.known.payments.last_mut() {
                    payment.started = now;
                }
                self.wait()
            }
            (Button::Cancel, State::Waiting) => {
                self.known.state = State::Cancelled;
                vec![Effect::Stop]
            }
            (Button::Cancel, _) => {
                self.known.state = State::Ready;
                vec![Effect::Stop]
            }
            (Button::Change, _) => {
                self.known.state = State::Ready;
                Vec::new()
            }
        }
    }
}
