//! Which role a name has, and of what.

use copydesk_types::{Block, Head};

use super::*;
use crate::{
    marked::{self, GAZETTEER},
    words::look,
};

/// Roles of the persons of a text, mentions marked `[LABEL name]`, as `role/of`.
fn roles_of(marked: &str, label: Label) -> String {
    let (text, marks) = marked::read(marked);
    let mut article = Article::plain(text, None);
    article.blocks[0].label = label;
    let article =
        Article::assemble(Head::default(), vec![Block { label, ..article.blocks[0].clone() }], 0, vec![]);
    let reading = copydesk_text::read(&article.text);
    let words = look(&GAZETTEER, &reading);
    let chosen = marked::chosen(&reading, marks);
    let roles = read(&GAZETTEER, &article, &words, &chosen);
    let shown = roles
        .into_iter()
        .zip(&chosen)
        .filter(|(_, p)| p.label == EntityLabel::Person)
        .map(|(role, _)| format!("{}/{}", role.role.unwrap_or_default(), role.of.unwrap_or_default()));
    shown.collect::<Vec<_>>().join("|")
}

#[test]
fn roles_in_text() {
    for (text, expected) in [
        ("said Director General [PERSON Le An] there", "Director General/"),
        ("On behalf of [ORG Kenya Customs], Director General [PERSON Le An] said", "Director General/"),
        ("Director General of [ORG Kenya Customs] [PERSON Le An] said", "Director General/Kenya Customs"),
        (
            "Deputy Director of the [ORG Legal Department] [PERSON Le An]; ",
            "Deputy Director/Legal Department",
        ),
        (
            "officer of [ORG Lake Branch] and [FAC Lake Port] [PERSON Le An].",
            "officer/Lake Branch and Lake Port",
        ),
        ("[GPE New York] Governor [PERSON Ana Sol] vetoed", "Governor/New York"),
        ("[GPE Kenya]'s President [PERSON Ana Sol] said", "President/Kenya"),
        ("like actress [PERSON Ana Sol] and the rapper [PERSON Soul Boy]", "actress/|rapper/"),
        ("Climate Change Minister [PERSON Ana Sol]", "Climate Change Minister/"),
        ("Minister of Finance [PERSON Ana Sol] said", "Minister of Finance/"),
        (
            "Minister attached to the Prime Minister, Director General [PERSON Le An], met",
            "Minister attached to the Prime Minister, Director General/",
        ),
        (
            "Mr. [PERSON Le An], Minister Attached to the Prime Minister, Director General of the [ORG KC] and the delegation",
            "Minister Attached to the Prime Minister, Director General/KC",
        ),
        ("[PERSON Le An] Director General of the [ORG KC] and", "Director General/KC"),
        (
            "said [PERSON Ana Sol], a certified financial planner and founder of [ORG Lake Bank] in",
            "certified financial planner and founder/Lake Bank",
        ),
        ("added [PERSON Sol], a member of [ORG CNN]'s [ORG Advisor Council].", "member/Advisor Council"),
        (
            "said [PERSON Ana Sol], research director at the [ORG Lake Fund] and",
            "research director/Lake Fund",
        ),
        ("[PERSON Sol], who is also the president of the [ORG LUP], about", "president/LUP"),
        ("[PERSON Ana Sol], 58, a farmer from", "farmer/"),
        ("[PERSON Ana Sol], [ORG CBP] attaché.", "attaché/CBP"),
        (
            "[PERSON Ana Sol], Deputy Minister of Public Works and Transport, said",
            "Deputy Minister of Public Works and Transport/",
        ),
        ("[PERSON Ana Sol], Deputy Director [PERSON Le An] and", "/|Deputy Director/"),
        ("[PERSON Ana Sol], the rain and the wind", "/"),
        ("[PERSON Ana Sol] said the director left", "/"),
        ("Mr [PERSON Sol] said", "/"),
        ("Photographer: [PERSON Ana Sol]/[ORG Lake Images]", "Photographer/"),
    ] {
        assert_eq!(roles_of(text, Label::Paragraph), expected, "{text}");
    }
}

#[test]
fn roles_in_bylines() {
    for (text, expected) in [
        (
            "By [PERSON Ana Sol] and [PERSON Le An] / [ORG Lake News] Staff Writers",
            "Staff Writers/Lake News|Staff Writers/Lake News",
        ),
        ("By [PERSON Ana Sol]\n[ORG CNN] Executive Editor", "Executive Editor/CNN"),
        ("By [PERSON Ana Sol]/[PERSON Le An]", "/|/"),
    ] {
        assert_eq!(roles_of(text, Label::Byline), expected, "{text}");
    }
}
