//! Word documents as OOXML packages (ECMA-376, ISO/IEC 29500): .docx, .docm, .dotx, .dotm.

mod numbering;
mod paragraph;
mod properties;
mod styles;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::{HashMap, HashSet};

use super::package::{self, Package, Relation};
use super::{doc, html, rtf, word_xml, xml};
use crate::document::{Block, BlockKind, Document, Embedded, Problem, ProblemCode};
use crate::identify::{Format, Input, Match, Probe, Read, Reader, identify};
use crate::limits::Limits;
use numbering::Numbering;
use styles::Styles;
use walk::{Notes, Shared, Story};

/// Word documents as OOXML packages.
pub const FORMAT: Format =
    Format { id: "docx", extensions: &["docx", "docm", "dotx", "dotm"], sniff, reader: Reader::Document(read) };

/// The main part's content type, and the format it stands for.
const KINDS: [(&str, &str, &str, &str); 4] = [
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "fmt/412",
        "Microsoft Word for Windows",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "fmt/523",
        "Microsoft Word Macro-Enabled Document",
        "application/vnd.ms-word.document.macroEnabled.12",
    ),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "fmt/597",
        "Microsoft Word Template",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
    ),
    (
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        "fmt/599",
        "Microsoft Word Macro-Enabled Document Template",
        "application/vnd.ms-word.template.macroEnabledTemplate.12",
    ),
];

const CONTENT_TYPES: &str = "[Content_Types].xml";

/// A document imported into another (`altChunk`) may itself import one; no further.
const MAX_IMPORT_DEPTH: usize = 2;

fn sniff(probe: &Probe) -> Option<Match> {
    let names = probe.zip_names();
    let in_word_folder = names.iter().any(|name| name.to_ascii_lowercase().starts_with("word/"));
    if !in_word_folder && !names.iter().any(|name| name.eq_ignore_ascii_case(CONTENT_TYPES)) {
        return None;
    }
    let mut package = Package::open(probe.bytes, &Limits::DEFAULT).ok()?;
    let types = package.text(CONTENT_TYPES).unwrap_or_default();
    let kind = KINDS.iter().find(|(main, ..)| types.contains(main));
    let (_, puid, name, mime) = match kind {
        Some(kind) => kind,
        None if in_word_folder => &KINDS[0],
        None => return None,
    };
    // The strict variant has namespaces of its own (ISO/IEC 29500-1 against -4).
    if package
        .text("_rels/.rels")
        .is_some_and(|text| text.contains("http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"))
    {
        return Some(Match::new(
            Some("fmt/1827"),
            "DOCX Strict OOXML Document",
            mime,
            "OPC package with a strict WordprocessingML main part",
        ));
    }
    let basis = match kind {
        Some(_) => "OPC package with a WordprocessingML main part",
        None => "zip file with a folder word/",
    };
    Some(Match::new(Some(puid), name, mime, basis))
}

fn read(input: &Input) -> Read {
    if input.bytes.is_empty() {
        return Err(Problem::new(ProblemCode::Empty, "the file has no bytes"));
    }
    read_package(input.bytes, input.limits, 0)
}

fn read_package(bytes: &[u8], limits: &Limits, import_depth: usize) -> Read {
    let mut package = Package::open(bytes, limits)?;
    let roots = package.relations("");
    let target =
        |kind: &str| roots.iter().find(|relation| relation.kind == kind).map(|relation| relation.target.clone());
    let main = main_part(&mut package, target("officeDocument"))
        .ok_or_else(|| Problem::new(ProblemCode::Damaged, "no main document part"))?;
    let body = package.text(&main).unwrap_or_default();
    if body.is_empty()
        && let Some(at) = package.problems.iter().position(|problem| problem.message.starts_with(&main))
    {
        return Err(package.problems.swap_remove(at));
    }

    let mut document = Document::default();
    if let Some(text) = package.text(&target("core-properties").unwrap_or_else(|| "docProps/core.xml".to_owned())) {
        properties::read_core(&text, &mut document);
    }
    if let Some(text) = package.text(&target("extended-properties").unwrap_or_else(|| "docProps/app.xml".to_owned())) {
        properties::read_extended(&text, &mut document);
    }

    let relations = relations_of_main(&mut package, &main);
    let mut related = |kind: &str| {
        let relation = relations.iter().find(|relation| relation.kind == kind)?;
        Some((relation.target.as_str(), package.text(&relation.target)?))
    };
    let styles = related("styles").map(|(_, text)| Styles::parse(&text)).unwrap_or_default();
    let numbering = related("numbering").map(|(_, text)| Numbering::parse(&text)).unwrap_or_default();
    let notes = [related("footnotes"), related("endnotes")];
    let comments = related("comments");

    let mut shared = Shared { styles: &styles, numbering, limits, cells: 0, chars: 0, problems: Vec::new() };
    let body = walk::walk(&body, &main, BlockKind::Paragraph, &Notes::default(), &mut shared);

    let (headers, footers) = furniture(&mut package, &relations, &body.furniture, &mut shared);
    append(&mut document, headers, |_, _| {});
    let order = &body.notes;
    let notes: Vec<Story> = notes
        .into_iter()
        .flatten()
        .map(|(name, text)| walk::walk(&text, name, BlockKind::Footnote, order, &mut shared))
        .collect();
    let comments =
        comments.map(|(name, text)| walk::walk(&text, name, BlockKind::Comment, &Notes::default(), &mut shared));

    list_embedded(&mut document, &package, &relations, &body);
    let mut imported_chars = 0;
    let mut imports: HashMap<&str, &str> =
        relations.iter().filter(|r| r.kind == "aFChunk").map(|r| (r.id.as_str(), r.target.as_str())).collect();
    append(&mut document, body, |document, id| {
        // Each once: a part imported over and over could fill the memory.
        if let Some(name) = imports.remove(id) {
            imported_chars += import(document, &mut package, name, import_depth);
        }
    });
    for story in notes.into_iter().chain([footers]).chain(comments) {
        append(&mut document, story, |_, _| {});
    }

    let declared = shared.chars + imported_chars;
    document.declared_chars = Some(declared);
    // Where a limit cut a part short, that is why its XML breaks off.
    shared.problems.retain(|problem| problem.message.split_once(": ").is_none_or(|(name, _)| !package.is_cut(name)));
    let mut problems = package.problems;
    problems.append(&mut shared.problems);
    let extracted = document.extracted_chars();
    if extracted * 100 < declared * 98 {
        let message = format!("{extracted} of {declared} characters came out");
        problems.push(Problem::new(ProblemCode::TextIncomplete, message));
    }
    Ok((document, problems))
}

/// The parts of a document that does not come in a package.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) body: String,
    pub(super) styles: String,
    pub(super) numbering: String,
    pub(super) notes: String,
    pub(super) comments: String,
    /// Headers and footers.
    pub(super) furniture: Vec<(BlockKind, String)>,
}

/// Reads the parts of a document into `document`.
pub(super) fn read_parts(parts: &Parts, limits: &Limits, document: &mut Document) -> Vec<Problem> {
    let styles = Styles::parse(&parts.styles);
    let numbering = Numbering::parse(&parts.numbering);
    let mut shared = Shared { styles: &styles, numbering, limits, cells: 0, chars: 0, problems: Vec::new() };
    let mut walk = |text: &str, name, kind, notes: &Notes| walk::walk(text, name, kind, notes, &mut shared);
    let body = walk(&parts.body, "body", BlockKind::Paragraph, &Notes::default());
    let mut headers = Story::default();
    let mut footers = Story::default();
    let mut seen = HashSet::new();
    for (kind, text) in &parts.furniture {
        let story = walk(text, "header or footer", *kind, &Notes::default());
        let texts: Vec<String> = story.blocks.iter().map(|block| block.text.clone()).collect();
        if seen.insert((*kind, texts)) {
            (if *kind == BlockKind::Header { &mut headers } else { &mut footers }).extend(story);
        }
    }
    let notes = walk(&parts.notes, "notes", BlockKind::Footnote, &body.notes);
    let comments = walk(&parts.comments, "comments", BlockKind::Comment, &Notes::default());
    for story in [headers, body, notes, footers, comments] {
        append(document, story, |_, _| {});
    }
    shared.problems
}

/// The name of the main part: as the package's relationships say, else as its content types say, else the usual one.
fn main_part(package: &mut Package, related: Option<String>) -> Option<String> {
    if let Some(name) = related.filter(|name| package.has(name)) {
        return Some(name);
    }
    let mut named = None;
    let types = package.text(CONTENT_TYPES).unwrap_or_default();
    xml::elements(&types, &[], |name, element| {
        let kind = xml::attribute(element, "ContentType").unwrap_or_default();
        if name == "Override" && KINDS.iter().any(|(main, ..)| *main == kind) {
            named = xml::attribute(element, "PartName").map(|name| name.trim_start_matches('/').to_owned());
        }
    });
    named.into_iter().chain(["word/document.xml".to_owned()]).find(|name| package.has(name))
}

/// The relationships of the main part; where they are missing, the usual names of parts beside it stand in.
fn relations_of_main(package: &mut Package, main: &str) -> Vec<Relation> {
    let relations = package.relations(main);
    if !relations.is_empty() {
        return relations;
    }
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    package
        .parts()
        .filter_map(|(name, _)| {
            let (parent, file) = name.rsplit_once('/').unwrap_or(("", name));
            let kind = file.strip_suffix(".xml")?.trim_end_matches(|c: char| c.is_ascii_digit());
            (parent == folder).then(|| Relation { id: String::new(), kind: kind.to_owned(), target: name.to_owned() })
        })
        .collect()
}

/// Headers and footers, each text once: first those that sections refer to, in that order.
fn furniture(
    package: &mut Package,
    relations: &[Relation],
    referred: &[String],
    shared: &mut Shared,
) -> (Story, Story) {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (n, id) in referred.iter().enumerate() {
        places.entry(id).or_insert(n);
    }
    let mut targets = HashSet::new();
    let mut parts: Vec<&Relation> =
        relations.iter().filter(|r| matches!(r.kind.as_str(), "header" | "footer")).collect();
    parts.sort_by_key(|relation| places.get(relation.id.as_str()).copied().unwrap_or(usize::MAX));
    parts.retain(|relation| targets.insert(&relation.target));
    let mut headers = Story::default();
    let mut footers = Story::default();
    let mut seen: HashSet<(BlockKind, Vec<String>)> = HashSet::new();
    for relation in parts {
        let (kind, into) = if relation.kind == "header" {
            (BlockKind::Header, &mut headers)
        } else {
            (BlockKind::Footer, &mut footers)
        };
        let Some(text) = package.text(&relation.target) else { continue };
        let before = shared.chars;
        let story = walk::walk(&text, &relation.target, kind, &Notes::default(), shared);
        let texts = (kind, story.blocks.iter().map(|block| block.text.clone()).collect());
        if seen.insert(texts) {
            into.extend(story);
        } else {
            shared.chars = before;
        }
    }
    (headers, footers)
}

/// Appends the blocks of a story. `import` is called with the relationship id of each imported file, where it stands.
fn append(document: &mut Document, story: Story, mut import: impl FnMut(&mut Document, &str)) {
    let mut chunks = story.chunks.into_iter().peekable();
    let mut ids = Vec::with_capacity(story.blocks.len());
    for (n, block) in story.blocks.into_iter().enumerate() {
        while let Some((_, id)) = chunks.next_if(|(at, _)| *at <= n) {
            import(document, &id);
        }
        ids.push(document.blocks.len() as u32);
        document.push(block);
    }
    for (_, id) in chunks {
        import(document, &id);
    }
    for mut deleted in story.deleted {
        deleted.block = deleted.block.and_then(|n| ids.get(n as usize).copied());
        document.deleted.push(deleted);
    }
}

/// Lists the files in the package that are documents of their own.
fn list_embedded(document: &mut Document, package: &Package, relations: &[Relation], body: &Story) {
    let by_target: HashMap<&str, &Relation> =
        relations.iter().map(|relation| (relation.target.as_str(), relation)).collect();
    for (name, bytes) in package.parts() {
        let relation = by_target.get(name);
        if (name.contains("/embeddings/") && !name.ends_with('/'))
            || relation.is_some_and(|relation| relation.kind == "aFChunk")
        {
            let media_type = relation.and_then(|relation| body.objects.get(&relation.id)).cloned();
            document.embedded.push(Embedded { name: name.to_owned(), bytes, media_type });
        }
    }
}

/// Formats that an imported file may have besides Word's own and plain text.
const IMPORTED: [&Format; 5] = [&rtf::FORMAT, &doc::FORMAT, &word_xml::FORMAT, &html::ARCHIVE, &html::FORMAT];

/// Takes in an imported file (`altChunk`, 17.17.2.1). Returns how many characters it declares.
fn import(document: &mut Document, package: &mut Package, name: &str, depth: usize) -> u64 {
    let Some(content) = package.read(name) else { return 0 };
    let extension = name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_lowercase());
    let inner = if content.starts_with(b"PK\x03\x04") && depth < MAX_IMPORT_DEPTH {
        read_package(&content, package.limits(), depth + 1)
    } else if extension == "txt" {
        let text = package::decode(content);
        text.lines().for_each(|line| document.push(Block::new(BlockKind::Paragraph, line.trim())));
        return crate::document::visible_chars(&text);
    } else {
        read_import(&content, name, &extension, package.limits())
    };
    match inner {
        Ok((inner, problems)) => {
            let extracted = inner.extracted_chars();
            inner.blocks.into_iter().for_each(|block| document.push(block));
            package.problems.extend(problems);
            inner.declared_chars.unwrap_or(extracted)
        }
        Err(problem) => {
            package.problems.push(problem);
            0
        }
    }
}

/// Reads an imported file of another format. A page of HTML may be but a fragment, which its extension tells.
fn read_import(content: &[u8], name: &str, extension: &str, limits: &Limits) -> Read {
    let fragment = || {
        let is_page = html::FORMAT.extensions.contains(&extension);
        is_page.then(|| (&html::FORMAT, Match::new(None, "HTML", "text/html", "extension of an imported file")))
    };
    match identify(&Probe::new(content, extension), &IMPORTED).or_else(fragment) {
        Some((Format { reader: Reader::Document(read), .. }, found)) => {
            read(&Input { bytes: content, name, found: &found, limits })
        }
        _ => {
            let message = format!("{name}: text imported from a file of another format is not read");
            Err(Problem::new(ProblemCode::TextIncomplete, message))
        }
    }
}
