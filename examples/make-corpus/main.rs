//! Makes the synthetic archive in `corpus/`: one invented friluftsråd over two years, with gold files and planted faults.
//!
//! `cargo run --example make-corpus` writes `corpus/` anew; the same bytes every time (a fixed seed, no clock).
//! `cargo run --release --example make-corpus -- --files 10000 -o DIR` makes an archive of that many documents for
//! benches: one body after another, a folder for each pair of years from 1990 to 2013, without faults. With `--hostile 2` two files in
//! a hundred are damaged or made to harm.

mod archive;
mod hostile;
mod model;
mod odt;
mod pdf;
mod rtf;
mod words;
mod write;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use model::File;

/// Bytes that never change, however often they are made.
const SEED: u64 = 0x6d6f_7465_626f_6b31;

fn main() -> io::Result<()> {
    let (mut files, mut hostile) = (None, 0);
    let mut out = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next();
        match (argument.as_str(), value) {
            ("--files", Some(n)) => files = Some(n.parse::<usize>().map_err(io::Error::other)?),
            ("--hostile", Some(n)) => hostile = n.parse::<usize>().map_err(io::Error::other)?,
            ("-o" | "--out", Some(path)) => out = PathBuf::from(path),
            _ => return Err(io::Error::other("usage: make-corpus [--files N [--hostile PERCENT]] [-o DIR]")),
        }
    }
    match files {
        None => corpus().iter().try_for_each(|file| write(&out, file)),
        Some(files) => many(files, hostile, &out),
    }
}

/// The committed corpus, with its faults.
pub(crate) fn corpus() -> Vec<File> {
    archive::archive(SEED, 2008, words::ORGANISATION, true)
}

/// So many folders in a row are of one organisation.
const FOLDERS: u64 = 12;

/// The name of the organisation at `index`; after 256 they come again.
fn organisation(index: u64) -> String {
    let [first, second] = words::ORGANISATIONS;
    let of = |names: [&'static str; 16], index: u64| names[(index % 16) as usize];
    format!("{}{} friluftsråd", of(first, index), of(second, index / 16))
}

/// An archive of `files` documents, without faults; so many in a hundred are hostile files instead.
pub(crate) fn many(files: usize, hostile: usize, out: &Path) -> io::Result<()> {
    let mut made = 0;
    for folder in 0_u64.. {
        let start = 1990 + i16::try_from(folder % FOLDERS).unwrap_or_default() * 2;
        for mut file in archive::archive(SEED ^ (folder + 1), start, &organisation(folder / FOLDERS), false) {
            if file.name.ends_with(".json") {
                continue;
            }
            if made == files {
                return Ok(());
            }
            if made * hostile % 100 < hostile {
                file = hostile::file(made, &file);
            }
            made += 1;
            file.name = format!("{folder:05}/{}", file.name);
            write(out, &file)?;
        }
    }
    Ok(())
}

fn write(out: &Path, file: &File) -> io::Result<()> {
    let path = out.join(&file.name);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, &file.bytes)
}
