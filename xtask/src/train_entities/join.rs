//! Joins the tokens of a tagged set to a line of text as print does: no blank before a comma, none after an opening
//! bracket.

use std::ops::Range;

const NO_BLANK_BEFORE: [&str; 32] = [
    ".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "'s", "’s", "n't", "n’t", "'", "’", "''", "”", "'re",
    "'ve", "'ll", "'d", "'m", "...", "’re", "’ve", "’ll", "’d", "’m", "-RRB-", "-RSB-", "-RCB-",
];
const NO_BLANK_AFTER: [&str; 13] =
    ["(", "[", "{", "$", "£", "€", "“", "``", "#", "US$", "-LRB-", "-LSB-", "-LCB-"];

/// The line, and where each token stands in it.
pub(super) fn line(tokens: &[String]) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut places = Vec::with_capacity(tokens.len());
    let (mut glued, mut quoted) = (true, false);
    for token in tokens {
        let shown = shown(token);
        let is_quote = shown == "\"";
        let no_blank = glued || NO_BLANK_BEFORE.contains(&token.as_str()) || (is_quote && quoted);
        if !no_blank {
            text.push(' ');
        }
        places.push(text.len()..text.len() + shown.len());
        text.push_str(shown);
        glued = NO_BLANK_AFTER.contains(&token.as_str());
        if is_quote {
            glued = !quoted;
            quoted = !quoted;
        }
    }
    (text, places)
}

/// Tree-bank spellings of quotation marks and brackets as print has them.
fn shown(token: &str) -> &str {
    match token {
        "``" | "''" => "\"",
        "-LRB-" => "(",
        "-RRB-" => ")",
        "-LSB-" => "[",
        "-RSB-" => "]",
        _ => token,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn lines() {
        for (tokens, expected) in [
            ("He said : `` Go , now . ''", "He said: \"Go, now.\""),
            ("The WCO -LRB- Brussels -RRB- 's US$ 3", "The WCO (Brussels)'s US$3"),
        ] {
            let tokens: Vec<String> = tokens.split(' ').map(str::to_owned).collect();
            let (text, places) = super::line(&tokens);
            assert_eq!(text, expected);
            assert_eq!(places.len(), tokens.len());
        }
    }
}
