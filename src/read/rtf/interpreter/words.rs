//! What each control word does: properties, destinations, fonts, notes.

use super::{Destination, Font, Interpreter};
use crate::document::BlockKind;
use crate::read::codepage::CodePage;
use crate::read::label::write_number;

impl Interpreter<'_> {
    /// Does what a control word says.
    pub(super) fn word(&mut self, name: &str, value: Option<i32>) {
        if !matches!(name, "u" | "emdash" | "endash" | "bullet" | "lquote" | "rquote" | "ldblquote" | "rdblquote") {
            self.flush();
            self.skip = 0;
        }
        if self.opened && self.destination(name, value) {
            return;
        }
        let number = value.unwrap_or(0);
        let on = value != Some(0);
        match self.state.destination {
            Destination::FontTable => return self.define_font(name, number),
            Destination::ListTable => return self.lists.define(name, value.unwrap_or(1)),
            Destination::ListOverrides => return self.lists.define_override(name, number),
            Destination::StyleSheet => match name {
                "s" => return self.style.0 = number,
                // 0 to 8 are levels, 9 is none.
                "outlinelevel" => return self.style.2 = outline_level(number),
                "u" => {}
                _ => return,
            },
            Destination::Info => {
                if name == "nofpages" {
                    self.contents.pages = u32::try_from(number).ok().filter(|pages| *pages > 0);
                }
                return;
            }
            Destination::Property(_) => {
                let places = ["yr", "mo", "dy", "hr", "min"];
                if let Some(place) = places.iter().position(|place| *place == name) {
                    self.date[place] = number.clamp(0, 9999);
                    return;
                }
            }
            _ => {}
        }
        match name {
            "u" => self.unicode(number),
            "uc" => self.state.fallback = usize::try_from(number).unwrap_or(1).min(16),
            "ansi" => self.page = CodePage::WINDOWS,
            "mac" => self.page = CodePage::MAC,
            "pc" => self.page = CodePage::PC,
            "pca" => self.page = CodePage::PCA,
            "ansicpg" => self.page = CodePage::from_number(number).unwrap_or(self.page),
            "deff" => {
                self.default_font = number;
                self.state.font = number;
            }
            "f" => self.state.font = number,
            "b" => self.state.run.bold = on,
            "i" => self.state.run.italic = on,
            "fs" => self.state.run.half_points = u16::try_from(number).ok().filter(|size| *size > 0),
            "plain" => {
                self.state.plain();
                self.state.font = self.default_font;
            }
            "v" => self.state.hidden = on,
            "deleted" => self.state.deleted = on,
            "revauthdel" => self.state.reviewer = usize::try_from(number).unwrap_or(0),
            "revdttmdel" => self.state.date = number,
            "tab" => self.character("\t"),
            "line" | "lbr" | "column" | "softline" => self.character("\n"),
            "emdash" => self.character("—"),
            "endash" => self.character("–"),
            "bullet" => self.character("•"),
            "lquote" => self.character("‘"),
            "rquote" => self.character("’"),
            "ldblquote" => self.character("“"),
            "rdblquote" => self.character("”"),
            "emspace" | "enspace" | "qmspace" => self.character(" "),
            "par" => self.end_paragraph(),
            "page" => self.break_page(),
            "sect" => self.end_section(),
            "sbknone" | "sbkcol" if self.flow().section_starts => self.flow().break_next = false,
            "pard" => self.state.default_paragraph(),
            "s" => self.state.style = number,
            "outlinelevel" => self.state.outline = outline_level(number),
            "ls" => self.state.list = Some(number).filter(|id| *id != 0),
            "ilvl" => self.state.list_level = u8::try_from(number).unwrap_or(0).min(8),
            "intbl" => self.state.in_table = on,
            "itap" => self.state.nesting = usize::try_from(number).ok(),
            "pagebb" => self.state.page_break_before = on,
            "cell" => self.end_cell(1),
            "nestcell" => self.end_cell(self.state.depth_in_tables().max(2)),
            "row" => self.end_row(1),
            "nestrow" => self.end_row(self.state.depth_in_tables().max(2)),
            "trowd" | "trleft" | "clmrg" | "clvmrg" | "cellx" => {
                let nested = self.state.nested_properties;
                let nesting = if nested { self.state.depth_in_tables().max(2) } else { 1 };
                self.flow().definition(nesting).define(name, number);
            }
            "ftnalt" => self.turn_into_endnote(),
            "chftn" => self.number_note(),
            _ => {}
        }
    }

    /// Where the text of a group goes whose first control word is `name`. Returns whether that is all there is to the word.
    fn destination(&mut self, name: &str, value: Option<i32>) -> bool {
        let starred = self.starred;
        let live = self.state.destination == Destination::Live;
        match (self.state.destination, name) {
            (Destination::Drawing, "shptxt" | "dptxbxtext") => {
                let kind = self.flow().kind;
                self.start_flow(kind);
                return true;
            }
            (Destination::Drawing, _) => {
                if matches!(name, "sp" | "shprslt" | "pict") {
                    self.state.destination = Destination::Nowhere;
                }
                return true;
            }
            (Destination::Nowhere, "ud") => {
                self.state.destination = self.state.alternative.unwrap_or(Destination::Nowhere);
                return true;
            }
            (Destination::Nowhere, _) => return true,
            (Destination::ListTable, "leveltext") => {
                self.state.destination = Destination::LevelText;
                self.collected.clear();
                return true;
            }
            (Destination::ListTable, "levelnumbers" | "listname") => {
                self.state.destination = Destination::Nowhere;
                return true;
            }
            (Destination::Info, _) => {
                if let Some(key) = property_key(name) {
                    self.state.destination = Destination::Property(key);
                    self.collected.clear();
                    return true;
                }
                return false;
            }
            (Destination::FontTable | Destination::StyleSheet | Destination::LevelText, _) if starred => {
                self.state.destination = Destination::Nowhere;
                return true;
            }
            _ => {}
        }
        let destination = match name {
            "fonttbl" => Destination::FontTable,
            "stylesheet" => Destination::StyleSheet,
            "listtable" => Destination::ListTable,
            "listoverridetable" => Destination::ListOverrides,
            "info" => Destination::Info,
            "generator" => Destination::Property("producer"),
            "revtbl" => Destination::Reviewers,
            "objclass" => Destination::ObjectClass,
            "listtext" | "pntext" if live => Destination::ListText,
            "shp" | "shpinst" | "shpgrp" | "do" if live => Destination::Drawing,
            "footnote" if live => {
                self.notes[0] += 1;
                self.start_flow(BlockKind::Footnote);
                return true;
            }
            "annotation" if live => {
                self.start_flow(BlockKind::Comment);
                return true;
            }
            "header" | "headerl" | "headerr" | "headerf" if live => {
                self.start_flow(BlockKind::Header);
                return true;
            }
            "footer" | "footerl" | "footerr" | "footerf" if live => {
                self.start_flow(BlockKind::Footer);
                return true;
            }
            "nesttableprops" => {
                self.state.nested_properties = true;
                return true;
            }
            "upr" => {
                self.state.alternative = Some(self.state.destination);
                Destination::Nowhere
            }
            "ud" | "shptxt" | "moMath" | "moMathPara" | "fldrslt" | "fldfirst" => return true,
            "colortbl" | "filetbl" | "pict" | "nonshppict" | "nonesttables" | "fldinst" | "shprslt" | "ftnsep"
            | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "template" | "nextfile" | "xe" | "tc"
            | "tcn" | "rxe" | "txe" | "private" | "pn" | "pnseclvl" | "atnid" | "atnauthor" | "objdata" | "objname" => {
                Destination::Nowhere
            }
            _ if starred => Destination::Nowhere,
            // Properties in a formula.
            _ if name.starts_with('m') && name.ends_with("Pr") => Destination::Nowhere,
            _ => return false,
        };
        self.state.destination = destination;
        self.collected.clear();
        if destination == Destination::FontTable {
            self.font = value.unwrap_or(0);
        }
        true
    }

    fn define_font(&mut self, name: &str, value: i32) {
        match name {
            "f" => {
                self.font = value;
                self.fonts.insert(value, Font::default());
            }
            "fcharset" | "cpg" => {
                let page =
                    if name == "cpg" { CodePage::from_number(value) } else { CodePage::from_charset(value, self.page) };
                let font = self.fonts.entry(self.font).or_default();
                font.page = page.or(font.page);
            }
            "u" => self.unicode(value),
            _ => {}
        }
    }

    fn turn_into_endnote(&mut self) {
        if self.flow().kind == BlockKind::Footnote {
            self.notes[0] -= self.notes[0].min(1);
            self.notes[1] += 1;
            if self.flow().label.is_some() {
                self.flow().label = Some(write_number(self.notes[1], "lowerRoman"));
            }
        }
    }

    fn number_note(&mut self) {
        let label = write_number(self.notes[0], "decimal");
        let flow = self.flow();
        if flow.kind == BlockKind::Footnote && !flow.has_text() {
            flow.label = Some(label);
        }
    }
}

/// The property that a group of `\info` gives.
fn property_key(name: &str) -> Option<&'static str> {
    Some(match name {
        "title" => "title",
        "author" => "author",
        "subject" => "subject",
        "keywords" => "keywords",
        "company" => "company",
        "manager" => "manager",
        "category" => "category",
        "doccomm" | "comment" => "description",
        "operator" => "last_modified_by",
        "creatim" => "created",
        "revtim" => "modified",
        "printim" => "last_printed",
        _ => return None,
    })
}

/// The heading level that an outline level of 0 to 8 means; 9 is running text.
fn outline_level(number: i32) -> Option<u8> {
    u8::try_from(number).ok().filter(|n| *n < 9).map(|n| n + 1)
}
