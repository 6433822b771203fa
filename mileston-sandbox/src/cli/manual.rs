//! `completions` and `man`: print text that is generated from the commands and their arguments.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;
use clap_mangen::Man as Page;

use super::failure::Failure;
use super::output::unwritable;

/// Print a completion script for a shell.
#[derive(Args)]
#[command(after_help = COMPLETIONS)]
pub(super) struct Completions {
    /// The shell to generate the script for
    shell: Shell,
}

const COMPLETIONS: &str = "\
Examples:
  bash: source <(mileston-sandbox completions bash)
  zsh:  mileston-sandbox completions zsh > \"${fpath[1]}/_mileston-sandbox\"
  fish: mileston-sandbox completions fish \\
          > ~/.config/fish/completions/mileston-sandbox.fish";

/// Print the manual page, or write one for each command.
#[derive(Args)]
#[command(after_help = MAN)]
pub(super) struct Man {
    /// Write the pages of all commands to this existing folder
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

const MAN: &str = "\
Examples:
  mileston-sandbox man | man -l -
  mileston-sandbox man --folder ~/.local/share/man/man1";

/// Prints the script.
pub(super) fn complete(
    Completions { shell }: Completions,
    mut command: Command,
) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "mileston-sandbox", &mut script);
    io::stdout().write_all(&script).map_err(unwritable)
}

/// Prints the page, or writes all of them.
pub(super) fn man(Man { folder }: Man, command: Command) -> Result<(), Failure> {
    match folder {
        Some(folder) => clap_mangen::generate_to(command, &folder).map_err(|error| {
            Failure::Failed(format!(
                "cannot write the manual pages to {}: {error}",
                folder.display()
            ))
        }),
        None => {
            let mut page = Vec::new();
            Page::new(command).render(&mut page).map_err(unwritable)?;
            io::stdout().write_all(&page).map_err(unwritable)
        }
    }
}
