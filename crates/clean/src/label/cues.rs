//! Words by which a block shows its role: `data/cues.txt`.

use crate::features::View;

/// A role that words may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Byline,
    Credit,
    Comments,
    Related,
    Legal,
    Advertisement,
}

const ROLES: [(&str, Role); 6] = [
    ("byline", Role::Byline),
    ("credit", Role::Credit),
    ("comments", Role::Comments),
    ("related", Role::Related),
    ("legal", Role::Legal),
    ("advertisement", Role::Advertisement),
];

/// A phrase, as the hashes of its words.
#[derive(Clone, Debug)]
struct Cue {
    role: Role,
    at_start: bool,
    words: Vec<u32>,
}

/// All cues.
#[derive(Clone, Debug)]
pub(crate) struct Cues {
    cues: Vec<Cue>,
}

impl Cues {
    /// The cues embedded in the program.
    pub(crate) fn load() -> Self {
        let mut cues = Vec::new();
        let mut role = None;
        for line in include_str!("../../data/cues.txt").lines().map(str::trim) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                role = ROLES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role);
            } else if let Some(role) = role.filter(|_| !line.is_empty() && !line.starts_with('#')) {
                let phrase = line.strip_prefix("^ ");
                let words = View::hashes(phrase.unwrap_or(line));
                cues.push(Cue { role, at_start: phrase.is_some(), words });
            }
        }
        Self { cues }
    }

    /// Whether a block's words hold a cue of the role.
    pub(super) fn show(&self, role: Role, words: &[u32]) -> bool {
        self.cues.iter().filter(|cue| cue.role == role).any(|cue| {
            if cue.at_start {
                words.starts_with(&cue.words)
            } else {
                words.windows(cue.words.len()).any(|window| window == cue.words)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_show_roles() {
        let cues = Cues::load();
        for (role, text, expected) in [
            (Role::Byline, "By Anna Wall", true),
            (Role::Byline, "Stand by Anna", false),
            (Role::Credit, "Berths at dawn. Photo: A. Wall", true),
            (Role::Credit, "Berths at dawn", false),
            (Role::Comments, "Leave a Reply", true),
            (Role::Comments, "Leave the port", false),
            (Role::Related, "Lesen Sie auch: Hafen zu", true),
            (Role::Legal, "© 2024 Harbour Post. All rights reserved.", true),
            (Role::Advertisement, "Anzeige", true),
            (Role::Advertisement, "The harbour adds berths", false),
        ] {
            assert_eq!(cues.show(role, &View::hashes(text)), expected, "{text}");
        }
    }

    #[test]
    fn every_role_has_cues() {
        let cues = Cues::load();
        for (name, role) in ROLES {
            assert!(cues.cues.iter().any(|cue| cue.role == role && !cue.words.is_empty()), "{name}");
        }
    }
}
