//! Packs the OCI image: the binary and the system libraries that the binary needs, in one layer.

mod layer;
mod layout;
mod libraries;

use std::path::{Path, PathBuf};

use layer::Layer;

use crate::files::LICENCES;
use crate::{Binary, Failure, System, VERSION, notices};

/// The id of the user that the sandbox runs as. Other small images use the same id for an unprivileged user.
const USER: u64 = 65532;

/// The system's root certificates. The sandbox needs them to send webhooks to endpoints that use TLS.
const CERTIFICATES: &str = "/etc/ssl/certs/ca-certificates.crt";

/// Writes an image that contains this binary into `out`, and returns the path of the file.
///
/// The image is a tar with an OCI layout, which Docker can also load. The image's libraries are copied from this
/// machine. The same input gives the same bytes.
///
/// # Errors
///
/// Returns an error if the binary isn't a Linux binary, `ldd` doesn't find the binary's libraries, or a file can't
/// be read or written.
pub fn image(binary: &Binary, out: &Path) -> Result<PathBuf, Failure> {
    if binary.platform.system != System::Linux {
        return Err(
            format!("an image needs a binary for Linux, not for {}", binary.platform).into()
        );
    }
    let layer = layer(binary)?;
    let name = format!("mileston-sandbox-{VERSION}-linux-{}.tar", binary.platform.image_arch());
    let path = out.join(name);
    layout::write(&path, &layer.pack()?, binary.platform)?;
    Ok(path)
}

fn layer(binary: &Binary) -> Result<Layer, String> {
    let mut layer = Layer::default();
    for library in libraries::of(&binary.path)? {
        layer.copy(&library, &library, 0o755)?;
    }
    layer.copy(&binary.path, "/usr/local/bin/mileston-sandbox", 0o755)?;
    let documents = "/usr/share/doc/mileston-sandbox";
    for licence in LICENCES {
        layer.copy(tools::workspace().join(licence), format!("{documents}/{licence}"), 0o644)?;
    }
    let notices = notices::notices(binary.platform)?;
    layer.add(format!("{documents}/{}", notices::FILE), notices, 0o644);
    // The libraries belong to glibc and GCC, and must be distributed with their licences.
    for package in ["libc6", "libgcc-s1"] {
        let path = format!("/usr/share/doc/{package}/copyright");
        layer.copy_if_there(&path, &path, 0o644)?;
    }
    layer.copy_if_there(CERTIFICATES, CERTIFICATES, 0o644)?;
    let user = format!("sandbox:x:{USER}:{USER}:sandbox:/data:/sbin/nologin\n");
    layer.add("/etc/passwd", format!("root:x:0:0:root:/root:/sbin/nologin\n{user}"), 0o644);
    layer.add("/etc/group", format!("root:x:0:\nsandbox:x:{USER}:\n"), 0o644);
    layer.folder("/data", 0o700, USER);
    layer.folder("/tmp", 0o1777, 0);
    Ok(layer)
}
