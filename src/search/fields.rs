//! The fields of the index.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// The name under which [`super::words::Forms`] is known to the index.
pub(super) const FORMS: &str = "motebok-forms";

/// Every piece that can be found has these fields; most lack some.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    /// What the piece is: see [`super::Piece`].
    pub(super) kind: Field,
    /// The case or constituent document that the piece belongs to.
    pub(super) key: Field,
    pub(super) path: Field,
    pub(super) document: Field,
    pub(super) block: Field,
    pub(super) page: Field,
    /// The number for people: `AU 23/22`.
    pub(super) label: Field,
    /// The number in every form in which it is asked for.
    pub(super) number: Field,
    /// The cases referred to, in the form of [`super::build::reference_form`].
    pub(super) refers: Field,
    pub(super) series: Field,
    pub(super) body: Field,
    pub(super) body_words: Field,
    pub(super) municipality: Field,
    pub(super) municipality_words: Field,
    pub(super) date: Field,
    pub(super) year: Field,
    pub(super) outcome: Field,
    pub(super) person: Field,
    pub(super) amount: Field,
    pub(super) rule: Field,
    pub(super) level: Field,
    /// `yes` where the case is closed to the public.
    pub(super) closed: Field,
    pub(super) title: Field,
    pub(super) text: Field,
}

impl Fields {
    /// The fields whose values are counted, by name.
    pub(super) fn counted(&self) -> [(&'static str, Field); 7] {
        [
            ("kind", self.kind),
            ("body", self.body),
            ("municipality", self.municipality),
            ("year", self.year),
            ("outcome", self.outcome),
            ("series", self.series),
            ("rule", self.rule),
        ]
    }

    pub(super) fn new() -> Self {
        let mut schema = Schema::builder();
        let forms = |positions| {
            let record =
                if positions { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
            TextOptions::default()
                .set_indexing_options(TextFieldIndexing::default().set_tokenizer(FORMS).set_index_option(record))
        };
        let word = STRING | STORED;
        Self {
            kind: schema.add_text_field("kind", word.clone()),
            key: schema.add_text_field("key", STRING | STORED),
            path: schema.add_text_field("path", STRING | STORED),
            document: schema.add_text_field("document", STORED),
            block: schema.add_u64_field("block", STORED),
            page: schema.add_u64_field("page", STORED),
            label: schema.add_text_field("label", STORED),
            number: schema.add_text_field("number", STRING),
            refers: schema.add_text_field("refers", STRING),
            series: schema.add_text_field("series", word.clone()),
            body: schema.add_text_field("body", word.clone()),
            body_words: schema.add_text_field("body_words", forms(true)),
            municipality: schema.add_text_field("municipality", word.clone()),
            municipality_words: schema.add_text_field("municipality_words", forms(true)),
            date: schema.add_text_field("date", STRING | STORED | FAST),
            year: schema.add_u64_field("year", INDEXED | STORED),
            outcome: schema.add_text_field("outcome", word.clone()),
            person: schema.add_text_field("person", forms(true)),
            amount: schema.add_f64_field("amount", INDEXED | FAST),
            rule: schema.add_text_field("rule", word.clone()),
            level: schema.add_text_field("level", word),
            closed: schema.add_text_field("closed", STRING | STORED),
            title: schema.add_text_field("title", forms(true) | STORED),
            text: schema.add_text_field("text", forms(true) | STORED),
            schema: schema.build(),
        }
    }
}
