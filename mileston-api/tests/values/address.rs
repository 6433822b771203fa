//! Tests valid addresses of each family, invalid addresses, and unchecked text.

use mileston_api::{Address, EvmAddress, Family, SolanaAddress, SuiAddress, types::Chain};
use proptest::prelude::*;

/// The examples from EIP-55.
const CHECKSUMMED: [&str; 8] = [
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
    "0xde709f2102306220921060314715629080e2fb77",
    "0x27b1fdb04752bbc536007a920d24acb045561c26",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
];

#[test]
fn checksums_match_the_examples_of_eip_55() {
    for text in CHECKSUMMED {
        let address: EvmAddress = text.parse().unwrap();
        assert_eq!(address.to_checksum(), text);
        let lower: EvmAddress = text.to_lowercase().parse().unwrap();
        assert_eq!(lower.to_checksum(), text);
    }
}

/// The address `0x742d…bEb1` is in the vendor's own examples and in the golden traces.
#[test]
fn invalid_addresses_in_the_vendors_examples_are_rejected() {
    let golden = include_str!("../../../tests/golden/wallet.jsonl");
    let text = "0x742d35Cc6634C0532925a3b844Bc9e7595f0bEb1";
    assert!(golden.contains(text));
    // The case of its letters doesn't match the checksum, so it isn't an address.
    assert!(text.parse::<Address>().unwrap_err().to_string().contains("checksum"));
    // Like the invalid address on the vendor's `wallet-api` page, this text has 37 characters after `0x`, and one of
    // them isn't a hexadecimal digit.
    let not_whole = "0x742d35Cc6634C0532925a3b8D0C9e3e4d4c8g";
    let error = not_whole.parse::<Address>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "not an EVM address: it has 37 characters after `0x` instead of 40; copy the whole address"
    );
    let vouched = Address::unchecked(not_whole);
    assert_eq!((vouched.as_str(), vouched.family()), (not_whole, None));
    assert!(format!("{vouched:?}").contains("unchecked"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_causes_a_panic_and_any_text_is_kept(text in prop_oneof![any::<String>(), "0x[0-9a-fA-Fg]{38,66}", "[1-9A-HJ-NP-Za-km-z]{30,46}", "0x[0-9aü]{19,33}"]) {
        let json = serde_json::to_string(&text).unwrap();
        let address: Address = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(address.as_str(), text.as_str());
        prop_assert_eq!(address.family().is_some(), text.parse::<Address>().is_ok());
        prop_assert_eq!(serde_json::to_string(&address).unwrap(), json);
        let families = [
            (text.parse::<EvmAddress>().is_ok(), Family::Evm, Chain::Base),
            (text.parse::<SuiAddress>().is_ok(), Family::Sui, Chain::Sui),
            (text.parse::<SolanaAddress>().is_ok(), Family::Solana, Chain::Solana),
        ];
        for (valid, family, chain) in families {
            prop_assert_eq!(valid, address.family() == Some(family));
            prop_assert_eq!(valid, Address::parse_for(&chain, &text).is_ok());
        }
    }

    #[test]
    fn bytes_of_every_family_convert_both_ways(bytes in any::<[u8; 32]>()) {
        let hexadecimal: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let evm: EvmAddress = format!("0x{}", &hexadecimal[..40]).parse().unwrap();
        let found = evm.bytes();
        prop_assert_eq!(&found[..], &bytes[..20]);
        let checksummed: EvmAddress = evm.to_checksum().parse().unwrap();
        prop_assert_eq!(checksummed, evm);
        let sui: SuiAddress = format!("0x{hexadecimal}").parse().unwrap();
        prop_assert_eq!(sui.bytes(), bytes);
        let solana: SolanaAddress = bs58(&bytes).parse().unwrap();
        prop_assert_eq!(solana.bytes(), bytes);
    }
}

#[test]
fn a_single_letter_in_the_wrong_case_is_noticed() {
    for (text, at) in CHECKSUMMED.iter().flat_map(|text| (2..42).map(move |at| (text, at))) {
        let mut bytes = text.as_bytes().to_vec();
        if !bytes[at].is_ascii_alphabetic() {
            continue;
        }
        bytes[at] ^= 0x20;
        let changed = String::from_utf8(bytes).unwrap();
        assert!(changed.parse::<EvmAddress>().is_err(), "{changed}");
    }
}

/// Encodes base58 by long division, independently of the crate that decodes it.
fn bs58(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut number = bytes.to_vec();
    let mut text = Vec::new();
    while number.iter().any(|byte| *byte != 0) {
        let mut rest = 0_usize;
        for byte in &mut number {
            rest = rest * 256 + usize::from(*byte);
            *byte = (rest / 58) as u8;
            rest %= 58;
        }
        text.push(char::from(ALPHABET[rest]));
    }
    text.extend(bytes.iter().take_while(|byte| **byte == 0).map(|_| '1'));
    text.iter().rev().collect()
}
