//! Writes the image as a tar: an OCI layout, and the manifest that `docker load` reads.

use std::fs::File;
use std::path::Path;

use serde_json::{Value, json};
use tar::{Builder, Header};

use super::USER;
use super::layer::{Packed, digest};
use crate::{Platform, VERSION};

const NAME: &str = "mileston-sandbox";

/// Writes the tar.
pub(super) fn write(path: &Path, layer: &Packed, platform: Platform) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let config = config(&layer.uncompressed_digest, platform).to_string();
    let manifest = manifest(config.as_bytes(), &layer.bytes).to_string();
    let blob = |content: &[u8]| format!("blobs/sha256/{}", digest(content));
    let docker = json!([{
        "Config": blob(config.as_bytes()),
        "RepoTags": [format!("{NAME}:{VERSION}"), format!("{NAME}:latest")],
        "Layers": [blob(&layer.bytes)],
    }]);
    let mut tar = Builder::new(File::create(path).map_err(failed)?);
    for (name, content) in [
        ("oci-layout".to_owned(), json!({ "imageLayoutVersion": "1.0.0" }).to_string().as_bytes()),
        ("index.json".to_owned(), index(manifest.as_bytes(), platform).to_string().as_bytes()),
        ("manifest.json".to_owned(), docker.to_string().as_bytes()),
        (blob(config.as_bytes()), config.as_bytes()),
        (blob(manifest.as_bytes()), manifest.as_bytes()),
        (blob(&layer.bytes), &layer.bytes),
    ] {
        let mut header = Header::new_gnu();
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_size(content.len() as u64);
        tar.append_data(&mut header, name, content).map_err(failed)?;
    }
    tar.finish().map_err(failed)
}

fn config(layer: &str, platform: Platform) -> Value {
    json!({
        "architecture": platform.image_arch(),
        "os": "linux",
        "config": {
            "User": format!("{USER}:{USER}"),
            "ExposedPorts": { "7357/tcp": {} },
            "Env": ["PATH=/usr/local/bin"],
            "Entrypoint": [NAME],
            "Cmd": ["serve", "--host", "0.0.0.0"],
            "WorkingDir": "/data",
            "Labels": {
                "org.opencontainers.image.title": NAME,
                "org.opencontainers.image.description":
                    "An unofficial emulation of the Mileston payment platform for development and tests",
                "org.opencontainers.image.version": VERSION,
                "org.opencontainers.image.licenses": env!("CARGO_PKG_LICENSE"),
                "org.opencontainers.image.source": env!("CARGO_PKG_REPOSITORY"),
            },
        },
        "rootfs": { "type": "layers", "diff_ids": [format!("sha256:{layer}")] },
        "history": [{ "created_by": "cargo xtask bundle" }],
    })
}

fn manifest(config: &[u8], layer: &[u8]) -> Value {
    let mut manifest = json!({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
    });
    manifest["config"] = descriptor("application/vnd.oci.image.config.v1+json", config);
    manifest["layers"] = json!([descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer)]);
    manifest
}

fn index(manifest: &[u8], platform: Platform) -> Value {
    let mut manifest = descriptor("application/vnd.oci.image.manifest.v1+json", manifest);
    manifest["platform"] = json!({ "architecture": platform.image_arch(), "os": "linux" });
    manifest["annotations"] = json!({
        "org.opencontainers.image.ref.name": VERSION,
        // The name that containerd gives the image when it is loaded.
        "io.containerd.image.name": format!("docker.io/library/{NAME}:{VERSION}"),
    });
    json!({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [manifest],
    })
}

fn descriptor(media_type: &str, content: &[u8]) -> Value {
    json!({
        "mediaType": media_type,
        "digest": format!("sha256:{}", digest(content)),
        "size": content.len(),
    })
}
