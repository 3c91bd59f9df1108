//! Tells which pages must be labelled anew because what is known about their site has changed.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::{Sighting, Site, SiteMemory, rounded};

/// Where two memories of sites differ, as far as labels depend on it.
#[derive(Clone, Debug, Default)]
pub struct TemplateChanges {
    sites: BTreeMap<String, Change>,
}

/// What is different about a site.
#[derive(Clone, Debug)]
enum Change {
    /// How many of its pages are known, on which every label may depend.
    Pages,
    /// On how many pages some texts stand.
    Texts(FxHashSet<u64>),
}

impl SiteMemory {
    /// What this memory knows otherwise than an earlier one that it grew from. Sites of which the earlier knew nothing are
    /// no change: none of their pages was labelled with it.
    pub fn changes_since(&self, earlier: &Self) -> TemplateChanges {
        let both = self.sites.iter().filter_map(|(name, now)| Some((name, now, earlier.sites.get(name)?)));
        let sites =
            both.filter_map(|(name, now, before)| Some((name.clone(), change(now, before)?))).collect();
        TemplateChanges { sites }
    }
}

/// Pages that know each other count alike; each is one of those known.
fn change(now: &Site, before: &Site) -> Option<Change> {
    if now.articles == before.articles {
        return None;
    }
    let others = |count: u32| rounded(count.saturating_sub(1));
    if others(now.articles) != others(before.articles) {
        return Some(Change::Pages);
    }
    let count = |site: &Site, text| others(site.texts.get(text).copied().unwrap_or(0));
    let changed = now.texts.keys().filter(|text| count(now, text) != count(before, text));
    let texts: FxHashSet<u64> = changed.copied().collect();
    (!texts.is_empty()).then_some(Change::Texts(texts))
}

impl TemplateChanges {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.sites.is_empty()
    }

    /// Whether pages of a site may have to be labelled anew.
    pub fn concern(&self, site: &str) -> bool {
        self.sites.contains_key(site)
    }

    /// Whether a page of a site has to be labelled anew.
    pub fn touch(&self, site: &str, sighting: &Sighting) -> bool {
        match self.sites.get(site) {
            None => false,
            Some(Change::Pages) => true,
            Some(Change::Texts(texts)) => sighting.texts().iter().any(|text| texts.contains(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use copydesk_types::{MediaType, Page};

    use super::*;
    use crate::{Rules, scan};

    fn sighting(text: &str) -> Sighting {
        Sighting::of(&scan(&Rules::load(), &Page::new("a.txt", MediaType::Text, text)))
    }

    /// A memory of pages that share a menu; each has a text of its own.
    fn memory(pages: usize) -> SiteMemory {
        let mut memory = SiteMemory::default();
        for page in 0..pages {
            let text = format!(
                "Ports and shipping\nThe berth number {page} was cleared of sand by the crew of the dredger today.\n"
            );
            memory.observe("s", &page.to_string(), &sighting(&text));
        }
        memory
    }

    #[test]
    fn a_page_more_touches_all_while_there_are_few() {
        let changes = memory(4).changes_since(&memory(3));
        assert!(changes.concern("s") && changes.touch("s", &sighting("Something else")));
        assert!(!changes.concern("t") && !changes.touch("t", &sighting("Ports and shipping")));
        assert!(memory(3).changes_since(&memory(3)).is_empty());
        assert!(memory(3).changes_since(&SiteMemory::default()).is_empty());
    }

    #[test]
    fn among_many_pages_only_those_with_a_changed_text_are_touched() {
        let before = memory(40);
        let mut now = before.clone();
        now.observe("s", "new", &sighting("Ports and shipping\nThe berth number 7 was cleared of sand by the crew of the dredger today.\nTwo ferries collided off the northern breakwater in thick fog on Sunday night.\nNobody was hurt, the harbour master said when he came back from the scene.\n"));
        let changes = now.changes_since(&before);
        assert!(changes.touch(
            "s",
            &sighting("The berth number 7 was cleared of sand by the crew of the dredger today.")
        ));
        assert!(!changes.touch(
            "s",
            &sighting(
                "Ports and shipping\nThe berth number 8 was cleared of sand by the crew of the dredger today."
            )
        ));
    }
}
