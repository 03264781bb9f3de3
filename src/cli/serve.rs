//! `motebok serve`

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use motebok::archive::Archive;
use motebok::report::View;
use motebok::serve::Server;

use super::{Context, Exit};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  motebok serve ut --open        read and search the archive in the browser
  motebok serve ut --port 8080   at an address that stays the same

Only this machine can reach the pages. Every page is JSON too, with .json behind its address. Ctrl-C ends it.")]
pub(super) struct Args {
    /// Output folder of a run
    out: PathBuf,
    /// Port to listen at; any free one where none is given
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// Show cases closed to the public too
    #[arg(long)]
    closed: bool,
    /// Show national identity numbers
    #[arg(long)]
    unmask: bool,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let archive = Archive::open(&args.out)?;
    let view = View { lang: context.lang, unmask: args.unmask, closed: args.closed };
    let server = Server::bind(archive, args.port, view)?;
    let address = server.address();
    writeln!(out, "{address}")?;
    out.flush()?;
    if args.open {
        let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
        let opened = Command::new(opener).arg(&address).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        if opened.is_err() {
            writeln!(out, "{}", context.lang.pick("Åpne adressen i en nettleser.", "Open the address in a browser."))?;
            out.flush()?;
        }
    }
    server.run()?;
    Ok(Exit::Done)
}
