//! A file as found, and the walk that finds files.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// The name of a file that says, in gitignore syntax, what to leave out of the folder it lies in.
pub const IGNORE_FILE: &str = ".motebokignore";

/// How the names of gold files end.
pub const GOLD_SUFFIX: &str = ".gold.json";

/// An input file as found on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the input folder, with `/`, in NFC (contract section 1).
    pub path: String,
    /// Where the file lies.
    pub file: PathBuf,
    /// Size in bytes; 0 where it could not be asked for.
    pub bytes: u64,
    /// Time of the last change, in nanoseconds since 1970; 0 where it could not be asked for.
    pub modified: u64,
    /// Why the file or folder cannot be read, where the walk already knows.
    pub error: Option<String>,
}

/// Files that were left out of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// Hidden files and files in hidden folders.
    pub hidden: u64,
    /// Gold files.
    pub gold: u64,
    /// Files that a `.motebokignore` names.
    pub ignored: u64,
}

impl LeftOut {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.hidden + self.gold + self.ignored
    }

    /// Adds what was left out elsewhere.
    pub fn add(&mut self, other: Self) {
        self.hidden += other.hidden;
        self.gold += other.gold;
        self.ignored += other.ignored;
    }
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walk {
    /// The files, in byte order of path; no path stands twice.
    pub sources: Vec<Source>,
    /// What was left out.
    pub left_out: LeftOut,
}

/// Why there is nothing to walk.
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    /// An input does not exist.
    #[error("{0}: no such file or folder")]
    Missing(PathBuf),
    /// A pattern that cannot be understood.
    #[error("{0}: not a valid pattern")]
    Pattern(PathBuf),
    /// There are no files.
    #[error("no files to read in {0}")]
    Nothing(String),
}

/// Finds the files under `inputs` (files, folders, patterns with `*`, `?` or `[`), except those under `out`.
///
/// # Errors
/// Where an input does not exist or there are no files at all.
pub fn walk(inputs: &[PathBuf], out: Option<&Path>) -> Result<Walk, WalkError> {
    let out = out.and_then(|path| path.canonicalize().ok());
    let mut walker = Walker { out, found: Walk::default() };
    for input in inputs {
        let prefix = if inputs.len() > 1 { name_of(input) } else { String::new() };
        if fs::symlink_metadata(input).is_ok() {
            if input.is_dir() {
                walker.folder(input, &prefix, None, &mut Vec::new(), &mut Vec::new());
            } else {
                walker.file(input, name_of(input));
            }
        } else if is_pattern(input.as_os_str()) {
            walker.pattern(input, inputs.len() > 1)?;
        } else {
            return Err(WalkError::Missing(input.clone()));
        }
    }
    let mut found = walker.found;
    if found.sources.is_empty() {
        let names: Vec<String> = inputs.iter().map(|p| p.display().to_string()).collect();
        return Err(WalkError::Nothing(names.join(", ")));
    }
    found.sources.sort_by(|a, b| (&a.path, &a.file).cmp(&(&b.path, &b.file)));
    found.sources.dedup_by(|a, b| a.file == b.file && a.path == b.path);
    make_unique(&mut found.sources);
    Ok(found)
}

/// Gives the second and later files of one path a hash suffix.
fn make_unique(sources: &mut [Source]) {
    let mut seen = HashSet::new();
    for source in sources.iter_mut() {
        if !seen.insert(source.path.clone()) {
            source.path = with_suffix(&source.path, &source.file.to_string_lossy());
            seen.insert(source.path.clone());
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
}

/// `path` with a short hash of `seed` before its extension: `a/b.doc` → `a/b~1f0c9a2e.doc`.
#[must_use]
pub fn with_suffix(path: &str, seed: &str) -> String {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let dot = path[name..].rfind('.').filter(|at| *at > 0).map_or(path.len(), |at| name + at);
    format!("{}~{}{}", &path[..dot], &sha256(seed.as_bytes())[..8], &path[dot..])
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// The extension of a path in lower case, without the dot; empty where there is none.
#[must_use]
pub fn extension(path: &str) -> String {
    Path::new(path).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Whether a file or folder name is hidden.
#[must_use]
pub fn is_hidden(name: &str) -> bool {
    name.starts_with('.') && name != "." && name != ".."
}

/// Reads a `Source` from disk.
///
/// # Errors
/// A sentence that says why it cannot be read.
pub fn read(source: &Source) -> Result<Vec<u8>, String> {
    match &source.error {
        Some(error) => Err(error.clone()),
        None => fs::read(&source.file).map_err(|e| plain(&e)),
    }
}

/// An I/O error in words that are the same on every machine.
fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        std::io::ErrorKind::NotFound => "it vanished, or is a link to nothing".to_owned(),
        _ => format!("it cannot be read: {error}"),
    }
}

fn is_pattern(path: &OsStr) -> bool {
    path.to_string_lossy().contains(['*', '?', '['])
}

/// The last component of a path, in NFC; that of the folder itself for `.` and `..`.
fn name_of(path: &Path) -> String {
    let full = match path.file_name() {
        Some(_) => path.to_path_buf(),
        None => path.canonicalize().unwrap_or_default(),
    };
    full.file_name().map_or_else(|| "input".to_owned(), nfc)
}

fn nfc(name: &OsStr) -> String {
    name.to_string_lossy().nfc().collect()
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") }
}

struct Walker {
    out: Option<PathBuf>,
    found: Walk,
}

impl Walker {
    /// Walks `folder`, whose files get paths under `prefix`. `above` holds the real paths of the folders above, so that
    /// a link to one of them ends there; `ignores` holds their ignore files.
    fn folder(
        &mut self,
        folder: &Path,
        prefix: &str,
        only: Option<&Gitignore>,
        above: &mut Vec<PathBuf>,
        ignores: &mut Vec<Gitignore>,
    ) {
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        if above.contains(&real) || self.out.as_ref() == Some(&real) {
            return;
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                let path = if prefix.is_empty() { name_of(folder) } else { prefix.to_owned() };
                let error = Some(format!("the folder: {}", plain(&error)));
                self.found.sources.push(Source { path, file: folder.to_path_buf(), bytes: 0, modified: 0, error });
                return;
            }
        };
        let ignore_file = folder.join(IGNORE_FILE);
        let has_ignore = ignore_file.is_file();
        if has_ignore {
            ignores.push(Gitignore::new(&ignore_file).0);
        }
        above.push(real);
        let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
        paths.sort();
        for path in paths {
            self.entry(&path, prefix, only, above, ignores);
        }
        above.pop();
        if has_ignore {
            ignores.pop();
        }
    }

    fn entry(
        &mut self,
        path: &Path,
        prefix: &str,
        only: Option<&Gitignore>,
        above: &mut Vec<PathBuf>,
        ignores: &mut Vec<Gitignore>,
    ) {
        let name = name_of(path);
        let is_dir = path.is_dir();
        if name == IGNORE_FILE {
            return;
        }
        if is_hidden(&name) {
            self.found.left_out.hidden += self.count(path, is_dir);
        } else if ignored(ignores, path, is_dir) {
            self.found.left_out.ignored += self.count(path, is_dir);
        } else if is_dir {
            self.folder(path, &join(prefix, &name), only, above, ignores);
        } else if only.is_none_or(|pattern| pattern.matched(path, false).is_ignore()) {
            self.file(path, join(prefix, &name));
        }
    }

    fn file(&mut self, file: &Path, path: String) {
        if path.ends_with(GOLD_SUFFIX) {
            self.found.left_out.gold += 1;
            return;
        }
        let source = match fs::metadata(file) {
            // A pipe or a device would never end.
            Ok(meta) if !meta.is_file() => {
                Source { path, file: file.to_path_buf(), bytes: 0, modified: 0, error: Some("not a file".to_owned()) }
            }
            Ok(meta) => {
                let modified = meta.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
                let modified = modified.and_then(|d| u64::try_from(d.as_nanos()).ok()).unwrap_or_default();
                Source { path, file: file.to_path_buf(), bytes: meta.len(), modified, error: None }
            }
            Err(error) => Source { path, file: file.to_path_buf(), bytes: 0, modified: 0, error: Some(plain(&error)) },
        };
        self.found.sources.push(source);
    }

    /// Walks the folder before the first wildcard and keeps the files that match.
    fn pattern(&mut self, input: &Path, several: bool) -> Result<(), WalkError> {
        let base: PathBuf = input.components().take_while(|c| !is_pattern(c.as_os_str())).collect();
        let rest = input.strip_prefix(&base).unwrap_or(input);
        let base = if base.as_os_str().is_empty() { PathBuf::from(".") } else { base };
        let mut builder = GitignoreBuilder::new(&base);
        builder
            .add_line(None, &format!("/{}", rest.to_string_lossy()))
            .map_err(|_| WalkError::Pattern(input.to_path_buf()))?;
        let pattern = builder.build().map_err(|_| WalkError::Pattern(input.to_path_buf()))?;
        let prefix = if several { name_of(&base) } else { String::new() };
        let before = self.found.sources.len();
        self.folder(&base, &prefix, Some(&pattern), &mut Vec::new(), &mut Vec::new());
        if self.found.sources.len() == before { Err(WalkError::Missing(input.to_path_buf())) } else { Ok(()) }
    }

    /// How many files there are at `path`. Links are not followed.
    fn count(&self, path: &Path, is_dir: bool) -> u64 {
        if !is_dir || path.is_symlink() {
            return 1;
        }
        if self.out.is_some() && path.canonicalize().ok() == self.out {
            return 0;
        }
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        entries.map(|e| self.count(&e.path(), e.path().is_dir())).sum()
    }
}

/// Whether the ignore files of the folders above name `path`; the nearest decides.
fn ignored(ignores: &[Gitignore], path: &Path, is_dir: bool) -> bool {
    ignores
        .iter()
        .rev()
        .find_map(|file| match file.matched(path, is_dir) {
            Match::None => None,
            Match::Ignore(_) => Some(true),
            Match::Whitelist(_) => Some(false),
        })
        .unwrap_or(false)
}
