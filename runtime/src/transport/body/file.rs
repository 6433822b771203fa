//! Implements a body that is read from a file while it is sent.

use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

use super::Body;

/// The maximum number of bytes in a chunk of a file.
const CHUNK: usize = 256 * 1024;

impl Body {
    /// Creates a body from a file on disk. The file is read while it is sent. The file's current length is announced.
    /// If the file gets shorter in the meantime, the request fails. If it gets longer, the rest isn't sent.
    ///
    /// This function isn't available in browsers.
    ///
    /// # Errors
    ///
    /// Returns an error if the file can't be opened, or if the path isn't a file.
    pub async fn file(path: impl AsRef<Path>) -> io::Result<Self> {
        let file = File::open(path).await?;
        let metadata = file.metadata().await?;
        if !metadata.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the path isn't a file"));
        }
        let chunks = Chunks { file, room: BytesMut::new() };
        Ok(Body::from_stream(chunks).with_length(metadata.len()))
    }
}

/// The content of a file, in chunks.
struct Chunks {
    file: File,
    room: BytesMut,
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Chunks { file, room } = self.get_mut();
        room.resize(CHUNK, 0);
        let mut buffer = ReadBuf::new(room);
        let read = ready!(Pin::new(file).poll_read(context, &mut buffer));
        let length = buffer.filled().len();
        Poll::Ready(match read {
            Ok(()) if length == 0 => None,
            Ok(()) => Some(Ok(room.split_to(length).freeze())),
            Err(error) => Some(Err(error)),
        })
    }
}
