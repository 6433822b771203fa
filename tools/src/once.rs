//! Creates something only once, even if several test binaries need it at the same time.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Locks the path `place`. Waits until the lock is free. Dropping the returned file releases the
/// lock.
///
/// The lock is a separate file, `<place>.lock`, because the caller may delete and recreate `place`.
///
/// # Errors
///
/// Returns an error if the lock file can't be created or locked.
pub fn lock(place: &Path) -> io::Result<File> {
    let mut name = OsString::from(place);
    name.push(".lock");
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    let guard = File::create(name)?;
    guard.lock()?;
    Ok(guard)
}

/// Returns whether the file `mark` contains this input. The caller writes this file last, after it
/// has created everything else from the input.
#[must_use]
pub fn is_marked(mark: &Path, input: &[u8]) -> bool {
    fs::read(mark).is_ok_and(|found| found == input)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn only_one_holder_has_the_lock_at_a_time() {
        let place = crate::target().join("tests/once/sysroot-1.96");
        let (inside, entered) = (AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let _guard = lock(&place).unwrap();
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                    std::thread::sleep(std::time::Duration::from_millis(20));
                    inside.fetch_sub(1, Ordering::SeqCst);
                    entered.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(entered.into_inner(), 4);
        assert!(place.with_file_name("sysroot-1.96.lock").is_file());
    }

    #[test]
    fn a_mark_from_a_different_input_is_ignored() {
        let mark = crate::target().join("tests/once/mark");
        fs::create_dir_all(mark.parent().unwrap()).unwrap();
        fs::write(&mark, "one").unwrap();
        assert!(is_marked(&mark, b"one"));
        assert!(!is_marked(&mark, b"two"));
        assert!(!is_marked(&mark.with_file_name("none"), b"one"));
    }
}
