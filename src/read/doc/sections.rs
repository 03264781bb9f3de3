//! Sections: where they end, how the next begins, and which headers and footers they have ([MS-DOC] 2.8.26 PlcfSed,
//! 2.9.242 Sed, 2.9.246 Sepx).

use super::bytes::{slice_at, u8_at, u16_at, u32_at};
use super::fib::{Fib, Part, Version};
use super::sprm::{self, sprms};
use crate::document::BlockKind;

#[derive(Debug, Default)]
struct Section {
    end: u32,
    /// Begins on the page of the one before.
    continuous: bool,
    /// Which headers and footers there are, a bit each (before Word 97).
    headers: u8,
    /// How headings are numbered (Word 6).
    outline: Vec<u8>,
}

/// The sections of a document.
#[derive(Debug, Default)]
pub(super) struct Sections {
    sections: Vec<Section>,
    /// Which note separators there are, a bit each (before Word 97).
    separators: u8,
}

impl Sections {
    pub(super) fn read(fib: &Fib, main: &[u8], table: &[u8]) -> Self {
        let (at, length) = fib.part(Part::Sections);
        let plc = slice_at(table, at, length);
        let count = plc.len().saturating_sub(4) / 16;
        let section = |i: usize| {
            let mut section = Section { end: u32_at(plc, 4 * i + 4)?, ..Section::default() };
            let sepx = u32_at(plc, 4 * (count + 1) + 12 * i + 2)? as usize;
            if sepx != 0xFFFF_FFFF {
                let grpprl = slice_at(main, sepx + 2, usize::from(u16_at(main, sepx).unwrap_or(0)));
                for sprm in sprms(fib.version, grpprl) {
                    match sprm.code {
                        sprm::S_BREAK => section.continuous = sprm.byte() == 0,
                        sprm::S_HEADERS => section.headers = sprm.byte(),
                        sprm::S_OUTLINE => section.outline = sprm.operand.to_vec(),
                        _ => {}
                    }
                }
            }
            Some(section)
        };
        let (at, _) = fib.part(Part::Properties);
        Self { sections: (0..count).map_while(section).collect(), separators: u8_at(table, at + 1).unwrap_or(0) }
    }

    /// Ends of sections that the next one follows on the same page.
    pub(super) fn continuous(&self) -> Vec<u32> {
        self.sections.windows(2).filter(|pair| pair[1].continuous).map(|pair| pair[0].end).collect()
    }

    /// Where the sections end, and how each numbers its headings.
    pub(super) fn outlines(&self) -> Vec<(u32, Vec<u8>)> {
        self.sections.iter().map(|section| (section.end, section.outline.clone())).collect()
    }

    /// What the stretches of the header story are, of `count` at most; `None` for the separators of notes.
    ///
    /// Word 97 has six separators, then six headers and footers for each section ([MS-DOC] 2.8.16 Plcfhdd). Word 6 and
    /// Word 2 have only those whose bits are set in DOP.grpfIhdt and SEP.grpfIhdt.
    pub(super) fn header_kinds(&self, version: Version, count: usize) -> Vec<Option<BlockKind>> {
        const KINDS: [BlockKind; 6] = [
            BlockKind::Header,
            BlockKind::Header,
            BlockKind::Footer,
            BlockKind::Footer,
            BlockKind::Header,
            BlockKind::Footer,
        ];
        if version == Version::Word97 {
            return (0..count).map(|i| if i < 6 { None } else { Some(KINDS[i % 6]) }).collect();
        }
        let separators = (0..self.separators.count_ones()).map(|_| None);
        let kinds = self
            .sections
            .iter()
            .flat_map(|section| (0..6).filter(|bit| section.headers >> bit & 1 == 1).map(|bit| Some(KINDS[bit])));
        // What no bit announces is taken for a header rather than lost.
        separators.chain(kinds).chain(std::iter::repeat(Some(BlockKind::Header))).take(count).collect()
    }
}
