//! What the model knows of words at large: classes from `clusters.tsv`, shares of lower case and frequencies from the
//! text of the sets.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use copydesk_entities::model::lexicon;
use copydesk_types::TokenKind;

use super::corpus::Text;

/// Words of `clusters.tsv` that are kept, most frequent first.
const CLASSED: usize = 50_000;
/// Occurrences from which on a share of lower case tells something.
const LEAST: u32 = 3;
/// Words whose scores are summed up when the model is loaded.
const FREQUENT: usize = 16_384;

/// Classes, shares and frequent words.
pub(super) struct Vocabulary {
    pub(super) classes: Vec<(String, u16, u8)>,
    pub(super) lowered: Vec<(String, u8)>,
    pub(super) frequent: Vec<String>,
}

/// Reads the classes and counts the words of all lines.
pub(super) fn build(folder: &Path, lines: &[Text]) -> Result<Vocabulary> {
    let (lowered, frequent) = count(lines);
    Ok(Vocabulary { classes: read_classes(folder)?, lowered, frequent })
}

impl Vocabulary {
    /// The lexicon alone, as it stands in a model file.
    pub(super) fn lexicon_file(&self) -> Vec<u8> {
        let mut file = Vec::new();
        lexicon::write(&self.classes, &self.lowered, &mut file);
        file
    }
}

fn read_classes(folder: &Path) -> Result<Vec<(String, u16, u8)>> {
    let path = folder.join("clusters.tsv");
    let file = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    file.lines()
        .take(CLASSED)
        .map(|line| {
            let mut fields = line.split('\t');
            let mut next =
                || fields.next().with_context(|| format!("{}: `{line}` has no three fields", path.display()));
            let (word, cluster, group) = (next()?, next()?, next()?);
            // Zero stands for words without a class.
            Ok((word.to_owned(), cluster.parse::<u16>()? + 1, group.parse::<u8>()? + 1))
        })
        .collect()
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
