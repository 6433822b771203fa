//! Detects when standard input is closed, so that a sandbox can stop when the program that started it ends.

use std::io;

use tokio::sync::oneshot;

/// Completes when standard input is closed. Ignores what is read.
///
/// A separate thread reads standard input, because a blocked read on a runtime thread would prevent the runtime from
/// shutting down.
pub(super) async fn closed() {
    let (sender, receiver) = oneshot::channel();
    std::thread::spawn(move || {
        // If standard input can't be read, it is treated as closed.
        drop(io::copy(&mut io::stdin().lock(), &mut io::sink()));
        // The program may be stopping already.
        let _ = sender.send(());
    });
    drop(receiver.await);
}
