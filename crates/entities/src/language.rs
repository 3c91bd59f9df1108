//! Whether a text is English: the model and the tables know names in English sentences alone, and in another language
//! they would take half of it for names.
//!
//! Told by the text itself and not by what its page declares, which is wrong on many pages.

use crate::words::{FUNCTION, SMALL, Words};

/// Share of function words (`the`, `of`, `said` …) among the words in lower case below which a text is not English. In the
/// development sets English pages have .23 and more, pages in other languages .07 and less (Danish has most such words),
/// or .15 where they hold some English.
const LEAST_SHARE: f32 = 0.15;
/// Words in lower case below which nothing can be told.
const ENOUGH: usize = 30;

/// Whether the text is English, as far as it can be told.
pub(crate) fn is_english(words: &Words<'_>) -> bool {
    let small = words.shapes.iter().filter(|&shape| shape & SMALL != 0);
    let (all, function) =
        small.fold((0, 0), |(all, function), shape| (all + 1, function + usize::from(shape & FUNCTION != 0)));
    all < ENOUGH || function as f32 >= LEAST_SHARE * all as f32
}

/// Whether a word is written in letters that names in English text are: Latin ones.
pub(crate) fn is_latin(word: &str) -> bool {
    word.chars()
        .all(|letter| !letter.is_alphabetic() || matches!(letter, '\0'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{marked::GAZETTEER, words::look};

    #[test]
    fn english_is_told_from_others() {
        for (text, expected) in [
            ("The ministry said on Monday that the port will be closed for a week. ", true),
            ("Results: Okafor (Nigeria) 2:04, Tanui (Kenya) 2:05; winds of 12 km an hour. ", true),
            (
                "Das Ministerium teilte am Montag mit, dass der Hafen in dieser Woche geschlossen bleibt. ",
                false,
            ),
            (
                "Regeringen oplyste mandag, at havnen bliver lukket i en uge, og de ansatte får fri med løn, mens den bygges om. ",
                false,
            ),
            ("El ministerio dijo el lunes que el puerto estará cerrado durante una semana. ", false),
            (
                "Wizara ilisema Jumatatu kuwa bandari itafungwa kwa wiki moja na wafanyakazi watalipwa. ",
                false,
            ),
            ("Министерство сообщило в понедельник, что порт будет закрыт на неделю. ", false),
            ("Bộ cho biết hôm thứ Hai rằng cảng sẽ đóng cửa trong một tuần để sửa chữa. ", false),
        ] {
            let text = text.repeat(10);
            assert_eq!(is_english(&look(&GAZETTEER, &copydesk_text::read(&text))), expected, "{text}");
        }
        // Too short to tell.
        assert!(is_english(&look(&GAZETTEER, &copydesk_text::read("Wizara ilisema Jumatatu"))));
    }

    #[test]
    fn letters() {
        for word in ["Hanoi", "Łódź", "Hồ", "Hawaiʻi", "Çağlar", "B-52", "7", "&"] {
            assert!(is_latin(word), "{word}");
        }
        for word in ["東京", "Москва", "القاهرة", "Αθήνα", "x東"] {
            assert!(!is_latin(word), "{word}");
        }
    }
}
