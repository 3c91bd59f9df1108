//! One page through all stages.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use copydesk_clean::SiteMemory;
use copydesk_types::{Article, Flag, MediaType, Page, Reject, RejectCode, Story};

use crate::identity::{self, content_hash};
use crate::reconcile::reconcile;

/// What all stages know. Loaded once, shared, immutable.
#[derive(Debug)]
pub struct Rules {
    /// For cleaning.
    pub clean: copydesk_clean::Rules,
    /// For entities.
    pub entities: copydesk_entities::Rules,
    /// For quantities.
    pub quantities: copydesk_quantities::Rules,
}

impl Rules {
    /// The rules embedded in the program.
    pub fn load() -> Self {
        Self {
            clean: copydesk_clean::Rules::load(),
            entities: copydesk_entities::Rules::load(),
            quantities: copydesk_quantities::Rules::load(),
        }
    }
}

/// Nanoseconds that the stages took, summed over threads.
#[derive(Debug, Default)]
pub struct Stopwatch {
    clean: AtomicU64,
    read: AtomicU64,
    entities: AtomicU64,
    quantities: AtomicU64,
}

impl Stopwatch {
    /// Stage names with their seconds.
    pub fn seconds(&self) -> Vec<(&'static str, f64)> {
        [
            ("clean", &self.clean),
            ("text", &self.read),
            ("entities", &self.entities),
            ("quantities", &self.quantities),
        ]
        .map(|(name, nanoseconds)| (name, nanoseconds.load(Ordering::Relaxed) as f64 / 1e9))
        .to_vec()
    }

    fn time<T>(counter: &AtomicU64, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        let took = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        counter.fetch_add(took, Ordering::Relaxed);
        result
    }
}

/// Cleans a page and finds what its text says. A panic becomes a reject: the page alone is lost.
pub fn story(
    rules: &Rules,
    memory: Option<&SiteMemory>,
    stopwatch: &Stopwatch,
    page: &Page,
) -> Result<Story, Reject> {
    guard(&page.source, page.bytes.len(), || {
        let article =
            Stopwatch::time(&stopwatch.clean, || copydesk_clean::article(&rules.clean, memory, page));
        let site = page.url.as_deref().and_then(copydesk_clean::site_of);
        let story = Story::new(
            page,
            identity::doc_id(identity::page(page.key())),
            content_hash(&page.bytes),
            site,
            article,
        );
        find(rules, stopwatch, story)
    })
}

/// Cleans a page only.
pub fn cleaned(rules: &Rules, memory: Option<&SiteMemory>, page: &Page) -> Result<Story, Reject> {
    guard(&page.source, page.bytes.len(), || {
        let article = copydesk_clean::article(&rules.clean, memory, page);
        let site = page.url.as_deref().and_then(copydesk_clean::site_of);
        Story::new(
            page,
            identity::doc_id(identity::page(page.key())),
            content_hash(&page.bytes),
            site,
            article,
        )
    })
}

/// Finds what an article says that needs no cleaning; `name` is its id.
pub fn found(rules: &Rules, name: &str, article: Article) -> Result<Story, Reject> {
    let page = Page::new(name, MediaType::Text, "");
    guard(name, article.text.len(), || {
        let story = Story::new(
            &page,
            identity::doc_id(identity::page(name)),
            content_hash(article.text.as_bytes()),
            None,
            article,
        );
        find(rules, &Stopwatch::default(), story)
    })
}

fn find(rules: &Rules, stopwatch: &Stopwatch, mut story: Story) -> Story {
    let article = &story.article;
    let reading = Stopwatch::time(&stopwatch.read, || copydesk_text::read(&article.text));
    let mentions =
        Stopwatch::time(&stopwatch.entities, || copydesk_entities::find(&rules.entities, article, &reading));
    let mut quantities = Stopwatch::time(&stopwatch.quantities, || {
        copydesk_quantities::find(&rules.quantities, &reading, article.head.anchor)
    });
    let not_english = mentions.is_none().then_some(Flag::NotEnglish);
    let mut mentions = mentions.unwrap_or_default();
    reconcile(&mut mentions, &mut quantities);
    story.sentences = reading.sentences.iter().map(|sentence| sentence.span).collect();
    story.mentions = mentions;
    story.quantities = quantities;
    story.article.flags.extend(not_english);
    story
}

/// The one place where a panic is caught.
fn guard(source: &str, bytes: usize, work: impl FnOnce() -> Story) -> Result<Story, Reject> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let what = panic
            .downcast_ref::<&str>()
            .map(|s| (*s).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "unknown".to_owned());
        Reject {
            source: source.to_owned(),
            code: RejectCode::Internal,
            message: format!("a fault in copydesk, please report it with this page: {what}"),
            offset: None,
            line: None,
            bytes: Some(bytes as u64),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_looked_for_in_english_alone() {
        let rules = Rules::load();
        let flags_and_mentions = |text: &str| {
            let story = found(&rules, "a", Article::plain(text.repeat(5), None)).unwrap();
            (story.article.flags.contains(&Flag::NotEnglish), story.mentions.is_empty())
        };
        let english = "The ministry in Hanoi said on Monday that the port will be closed for a week. ";
        assert_eq!(flags_and_mentions(english), (false, false));
        let spanish =
            "El ministerio en Hanoi dijo el lunes que el puerto estará cerrado durante una semana. ";
        assert_eq!(flags_and_mentions(spanish), (true, true));
    }
}
