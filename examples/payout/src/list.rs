//! Reads the file of payments. Each line is one payment: the address and the amount, separated by a tab.

use std::path::Path;

use mileston_api::{Address, Amount};

use crate::failure::Failure;

/// Returns the payments in the file. Skips empty lines and lines that start with `#`.
pub(crate) fn read(file: &Path) -> Result<Vec<(Address, Amount)>, Failure> {
    let name = file.display();
    let text = std::fs::read_to_string(file);
    let text = text.map_err(|error| Failure::Usage(format!("{name}: {error}")))?;
    let lines =
        text.lines().zip(1..).filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
    let payments = lines.map(|(line, number)| {
        payment(line).map_err(|problem| Failure::Usage(format!("{name}:{number}: {problem}")))
    });
    payments.collect()
}

fn payment(line: &str) -> Result<(Address, Amount), String> {
    let (address, amount) = line.split_once('\t').ok_or("no tab between address and amount")?;
    let address = address.parse().map_err(|error| format!("{address:?}: {error}"))?;
    let amount = amount.parse().map_err(|error| format!("{amount:?}: {error}"))?;
    Ok((address, amount))
}

#[cfg(test)]
mod tests {
    use super::payment;

    #[test]
    fn a_line_is_an_address_and_an_amount() {
        let address = "0x1111111111111111111111111111111111111111";
        let (to, amount) = payment(&format!("{address}\t1.50")).unwrap();
        assert_eq!((to.as_str(), amount.to_string().as_str()), (address, "1.50"));
        for (line, problem) in [
            (address.to_owned(), "no tab"),
            (format!("{address}\t1,50"), "\"1,50\": "),
            ("0x11\t1.50".to_owned(), "\"0x11\": "),
        ] {
            let found = payment(&line).unwrap_err();
            assert!(found.contains(problem), "{found}");
        }
    }
}
