//! Property modifiers: an operation code and its operand ([MS-DOC] 2.2.5).
//!
//! Word 97 writes codes of two bytes that tell the operand's size. Word 6/95 and Word 2 write one byte whose operand size
//! stands in a table; the codes that matter here are turned into those of Word 97, so that the rest of the reader knows
//! one set.

use super::bytes::{u8_at, u16_at};
use super::fib::Version;

/// One property modifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sprm<'a> {
    /// The operation code of Word 97; 0 for one of an older Word that is of no use here.
    pub(super) code: u16,
    /// The operand, without the bytes that tell its length.
    pub(super) operand: &'a [u8],
}

impl Sprm<'_> {
    pub(super) fn byte(&self) -> u8 {
        u8_at(self.operand, 0).unwrap_or(0)
    }

    /// The operand as a number; one byte where there is but one.
    pub(super) fn word(&self) -> u16 {
        u16_at(self.operand, 0).unwrap_or(u16::from(self.byte()))
    }
}

// Paragraph properties ([MS-DOC] 2.6.2).
pub(super) const P_ISTD: u16 = 0x4600;
pub(super) const P_INC_LVL: u16 = 0x2602;
pub(super) const P_PAGE_BREAK_BEFORE: u16 = 0x2407;
pub(super) const P_ILVL: u16 = 0x260A;
pub(super) const P_ILFO: u16 = 0x460B;
pub(super) const P_IN_TABLE: u16 = 0x2416;
pub(super) const P_ROW_END: u16 = 0x2417;
/// sprmPNLvlAnm, obsolete: the list level of Word 6.
pub(super) const P_OLD_LEVEL: u16 = 0x25FF;
/// sprmPAnld80: the numbering of Word 6.
pub(super) const P_OLD_LIST: u16 = 0xC63E;
pub(super) const P_OUTLINE_LEVEL: u16 = 0x2640;
pub(super) const P_HUGE_PAPX: u16 = 0x6646;
pub(super) const P_HUGE_PAPX_OLD: u16 = 0x6645;
pub(super) const P_DEPTH: u16 = 0x6649;
pub(super) const P_DEPTH_CHANGE: u16 = 0x664A;
/// sprmPFInnerTableCell: the paragraph mark ends a cell of an inner table.
pub(super) const P_INNER_CELL: u16 = 0x244B;
/// sprmPFInnerTtp: the paragraph mark ends a row of an inner table.
pub(super) const P_INNER_ROW_END: u16 = 0x244C;
pub(super) const P_TABLE_PROPERTIES: u16 = 0x646B;

// Character properties ([MS-DOC] 2.6.1).
pub(super) const C_DELETED: u16 = 0x0800;
pub(super) const C_AUTHOR: u16 = 0x4804;
pub(super) const C_DATE: u16 = 0x6805;
pub(super) const C_PICTURE: u16 = 0x6A03;
pub(super) const C_SYMBOL: u16 = 0x6A09;
pub(super) const C_ISTD: u16 = 0x4A30;
pub(super) const C_PLAIN: u16 = 0x2A33;
pub(super) const C_BOLD: u16 = 0x0835;
pub(super) const C_ITALIC: u16 = 0x0836;
pub(super) const C_HIDDEN: u16 = 0x083C;
/// sprmCLid, obsolete: the language of a text of Word 6.
pub(super) const C_LANGUAGE: u16 = 0x4A41;
pub(super) const C_SIZE: u16 = 0x4A43;
pub(super) const C_FONT: u16 = 0x4A4F;
pub(super) const C_SPECIAL: u16 = 0x0855;
pub(super) const C_DELETED_BY: u16 = 0x4863;
pub(super) const C_DELETED_AT: u16 = 0x6864;

// Table and section properties ([MS-DOC] 2.6.3, 2.6.4).
pub(super) const T_DEFINITION: u16 = 0xD608;
pub(super) const T_VERTICAL_MERGE: u16 = 0xD62B;
/// sprmSBkc: how a section begins.
pub(super) const S_BREAK: u16 = 0x3009;
/// sprmSGprfIhdt, obsolete: which headers and footers a section of Word 6 has.
pub(super) const S_HEADERS: u16 = 0x31FF;
/// sprmSOlstAnm, obsolete: how a section of Word 6 numbers its headings.
pub(super) const S_OUTLINE: u16 = 0xD202;

/// The modifiers in `bytes`, up to the first that is cut off or not known.
pub(super) fn sprms(version: Version, bytes: &[u8]) -> impl Iterator<Item = Sprm<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (sprm, length) = match version {
            Version::Word97 => modern(rest)?,
            Version::Word6 => old(rest, WORD6, &[188, 190])?,
            Version::Word2 => old(rest, WORD2, &[154])?,
        };
        rest = rest.get(length..)?;
        Some(sprm)
    })
}

/// [MS-DOC] 2.6: the size of the operand is in the upper three bits, with two exceptions.
fn modern(bytes: &[u8]) -> Option<(Sprm<'_>, usize)> {
    let code = u16_at(bytes, 0)?;
    let (start, length) = match (code >> 13, code) {
        (6, T_DEFINITION | 0xD606) => (4, usize::from(u16_at(bytes, 2)?).checked_sub(1)?),
        // sprmPChgTabs with 255: the length is in the operand (2.9.182 PChgTabsOperand).
        (6, 0xC615) if u8_at(bytes, 2)? == 255 => {
            let closed = 4 * usize::from(u8_at(bytes, 3)?);
            let opened = 3 * usize::from(u8_at(bytes, 4 + closed)?);
            (3, 2 + closed + opened)
        }
        (6, _) => (3, usize::from(u8_at(bytes, 2)?)),
        (0 | 1, _) => (2, 1),
        (2 | 4 | 5, _) => (2, 2),
        (7, _) => (2, 3),
        _ => (2, 4),
    };
    Some((Sprm { code, operand: bytes.get(start..start + length)? }, start + length))
}

/// Operand length: a length byte tells it.
const VARIABLE: u8 = 0xFF;

/// A modifier of one byte: `table` gives first code, last code and operand size.
fn old<'a>(bytes: &'a [u8], table: &[(u8, u8, u8, u16)], long: &[u8]) -> Option<(Sprm<'a>, usize)> {
    let old_code = u8_at(bytes, 0)?;
    let (.., size, code) = *table.iter().find(|(first, last, ..)| (*first..=*last).contains(&old_code))?;
    let (start, length) = match size {
        VARIABLE if long.contains(&old_code) => (3, usize::from(u16_at(bytes, 1)?).checked_sub(1)?),
        // sprmPChgTabs, as above.
        VARIABLE if old_code == 23 && u8_at(bytes, 1)? == 255 => {
            let closed = 4 * usize::from(u8_at(bytes, 2)?);
            let opened = 3 * usize::from(u8_at(bytes, 3 + closed)?);
            (2, 2 + closed + opened)
        }
        VARIABLE => (2, usize::from(u8_at(bytes, 1)?)),
        size => (1, usize::from(size)),
    };
    Some((Sprm { code, operand: bytes.get(start..start + length)? }, start + length))
}

/// Codes of Word 6/95: first, last, operand size, code in Word 97 ("Microsoft Word 6.0 Binary File Format", sprm table).
const WORD6: &[(u8, u8, u8, u16)] = &[
    (0, 0, 0, 0),
    (2, 2, 2, P_ISTD),
    (3, 3, VARIABLE, 0),
    (4, 4, 1, P_INC_LVL),
    (9, 9, 1, P_PAGE_BREAK_BEFORE),
    (5, 11, 1, 0),
    (12, 12, VARIABLE, P_OLD_LIST),
    (13, 13, 1, P_OLD_LEVEL),
    (14, 14, 1, 0),
    (15, 15, VARIABLE, 0),
    (16, 19, 2, 0),
    (20, 20, 4, 0),
    (21, 22, 2, 0),
    (23, 23, VARIABLE, 0),
    (24, 24, 1, P_IN_TABLE),
    (25, 25, 1, P_ROW_END),
    (26, 28, 2, 0),
    (29, 29, 1, 0),
    (30, 36, 2, 0),
    (37, 37, 1, 0),
    (38, 43, 2, 0),
    (44, 44, 1, 0),
    (45, 49, 2, 0),
    (50, 51, 1, 0),
    (52, 52, 0, 0),
    (64, 64, VARIABLE, 0),
    (65, 65, 1, C_DELETED),
    (66, 67, 1, 0),
    (68, 68, VARIABLE, C_PICTURE),
    (69, 69, 2, C_AUTHOR),
    (70, 70, 4, C_DATE),
    (71, 71, 1, 0),
    (72, 72, 2, 0),
    (73, 73, 3, 0),
    (74, 74, VARIABLE, C_SYMBOL),
    (75, 75, 1, 0),
    (77, 77, VARIABLE, 0),
    (79, 79, VARIABLE, 0),
    (80, 80, 2, C_ISTD),
    (81, 82, VARIABLE, 0),
    (83, 83, 0, C_PLAIN),
    (85, 85, 1, C_BOLD),
    (86, 86, 1, C_ITALIC),
    (92, 92, 1, C_HIDDEN),
    (87, 91, 1, 0),
    (93, 93, 2, C_FONT),
    (94, 94, 1, 0),
    (95, 95, 3, 0),
    (99, 99, 2, C_SIZE),
    (97, 97, 2, C_LANGUAGE),
    (96, 96, 2, 0),
    (98, 98, 1, 0),
    (100, 100, 1, 0),
    (101, 101, 2, 0),
    (102, 102, 1, 0),
    (103, 103, VARIABLE, 0),
    (104, 104, 1, 0),
    (105, 106, VARIABLE, 0),
    (107, 107, 2, 0),
    (108, 108, VARIABLE, 0),
    (109, 110, 2, 0),
    (117, 117, 1, C_SPECIAL),
    (118, 119, 1, 0),
    (120, 120, VARIABLE, 0),
    (121, 124, 2, 0),
    (131, 132, 1, 0),
    (133, 133, VARIABLE, S_OUTLINE),
    (136, 137, 3, 0),
    (138, 139, 1, 0),
    (140, 141, 2, 0),
    (142, 142, 1, S_BREAK),
    (143, 143, 1, 0),
    (144, 145, 2, 0),
    (146, 147, 1, 0),
    (148, 149, 2, 0),
    (150, 152, 1, 0),
    (153, 153, 1, S_HEADERS),
    (154, 157, 2, 0),
    (158, 159, 1, 0),
    (160, 161, 2, 0),
    (162, 162, 1, 0),
    (163, 171, 2, 0),
    (182, 184, 2, 0),
    (185, 186, 1, 0),
    (187, 187, 12, 0),
    (188, 188, VARIABLE, 0),
    (189, 189, 2, 0),
    (190, 190, VARIABLE, T_DEFINITION),
    (191, 191, VARIABLE, 0),
    (192, 192, 4, 0),
    (193, 193, 5, 0),
    (194, 194, 4, 0),
    (195, 195, 2, 0),
    (196, 196, 4, 0),
    (197, 198, 2, 0),
    (199, 199, 5, 0),
    (200, 200, 4, 0),
];

/// The same for Word 2 ("Microsoft Word for Windows 2.0 Binary File Format").
const WORD2: &[(u8, u8, u8, u16)] = &[
    (0, 0, 0, 0),
    (2, 2, 1, P_ISTD),
    (3, 3, VARIABLE, 0),
    (9, 9, 1, P_PAGE_BREAK_BEFORE),
    (4, 14, 1, 0),
    (15, 15, VARIABLE, 0),
    (16, 22, 2, 0),
    (23, 23, VARIABLE, 0),
    (24, 24, 1, P_IN_TABLE),
    (25, 25, 1, P_ROW_END),
    (26, 28, 2, 0),
    (29, 29, 1, 0),
    (30, 36, 2, 0),
    (37, 37, 1, 0),
    (38, 43, 2, 0),
    (44, 44, 1, 0),
    (45, 49, 2, 0),
    (50, 51, 1, 0),
    (52, 52, 0, 0),
    (53, 53, 1, C_DELETED),
    (54, 55, 1, 0),
    (57, 57, VARIABLE, 0),
    (58, 58, 0, C_PLAIN),
    (60, 60, 1, C_BOLD),
    (61, 61, 1, C_ITALIC),
    (67, 67, 1, C_HIDDEN),
    (62, 66, 1, 0),
    (68, 68, 2, C_FONT),
    (69, 69, 1, 0),
    (70, 70, 3, 0),
    (71, 72, 2, 0),
    (74, 74, 1, C_SIZE),
    (73, 77, 1, 0),
    (78, 78, VARIABLE, 0),
    (80, 81, 1, 0),
    (82, 83, 2, 0),
    (84, 87, 1, 0),
    (94, 94, 1, 0),
    (95, 95, VARIABLE, 0),
    (96, 99, 2, 0),
    (112, 114, 1, 0),
    (115, 116, 2, 0),
    (117, 117, 1, S_BREAK),
    (118, 118, 1, 0),
    (119, 120, 2, 0),
    (121, 122, 1, 0),
    (123, 124, 2, 0),
    (125, 127, 1, 0),
    (128, 128, 1, S_HEADERS),
    (129, 132, 2, 0),
    (133, 134, 1, 0),
    (135, 136, 2, 0),
    (137, 138, 1, 0),
    (139, 148, 2, 0),
    (149, 149, 1, 0),
    (152, 152, VARIABLE, 0),
    (153, 153, 2, 0),
    (154, 154, VARIABLE, T_DEFINITION),
    (155, 155, VARIABLE, 0),
    (157, 157, 5, 0),
    (158, 158, 4, 0),
    (159, 159, 2, 0),
    (160, 160, 4, 0),
    (161, 162, 2, 0),
    (163, 163, 5, 0),
    (164, 164, 4, 0),
];
