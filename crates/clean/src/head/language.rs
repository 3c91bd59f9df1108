//! The language of the article: what the page declares, checked against what its text looks like.

use std::sync::LazyLock;

use copydesk_types::MetadataSource;

use super::{Found, Sheet};

/// Characters of the body that are looked at.
const SAMPLE: usize = 1500;
/// The same of a first look.
const SHORT_SAMPLE: usize = 250;
/// Characters that a text has at least for its looks to outweigh a declaration.
const ENOUGH: usize = 200;
/// Confidence in a declaration that the text neither confirms nor refutes.
const DECLARED: f32 = 0.6;
/// Confidence in a declaration that the text confirms.
const CONFIRMED: f32 = 0.99;

/// ISO 639-3 and BCP 47 codes of the languages that detection knows.
static CODES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let table = include_str!("../../data/languages.txt");
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')).collect()
});

/// The tag and how sure it is.
pub(super) fn read(sheet: &Sheet<'_>) -> Option<Found<(String, f32)>> {
    let Some((tag, source)) = declared(sheet) else {
        let (tag, confidence, _) = detect(&sample(sheet, SAMPLE))?;
        return Some(((tag.to_owned(), confidence), MetadataSource::Text));
    };
    let primary = tag.split('-').next().unwrap_or_default();
    let confirms =
        |detected: Option<(&str, f32, bool)>| detected.is_some_and(|(code, ..)| is_same(primary, code));
    // Most declarations are right, and a short sample shows it.
    if confirms(detect(&sample(sheet, SHORT_SAMPLE))) {
        return Some(((tag, CONFIRMED), source));
    }
    let sample = sample(sheet, SAMPLE);
    let is_known = CODES.iter().any(|(_, known)| *known == primary);
    match detect(&sample) {
        detected if confirms(detected) => Some(((tag, CONFIRMED), source)),
        Some((detected, confidence, true)) if is_known && sample.chars().count() >= ENOUGH => {
            Some(((detected.to_owned(), confidence), MetadataSource::Text))
        }
        _ => Some(((tag, DECLARED), source)),
    }
}

/// The language that a text looks like, how sure that is, and whether it is enough to go by.
fn detect(sample: &str) -> Option<(&'static str, f32, bool)> {
    let info = whatlang::detect(sample)?;
    let code = info.lang().code();
    let (_, tag) = CODES.iter().find(|(known, _)| *known == code)?;
    Some((tag, info.confidence() as f32, info.is_reliable()))
}

/// Norwegian is declared as such or by its written form.
fn is_same(declared: &str, detected: &str) -> bool {
    declared == detected || matches!((declared, detected), ("no" | "nn", "nb"))
}

fn declared(sheet: &Sheet<'_>) -> Option<Found<String>> {
    let evidence = sheet.evidence;
    let given = sheet.page.given.language.as_deref().map(|tag| (tag, MetadataSource::Input));
    let attribute = evidence.lang.as_deref().map(|tag| (tag, MetadataSource::LangAttribute));
    let stated = evidence.json_ld.iter().filter(|a| a.is_article).find_map(|a| a.language.as_deref());
    let stated = stated.map(|tag| (tag, MetadataSource::JsonLd));
    let metas = ["og:locale", "content-language", "language", "dc.language"];
    let metas =
        metas.into_iter().flat_map(|name| evidence.metas(name)).map(|tag| (tag, MetadataSource::Meta));
    let mut all = given.into_iter().chain(attribute).chain(stated).chain(metas);
    all.find_map(|(tag, source)| Some((well_formed(tag)?, source)))
}

/// A tag in the case that BCP 47 recommends: `EN_us` → `en-US`. None for what is no tag.
fn well_formed(tag: &str) -> Option<String> {
    let mut parts = tag.trim().split(['-', '_', '.']);
    let primary =
        parts.next().filter(|p| matches!(p.len(), 2 | 3) && p.bytes().all(|b| b.is_ascii_alphabetic()))?;
    let mut out = primary.to_ascii_lowercase();
    for part in parts {
        match part.len() {
            2 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                out.push('-');
                out.push_str(&part.to_ascii_uppercase());
                break;
            }
            4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                out.push('-');
                out.push_str(&part[..1].to_ascii_uppercase());
                out.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => break,
        }
    }
    Some(out)
}

/// The first characters of the body.
fn sample(sheet: &Sheet<'_>, chars: usize) -> String {
    let body = sheet.blocks.iter().filter(|b| b.label.kept() && b.in_body);
    body.flat_map(|b| b.text.chars().chain(['\n'])).take(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        for (tag, expected) in [
            ("en", Some("en")),
            ("EN_us", Some("en-US")),
            ("zh-hans-CN", Some("zh-Hans-CN")),
            ("de_DE.utf8", Some("de-DE")),
            ("pt-BR-x-old", Some("pt-BR")),
            ("english", None),
            ("", None),
            ("é", None),
        ] {
            assert_eq!(well_formed(tag).as_deref(), expected, "{tag}");
        }
    }

    #[test]
    fn every_detected_language_has_a_code() {
        for lang in whatlang::Lang::all() {
            assert!(CODES.iter().any(|(code, _)| *code == lang.code()), "{}", lang.code());
        }
    }
}
