//! Changes a parameter so that the call requests the next page. Pure.

use crate::error::{Error, ErrorKind};

/// Sets a parameter to the cursor of the next page. Returns whether there is a next page.
///
/// # Errors
///
/// Returns an error if the next page's cursor is the same as the current page's, because the list would never end.
pub fn following<C: PartialEq>(parameter: &mut Option<C>, next: Option<C>) -> Result<bool, Error> {
    let Some(next) = next else { return Ok(false) };
    if parameter.as_ref() == Some(&next) {
        return Err(Error::new(ErrorKind::Decode)
            .with_detail("the next page's cursor is the same as this page's"));
    }
    *parameter = Some(next);
    Ok(true)
}

/// Increases the page number, or the number of items to skip. Returns whether there is a next page. A page without
/// items is the last one.
///
/// # Errors
///
/// Returns an error if the number is too large for the parameter.
pub fn advanced<N>(
    parameter: &mut Option<N>,
    first: N,
    step: usize,
    items: usize,
) -> Result<bool, Error>
where
    N: Copy + TryFrom<i128> + Into<i128>,
{
    if items == 0 {
        return Ok(false);
    }
    let current: i128 = parameter.unwrap_or(first).into();
    let next = i128::try_from(step).ok().and_then(|step| current.checked_add(step));
    let next = next.and_then(|next| N::try_from(next).ok()).ok_or_else(|| {
        Error::new(ErrorKind::Decode).with_detail("the number of the next page is too large")
    })?;
    *parameter = Some(next);
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_continue_while_there_is_a_cursor() {
        let mut cursor = None;
        assert!(following(&mut cursor, Some("a".to_owned())).unwrap());
        assert_eq!(cursor.as_deref(), Some("a"));
        assert!(!following(&mut cursor, None).unwrap());
        let error = following(&mut cursor, Some("a".to_owned())).unwrap_err();
        assert!(error.to_string().contains("the next page's cursor"), "{error}");
    }

    #[test]
    fn pages_continue_until_a_page_is_empty() {
        let mut page = None;
        assert!(advanced(&mut page, 1_i64, 1, 10).unwrap());
        assert_eq!(page, Some(2));
        assert!(advanced(&mut page, 1, 10, 10).unwrap());
        assert_eq!(page, Some(12));
        assert!(!advanced(&mut page, 1, 1, 0).unwrap());
        let mut last = Some(u8::MAX);
        assert!(advanced(&mut last, 0, 1, 1).is_err());
    }
}
