//! The source text of a page before it is parsed.

use std::borrow::Cow;

/// Elements whose end tags may be left out, or that have none; they do not count as nesting.
const SHALLOW: [&str; 26] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "colgroup", "br", "hr", "img",
    "input", "meta", "link", "col", "area", "base", "wbr", "param", "html", "head", "body",
];

/// The character set that a `meta` element or XML declaration near the start names.
pub(super) fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..4096).unwrap_or(bytes).to_ascii_lowercase();
    let xml = head.trim_ascii_start().starts_with(b"<?xml");
    let at = memchr::memmem::find(&head, b"charset").map(|at| at + 7);
    let at = at.or_else(|| memchr::memmem::find(&head, b"encoding").filter(|_| xml).map(|at| at + 8))?;
    let rest = head.get(at..)?.trim_ascii_start().strip_prefix(b"=")?;
    let name: Vec<u8> = rest
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))
        .take(40)
        .collect();
    String::from_utf8(name).ok().filter(|name| !name.is_empty())
}

/// Without the tags of elements nested deeper than `limit`, and whether there were any: the parser takes time in the
/// square of the depth.
pub(super) fn flatten(text: &str, limit: usize) -> (Cow<'_, str>, bool) {
    let mut depth = 0_usize;
    let mut kept = String::new();
    let mut kept_to = 0;
    for (at, _) in text.match_indices('<') {
        let rest = text.get(at + 1..).unwrap_or_default();
        let (name, closes) = match rest.strip_prefix('/') {
            Some(name) => (name, true),
            None => (rest, false),
        };
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = name.get(..length.min(16)).unwrap_or_default().to_ascii_lowercase();
        if name.is_empty() || SHALLOW.contains(&name.as_str()) {
            continue;
        }
        let too_deep = depth > limit || (depth == limit && !closes);
        if closes {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
        }
        if too_deep && at >= kept_to {
            kept.push_str(text.get(kept_to..at).unwrap_or_default());
            kept_to = text.get(at..).and_then(|tag| tag.find('>')).map_or(text.len(), |end| at + end + 1);
        }
    }
    if kept_to == 0 {
        return (Cow::Borrowed(text), false);
    }
    kept.push_str(text.get(kept_to..).unwrap_or_default());
    (Cow::Owned(kept), true)
}
