//! `entities`.

use copydesk_types::Mention;

use crate::cell::{Cell, Type};
use crate::rows::FindingRow;
use crate::table::{Column, Table, columns};

/// The table `entities`.
#[derive(Debug)]
pub struct Entities;

impl Table for Entities {
    type Row<'a> = FindingRow<'a, Mention>;
    const NAME: &'static str = "entities";
    const ROW: &'static str = "one row a mention";
    const COLUMNS: &'static [Column<Self>] = columns! { row;
        doc_id: Type::String, required = row.page.story.doc_id.as_str(), "the page";
        mention: Type::I32, required = row.number, "the mention's number in the page, from 0";
        block: Type::I32, required = row.block, "the block that it stands in";
        start: Type::I32, required = row.span.start, "first code point in documents.text";
        end: Type::I32, required = row.span.end, "one past the last code point";
        text: Type::String, required = row.text, "`documents.text[start:end]`";
        label: Type::String, required = row.finding.label.name(),
            "OntoNotes: `PERSON` `ORG` `GPE` `LOC` `FAC` `NORP` `EVENT` `LAW` `PRODUCT` `WORK_OF_ART` `LANGUAGE`";
        canonical: Type::String, required = row.finding.canonical.as_str(),
            "the fullest name for the same thing in the page; countries by their usual English short name";
        entity_id: Type::String, required = row.finding.entity_id.as_str(),
            "from the canonical name and label, or the alias table's id: the same across pages and runs; namesakes are not told apart";
        acronym: Type::String, optional = &row.finding.acronym, "where the page defines one";
        country: Type::String, optional = &row.finding.country, "ISO 3166-1 alpha-2, for a GPE or NORP";
        role: Type::String, optional = &row.finding.role, "for a PERSON: `Director General`";
        role_of: Type::String, optional = &row.finding.role_of, "what the role is of";
        confidence: Type::F32, required = row.finding.confidence, "0 to 1";
        sentence_start: Type::I32, required = row.sentence.start, "the sentence around it, in documents.text";
        sentence_end: Type::I32, required = row.sentence.end, "where that sentence ends, exclusive";
    };
}
