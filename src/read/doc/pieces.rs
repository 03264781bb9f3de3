//! The piece table: which bytes of the file hold which characters ([MS-DOC] 2.4.1, 2.8.35 PlcPcd, 2.9.38 Clx).

use super::bytes::{slice_at, u8_at, u16_at, u32_at};
use super::fib::{Fib, Part, Version};

/// Characters that lie together in the main stream.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// First character position and the one after the last.
    pub(super) cp: (u32, u32),
    /// Byte offset of the first character.
    pub(super) at: u32,
    /// Two bytes a character, not one.
    pub(super) wide: bool,
    /// Property modifier for the whole piece ([MS-DOC] 2.9.214 Prm).
    pub(super) prm: u16,
}

impl Piece {
    /// Bytes of one character.
    pub(super) fn unit(self) -> u32 {
        if self.wide { 2 } else { 1 }
    }

    /// Where the character at `cp` lies.
    pub(super) fn offset(self, cp: u32) -> u32 {
        self.at.saturating_add(cp.saturating_sub(self.cp.0).saturating_mul(self.unit()))
    }
}

/// The piece table and the property modifiers that its pieces refer to.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) pieces: Vec<Piece>,
    /// Groups of modifiers, by number ([MS-DOC] 2.9.209 Prc).
    pub(super) groups: Vec<Vec<u8>>,
    /// The table was missing or broken, and the text was taken to lie in one piece.
    pub(super) assumed: bool,
}

impl Pieces {
    /// Reads the table from the stream that holds it. Where there is none, the text lies in one piece, as a full save
    /// leaves it.
    pub(super) fn read(fib: &Fib, table: &[u8]) -> Self {
        let (at, length) = fib.part(Part::Pieces);
        let mut found = Self::default();
        if fib.version == Version::Word97 || fib.complex {
            found.parse(fib, slice_at(table, at, length));
        }
        if found.pieces.is_empty() {
            found.assumed = fib.version == Version::Word97 || fib.complex;
            let characters = fib.characters();
            let bytes = fib.text.1.saturating_sub(fib.text.0);
            let wide = (fib.version == Version::Word97 && bytes / 2 >= characters) || fib.wide;
            found.pieces.push(Piece { cp: (0, characters), at: fib.text.0, wide, prm: 0 });
        }
        found
    }

    fn parse(&mut self, fib: &Fib, clx: &[u8]) -> Option<()> {
        let mut at = 0;
        // Groups of modifiers (clxt 1) stand before the table (clxt 2).
        while u8_at(clx, at)? == 1 {
            let length = usize::from(u16_at(clx, at + 1)?);
            self.groups.push(slice_at(clx, at + 3, length).to_vec());
            at += 3 + length;
        }
        if u8_at(clx, at)? != 2 {
            return None;
        }
        let (at, length) = match fib.version {
            Version::Word2 => (at + 3, usize::from(u16_at(clx, at + 1)?)),
            _ => (at + 5, u32_at(clx, at + 1)? as usize),
        };
        let plc = slice_at(clx, at, length);
        let count = length.checked_sub(4)? / 12;
        for i in 0..count {
            let cp = (u32_at(plc, 4 * i)?, u32_at(plc, 4 * i + 4)?);
            let descriptor = 4 * (count + 1) + 8 * i;
            let fc = u32_at(plc, descriptor + 2)?;
            if cp.1 <= cp.0 {
                continue;
            }
            // 2.9.73 FcCompressed: bit 30 says one byte a character, at half the offset.
            let (at, wide) = match (fib.version, fc & 0x4000_0000 != 0) {
                (Version::Word97, true) => ((fc & 0x3FFF_FFFF) / 2, false),
                (Version::Word97, false) => (fc & 0x3FFF_FFFF, true),
                _ => (fc, fib.wide),
            };
            self.pieces.push(Piece { cp, at, wide, prm: u16_at(plc, descriptor + 6).unwrap_or(0) });
        }
        self.pieces.sort_by_key(|piece| piece.cp);
        Some(())
    }

    /// Bytes of `text` that no piece holds, without spaces and marks. A fast save leaves them there: it writes what is new
    /// at the end of the file and gives up the old ("Microsoft Word 6.0 Binary File Format", "Fast-saved files").
    pub(super) fn residual(&self, main: &[u8], text: (u32, u32)) -> usize {
        let mut held: Vec<(u32, u32)> = self.pieces.iter().map(|p| (p.at, p.offset(p.cp.1))).collect();
        held.sort_unstable();
        held.push((text.1, text.1));
        let mut reached = text.0;
        let mut visible = 0;
        for (start, end) in held {
            let gap = slice_at(main, reached as usize, start.min(text.1).saturating_sub(reached) as usize);
            visible += gap.iter().filter(|byte| **byte > b' ').count();
            reached = reached.max(end);
        }
        visible
    }

    /// The pieces that hold characters of `range`, with their numbers, each cut to it.
    pub(super) fn within(&self, range: (u32, u32)) -> impl Iterator<Item = (usize, Piece, (u32, u32))> {
        let first = self.pieces.partition_point(|piece| piece.cp.1 <= range.0);
        let mut reached = range.0;
        let pieces = self.pieces.iter().enumerate().skip(first);
        pieces.take_while(move |(_, piece)| piece.cp.0 < range.1).filter_map(move |(number, piece)| {
            // Pieces of a broken table may overlap; no character is read twice.
            let cut = (piece.cp.0.max(reached), piece.cp.1.min(range.1));
            reached = reached.max(cut.1);
            (cut.0 < cut.1).then_some((number, *piece, cut))
        })
    }
}
