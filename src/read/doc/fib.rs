//! The file information block: which Word wrote the file, and where everything is.
//!
//! Word 97 and later: [MS-DOC] 2.5. Word 6/95 and Word 2: "Microsoft Word 6.0 Binary File Format" and
//! "Microsoft Word for Windows 2.0 Binary File Format", each under "File Information Block".

use super::bytes::{u16_at, u32_at};

/// Which layout the file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    Word2,
    /// Word 6.0 and Word 95.
    Word6,
    /// Word 97 to 2003.
    Word97,
}

/// The parts of a document, in the order in which their characters stand ([MS-DOC] 2.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    Body,
    Footnotes,
    Headers,
    Macros,
    Comments,
    Endnotes,
    TextBoxes,
    HeaderTextBoxes,
}

/// Structures that the block points to ([MS-DOC] 2.5.6 FibRgFcLcb97).
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    StyleSheet,
    FootnoteTexts,
    CommentTexts,
    Sections,
    Headers,
    CharacterPages,
    ParagraphPages,
    Fonts,
    Properties,
    Associated,
    Pieces,
    EndnoteTexts,
    RevisionAuthors,
    TextBoxes,
    TextBoxAnchors,
    Lists,
    ListOverrides,
}

/// The file information block.
#[derive(Debug, Clone)]
pub(super) struct Fib {
    pub(super) version: Version,
    /// Language of the program that wrote the file.
    pub(super) lid: u16,
    /// The file was saved by appending (a fast save).
    pub(super) complex: bool,
    pub(super) encrypted: bool,
    /// Word 95 of the Far East: the text is in UTF-16.
    pub(super) wide: bool,
    /// Name of the stream that holds the structures.
    pub(super) table: &'static str,
    /// Where the text begins and ends, if it is in one piece.
    pub(super) text: (u32, u32),
    /// Characters in each story.
    lengths: [u32; 8],
    /// First page of character and paragraph properties and how many there are (before Word 97).
    pub(super) pages: [(u16, u16); 2],
    parts: Vec<(u32, u32)>,
}

impl Fib {
    /// Reads the block at the start of the main stream. `None` where there is none or it is cut off.
    pub(super) fn read(main: &[u8]) -> Option<Self> {
        let version = match (u16_at(main, 0)?, u16_at(main, 2)?) {
            (0xA5DB, _) => Version::Word2,
            // 0xA699 is written by some makes of Word 95.
            (0xA5DC, _) | (0xA5EC | 0xA699, ..=105) => Version::Word6,
            (0xA5EC, _) => Version::Word97,
            _ => return None,
        };
        let flags = u16_at(main, 10)?;
        let pair = |at: usize| Some((u32_at(main, at)?, u32_at(main, at + 4)?));
        let mut lengths = [0; 8];
        let mut pages = [(0, 0); 2];
        let parts;
        match version {
            Version::Word97 => {
                // 2.5.1: FibBase is 32 bytes, then counted arrays of 16-bit values, 32-bit values and pairs.
                let longs = 34 + 2 * usize::from(u16_at(main, 32)?);
                let pairs = longs + 2 + 4 * usize::from(u16_at(main, longs)?);
                for (i, length) in lengths.iter_mut().enumerate() {
                    *length = u32_at(main, longs + 2 + 4 * (3 + i))?;
                }
                let count = usize::from(u16_at(main, pairs)?);
                parts = (0..count).map_while(|i| pair(pairs + 2 + 8 * i)).collect();
            }
            Version::Word6 => {
                for (i, length) in lengths.iter_mut().enumerate() {
                    *length = u32_at(main, 0x34 + 4 * i)?;
                }
                for (i, pages) in pages.iter_mut().enumerate() {
                    *pages = (u16_at(main, 0x18A + 2 * i)?, u16_at(main, 0x18E + 2 * i)?);
                }
                // 38 pairs, five 16-bit values, then further pairs.
                parts = (0..38).map(|i| 0x58 + 8 * i).chain((0..26).map(|i| 0x192 + 8 * i)).map_while(pair).collect();
            }
            Version::Word2 => {
                for (i, length) in lengths[..5].iter_mut().enumerate() {
                    *length = u32_at(main, 0x34 + 4 * i)?;
                }
                for (i, pages) in pages.iter_mut().enumerate() {
                    *pages = (u16_at(main, 0x13E + 2 * i)?, u16_at(main, 0x142 + 2 * i)?);
                }
                let pair = |at: usize| Some((u32_at(main, at)?, u32::from(u16_at(main, at + 4)?)));
                parts = (0..38).map_while(|i| pair(0x58 + 6 * i)).collect();
            }
        }
        Some(Self {
            version,
            lid: u16_at(main, 6)?,
            complex: flags & 0x0004 != 0,
            encrypted: flags & 0x0100 != 0,
            // FIB.fExtChar.
            wide: version == Version::Word6 && flags & 0x1000 != 0,
            table: if flags & 0x0200 == 0 { "0Table" } else { "1Table" },
            text: pair(0x18)?,
            lengths,
            pages,
            parts,
        })
    }

    /// Offset and length of a structure; length 0 where the file has none.
    pub(super) fn part(&self, part: Part) -> (usize, usize) {
        let index = match part {
            Part::StyleSheet => 1,
            Part::FootnoteTexts => 3,
            Part::CommentTexts => 5,
            Part::Sections => 6,
            Part::Headers => 11,
            Part::CharacterPages => 12,
            Part::ParagraphPages => 13,
            Part::Fonts => 15,
            Part::Properties => 31,
            Part::Associated => 32,
            Part::Pieces => 33,
            Part::TextBoxAnchors => 40,
            Part::EndnoteTexts => 47,
            Part::RevisionAuthors => 51,
            Part::TextBoxes => 56,
            Part::Lists => 73,
            Part::ListOverrides => 74,
        };
        self.parts.get(index).map_or((0, 0), |(at, length)| (*at as usize, *length as usize))
    }

    /// Character positions of a story: the first and the one after the last.
    pub(super) fn story(&self, story: Story) -> (u32, u32) {
        let index = story as usize;
        let start = self.lengths[..index].iter().fold(0u32, |sum, n| sum.saturating_add(*n));
        (start, start.saturating_add(self.lengths[index]))
    }

    /// Characters in all stories.
    pub(super) fn characters(&self) -> u32 {
        self.story(Story::HeaderTextBoxes).1
    }
}
