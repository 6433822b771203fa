//! The end of standard input, which stops a sandbox that another program started.

use std::io;

use tokio::sync::oneshot;

/// Completes when standard input is closed. Its content is ignored.
///
/// A separate thread reads standard input, because the runtime waits for its own threads before shutting down.
pub(super) async fn closed() {
    let (sender, receiver) = oneshot::channel();
    std::thread::spawn(move || {
        // If standard input can't be read, it counts as closed.
        drop(io::copy(&mut io::stdin().lock(), &mut io::sink()));
        // The program may be stopping already.
        let _ = sender.send(());
    });
    drop(receiver.await);
}
