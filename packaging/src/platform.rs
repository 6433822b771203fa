//! The platforms that the sandbox is built for, and their names in npm, in wheels and in images.

use std::fmt;

/// An operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Linux with glibc.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

/// A processor architecture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arch {
    /// 64-bit x86.
    X64,
    /// 64-bit Arm.
    Arm64,
}

/// The platform that a binary runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Platform {
    /// The operating system.
    pub system: System,
    /// The processor architecture.
    pub arch: Arch,
}

impl Platform {
    /// The platforms that are released, i.e. the targets in `.github/workflows/release.yml`.
    pub const ALL: [Platform; 5] = [
        Platform { system: System::Linux, arch: Arch::X64 },
        Platform { system: System::Linux, arch: Arch::Arm64 },
        Platform { system: System::MacOs, arch: Arch::X64 },
        Platform { system: System::MacOs, arch: Arch::Arm64 },
        Platform { system: System::Windows, arch: Arch::X64 },
    ];

    /// Returns the platform that this program was compiled for.
    ///
    /// # Errors
    ///
    /// Returns an error if the sandbox isn't released for this machine's platform.
    pub fn of_this_machine() -> Result<Self, String> {
        let (system, arch) = (std::env::consts::OS, std::env::consts::ARCH);
        let is_this = |each: &Platform| each.system.rust() == system && each.arch.rust() == arch;
        let found = Platform::ALL.into_iter().find(is_this);
        found.ok_or_else(|| format!("there are no packages for {arch} {system}"))
    }

    /// Returns the platform of a Rust target, e.g. `x86_64-unknown-linux-gnu`.
    ///
    /// # Errors
    ///
    /// Returns an error that lists the known targets if the sandbox isn't released for this target.
    pub fn of_target(target: &str) -> Result<Self, String> {
        Platform::ALL.into_iter().find(|each| each.target() == target).ok_or_else(|| {
            let known = Platform::ALL.map(|each| each.target()).join(", ");
            format!("there are no packages for the target {target}; the targets are {known}")
        })
    }

    /// Returns the Rust target.
    #[must_use]
    pub fn target(self) -> String {
        let end = match self.system {
            System::Linux => "unknown-linux-gnu",
            System::MacOs => "apple-darwin",
            System::Windows => "pc-windows-msvc",
        };
        format!("{}-{end}", self.arch.rust())
    }

    /// Returns the name of the sandbox's binary.
    #[must_use]
    pub fn program(self) -> &'static str {
        match self.system {
            System::Windows => "mileston-sandbox.exe",
            System::Linux | System::MacOs => "mileston-sandbox",
        }
    }

    /// Returns the name of the npm package with the binary.
    #[must_use]
    pub fn npm_package(self) -> String {
        format!("@mileston-sandbox/{self}")
    }

    /// Returns the value of Node.js's `process.platform` on this platform.
    #[must_use]
    pub fn npm_os(self) -> &'static str {
        match self.system {
            System::Linux => "linux",
            System::MacOs => "darwin",
            System::Windows => "win32",
        }
    }

    /// Returns the value of Node.js's `process.arch` on this platform.
    #[must_use]
    pub fn npm_cpu(self) -> &'static str {
        match self.arch {
            Arch::X64 => "x64",
            Arch::Arm64 => "arm64",
        }
    }

    /// Returns the tag of a wheel; `glibc` is the oldest glibc that the binary runs with, e.g. `(2, 17)`.
    #[must_use]
    pub fn wheel_tag(self, glibc: (u32, u32)) -> String {
        match (self.system, self.arch) {
            (System::Linux, arch) => {
                let (arch, (major, minor)) = (arch.rust(), glibc);
                format!("py3-none-manylinux_{major}_{minor}_{arch}")
            }
            // These tags contain the oldest macOS versions that Rust supports.
            (System::MacOs, Arch::X64) => "py3-none-macosx_10_12_x86_64".to_owned(),
            (System::MacOs, Arch::Arm64) => "py3-none-macosx_11_0_arm64".to_owned(),
            (System::Windows, Arch::X64) => "py3-none-win_amd64".to_owned(),
            (System::Windows, Arch::Arm64) => "py3-none-win_arm64".to_owned(),
        }
    }

    /// Returns the processor's name in an image.
    #[must_use]
    pub fn image_arch(self) -> &'static str {
        match self.arch {
            Arch::X64 => "amd64",
            Arch::Arm64 => "arm64",
        }
    }
}

/// Writes the name as in npm, e.g. `linux-x64`.
impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.npm_os(), self.npm_cpu())
    }
}

impl System {
    fn rust(self) -> &'static str {
        match self {
            System::Linux => "linux",
            System::MacOs => "macos",
            System::Windows => "windows",
        }
    }
}

impl Arch {
    fn rust(self) -> &'static str {
        match self {
            Arch::X64 => "x86_64",
            Arch::Arm64 => "aarch64",
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may panic")]
mod tests {
    use super::*;

    #[test]
    fn each_release_target_has_its_names() {
        let names = Platform::ALL.map(|each| {
            assert_eq!(Platform::of_target(&each.target()), Ok(each));
            (each.target(), each.to_string(), each.wheel_tag((2, 17)))
        });
        let expected = [
            ("x86_64-unknown-linux-gnu", "linux-x64", "py3-none-manylinux_2_17_x86_64"),
            ("aarch64-unknown-linux-gnu", "linux-arm64", "py3-none-manylinux_2_17_aarch64"),
            ("x86_64-apple-darwin", "darwin-x64", "py3-none-macosx_10_12_x86_64"),
            ("aarch64-apple-darwin", "darwin-arm64", "py3-none-macosx_11_0_arm64"),
            ("x86_64-pc-windows-msvc", "win32-x64", "py3-none-win_amd64"),
        ];
        assert_eq!(names, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
    }

    #[test]
    fn an_unknown_target_is_rejected_with_the_known_ones() {
        let said = Platform::of_target("riscv64gc-unknown-linux-gnu").unwrap_err();
        assert!(said.contains("riscv64gc") && said.contains("aarch64-apple-darwin"), "{said}");
    }
}
