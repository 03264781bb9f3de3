//! An OPC package (ECMA-376 part 2): the parts of a zip file by name, also where the zip's directory is missing, and the
//! relationships between them.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use flate2::read::DeflateDecoder;
use zip::ZipArchive;

use super::xml;
use crate::document::{Problem, ProblemCode};
use crate::limits::Limits;

/// The parts of a package.
pub(super) struct Package<'a> {
    parts: Vec<Part<'a>>,
    archive: Option<ZipArchive<Cursor<&'a [u8]>>>,
    file_bytes: u64,
    limits: &'a Limits,
    /// What could not be read, so far.
    pub(super) problems: Vec<Problem>,
}

struct Part<'a> {
    name: String,
    bytes: Option<u64>,
    /// Where the zip's directory is missing: what follows the local header, and its method of compression.
    loose: Option<(&'a [u8], u16)>,
}

/// A relationship from one part to another.
pub(super) struct Relation {
    /// Its id, as `r:id` attributes name it.
    pub(super) id: String,
    /// The last segment of its type: `header`, `styles`.
    pub(super) kind: String,
    /// The name of the part it leads to.
    pub(super) target: String,
}

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// `Damaged` where no part can be found at all.
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, Problem> {
        let mut package =
            Self { parts: Vec::new(), archive: None, file_bytes: bytes.len() as u64, limits, problems: Vec::new() };
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => {
                // One name an index: a name that cannot be decoded keeps its place.
                package.parts = (0..archive.len().min(limits.entries))
                    .map(|i| Part {
                        name: archive
                            .name_for_index(i)
                            .and_then(Result::ok)
                            .map(|n| normal_name(&n))
                            .unwrap_or_default(),
                        bytes: archive.by_index_data(i).ok().map(|entry| entry.size()),
                        loose: None,
                    })
                    .collect();
                package.archive = Some(archive);
            }
            Err(error) => {
                package.parts = loose_parts(bytes, limits.entries);
                if package.parts.is_empty() {
                    return Err(Problem::new(ProblemCode::Damaged, format!("no zip package: {error}")));
                }
                package.problems.push(Problem::new(
                    ProblemCode::Damaged,
                    "the package's directory is missing or damaged; its parts were found by their own headers",
                ));
            }
        }
        Ok(package)
    }

    /// The limits the package is read under.
    pub(super) fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// Names and unpacked sizes of all parts, in the package's order.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&str, Option<u64>)> {
        self.parts.iter().map(|part| (part.name.as_str(), part.bytes))
    }

    /// Whether there is a part called `name`, in any case.
    pub(super) fn has(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.parts.iter().position(|part| part.name.eq_ignore_ascii_case(name))
    }

    /// The content of a part, as far as it can be had; `None` where there is no such part.
    pub(super) fn read(&mut self, name: &str) -> Option<Vec<u8>> {
        let at = self.position(name)?;
        let (content, fault) = match (self.parts[at].loose, &mut self.archive) {
            (Some((data, 0)), _) => unpack(data, data.len() as u64, self.limits),
            (Some((data, _)), _) => unpack(DeflateDecoder::new(data), data.len() as u64, self.limits),
            (None, Some(archive)) => match archive.by_index(at) {
                Ok(file) => {
                    let packed = file.compressed_size().min(self.file_bytes);
                    unpack(file, packed, self.limits)
                }
                Err(zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED)) => {
                    (Vec::new(), Some(Problem::new(ProblemCode::Encrypted, "needs a password")))
                }
                Err(error) => (Vec::new(), Some(Problem::new(ProblemCode::Damaged, error.to_string()))),
            },
            (None, None) => return None,
        };
        if let Some(fault) = fault {
            self.problems.push(Problem::new(fault.code, format!("{name}: {fault}")));
        }
        Some(content)
    }

    /// Whether a limit cut the part short.
    pub(super) fn is_cut(&self, name: &str) -> bool {
        self.problems.iter().any(|problem| {
            problem.code == ProblemCode::LimitExceeded
                && problem.message.strip_prefix(name).is_some_and(|rest| rest.starts_with(':'))
        })
    }

    /// The text of an XML part; `None` where there is no such part.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.read(name).map(decode)
    }

    /// The relationships of a part, in file order; those of the package itself for `""`. Links out of the package are left out.
    pub(super) fn relations(&mut self, part: &str) -> Vec<Relation> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let mut relations = Vec::new();
        let Some(text) = self.text(&name) else { return relations };
        xml::elements(&text, &[], |name, element| {
            let get = |key| xml::attribute(element, key).map(Cow::into_owned).unwrap_or_default();
            if name == "Relationship" && get("TargetMode") != "External" {
                relations.push(Relation {
                    id: get("Id"),
                    kind: get("Type").rsplit('/').next().unwrap_or_default().to_owned(),
                    target: resolve(folder, &get("Target")),
                });
            }
        });
        relations
    }
}

/// Unpacks at most what the limits allow. What was read before a fault is kept.
fn unpack(packed: impl Read, packed_bytes: u64, limits: &Limits) -> (Vec<u8>, Option<Problem>) {
    let allowed = limits.part_bytes.min(limits.ratio_free_bytes.max(packed_bytes.saturating_mul(limits.ratio)));
    let mut content = Vec::new();
    let outcome = packed.take(allowed + 1).read_to_end(&mut content);
    let fault = if content.len() as u64 > allowed {
        content.truncate(allowed as usize);
        Some(Problem::new(
            ProblemCode::LimitExceeded,
            format!("unpacks to more than {allowed} bytes; the rest was not read"),
        ))
    } else {
        outcome.err().map(|error| Problem::new(ProblemCode::Damaged, error.to_string()))
    };
    (content, fault)
}

/// The entries that local headers announce (APPNOTE 4.3.7: method at 8, packed size at 18, lengths of name and extra at 26 and 28).
fn loose_parts(bytes: &[u8], most: usize) -> Vec<Part<'_>> {
    memchr::memmem::find_iter(bytes, b"PK\x03\x04")
        .take(most)
        .filter_map(|at| {
            let header = bytes.get(at..at + 30)?;
            let short = |i: usize| u16::from_le_bytes([header[i], header[i + 1]]);
            let packed = u32::from_le_bytes([header[18], header[19], header[20], header[21]]) as usize;
            let method = short(8);
            let name_end = at + 30 + usize::from(short(26));
            let name = normal_name(&String::from_utf8_lossy(bytes.get(at + 30..name_end)?));
            let rest = bytes.get(name_end + usize::from(short(28))..)?;
            // The size is 0 where it only stands behind the data; deflated data knows its own end.
            let data = if packed == 0 { rest } else { rest.get(..packed).unwrap_or(rest) };
            matches!(method, 0 | 8).then_some(Part { name, bytes: None, loose: Some((data, method)) })
        })
        .collect()
}

fn normal_name(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_owned()
}

/// The part name that `target` means in a relationship of a part in `folder`.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for segment in target.split('/') {
        match segment {
            ".." => drop(path.pop()),
            "." => {}
            _ => path.push(segment),
        }
    }
    path.retain(|segment| !segment.is_empty());
    path.join("/")
}

/// An XML part as text: UTF-8, UTF-16, or what its declaration says.
pub(super) fn decode(bytes: Vec<u8>) -> String {
    let utf16 = match bytes.get(..2) {
        Some([0xFF, 0xFE] | [b'<', 0]) => Some(encoding_rs::UTF_16LE),
        Some([0xFE, 0xFF] | [0, b'<']) => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = utf16 {
        return encoding.decode(&bytes).0.into_owned();
    }
    match String::from_utf8(bytes) {
        Ok(text) => match text.strip_prefix('\u{FEFF}') {
            Some(rest) => rest.to_owned(),
            None => text,
        },
        Err(error) => {
            let bytes = error.into_bytes();
            declared(&bytes).unwrap_or(encoding_rs::UTF_8).decode(&bytes).0.into_owned()
        }
    }
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    const NAME: &[u8] = b"encoding=";
    let head = bytes.get(..bytes.len().min(200))?;
    let declaration = head.get(..memchr::memmem::find(head, b"?>")?)?;
    let value = declaration.get(memchr::memmem::find(declaration, NAME)? + NAME.len() + 1..)?;
    encoding_rs::Encoding::for_label(value.split(|b| matches!(b, b'"' | b'\'')).next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_decoded_as_its_declaration_says() {
        assert_eq!(decode(b"<?xml encoding='iso-8859-1'?>\xE5".to_vec()), "<?xml encoding='iso-8859-1'?>\u{E5}");
        assert_eq!(decode(b"<?xml encoding=?>\xE5".to_vec()), "<?xml encoding=?>\u{FFFD}");
    }
}
