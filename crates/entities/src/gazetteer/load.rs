//! Reads the embedded tables.

use rustc_hash::FxHashMap;

use super::{
    Body, Country, Gazetteer, Node, cased,
    flags::{self, Flags, WORD_CLASSES},
    fold::{join, key},
};

const COUNTRIES: &str = include_str!("../../data/countries.tsv");
const DIVISIONS: &str = include_str!("../../data/divisions.tsv");
const CITIES: &str = include_str!("../../data/cities.tsv");
const BODIES: &str = include_str!("../../data/bodies.tsv");
const WORDS: &str = include_str!("../../data/words.tsv");

/// Lists of names, one a line, with what a name of each is.
const LISTS: [(&str, Flags); 12] = [
    (include_str!("../../data/towns.txt"), flags::CITY),
    (include_str!("../../data/regions.txt"), flags::REGION),
    (include_str!("../../data/norps.txt"), flags::NORP),
    (include_str!("../../data/languages.txt"), flags::LANGUAGE),
    (include_str!("../../data/given_names.txt"), flags::GIVEN),
    (include_str!("../../data/surnames.txt"), flags::SURNAME),
    (include_str!("../../data/names/org.txt"), flags::ORG_NAME),
    (include_str!("../../data/names/product.txt"), flags::PRODUCT_NAME),
    (include_str!("../../data/names/event.txt"), flags::EVENT_NAME),
    (include_str!("../../data/names/fac.txt"), flags::FAC_NAME),
    (include_str!("../../data/names/work.txt"), flags::WORK_NAME),
    (include_str!("../../data/names/law.txt"), flags::LAW_NAME),
];

/// Number of names in the tables, roughly: room made before they are read.
const CAPACITY: usize = 1 << 17;

impl Gazetteer {
    /// The tables embedded in the program.
    pub fn load() -> Self {
        let mut gazetteer = Self {
            names: FxHashMap::with_capacity_and_hasher(CAPACITY, Default::default()),
            acronyms: FxHashMap::default(),
            words: FxHashMap::default(),
            countries: Vec::new(),
            bodies: Vec::new(),
        };
        gazetteer.read_countries();
        gazetteer.read_places(DIVISIONS, flags::DIVISION);
        gazetteer.read_places(CITIES, flags::CITY);
        gazetteer.read_bodies();
        for (table, flags) in LISTS {
            for name in rows(table) {
                gazetteer.add_name(name, Node { flags, ..Node::default() });
            }
        }
        gazetteer.read_words();
        gazetteer
    }

    fn read_countries(&mut self) {
        for row in rows(COUNTRIES) {
            let [code, name, variants, adjectives] = cells(row);
            self.countries.push(Country { code, name, adjective: items(adjectives).next() });
            let country = self.countries.len() as u16;
            let node = Node { flags: flags::COUNTRY, country, ..Node::default() };
            self.add(name, node);
            for variant in items(variants) {
                match variant.strip_prefix('~') {
                    Some(acronym) => self.add_acronym(acronym, node),
                    None => self.add(variant, node),
                }
            }
            for adjective in items(adjectives) {
                self.add(adjective, Node { flags: flags::NORP, ..node });
            }
        }
    }

    fn read_places(&mut self, table: &'static str, flags: Flags) {
        for row in rows(table) {
            let [code, names] = cells(row);
            let country = self.countries.iter().position(|c| c.code == code).map_or(0, |i| i as u16 + 1);
            for name in items(names) {
                self.add(name, Node { flags, country, ..Node::default() });
            }
        }
    }

    fn read_bodies(&mut self) {
        for row in rows(BODIES) {
            let [acronyms, names, wikidata] = cells(row);
            let Some(name) = items(names).chain(items(acronyms)).next() else { continue };
            self.bodies.push(Body { name, wikidata: Some(wikidata).filter(|id| !id.is_empty()) });
            let node = Node { flags: flags::BODY, body: self.bodies.len() as u16, ..Node::default() };
            items(names).for_each(|name| self.add(name, node));
            items(acronyms).for_each(|acronym| self.add_spelled(acronym, node));
        }
    }

    fn read_words(&mut self) {
        for row in rows(WORDS) {
            let [class, words] = cells(row);
            let bit = WORD_CLASSES.iter().find(|(name, _)| *name == class).map_or(0, |(_, bit)| *bit);
            for word in items(words) {
                *self.words.entry(key(word)).or_default() |= bit;
            }
        }
    }

    /// Adds a name in the letters that it is printed in, where those are capitals alone.
    fn add_name(&mut self, name: &'static str, node: Node) {
        if name.contains(char::is_lowercase) { self.add(name, node) } else { self.add_spelled(name, node) }
    }

    fn add(&mut self, name: &'static str, node: Node) {
        let reading = copydesk_text::read(name);
        let mut sequence = 0;
        for (index, token) in reading.tokens.iter().enumerate() {
            let word = token.span.of(name);
            sequence = if index == 0 { key(word) } else { join(sequence, cased(word, key(word))) };
            let entry = self.names.entry(sequence).or_default();
            if index + 1 == reading.tokens.len() {
                *entry = entry.merged(node);
            } else {
                entry.longer = true;
            }
        }
    }

    /// Adds a name of capitals: one of several tokens (`G-20`) is found like others, one of a single token in its exact
    /// letters only.
    fn add_spelled(&mut self, name: &'static str, node: Node) {
        if copydesk_text::read(name).tokens.len() > 1 {
            self.add(name, node);
        } else {
            self.add_acronym(name, node);
        }
    }

    fn add_acronym(&mut self, acronym: &'static str, node: Node) {
        let entry = self.acronyms.entry(acronym).or_default();
        *entry = entry.merged(Node { flags: node.flags | flags::ACRONYM, ..node });
    }
}

/// The rows of a table without its comments.
fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The cells of a row; those that it lacks are empty.
fn cells<const N: usize>(row: &'static str) -> [&'static str; N] {
    let mut cells = row.split('\t');
    std::array::from_fn(|_| cells.next().unwrap_or(""))
}

/// The items of a cell.
fn items(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').filter(|item| !item.is_empty())
}
