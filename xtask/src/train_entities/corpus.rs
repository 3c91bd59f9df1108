//! The sets and what each is good for.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::{
    Settings, join,
    projection::{self, FULL, Lanes, Scheme, THREE, WITH_MISC, WITH_WORKS},
};

/// File name, scheme of labels, weight of a sentence in training.
const SETS: [(&str, Scheme, f32); 8] = [
    ("voa-gold.train", FULL, 1.0),
    ("desk.train", FULL, 1.0),
    ("wikigold.train", WITH_MISC, 0.5),
    ("gum.train", WITH_MISC, 0.5),
    ("wnut17.train", WITH_WORKS, 0.5),
    ("btc.train", THREE, 0.5),
    ("sec.train", WITH_MISC, 0.5),
    ("voa-silver", FULL, 0.0),
];

/// One line of a set.
pub(super) struct Line {
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
}

/// All lines of the sets with a weight.
pub(super) fn read(settings: &Settings) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for (name, scheme, weight) in SETS {
        let weight = weight_of(name, weight, &settings.weights)?;
        if weight > 0.0 {
            lines.extend(read_set(&settings.data, name, scheme, weight)?);
        }
    }
    Ok(lines)
}

/// The lines of one set.
pub(super) fn read_set(folder: &Path, name: &str, scheme: Scheme, weight: f32) -> Result<Vec<Line>> {
    let path = folder.join(format!("{name}.jsonl"));
    let file = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    file.lines()
        .enumerate()
        .map(|(number, line)| {
            let tagged: Tagged = serde_json::from_str(line)
                .with_context(|| format!("{}:{} is no tagged sentence", path.display(), number + 1))?;
            let (text, places) = join::line(&tagged.tokens);
            let mentions = projection::mentions(&text, &places, &tagged.tags, scheme);
            let lanes = projection::lanes(&copydesk_text::read(&text), &mentions, scheme);
            Ok(Line { text, lanes, weight })
        })
        .collect()
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
