//! Corrects the model by what stands on other pages of the site: its template.

use super::Evidence;
use crate::site::{Acquaintance, is_exact};

/// Words up to which a text is so short that articles share it by chance (`Background`), and the pages on which such a
/// text must stand.
const SHORT: (usize, u32) = (4, 3);
/// Log odds against a text that stands on one other page, and how much each doubling of the pages adds. Tuned on the
/// development text dumps, where most sites have two to five pages.
const AGAINST: (f32, f32) = (3.0, 1.0);
/// Log odds for running text that stands on this page alone, where other pages of the site are known.
const FOR: f32 = 0.2;
/// One in this many of a site's pages may show an article's opening as a teaser, before it counts as template.
const TEASED: u32 = 2;

/// Takes odds from what other pages of the site show too.
pub(super) fn correct(evidence: &mut Evidence<'_, '_>, known: Acquaintance<'_>) {
    let opening = evidence.body.map(|(start, _)| start);
    for row in 0..evidence.opinions.len() {
        let stats = &evidence.features.view.stats[row];
        let others = known.others(stats.fold);
        if others == 0 {
            if known.pages() > 0 {
                evidence.opinions[row].score += FOR;
            }
            continue;
        }
        // The headline and the opening stand as a teaser on other pages; on their own they stay.
        let own = Some(row) == evidence.title || Some(row) == opening;
        let teased = own && others * TEASED <= known.pages().max(2);
        let by_chance = stats.words <= SHORT.0 && others < SHORT.1;
        if teased || by_chance {
            continue;
        }
        #[allow(clippy::cast_precision_loss, reason = "a count of pages")]
        let doublings = others.ilog2() as f32;
        let was_body = evidence.opinions[row].is_body();
        evidence.opinions[row].score -= AGAINST.0 + AGAINST.1 * doublings;
        if was_body && !evidence.opinions[row].is_body() {
            evidence.corrections[row] = Some(reason(others, known.pages()));
        }
    }
}

fn reason(others: u32, pages: u32) -> String {
    // The page itself counts as one of those that the reader sees.
    let count = |others| if is_exact(others) { (others + 1).to_string() } else { format!("over {others}") };
    format!("stands on {} of {} pages of this site", count(others), count(pages))
}
