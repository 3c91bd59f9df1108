//! Reads articles out of JSON-LD (<https://www.w3.org/TR/json-ld11/>, schema.org terms), as broken as pages have it.

use serde_json::{Map, Value};

/// Bytes of one script that are read; what is longer is a data dump, not a description.
const MAX_BYTES: usize = 2 << 20;
/// How deep articles are looked for; serde_json itself stops at 128 levels.
const MAX_DEPTH: usize = 6;
/// Articles kept of one script.
const MAX_ARTICLES: usize = 32;
/// People kept of one article.
const MAX_PEOPLE: usize = 64;

/// An article, or the page, as JSON-LD describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LdArticle {
    /// Whether its type is an article's, not the page's.
    pub is_article: bool,
    /// `headline`, or else `name`.
    pub headline: Option<String>,
    /// `alternativeHeadline`.
    pub alternative: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `articleBody`.
    pub body: Option<String>,
    /// `author` and `creator`, in order.
    pub authors: Vec<LdAgent>,
    /// Names of `publisher` and `isPartOf`.
    pub publisher: Option<String>,
    /// `datePublished`, or else `dateCreated`.
    pub published: Option<String>,
    /// `dateModified`.
    pub modified: Option<String>,
    /// `url`, `@id` or `mainEntityOfPage`, those that are addresses.
    pub urls: Vec<String>,
    /// `inLanguage`.
    pub language: Option<String>,
}

/// Who JSON-LD says wrote an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LdAgent {
    /// As printed.
    pub name: String,
    /// Whether its type is a person's; organisations and bare strings are not.
    pub is_person: bool,
}

/// The articles of one script. Broken JSON gives none, or is mended where pages commonly break it.
pub(crate) fn parse(script: &str) -> Vec<LdArticle> {
    let mut found = Vec::new();
    if script.len() > MAX_BYTES {
        return found;
    }
    let script = script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[");
    let script = script.trim_end_matches("-->").trim_end_matches("//]]>").trim().trim_end_matches(';');
    let value = serde_json::from_str(script).or_else(|_| serde_json::from_str(&mended(script)));
    if let Ok(value) = value {
        let agents = agents_by_id(&value);
        collect(&value, &agents, 0, &mut found);
    }
    found
}

/// The script with raw control characters, which templates leave inside strings, as spaces, and without commas before
/// a closing bracket.
fn mended(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let (mut in_string, mut escaped) = (false, false);
    for c in script.chars() {
        if !in_string && matches!(c, '}' | ']') {
            let kept = out.trim_end().trim_end_matches(',').len();
            out.truncate(kept);
        }
        out.push(if c.is_control() { ' ' } else { c });
        (in_string, escaped) = match c {
            '"' if !escaped => (!in_string, false),
            '\\' if in_string => (true, !escaped),
            _ => (in_string, false),
        };
    }
    out
}

/// `@id` and name of the people and organisations of a graph, to which its articles may only refer.
type Agents<'v> = Vec<(&'v str, &'v Map<String, Value>)>;

fn agents_by_id(value: &Value) -> Agents<'_> {
    let nodes = match value {
        Value::Object(map) => map.get("@graph").and_then(Value::as_array),
        Value::Array(nodes) => Some(nodes),
        _ => None,
    };
    let objects = nodes.into_iter().flatten().filter_map(Value::as_object);
    objects.filter_map(|map| Some((map.get("@id")?.as_str()?, map))).take(MAX_PEOPLE).collect()
}

fn collect(value: &Value, agents: &Agents<'_>, depth: usize, found: &mut Vec<LdArticle>) {
    if depth > MAX_DEPTH || found.len() >= MAX_ARTICLES {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|v| collect(v, agents, depth + 1, found)),
        Value::Object(map) => {
            let kind = Kind::of(map);
            if kind != Kind::Other {
                found.push(article(map, kind, agents));
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "liveBlogUpdate"] {
                if key == "liveBlogUpdate" && kind != Kind::Other {
                    continue;
                }
                if let Some(inner) = map.get(key) {
                    collect(inner, agents, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Article,
    Page,
    Other,
}

impl Kind {
    fn of(map: &Map<String, Value>) -> Self {
        let types = map.get("@type").map(strings).unwrap_or_default();
        let named = |end: &str| types.iter().any(|t| t.ends_with(end));
        let articles =
            ["Article", "BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "Review"];
        if articles.into_iter().any(named) {
            Self::Article
        } else if named("WebPage") || named("VideoObject") && map.contains_key("headline") {
            Self::Page
        } else {
            Self::Other
        }
    }
}

fn article(map: &Map<String, Value>, kind: Kind, agents: &Agents<'_>) -> LdArticle {
    let text = |key: &str| map.get(key).and_then(first_text);
    let mut authors = Vec::new();
    for key in ["author", "creator"] {
        if let (true, Some(value)) = (authors.is_empty(), map.get(key)) {
            people(value, agents, &mut authors);
        }
    }
    let addresses = ["url", "@id", "mainEntityOfPage"].into_iter().filter_map(|key| map.get(key));
    LdArticle {
        is_article: kind == Kind::Article,
        headline: text("headline").or_else(|| text("name")),
        alternative: text("alternativeHeadline"),
        description: text("description"),
        body: text("articleBody"),
        authors,
        publisher: ["publisher", "isPartOf"].into_iter().find_map(|key| name_of(map.get(key)?, agents)),
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        urls: addresses.filter_map(address).filter(|a| a.starts_with("http")).collect(),
        language: text("inLanguage"),
    }
}

fn people(value: &Value, agents: &Agents<'_>, out: &mut Vec<LdAgent>) {
    match value {
        Value::Array(values) => values.iter().take(MAX_PEOPLE).for_each(|v| {
            // One level is enough: a list in a list is not a list of people.
            if !v.is_array() {
                people(v, agents, out);
            }
        }),
        Value::String(name) => out.push(LdAgent { name: squashed(name), is_person: false }),
        Value::Object(map) => {
            let map = referred(map, agents);
            let is_person =
                map.get("@type").map(strings).unwrap_or_default().iter().any(|t| t.ends_with("Person"));
            if let Some(Value::Array(names)) = map.get("name") {
                let names = names.iter().take(MAX_PEOPLE).filter_map(first_text);
                out.extend(names.map(|name| LdAgent { name, is_person }));
            } else if let Some(name) = map.get("name").and_then(first_text) {
                out.push(LdAgent { name, is_person });
            }
        }
        _ => {}
    }
}

fn name_of(value: &Value, agents: &Agents<'_>) -> Option<String> {
    match value {
        Value::Array(values) => values.iter().find(|v| !v.is_array()).and_then(|v| name_of(v, agents)),
        Value::Object(map) => referred(map, agents).get("name").and_then(first_text),
        _ => None,
    }
}

/// The node that `{"@id": …}` refers to, or the object itself.
fn referred<'v>(map: &'v Map<String, Value>, agents: &Agents<'v>) -> &'v Map<String, Value> {
    if map.contains_key("name") {
        return map;
    }
    let id = map.get("@id").and_then(Value::as_str);
    agents.iter().find(|(known, _)| Some(*known) == id).map_or(map, |(_, node)| node)
}

fn address(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Object(map) => ["@id", "url"].into_iter().find_map(|key| first_text(map.get(key)?)),
        _ => None,
    }
}

/// The first string in a value, white space squashed: `"x"`, `["x", "y"]`, `{"@value": "x"}`.
fn first_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => squashed(text),
        Value::Array(values) => values.iter().find_map(|v| v.as_str().map(squashed))?,
        Value::Object(map) => {
            ["@value", "name"].into_iter().find_map(|key| map.get(key)?.as_str().map(squashed))?
        }
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// White space squashed, entities decoded: templates often escape for HTML what stands in a script.
fn squashed(text: &str) -> String {
    crate::html::plain(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(script: &str) -> String {
        let articles = parse(script);
        let authors = articles.iter().flat_map(|a| &a.authors).map(|a| a.name.as_str());
        authors.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn authors_in_their_many_shapes() {
        for (author, expected) in [
            (r#""Ana Lima""#, "Ana Lima"),
            (r#"["Ana Lima", "Bo Ek"]"#, "Ana Lima|Bo Ek"),
            (r#"{"@type":"Person","name":"Ana Lima"}"#, "Ana Lima"),
            (r#"[{"@type":"Person","name":"Ana Lima"},{"name":"Bo Ek"}]"#, "Ana Lima|Bo Ek"),
            (r#"{"@type":"Person","name":["Ana Lima","Bo Ek"]}"#, "Ana Lima|Bo Ek"),
            (r#"{"@id":"unknown"}"#, ""),
            ("7", ""),
            ("null", ""),
        ] {
            let script = format!(r#"{{"@type":"NewsArticle","author":{author}}}"#);
            assert_eq!(names(&script), expected, "{author}");
        }
    }

    #[test]
    fn graphs_and_references() {
        let graph = r#"{"@context":"https://schema.org","@graph":[
            {"@type":"Article","headline":"Port &amp; harbour","author":{"@id":"x#p"},"datePublished":"2024-05-06"},
            {"@type":"BreadcrumbList","name":"Crumbs"},
            {"@type":["Person"],"@id":"x#p","name":"Ana Lima"}]}"#;
        let articles = parse(graph);
        assert_eq!(articles.len(), 1);
        assert_eq!(articles[0].headline.as_deref(), Some("Port & harbour"));
        assert_eq!(articles[0].published.as_deref(), Some("2024-05-06"));
        assert_eq!(articles[0].authors, [LdAgent { name: "Ana Lima".into(), is_person: true }]);
    }

    #[test]
    fn broken_scripts() {
        for (script, expected) in [
            ("{\"@type\":\"Article\",\"author\":\"Ana\nLima\",}", "Ana Lima"),
            ("<!-- {\"@type\":\"Article\",\"author\":[\"Ana Lima\",]} -->", "Ana Lima"),
            ("{\"@type\":\"Article\",\"author\":\"Ana", ""),
            ("", ""),
            ("[[[[[[[[[[", ""),
        ] {
            assert_eq!(names(script), expected, "{script}");
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(parse(&deep), []);
    }
}
