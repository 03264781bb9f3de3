//! Outlook messages (MS-OXMSG): a container of the body, as `body.txt`, `body.html` or `body.rtf`, the attachments, and
//! the same of messages within the message. What stands in the head of the message is its properties; that of a message
//! within it, which has no record of its own, is its entry `head.txt`.

mod rtf;

use std::cell::RefCell;
use std::io::{Cursor, Read as _};
use std::rc::Rc;

use super::codepage::CodePage;
use super::filetime::file_time;
use super::unpack::{unpack, whole};
use crate::document::{Problem, ProblemCode, Properties};
use crate::identify::{Contents, Entry, Format, Input, Match, Opened, Probe, Reader, Unpack};
use crate::limits::Limits;

/// Outlook messages.
pub const FORMAT: Format = Format { id: "msg", extensions: &["msg"], sniff, reader: Reader::Container(open) };

/// The streams of a body (MS-OXPROPS: PidTagBody as UTF-16 or bytes, PidTagHtml as bytes or UTF-16), best first.
const BODIES: [(&str, &str); 4] =
    [("1000001F", "body.txt"), ("1000001E", "body.txt"), ("10130102", "body.html"), ("1013001F", "body.html")];

/// The body where there is no other (PidTagRtfCompressed).
const RTF: &str = "10090102";

/// Properties of a message and where they stand: PidTagSubject, PidTagSentRepresentingName or PidTagSenderName, and
/// PidTagDisplayTo.
const HEAD: [(&str, &[&str]); 3] = [("title", &["0037"]), ("author", &["0042", "0C1A"]), ("recipients", &["0E04"])];

/// Fixed-length properties (MS-OXMSG 2.4.2.1): PidTagClientSubmitTime and PidTagMessageDeliveryTime, and
/// PidTagMessageCodepage and PidTagInternetCodepage.
const TIMES: [u32; 2] = [0x0039_0040, 0x0E06_0040];
const CODE_PAGES: [u32; 2] = [0x3FFD_0003, 0x3FDE_0003];

/// The names of an attachment: PidTagAttachLongFilename, PidTagAttachFilename, PidTagDisplayName.
const NAMES: [&str; 3] = ["3707", "3704", "3001"];

/// PidTagAttachDataBinary, and PidTagAttachDataObject where the attachment is a message.
const DATA: &str = "37010102";
const MESSAGE: &str = "3701000D";

/// A name or another property longer than this, in bytes, is cut.
const TEXT_BYTES: u64 = 2000;

fn sniff(probe: &Probe) -> Option<Match> {
    let names = probe.ole_names();
    let is_there = names.iter().any(|n| n == "__properties_version1.0")
        && names.iter().any(|n| n.starts_with("__substg1.0_") || n == "__nameid_version1.0");
    is_there.then(|| {
        Match::new(
            Some("x-fmt/430"),
            "Microsoft Outlook Email Message",
            "application/vnd.ms-outlook",
            "compound file with the streams of a message",
        )
    })
}

type File<'a> = Rc<RefCell<cfb::CompoundFile<Cursor<&'a [u8]>>>>;

fn open<'a>(input: &Input<'a>) -> Opened<'a> {
    let file = cfb::CompoundFile::open(Cursor::new(input.bytes))
        .map_err(|e| Problem::new(ProblemCode::Damaged, format!("the message cannot be opened: {e}")))?;
    let mut storage = Storage { file: Rc::new(RefCell::new(file)), limits: input.limits, entries: Vec::new() };
    storage.message("", "", 0);
    let properties = storage.head("", TOP_HEADER);
    Ok(Contents { entries: storage.entries, lost: None, properties })
}

struct Storage<'a> {
    file: File<'a>,
    limits: &'a Limits,
    entries: Vec<Entry<'a>>,
}

/// What stands before the fixed-length properties of the message itself, and of one within it, in bytes.
const TOP_HEADER: usize = 32;
const INNER_HEADER: usize = 24;

impl<'a> Storage<'a> {
    /// The entries of the message in the storage `at`, named under `prefix`.
    fn message(&mut self, at: &str, prefix: &str, depth: usize) {
        let body = BODIES.iter().find(|(stream, _)| self.exists(&format!("{at}/__substg1.0_{stream}")));
        if let Some((stream, name)) = body {
            let entry = self.stream(format!("{at}/__substg1.0_{stream}"), format!("{prefix}{name}"));
            self.entries.push(entry);
        } else if let Some(packed) = self.bytes(&format!("{at}/__substg1.0_{RTF}"), self.limits.part_bytes) {
            let entry = match rtf::body(&packed, self.limits) {
                Ok((name, bytes)) => whole(format!("{prefix}{name}"), bytes),
                Err(problem) => Entry { path: format!("{prefix}body.rtf"), unpack: Box::new(|_| Err(problem)) },
            };
            self.entries.push(entry);
        }
        let attachments: Vec<String> = match self.file.borrow().read_storage(format!("{at}/")) {
            Ok(inside) => {
                inside.map(|e| e.name().to_owned()).filter(|n| n.starts_with("__attach_version1.0_")).collect()
            }
            Err(_) => Vec::new(),
        };
        for (number, attachment) in (1..).zip(attachments) {
            let at = format!("{at}/{attachment}");
            let name = self.name(&at);
            let inner = format!("{at}/__substg1.0_{MESSAGE}");
            let data = format!("{at}/__substg1.0_{DATA}");
            if self.exists(&data) {
                let entry = self.stream(data, format!("{prefix}{}", name.unwrap_or_else(|| format!("part-{number}"))));
                self.entries.push(entry);
            } else if self.exists(&inner) {
                let path = format!("{prefix}{}", name.unwrap_or_else(|| format!("message-{number}")));
                if depth < self.limits.container_depth {
                    let head = self.head(&inner, INNER_HEADER);
                    if !head.is_empty() {
                        let lines: Vec<String> = head.values().map(|value| format!("{value}\n")).collect();
                        self.entries.push(whole(format!("{path}/head.txt"), lines.concat().into_bytes()));
                    }
                    self.message(&inner, &format!("{path}/"), depth + 1);
                } else {
                    let deep = Problem::new(ProblemCode::LimitExceeded, "too many messages within one another");
                    self.entries.push(Entry { path, unpack: Box::new(|_| Err(deep)) });
                }
            }
        }
    }

    fn exists(&self, path: &str) -> bool {
        self.file.borrow().exists(path)
    }

    /// The first `most` bytes of a stream.
    fn bytes(&self, path: &str, most: u64) -> Option<Vec<u8>> {
        let mut file = self.file.borrow_mut();
        let stream = file.open_stream(path).ok()?;
        let mut bytes = Vec::new();
        stream.take(most).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// A text property of the message or attachment in the storage `at`.
    fn text(&self, at: &str, property: &str, page: CodePage) -> Option<String> {
        let bytes = |kind: &str| self.bytes(&format!("{at}/__substg1.0_{property}{kind}"), TEXT_BYTES);
        let wide = bytes("001F").map(|bytes| encoding_rs::UTF_16LE.decode(&bytes).0.into_owned());
        let text = wide.or_else(|| bytes("001E").map(|bytes| page.decode(&bytes).0))?;
        let text = text.trim_matches('\0').trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The name of the attachment in the storage `at`.
    fn name(&self, at: &str) -> Option<String> {
        let name = NAMES.iter().find_map(|property| self.text(at, property, CodePage::WINDOWS))?;
        Some(name.replace(['/', '\\'], "_"))
    }

    /// Subject, sender, recipients and date of the message in the storage `at`, whose fixed-length properties begin
    /// after `header` bytes.
    fn head(&self, at: &str, header: usize) -> Properties {
        let stream = self.bytes(&format!("{at}/__properties_version1.0"), u64::from(u16::MAX)).unwrap_or_default();
        let fixed = |tags: &[u32]| {
            let entries = stream.get(header..).unwrap_or_default().chunks_exact(16);
            let has_tag = |entry: &&[u8], tag: u32| entry.starts_with(&tag.to_le_bytes());
            tags.iter().find_map(|tag| entries.clone().find(|entry| has_tag(entry, *tag))?.last_chunk().copied())
        };
        let page = fixed(&CODE_PAGES).map_or(0, u64::from_le_bytes) as i32;
        let page = CodePage::from_number(page).unwrap_or(CodePage::WINDOWS);
        let mut head: Properties = HEAD
            .iter()
            .filter_map(|(name, tags)| {
                Some(((*name).to_owned(), tags.iter().find_map(|tag| self.text(at, tag, page))?))
            })
            .collect();
        if let Some(time) = fixed(&TIMES).and_then(|ticks| file_time(u64::from_le_bytes(ticks))) {
            head.insert("created".to_owned(), time);
        }
        head
    }

    /// A stream as an entry; one of UTF-16 becomes UTF-8.
    fn stream(&self, stream: String, path: String) -> Entry<'a> {
        let (file, limits) = (Rc::clone(&self.file), self.limits);
        let unpack: Unpack<'a> = Box::new(move |room| {
            let mut file = file.borrow_mut();
            let content = file
                .open_stream(&stream)
                .map_err(|e| Problem::new(ProblemCode::Damaged, format!("the stream cannot be read: {e}")))?;
            let packed = content.len();
            let bytes = unpack(content, packed, room, limits)?;
            if stream.ends_with("001F") {
                return Ok(encoding_rs::UTF_16LE.decode(&bytes).0.into_owned().into_bytes());
            }
            Ok(bytes)
        });
        Entry { path, unpack }
    }
}
