//! E-mail (RFC 5322 with MIME, RFC 2045): a container of its body, as `body.txt` or `body.html`, and its attachments.
//! Subject, sender, recipients and date are its properties.

use std::borrow::Cow;

use mail_parser::{Addr, Address, DateTime, Encoding, Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use super::unpack::whole;
use crate::document::{Problem, ProblemCode, Properties};
use crate::identify::{Contents, Entry, Format, Input, Match, Opened, Probe, Reader};

/// A single e-mail.
pub const FORMAT: Format = Format { id: "eml", extensions: &["eml"], sniff, reader: Reader::Container(open) };

/// How far the header is looked at, in bytes.
const HEAD: usize = 64 << 10;

/// Fields that people fill in.
const FIELDS: [&str; 6] = ["from", "to", "cc", "date", "subject", "reply-to"];

/// Fields that only programs write. Minutes that begin with typed lines `From:` and `Date:` have none.
const TRACES: [&str; 5] = ["message-id", "mime-version", "received", "return-path", "content-type"];

fn sniff(probe: &Probe) -> Option<Match> {
    let head = probe.bytes.get(..probe.bytes.len().min(HEAD))?;
    let (mut fields, mut traces) = (0, 0);
    for (number, line) in head.split(|b| *b == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        // An mbox file's line before the header (RFC 4155).
        if line.is_empty() || line.starts_with(b"From ") && number == 0 {
            if line.is_empty() { break } else { continue }
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if number == 0 { return None } else { continue }
        }
        let Some(colon) = line.iter().position(|b| *b == b':') else { break };
        let name = line.get(..colon)?;
        if name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
            break;
        }
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        fields += usize::from(FIELDS.contains(&name.as_str()));
        traces += usize::from(TRACES.contains(&name.as_str()));
    }
    (fields >= 2 && traces >= 1).then(|| {
        Match::new(
            Some("fmt/278"),
            "Internet Message Format",
            "message/rfc822",
            format!("{} header fields of RFC 5322", fields + traces),
        )
    })
}

fn open<'a>(input: &Input<'a>) -> Opened<'a> {
    let message = MessageParser::default()
        .parse(input.bytes)
        .ok_or_else(|| Problem::new(ProblemCode::Damaged, "the message cannot be read"))?;
    let mut bodies = Vec::new();
    for (is_html, name) in [(false, "body.txt"), (true, "body.html")] {
        let parts = message.text_bodies().filter(|part| matches!(part.body, PartType::Html(_)) == is_html);
        let texts: Vec<Cow<'_, [u8]>> = parts.filter_map(|part| content(&message, part)).collect();
        if texts.iter().any(|text| !text.trim_ascii().is_empty()) {
            bodies.push(whole(name.to_owned(), texts.join(b"\n\n".as_slice())));
        }
    }
    let attachments = (1..).zip(message.attachments()).filter_map(|(number, part)| {
        let bytes = match &part.body {
            PartType::Message(inner) => inner.raw_message().to_vec(),
            _ => content(&message, part)?.into_owned(),
        };
        let name = part.attachment_name().map(str::to_owned).unwrap_or_else(|| match &part.body {
            PartType::Message(_) => format!("message-{number}.eml"),
            PartType::Text(_) => format!("part-{number}.txt"),
            PartType::Html(_) => format!("part-{number}.html"),
            _ => format!("part-{number}"),
        });
        Some(whole(name, bytes))
    });
    let entries: Vec<Entry<'a>> = bodies.into_iter().chain(attachments).collect();
    Ok(Contents { entries, lost: None, properties: head(&message) })
}

/// Subject, sender, recipients and date.
fn head(message: &Message) -> Properties {
    let people = |address: Option<&Address>| {
        let one = |addr: &Addr| match (addr.name(), addr.address()) {
            (Some(name), Some(address)) => Some(format!("{name} <{address}>")),
            (name, address) => name.or(address).map(str::to_owned),
        };
        address.map(|address| address.iter().filter_map(one).collect::<Vec<_>>().join(", "))
    };
    let values = [
        ("title", message.subject().map(str::to_owned)),
        ("author", people(message.from().or(message.sender()))),
        ("recipients", people(message.to())),
        ("created", message.date().filter(|date| date.is_valid()).map(DateTime::to_rfc3339)),
    ];
    let given = values.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    given.filter(|(_, value)| !value.trim().is_empty()).collect()
}

/// The content of a part. A text without a declared character set keeps its bytes, for the text reader to judge.
fn content<'m>(message: &'m Message, part: &'m MessagePart) -> Option<Cow<'m, [u8]>> {
    let charset = part.content_type().and_then(|t| t.attribute("charset"));
    let raw = || message.raw_message.get(part.offset_body as usize..part.offset_end as usize);
    match &part.body {
        PartType::Text(_) | PartType::Html(_) if charset.is_none() && part.encoding == Encoding::None => {
            raw().map(Cow::Borrowed)
        }
        PartType::Text(text) => Some(Cow::Borrowed(text.as_bytes())),
        // The mark at the start outweighs what the page says about its own, former encoding.
        PartType::Html(text) => Some(Cow::Owned(format!("\u{FEFF}{text}").into_bytes())),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => Some(Cow::Borrowed(bytes.as_ref())),
        PartType::Message(_) | PartType::Multipart(_) => None,
    }
}
