//! Marks multipart bodies, because a part without a type is bytes in 3.1, and can be any JSON in
//! 3.0.

use crate::Node;
use crate::normalise::operations::files::UNTYPED;
use crate::normalise::operations::media::Media;
use crate::normalise::tree::METHODS;

/// Marks the multipart bodies of requests.
pub(super) fn untyped(root: &mut Node) {
    let paths = root.get_mut("paths").map_or(&mut [][..], Node::entries_mut);
    for path in paths {
        for operation in path.value.entries_mut() {
            if METHODS.contains(&operation.key.as_str()) {
                operation.value.get_mut("requestBody").into_iter().for_each(mark);
            }
        }
    }
    let shared = root.get_mut("components").and_then(|it| it.get_mut("requestBodies"));
    let shared = shared.map_or(&mut [][..], Node::entries_mut);
    shared.iter_mut().for_each(|body| mark(&mut body.value));
}

fn mark(body: &mut Node) {
    let content = body.get_mut("content").map_or(&mut [][..], Node::entries_mut);
    for media in content {
        if Media::of(&media.key) == Media::Multipart && media.value.is_mapping() {
            let span = media.key_span;
            media.value.set(UNTYPED, Node::bool_at(span, true));
        }
    }
}
