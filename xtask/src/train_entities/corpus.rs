//! The sets and what each is good for.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use copydesk_types::EntityLabel;
use serde::Deserialize;
use serde_json::Value;

use super::{
    Settings, join,
    projection::{self, FULL, Lanes, Marked, Scheme, THREE, WITH_MISC, WITH_WORKS},
    recase, splice,
};

/// Sentences and articles written for this project, for names and kinds of text that the sets have too few of; texts are
/// separated by an empty line.
const NOTES: [&str; 10] = [
    include_str!("../../data/notes/seldom.txt"),
    include_str!("../../data/notes/business.txt"),
    include_str!("../../data/notes/culture.txt"),
    include_str!("../../data/notes/forms.txt"),
    include_str!("../../data/notes/government.txt"),
    include_str!("../../data/notes/places.txt"),
    include_str!("../../data/notes/articles_africa.txt"),
    include_str!("../../data/notes/articles_asia.txt"),
    include_str!("../../data/notes/articles_web.txt"),
    include_str!("../../data/notes/articles_west.txt"),
];
/// Their weight in training.
const NOTES_WEIGHT: f32 = 0.8;

/// File name, scheme of labels, weight of a sentence in training.
const SETS: [(&str, Scheme, f32); 8] = [
    ("voa-gold.train", FULL, 1.0),
    ("desk.train", FULL, 1.5),
    ("wikigold.train", WITH_MISC, 0.5),
    ("gum.train", WITH_MISC, 0.5),
    ("wnut17.train", WITH_WORKS, 0.5),
    ("btc.train", THREE, 0.25),
    ("sec.train", WITH_MISC, 0.5),
    ("voa-silver", FULL, 0.0),
];

/// A sentence or document of a set.
pub(super) struct Text {
    /// Tokens joined as in print.
    pub(super) text: String,
    /// What each token of the text may be.
    pub(super) lanes: Vec<Lanes>,
    /// Weight in training.
    pub(super) weight: f32,
}

#[derive(Deserialize)]
struct Tagged {
    tokens: Vec<String>,
    tags: Vec<String>,
    #[serde(default)]
    doc: Value,
}

/// All texts of the sets with a weight.
pub(super) fn read(settings: &Settings) -> Result<Vec<Text>> {
    let mut texts = Vec::new();
    for (name, scheme, weight) in SETS {
        let weight = weight_of(name, weight, &settings.weights)?;
        if weight > 0.0 {
            let lines = read_lines(&settings.data, name)?;
            texts.extend(documents(&lines, scheme, weight));
            if scheme == FULL && settings.recased > 0.0 {
                texts.extend(recased(&lines, scheme, weight * settings.recased));
            }
            if scheme == FULL && settings.spliced > 0.0 {
                texts.extend(spliced(&lines, scheme, weight * settings.spliced, settings.seed));
            }
        }
    }
    texts.extend(notes(weight_of("notes", NOTES_WEIGHT, &settings.weights)?)?);
    Ok(texts)
}

/// The texts of [`NOTES`].
fn notes(weight: f32) -> Result<Vec<Text>> {
    let notes = NOTES.iter().flat_map(|file| file.trim_end().split("\n\n"));
    notes
        .map(|note| {
            let (text, mentions) =
                marked(note).with_context(|| format!("notes: `{note}` is not marked as it should be"))?;
            let lanes = projection::lanes(&copydesk_text::read(&text), &mentions, FULL);
            Ok(Text { text, lanes, weight })
        })
        .collect()
}

/// A text with its marks (`[GPE Paris]`) taken out, and what they marked.
fn marked(note: &str) -> Option<(String, Vec<Marked>)> {
    let mut pieces = note.split('[');
    let mut text = pieces.next()?.to_owned();
    let mut mentions = Vec::new();
    for piece in pieces {
        let (mark, rest) = piece.split_once(']')?;
        let (label, name) = mark.split_once(' ')?;
        let bytes = text.len()..text.len() + name.len();
        mentions.push(Marked { bytes, labels: vec![EntityLabel::from_name(label)?] });
        text.push_str(name);
        text.push_str(rest);
    }
    Some((text, mentions))
}

/// The texts of the sets for choosing that have all labels.
pub(super) fn read_held_out(folder: &Path) -> Result<Vec<Text>> {
    let mut texts = documents(&read_lines(folder, "voa-gold.dev")?, FULL, 1.0);
    texts.extend(documents(&read_lines(folder, "desk.dev")?, FULL, 1.0));
    Ok(texts)
}

/// The lines of one set.
fn read_lines(folder: &Path, name: &str) -> Result<Vec<Tagged>> {
    let path = folder.join(format!("{name}.jsonl"));
    let file = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    file.lines()
        .enumerate()
        .map(|(number, line)| {
            serde_json::from_str(line)
                .with_context(|| format!("{}:{} is no tagged sentence", path.display(), number + 1))
        })
        .collect()
}

/// Sentences of one document make one text, a line each; a sentence without a document stands alone.
fn documents(lines: &[Tagged], scheme: Scheme, weight: f32) -> Vec<Text> {
    let belongs =
        |before: &Tagged, line: &Tagged| !line.doc.is_null() && line.doc != 0 && before.doc == line.doc;
    let texts = lines.chunk_by(belongs).map(|lines| {
        let mut text = String::new();
        let mut mentions = Vec::new();
        for line in lines {
            if !text.is_empty() {
                text.push('\n');
            }
            let (joined, places) = join::line(&line.tokens);
            let found = projection::mentions(&joined, &places, &line.tags, scheme);
            mentions.extend(found.into_iter().map(|mention| mention.moved(text.len())));
            text.push_str(&joined);
        }
        let lanes = projection::lanes(&copydesk_text::read(&text), &mentions, scheme);
        Text { text, lanes, weight }
    });
    texts.collect()
}

/// Copies of some sentences, in capitals or as headlines.
fn recased(lines: &[Tagged], scheme: Scheme, weight: f32) -> Vec<Text> {
    let copies = lines.iter().enumerate().filter_map(|(number, line)| {
        let tokens = recase::rewrite(&line.tokens, recase::of_sentence(number)?);
        Some(Tagged { tokens, tags: line.tags.clone(), doc: Value::Null })
    });
    documents(&copies.collect::<Vec<_>>(), scheme, weight)
}

/// Copies of some sentences with names put in or exchanged.
fn spliced(lines: &[Tagged], scheme: Scheme, weight: f32, seed: u64) -> Vec<Text> {
    let pairs = lines.iter().map(|line| (line.tokens.as_slice(), line.tags.as_slice()));
    let copies = splice::copies(pairs, seed);
    let copies = copies.into_iter().map(|(tokens, tags)| Tagged { tokens, tags, doc: Value::Null });
    documents(&copies.collect::<Vec<_>>(), scheme, weight)
}

fn weight_of(name: &str, default: f32, changes: &[String]) -> Result<f32> {
    for change in changes {
        let Some((set, weight)) = change.split_once('=') else {
            bail!("`{change}` is not like `name=weight`")
        };
        if set == name {
            return weight.parse().with_context(|| format!("`{weight}` is no number"));
        }
    }
    Ok(default)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_marked() {
        assert!(notes(1.0).unwrap().len() > 2000);
        let (text, mentions) = marked("In [GPE Paris], [ORG Le Monde] said").unwrap();
        assert_eq!(text, "In Paris, Le Monde said");
        assert_eq!(mentions[1], Marked { bytes: 10..18, labels: vec![EntityLabel::Org] });
        assert_eq!(marked("In [TOWN Paris]"), None);
        assert_eq!(marked("In [GPE Paris"), None);
    }
}
