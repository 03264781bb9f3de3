//! Outlook messages (MS-OXMSG): a container of the body, as `body.txt` or `body.html`, the attachments, and
//! the same of messages within the message.

use std::cell::RefCell;
use std::io::{Cursor, Read as _};
use std::rc::Rc;

use super::unpack::unpack;
use crate::document::{Problem, ProblemCode};
use crate::identify::{Entry, Format, Input, Match, Opened, Probe, Reader, Unpack};
use crate::limits::Limits;

/// Outlook messages.
pub const FORMAT: Format = Format { id: "msg", extensions: &["msg"], sniff, reader: Reader::Container(open) };

/// The streams of a body (MS-OXPROPS: PidTagBody as UTF-16 or bytes, PidTagHtml as bytes or UTF-16), best first.
const BODIES: [(&str, &str); 4] =
    [("1000001F", "body.txt"), ("1000001E", "body.txt"), ("10130102", "body.html"), ("1013001F", "body.html")];

/// The names of an attachment: PidTagAttachLongFilename, PidTagAttachFilename, PidTagDisplayName.
const NAMES: [&str; 3] = ["3707", "3704", "3001"];

/// PidTagAttachDataBinary, and PidTagAttachDataObject where the attachment is a message.
const DATA: &str = "37010102";
const MESSAGE: &str = "3701000D";

/// A name longer than this, in bytes, is cut.
const NAME_BYTES: u64 = 2000;

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
    Ok((storage.entries, None))
}

struct Storage<'a> {
    file: File<'a>,
    limits: &'a Limits,
    entries: Vec<Entry<'a>>,
}

impl<'a> Storage<'a> {
    /// The entries of the message in the storage `at`, named under `prefix`.
    fn message(&mut self, at: &str, prefix: &str, depth: usize) {
        let body = BODIES.iter().find(|(stream, _)| self.exists(&format!("{at}/__substg1.0_{stream}")));
        if let Some((stream, name)) = body {
            let entry = self.stream(format!("{at}/__substg1.0_{stream}"), format!("{prefix}{name}"));
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

    /// The name of the attachment in the storage `at`.
    fn name(&self, at: &str) -> Option<String> {
        let text = |property: &str| {
            let bytes = |kind: &str| {
                let mut file = self.file.borrow_mut();
                let stream = file.open_stream(format!("{at}/__substg1.0_{property}{kind}")).ok()?;
                let mut bytes = Vec::new();
                stream.take(NAME_BYTES).read_to_end(&mut bytes).ok()?;
                Some(bytes)
            };
            let wide = bytes("001F").map(|b| encoding_rs::UTF_16LE.decode(&b).0.into_owned());
            let text = wide.or_else(|| bytes("001E").map(|b| encoding_rs::WINDOWS_1252.decode(&b).0.into_owned()))?;
            let text = text.trim_matches('\0').trim().replace(['/', '\\'], "_");
            (!text.is_empty()).then_some(text)
        };
        NAMES.iter().find_map(|property| text(property))
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
