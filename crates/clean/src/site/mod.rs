//! What is known about the templates of sites: which texts stand on several pages of one.
//!
//! A first pass over a run's pages observes each ([`SiteMemory::observe`]); the memory is then frozen and given to the
//! second pass, which labels. Memories are bounded, the same for the same pages in the same order, and kept as bytes
//! beside a run's output, so that the next run knows the sites already.

mod bytes;
mod changes;
mod sighting;

use std::collections::BTreeMap;

use copydesk_types::Page;
use rustc_hash::FxHashMap;

use crate::site_of;

pub use changes::TemplateChanges;
pub use sighting::Sighting;

/// Sites that are remembered; the pages of further ones are not learnt from.
const MAX_SITES: usize = 20_000;
/// Pages of a site after which nothing more is learnt about it: its template is known by then.
const MAX_PAGES: usize = 5_000;
/// Texts of a site that are remembered; above, those that stood on one page only are forgotten.
const MAX_TEXTS: usize = 60_000;
/// Texts and sketches of all sites together, above which those of one page are forgotten everywhere: about 60 MB. Of small
/// pages from a thousand sites that is so after 300 a site, when templates are long known.
const MAX_KNOWN: usize = 2_000_000;
/// Pages up to which they are counted one by one; above, only doublings count, so that a page more seldom changes what is
/// known.
const COUNTED: u32 = 16;
/// Of a page's sketch, the part that another page must share to tell the same article.
const SAME_ARTICLE: usize = 2;

/// Texts by site, counted over pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteMemory {
    sites: BTreeMap<String, Site>,
    /// Texts and sketches of all sites.
    known: usize,
}

/// What is known about one site. Maps are only looked up in; their order never shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Site {
    /// Articles counted; captures of the same count once.
    articles: u32,
    /// The article that each page tells, by the hash of the page's key.
    pages: FxHashMap<u64, u32>,
    /// The article that a text of several words was first seen in, for texts that pages are recognised by.
    sketches: FxHashMap<u64, u32>,
    /// On how many articles' pages each text stands.
    texts: FxHashMap<u64, u32>,
}

/// A site as one of its pages sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Acquaintance<'m> {
    site: &'m Site,
    /// 1 where the page, or another capture of its article, was observed itself.
    own: u32,
}

/// What groups pages that may share a template: the registrable domain of the page's address, else the folder in which
/// it was found.
pub fn site_key(page: &Page) -> String {
    site_key_of(page.url.as_deref().and_then(site_of).as_deref(), &page.source)
}

/// The same of a page that is known by its registrable domain and its source.
pub fn site_key_of(domain: Option<&str>, source: &str) -> String {
    if let Some(domain) = domain {
        return domain.to_owned();
    }
    let file = source.split('#').next().unwrap_or_default();
    let folder = file.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder);
    format!("{folder}/")
}

impl SiteMemory {
    /// Counts a page's texts. A page whose key was seen before, or that tells an article which was, counts nothing.
    pub fn observe(&mut self, site: &str, key: &str, sighting: &Sighting) {
        if !self.sites.contains_key(site) && self.sites.len() >= MAX_SITES {
            return;
        }
        let site = self.sites.entry(site.to_owned()).or_default();
        let key = sighting::hash(key);
        if site.pages.contains_key(&key) || site.pages.len() >= MAX_PAGES {
            return;
        }
        if let Some(article) = site.article_of(sighting) {
            site.pages.insert(key, article);
            return;
        }
        let before = site.known();
        site.learn(key, sighting);
        self.known = self.known - before + site.known();
        if self.known > MAX_KNOWN {
            self.sites.values_mut().for_each(Site::forget_singles);
            self.known = self.sites.values().map(Site::known).sum();
        }
    }

    /// The site of a page, if it is known.
    pub(crate) fn of(&self, site: &str, key: &str, sighting: &Sighting) -> Option<Acquaintance<'_>> {
        let site = self.sites.get(site)?;
        let observed = site.pages.contains_key(&sighting::hash(key)) || site.article_of(sighting).is_some();
        Some(Acquaintance { site, own: u32::from(observed) })
    }

    /// Whether nothing was observed.
    pub fn is_empty(&self) -> bool {
        self.sites.is_empty()
    }
}

impl Site {
    /// Counts the texts of a page that tells a new article.
    fn learn(&mut self, key: u64, sighting: &Sighting) {
        let article = self.articles;
        self.articles += 1;
        self.pages.insert(key, article);
        for &text in sighting.sketch() {
            self.sketches.entry(text).or_insert(article);
        }
        for &text in sighting.texts() {
            *self.texts.entry(text).or_default() += 1;
        }
        if self.texts.len() > MAX_TEXTS {
            self.texts.retain(|_, count| *count > 1);
        }
    }

    /// Forgets what stands on one page only: its texts, and what its article is recognised by.
    fn forget_singles(&mut self) {
        self.texts.retain(|_, count| *count > 1);
        self.texts.shrink_to_fit();
        self.sketches = FxHashMap::default();
    }

    /// How many texts and sketches are known.
    fn known(&self) -> usize {
        self.texts.len() + self.sketches.len()
    }

    /// The known article that a page tells again: most of its sketch was first seen there.
    fn article_of(&self, sighting: &Sighting) -> Option<u32> {
        let sketch = sighting.sketch();
        let mut articles: Vec<u32> =
            sketch.iter().filter_map(|text| self.sketches.get(text).copied()).collect();
        articles.sort_unstable();
        let most = articles.chunk_by(|a, b| a == b).max_by_key(|same| same.len())?;
        (most.len() * SAME_ARTICLE > sketch.len()).then(|| most[0])
    }
}

impl Acquaintance<'_> {
    /// On how many other articles' pages a text stands, at least: see [`rounded`].
    pub(crate) fn others(&self, fold: u64) -> u32 {
        self.site.texts.get(&fold).map_or(0, |count| rounded(count.saturating_sub(self.own)))
    }

    /// How many other articles' pages are known, at least: see [`rounded`].
    pub(crate) fn pages(&self) -> u32 {
        rounded(self.site.articles.saturating_sub(self.own))
    }
}

/// Whether a number of [`Acquaintance`] is the number itself and not one that is reached.
pub(crate) const fn is_exact(count: u32) -> bool {
    count <= COUNTED
}

/// A number of pages as labels know it: exact up to [`COUNTED`], above the power of two that is reached.
const fn rounded(count: u32) -> u32 {
    if is_exact(count) { count } else { 1 << count.ilog2() }
}

#[cfg(test)]
mod tests {
    use copydesk_types::MediaType;

    use super::*;
    use crate::{Rules, scan};

    fn page(source: &str, url: Option<&str>, text: &str) -> Page {
        Page { url: url.map(str::to_owned), ..Page::new(source, MediaType::Text, text) }
    }

    fn sighting(text: &str) -> Sighting {
        Sighting::of(&scan(&Rules::load(), &page("a.txt", None, text)))
    }

    fn fold(text: &str) -> u64 {
        sighting(text).texts()[0]
    }

    const MENU: &str = "Harbour Post\nPorts and shipping\nSubscribe to our weekly letter\n";
    const FIRST: &str = "The harbour master cleared the sand from both northern berths on Monday morning.\n";
    const SECOND: &str =
        "A new customs office opens at the river crossing in spring, the mayor said today.\n";
    const THIRD: &str = "Rail freight to the coast doubled last year while road haulage fell by a tenth.\n";

    #[test]
    fn keys_of_sites() {
        for (source, url, expected) in [
            ("in/a.txt", Some("https://www.harbour.co.uk/news/1"), "harbour.co.uk"),
            ("in/a.txt", Some("http://me@news.harbour.example.com:80/x"), "example.com"),
            ("in/2024/a.txt", None, "in/2024/"),
            ("crawl/x.warc.gz#offset=12", None, "crawl/"),
            ("a.txt", None, "/"),
        ] {
            assert_eq!(site_key(&page(source, url, "")), expected, "{source}");
        }
    }

    #[test]
    fn texts_of_other_pages_are_counted() {
        let mut memory = SiteMemory::default();
        for (key, body) in [("1", FIRST), ("2", SECOND), ("3", THIRD)] {
            memory.observe("s", key, &sighting(&format!("{MENU}{body}")));
        }
        let known = memory.of("s", "1", &sighting(&format!("{MENU}{FIRST}"))).unwrap();
        assert_eq!((known.others(fold(MENU)), known.pages()), (2, 2));
        assert_eq!(known.others(fold(FIRST)), 0);
        assert!(memory.of("t", "1", &sighting(MENU)).is_none());
    }

    #[test]
    fn captures_of_one_article_count_once() {
        let mut memory = SiteMemory::default();
        memory.observe("s", "1", &sighting(&format!("{MENU}{FIRST}{SECOND}")));
        memory.observe("s", "1", &sighting(&format!("{MENU}{THIRD}")));
        memory.observe("s", "1?again", &sighting(&format!("{FIRST}{SECOND}Most read\n")));
        let known = memory.of("s", "1?again", &sighting(&format!("{FIRST}{SECOND}"))).unwrap();
        assert_eq!((known.pages(), known.others(fold(FIRST)), known.others(fold(SECOND))), (0, 0, 0));
        let unseen = memory.of("s", "4", &sighting(THIRD)).unwrap();
        assert_eq!((unseen.pages(), unseen.others(fold(MENU))), (1, 1));
    }
}
