//! What the model knows of words at large: classes, shares of lower case and frequencies from the
//! text of the sets.

use std::{collections::BTreeMap, io::Read};

use anyhow::{Context, Result};
use copydesk_entities::model::lexicon::{self, Class};
use copydesk_types::TokenKind;
use flate2::read::GzDecoder;

use super::corpus::Text;

/// Words that are used alike: see `data/SOURCES`.
const CLASSES: &[u8] = include_bytes!("../../data/word_classes.tsv.gz");
/// Occurrences from which on a share of lower case tells something.
const LEAST: u32 = 3;
/// Words whose scores are summed up when the model is loaded.
const FREQUENT: usize = 16_384;

/// Classes, shares and frequent words.
pub(super) struct Vocabulary {
    pub(super) classes: Vec<(Class, Vec<String>)>,
    pub(super) lowered: Vec<(String, u8)>,
    pub(super) frequent: Vec<String>,
}

/// Reads the classes and counts the words of all lines.
pub(super) fn build(lines: &[Text]) -> Result<Vocabulary> {
    let (lowered, frequent) = count(lines);
    Ok(Vocabulary { classes: read_classes()?, lowered, frequent })
}

impl Vocabulary {
    /// The lexicon alone, as it stands in a model file.
    pub(super) fn lexicon_file(&self) -> Vec<u8> {
        let mut file = Vec::new();
        lexicon::write(&self.classes, &self.lowered, &mut file);
        file
    }
}

/// Reads the classes: a line each with cluster, group, codes in hexadecimal, words.
fn read_classes() -> Result<Vec<(Class, Vec<String>)>> {
    let mut table = String::new();
    GzDecoder::new(CLASSES).read_to_string(&mut table).context("the word classes can't be unpacked")?;
    let rows = table.lines().map(|line| {
        let mut fields = line.split('\t');
        let mut next = || fields.next().with_context(|| format!("word classes: `{line}` has no four fields"));
        let (cluster, group, codes, words) = (next()?, next()?, next()?, next()?);
        let number = u64::from_str_radix(codes, 16)?;
        // Zero stands for words without a class.
        let (cluster, group) = (cluster.parse::<u16>()? + 1, group.parse::<u8>()? + 1);
        let class = Class { cluster, group, codes: Some(number.to_be_bytes()) };
        Ok((class, words.split(' ').map(str::to_owned).collect()))
    });
    rows.collect()
}

fn count(lines: &[Text]) -> (Vec<(String, u8)>, Vec<String>) {
    let mut exact: BTreeMap<&str, u32> = BTreeMap::new();
    let mut folded: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for line in lines {
        let reading = copydesk_text::read(&line.text);
        for sentence in &reading.sentences {
            for at in sentence.tokens.clone() {
                let word = reading.tokens[at].span.of(&line.text);
                *exact.entry(word).or_default() += 1;
                let capitalised = word.starts_with(char::is_uppercase);
                // A capital at the beginning of a sentence says nothing.
                if reading.tokens[at].kind == TokenKind::Word && !(capitalised && at == sentence.tokens.start)
                {
                    let (all, lower) = folded.entry(word.to_lowercase()).or_default();
                    *all += 1;
                    *lower += u32::from(!capitalised);
                }
            }
        }
    }
    let lowered = folded.into_iter().filter(|(_, (all, _))| *all >= LEAST);
    let lowered =
        lowered.map(|(word, (all, lower))| (word, lexicon::lowered_step(lower as f32 / all as f32)));
    let mut frequent: Vec<(&str, u32)> = exact.into_iter().collect();
    frequent.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    (lowered.collect(), frequent.into_iter().take(FREQUENT).map(|(word, _)| word.to_owned()).collect())
}
