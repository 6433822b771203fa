//! Which token can be paid in on which chain, test and live, as the vendor tells it.

use std::fmt;

use mileston_keys::write_report;

use crate::ModeName;
use crate::types::{Chain, Token};

/// What can be paid in on a chain.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Supported {
    /// The chain.
    pub chain: Chain,
    /// The chain's own currency, where it can be paid in at checkout: not in payouts.
    pub native: Option<Token>,
    /// With live keys.
    pub live: &'static [Token],
    /// With test keys: test networks lack the rest.
    pub test: &'static [Token],
}

/// Every chain of the platform.
///
/// Source: the components of `mileston-payment-client` 0.9.3 (`dist/index.mjs`), and vendor docs `Supported chains` and
/// `testnet-limitations` at 7c33d7c. The documentation also has EURC, which is in no code and no type, so it is not here;
/// its prose leaves SOL out of what test networks lack, its tables and the code do not.
///
/// ```
/// use mileston_api::{tokens, types::{Chain, Token}};
///
/// let base = tokens::TABLE.iter().find(|row| row.chain == Chain::Base);
/// assert_eq!(base.map(|row| row.live), Some([Token::Eth, Token::Usdc].as_slice()));
/// ```
pub static TABLE: [Supported; 7] = [
    row(Chain::Eth, Some(Token::Eth), &[Token::Eth, Token::Usdc, Token::Usdt]),
    row(Chain::Pol, Some(Token::Pol), &[Token::Pol, Token::Usdc]),
    row(Chain::Avax, Some(Token::Avax), &[Token::Avax, Token::Usdt, Token::Usdc]),
    row(Chain::Arb, Some(Token::Eth), &[Token::Eth, Token::Usdc]),
    row(Chain::Base, Some(Token::Eth), &[Token::Eth, Token::Usdc]),
    row(Chain::Solana, Some(Token::Sol), &[Token::Sol, Token::Usdc, Token::Usdt]),
    row(Chain::Sui, None, &[Token::Usdc]),
];

const fn row(chain: Chain, native: Option<Token>, live: &'static [Token]) -> Supported {
    Supported { chain, native, live, test: &[Token::Usdc] }
}

/// Whether a token can be paid in on a chain. What this version does not know passes: the platform may be ahead of it.
///
/// The client asks this before it sends a body that has all three.
///
/// # Errors
///
/// The vendor's table has the chain without the token.
///
/// ```
/// use mileston_api::{ModeName, tokens, types::{Chain, Token}};
///
/// assert!(tokens::check(&Chain::Base, &Token::Usdc, ModeName::Test).is_ok());
/// let error = tokens::check(&Chain::Base, &Token::Usdt, ModeName::Live).unwrap_err();
/// assert_eq!(error.to_string(), "USDT can't be paid in on base with a live key; use ETH or USDC");
/// let error = tokens::check(&Chain::Base, &Token::Eth, ModeName::Test).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "ETH can't be paid in on base with a test key: test networks lack it; use USDC",
/// );
/// ```
pub fn check(chain: &Chain, token: &Token, mode: ModeName) -> Result<(), TokenError> {
    let Some(row) = TABLE.iter().find(|row| row.chain == *chain) else { return Ok(()) };
    let instead = match mode {
        ModeName::Live => row.live,
        ModeName::Test => row.test,
    };
    if instead.contains(token) || matches!(token, Token::Unknown(_)) {
        return Ok(());
    }
    let only_live = row.live.contains(token);
    Err(TokenError { chain: chain.clone(), token: token.clone(), mode, only_live, instead })
}

/// A token can't be paid in on a chain. It says which ones can.
#[derive(Clone, PartialEq)]
pub struct TokenError {
    chain: Chain,
    token: Token,
    mode: ModeName,
    only_live: bool,
    instead: &'static [Token],
}

impl TokenError {
    /// The tokens that can be paid in on that chain in that mode.
    #[must_use]
    pub fn instead(&self) -> &'static [Token] {
        self.instead
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mode = match self.mode {
            ModeName::Live => "live",
            ModeName::Test => "test",
        };
        write!(f, "{} can't be paid in on {} with a {mode} key", self.token, self.chain)?;
        if self.only_live {
            f.write_str(": test networks lack it")?;
        }
        f.write_str("; use ")?;
        for (at, token) in self.instead.iter().enumerate() {
            let between = match at {
                0 => "",
                _ if at + 1 == self.instead.len() => " or ",
                _ => ", ",
            };
            write!(f, "{between}{token}")?;
        }
        Ok(())
    }
}

/// The sentence. With `{:#?}` the fields.
impl fmt::Debug for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f
                .debug_struct("TokenError")
                .field("chain", &self.chain)
                .field("token", &self.token)
                .field("mode", &self.mode)
                .field("only_live", &self.only_live)
                .field("instead", &self.instead)
                .finish(),
            false => write_report(self, f),
        }
    }
}

impl std::error::Error for TokenError {}
