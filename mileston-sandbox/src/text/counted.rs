//! Writes numbers with their nouns.

/// Returns the number with its noun, such as `1 request` or `2 requests`.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn only_one_is_singular() {
        for (count, expected) in [(0, "0 faults"), (1, "1 fault"), (2, "2 faults")] {
            assert_eq!(counted(count, "fault"), expected);
        }
    }
}
