//! Which pages of the inputs a run takes: all, or a part for trying things out or for sharing work.

use std::fmt;

use copydesk_types::Page;

/// A part of the pages. What is in it hangs on the pages alone, so that it is the same in every run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Selection {
    /// At most so many, the first ones.
    pub limit: Option<usize>,
    /// A share of them, from 0 to 1, drawn by page and seed.
    pub sample: Option<(f64, u64)>,
    /// One of so many shards, counted from 1.
    pub shard: Option<(u64, u64)>,
}

/// As on the command line: `--limit 5 --shard 1/4`; nothing where all pages are taken.
impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flags = [
            self.limit.map(|pages| format!("--limit {pages}")),
            self.sample.map(|(share, seed)| format!("--sample {share} --seed {seed}")),
            self.shard.map(|(shard, of)| format!("--shard {shard}/{of}")),
        ];
        f.write_str(&flags.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}

impl Selection {
    /// Whether all pages are taken.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a page is in the sample and in the shard.
    pub(crate) fn takes(&self, page: &Page) -> bool {
        let draw = |seed| xxhash_rust::xxh3::xxh3_64_with_seed(page.key().as_bytes(), seed);
        // Seeds apart from each other, or a sample of a shard would be lopsided.
        let in_sample = self
            .sample
            .is_none_or(|(share, seed)| (draw(seed.wrapping_add(1)) as f64) < share * u64::MAX as f64);
        let in_shard = self.shard.is_none_or(|(shard, of)| draw(0) % of == shard - 1);
        in_sample && in_shard
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_is_printed_as_it_was_told() {
        for (limit, sample, shard, printed) in [
            (None, None, None, ""),
            (Some(5), None, None, "--limit 5"),
            (None, Some((0.25, 3)), Some((1, 4)), "--sample 0.25 --seed 3 --shard 1/4"),
        ] {
            assert_eq!(Selection { limit, sample, shard }.to_string(), printed);
        }
    }
}
