//! Makes sentences that the sets have too few of: an official's name right after the office (`Director of the Legal
//! Department Bouasavath Viphasouk`), and the names of other people in place of those printed.

use super::random::Random;

/// What an official is called before `of` and the office.
const ROLES: [&str; 22] = [
    "ambassador",
    "captain",
    "chair",
    "chairman",
    "chairperson",
    "chairwoman",
    "chief",
    "commissioner",
    "coordinator",
    "director",
    "director-general",
    "general",
    "governor",
    "head",
    "leader",
    "manager",
    "minister",
    "officer",
    "president",
    "representative",
    "secretary",
    "spokesman",
];
/// One in so many sentences with a person gets a copy with another name.
const SWAPPED: usize = 3;

/// Tokens and tags of a sentence.
pub(super) type Tagged = (Vec<String>, Vec<String>);

/// Copies of the sentences with names put in or exchanged; names come from the sentences themselves.
pub(super) fn copies<'l>(
    lines: impl Iterator<Item = (&'l [String], &'l [String])> + Clone,
    seed: u64,
) -> Vec<Tagged> {
    let people: Vec<&[String]> = lines
        .clone()
        .flat_map(|(tokens, tags)| mentions(tags, "PERSON").map(|(first, end)| &tokens[first..end]))
        .filter(|name| name.len() > 1)
        .collect();
    if people.is_empty() {
        return Vec::new();
    }
    let mut random = Random::new(seed);
    let mut person = || people[random.bits() as usize % people.len()];
    let mut copies = Vec::new();
    for (number, (tokens, tags)) in lines.enumerate() {
        if let Some(at) = office_end(tokens, tags) {
            copies.push(put(tokens, tags, at, at, person()));
        }
        let mut people = mentions(tags, "PERSON");
        if let Some((first, end)) =
            people.next().filter(|(first, end)| number % SWAPPED == 0 && end - first > 1)
        {
            copies.push(put(tokens, tags, first, end, person()));
        }
    }
    copies
}

/// Where the first organisation ends that somebody is said to be the head of, if no name follows.
fn office_end(tokens: &[String], tags: &[String]) -> Option<usize> {
    mentions(tags, "ORG").find_map(|(first, end)| {
        let of = if first > 0 && tokens[first - 1] == "the" { first - 1 } else { first };
        let role = of.checked_sub(2).map(|at| tokens[at].to_lowercase())?;
        let follows = tokens
            .get(end)
            .is_none_or(|next| next.starts_with(|c: char| c.is_lowercase() || ",;.".contains(c)));
        (tokens[of - 1] == "of" && ROLES.contains(&role.as_str()) && follows).then_some(end)
    })
}

/// The sentence with a person's name in place of the tokens `first..end`.
fn put(tokens: &[String], tags: &[String], first: usize, end: usize, name: &[String]) -> Tagged {
    let named = (0..name.len()).map(|at| if at == 0 { "B-PERSON" } else { "I-PERSON" }.to_owned());
    (
        tokens[..first].iter().chain(name).chain(&tokens[end..]).cloned().collect(),
        tags[..first].iter().cloned().chain(named).chain(tags[end..].iter().cloned()).collect(),
    )
}

/// First token and one past the last of each mention with a label.
fn mentions<'t>(tags: &'t [String], label: &'t str) -> impl Iterator<Item = (usize, usize)> {
    let is = move |tag: &String, part: &str| tag.strip_prefix(part) == Some(label);
    tags.iter().enumerate().filter(move |(_, tag)| is(tag, "B-")).map(move |(first, _)| {
        let further = tags[first + 1..].iter().take_while(|tag| is(tag, "I-")).count();
        (first, first + 1 + further)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_in_and_exchanged() {
        let split = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
        let tokens = split("Director of the Legal Department said Kun Nhem left");
        let tags = split("O O O B-ORG I-ORG O B-PERSON I-PERSON O");
        let copies = copies([(tokens.as_slice(), tags.as_slice())].into_iter(), 1);
        let texts: Vec<String> = copies.iter().map(|(tokens, _)| tokens.join(" ")).collect();
        assert_eq!(
            texts,
            [
                "Director of the Legal Department Kun Nhem said Kun Nhem left",
                "Director of the Legal Department said Kun Nhem left",
            ]
        );
        assert_eq!(copies[0].1[3..7], ["B-ORG", "I-ORG", "B-PERSON", "I-PERSON"]);
    }
}
