//! Readers: one file a format, each turning bytes into a [`Document`](crate::document::Document).
//!
//! A reader never fails for part of a file: what is lost becomes a problem beside the document.

use crate::identify::Format;

mod codepage;
pub mod doc;
pub mod docx;
pub mod eml;
pub mod encrypted;
mod filetime;
pub mod html;
mod label;
pub mod msg;
pub mod ocr;
pub mod odt;
pub mod other;
mod package;
pub mod pdf;
pub mod rtf;
mod style;
mod symbol;
mod table;
pub mod tar;
pub mod text;
pub mod typed;
mod unpack;
pub mod word_xml;
pub mod wpd;
mod xml;
pub mod zip;

/// Every format, in the order in which they are tried. Text comes last, since nearly everything could be text.
pub const FORMATS: &[&Format] = &[
    &docx::FORMAT,
    &doc::FORMAT,
    &pdf::FORMAT,
    &rtf::FORMAT,
    &odt::FORMAT,
    &word_xml::FORMAT,
    &html::ARCHIVE,
    &html::FORMAT,
    &wpd::FORMAT,
    &wpd::WORKS,
    &encrypted::FORMAT,
    &zip::FORMAT,
    &tar::FORMAT,
    &tar::GZIP,
    &msg::FORMAT,
    &eml::FORMAT,
    &other::FORMAT,
    &text::MARKDOWN,
    &text::FORMAT,
];
