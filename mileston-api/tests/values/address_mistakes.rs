//! Checks typical mistakes in a recipient's address. The error must name the mistake, and nothing must be sent.

use mileston_api::types::{Chain, SendBatchPayment, WalletType};
use mileston_api::{Address, Client, ErrorKind, NormalKey, Outcome, Test, WalletClient};

const EVM: &str = "0x52908400098527886E0F7030069857D2E4169EE7";
const SUI: &str = "0xabababababababababababababababababababababababababababababababab";
const SOLANA: &str = "4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T";

const CHAINS: [Chain; 3] = [Chain::Eth, Chain::Sui, Chain::Solana];

/// Checks that the text is rejected for every chain and without a chain. The message must contain these words but not
/// the text.
#[track_caller]
fn check_everywhere(text: &str, words: &str) {
    for chain in CHAINS {
        check(&chain, text, words);
    }
    let error = text.parse::<Address>().unwrap_err().to_string();
    assert!(error.contains(words), "{text:?}: {error}");
}

#[track_caller]
fn check(chain: &Chain, text: &str, words: &str) {
    let error = Address::parse_for(chain, text).unwrap_err();
    let said = format!("{error} {error:?} {error:#?}");
    assert!(error.to_string().contains(words), "{text:?} for {chain}: {error}");
    assert!(text.len() < 16 || !said.contains(text.trim()), "{said}");
}

#[test]
fn the_samples_are_valid_addresses() {
    for (chain, text) in CHAINS.iter().zip([EVM, SUI, SOLANA]) {
        assert_eq!(Address::parse_for(chain, text).unwrap().as_str(), text);
    }
}

#[test]
fn extra_text_from_copying_is_reported() {
    for address in [EVM, SUI, SOLANA] {
        for (text, words) in [
            (format!("{address}\n"), "whitespace"),
            (format!("{address}\r\n"), "whitespace"),
            (format!(" {address}"), "whitespace"),
            (format!("{address}\u{a0}"), "whitespace"),
            (format!("\u{feff}{address}"), "byte order mark"),
            (format!("{address}\u{200b}"), "an invisible character at byte"),
            (format!("\u{2060}{address}"), "an invisible character at byte 1"),
            (format!("\"{address}\""), "quotation mark"),
            (format!("'{address}'"), "quotation mark"),
            (format!("“{address}”"), "quotation mark"),
            (format!("{address},"), "comma"),
            (format!("{address},50.00"), "comma"),
            (format!("{address};"), "comma"),
            (format!("{address}."), "extra text"),
            (format!("{}...{}", &address[..6], &address[38..]), "shortened"),
            (format!("{}…{}", &address[..6], &address[38..]), "shortened"),
            (format!("{address} {address}"), "second column"),
            (format!("{address}\n{address}"), "second column"),
            (format!("to={address}"), "extra text"),
            (format!("ethereum:{address}"), "URI"),
            (format!("ethereum:{address}@1"), "URI"),
            (format!("eip155:1:{address}"), "URI"),
            (format!("solana:{address}"), "URI"),
            (format!("https://explorer.example/address/{address}"), "URI"),
        ] {
            check_everywhere(&text, words);
        }
    }
    check_everywhere("", "empty");
    check_everywhere(" \n", "empty");
}

#[test]
fn other_notations_are_named() {
    check_everywhere(&EVM.replace("0x", "0X"), "write `0x`");
    check_everywhere(&EVM[2..], "without `0x`");
    check_everywhere(&SUI[2..], "without `0x`");
    check_everywhere("XE7338O073KYGTWWZN0F2WZ0R8PX5ZPPZS", "ICAP");
    check_everywhere("shop.eth", "name");
    check_everywhere("shop.sol", "name");
    check_everywhere(&EVM.replace('E', "\u{415}"), "outside ASCII");
}

#[test]
fn an_address_of_the_wrong_family_is_recognised() {
    for (chain, text, words) in [
        (Chain::Eth, SUI, "not an EVM address: it looks like a Sui address"),
        (Chain::Eth, SOLANA, "not an EVM address: it looks like a Solana address"),
        (Chain::Sui, EVM, "not a Sui address: it looks like an EVM address"),
        (Chain::Sui, SOLANA, "not a Sui address: it looks like a Solana address"),
        (Chain::Solana, EVM, "not a Solana address: it looks like an EVM address"),
        (Chain::Solana, SUI, "not a Solana address: it looks like a Sui address"),
        (Chain::Solana, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "a different chain, such as Bitcoin"),
        (Chain::Solana, &"5".repeat(87), "secret key"),
        (Chain::Eth, &EVM[..41], "39 characters after `0x`"),
        (Chain::Eth, &EVM.replace('8', "g"), "byte 7 isn't a hexadecimal digit"),
    ] {
        check(&chain, text, words);
    }
}

#[test]
fn addresses_that_no_one_can_spend_from_are_rejected() {
    let evm = |number: &str| format!("0x{number:0>40}");
    let sui = |number: &str| format!("0x{number:0>64}");
    for (chain, text, words) in [
        (Chain::Eth, evm("0"), "zero address"),
        (Chain::Pol, evm("1"), "reserved"),
        (Chain::Base, evm("a"), "reserved"),
        (Chain::Arb, evm("100"), "reserved"),
        (Chain::Avax, evm("dead"), "burn address"),
        (Chain::Eth, "0x000000000000000000000000000000000000dEaD".to_owned(), "burn address"),
        (Chain::Eth, "0xdEAD000000000000000042069420694206942069".to_owned(), "burn address"),
        (Chain::Eth, format!("0xdead{}", "0".repeat(36)), "burn address"),
        (Chain::Eth, "0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE".to_owned(), "placeholder"),
        (Chain::Eth, format!("0x{}", "f".repeat(40)), "placeholder"),
        (Chain::Sui, sui("0"), "zero address"),
        (Chain::Sui, sui("2"), "reserved"),
        (Chain::Sui, sui("403"), "reserved"),
        (Chain::Sui, sui("dead"), "burn address"),
        (Chain::Solana, "1".repeat(32), "zero address"),
        (Chain::Solana, "1nc1nerator11111111111111111111111111111111".to_owned(), "burn address"),
        (Chain::Solana, "Stake11111111111111111111111111111111111111".to_owned(), "program"),
        (Chain::Solana, "So11111111111111111111111111111111111111112".to_owned(), "program"),
        (Chain::Solana, "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA".to_owned(), "program"),
    ] {
        check(&chain, &text, words);
        let error = text.parse::<Address>().unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
        assert_eq!(Address::unchecked(&text).as_str(), text, "`unchecked` must still accept it");
    }
    assert!(Address::parse_for(&Chain::Eth, &evm("de01")).is_ok());
}

fn client() -> WalletClient<Test> {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let key = key.with_wallet_secret("fake wallet secret".parse().unwrap());
    Client::new(key, "my-business").unwrap()
}

/// Recipients in a deserialized file of payments are checked only when the payments are sent.
#[tokio::test]
async fn a_deserialized_recipient_that_is_not_an_address_is_not_sent() {
    for (recipient, words) in [
        (format!("{EVM}\n"), "whitespace"),
        (format!("0x{}", "0".repeat(40)), "zero address"),
        (EVM.to_lowercase().replace("0x52", "0X52"), "write `0x`"),
        ("0x1234".to_owned(), "4 characters after `0x`"),
    ] {
        let body = serde_json::json!({
            "recipients": [EVM, recipient], "amounts": ["1.00", "2.00"], "walletType": "eth",
        });
        let batch: SendBatchPayment = serde_json::from_value(body.clone()).unwrap();
        assert_eq!(serde_json::to_value(&batch).unwrap(), body, "received text must be kept");
        let error = client().wallets().send_batch_payment(batch).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidArgument, Outcome::NotSent));
        assert!(error.to_string().contains("`recipients[1]`"), "{error}");
        assert!(error.to_string().contains(words), "{error}");
        let received: Address = serde_json::from_value(recipient.into()).unwrap();
        assert_eq!(received.family(), None);
        let call = client().wallets().send_payment("1.00", received, WalletType::Eth);
        let error = call.await.unwrap_err();
        assert!(error.to_string().contains("`recipientAddress`"), "{error}");
    }
}
