//! Chance, without a crate for it: the keys of the standard library's hash maps are random.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

/// From 0 to 1, without 1. Good enough to spread retries, and for nothing that must not be guessed.
pub(crate) fn random() -> f64 {
    let bits = RandomState::new().build_hasher().finish() >> 11;
    // Both are exact: 53 bits fit into the mantissa.
    bits as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_spread_over_the_whole_range() {
        let mut seen = [0_u32; 4];
        for _ in 0..4000 {
            let random = random();
            assert!((0.0..1.0).contains(&random), "{random}");
            seen[(random * 4.0) as usize] += 1;
        }
        assert!(seen.iter().all(|&count| (800..1200).contains(&count)), "{seen:?}");
    }
}
