//! Zip and tar archives of pages, and feeds.

use std::io::Write;

use copydesk_ingest::{Position, Settings};
use copydesk_types::MediaType;

use crate::support::*;

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.add_directory("folder/", zip::write::SimpleFileOptions::default()).unwrap();
    writer.finish().unwrap().into_inner()
}

fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        if name.contains("..") {
            header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            builder.append(&header, *bytes).unwrap();
        } else {
            builder.append_data(&mut header, name, *bytes).unwrap();
        }
    }
    builder.into_inner().unwrap()
}

const MEMBERS: [(&str, &[u8]); 6] = [
    ("a/b.html", b"<html><p>one"),
    ("../../etc/two.txt", b"two"),
    ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ("feed.jsonl", b"{\"text\": \"x\"}"),
    ("empty.txt", b""),
    ("tin tức.txt", b"three"),
];

#[test]
fn members_of_an_archive_are_pages_and_nothing_leaves_it() {
    let tar = tarred(&MEMBERS);
    for (name, bytes) in [
        ("a.zip", zipped(&MEMBERS)),
        ("a", zipped(&MEMBERS)),
        ("a.tar", tar.clone()),
        ("a", tar.clone()),
        ("a.tar.gz", gzip(&tar)),
        ("a.tgz", gzip(&tar)),
        ("a.tar.zst", zstd(&tar)),
    ] {
        let outcome = read(name, bytes);
        assert_eq!(outcome.texts(), ["<html><p>one", "two", "", "three"], "{name}: {:?}", outcome.rejects());
        assert_eq!(
            outcome.locators(),
            ["member=a/b.html", "member=../../etc/two.txt", "member=empty.txt", "member=tin tức.txt"]
        );
        let names: Vec<_> = outcome.pages().iter().map(|page| page.name.as_str()).collect();
        assert_eq!(names, ["b", "two", "empty", "tin tức"]);
        assert_eq!(outcome.pages()[0].media_type, MediaType::Html);
        assert_eq!(outcome.counts.records, 6);
        assert_eq!(outcome.counts.skipped.values().sum::<u64>(), 2);
    }
}

#[test]
fn reading_an_archive_starts_again_where_it_stopped() {
    for (name, bytes) in [("a.zip", zipped(&MEMBERS)), ("a.tar", tarred(&MEMBERS))] {
        let folder = Folder::new();
        let path = folder.write(name, bytes);
        let whole = read_path(&Settings::default(), path.clone(), Position::default());
        for (index, found) in whole.found.iter().enumerate() {
            assert_eq!(
                read_path(&Settings::default(), path.clone(), found.position).found,
                whole.found[index..]
            );
        }
    }
}

#[test]
fn a_member_past_the_limit_is_a_reject_and_the_next_is_read() {
    let large = vec![b'x'; 5000];
    let packed = gzip(&large);
    let members = [("large.txt", &large[..]), ("bomb.txt.gz", &packed), ("small.txt.gz", &gzip("small")[..])];
    for (name, bytes) in [("a.zip", zipped(&members)), ("a.tar", tarred(&members))] {
        let outcome = read_with(&limited(1000), name, bytes);
        assert_eq!(
            (outcome.texts(), outcome.codes()),
            (vec!["small".to_owned()], vec!["too_large"; 2]),
            "{name}"
        );
        assert_eq!(outcome.locators()[0], "member=large.txt");
    }
}

#[test]
fn a_broken_archive_gives_its_whole_members_and_a_reject() {
    let pages: Vec<_> = (0..5).map(|number| (format!("{number}.txt"), prose(3000, number + 1))).collect();
    let members: Vec<_> = pages.iter().map(|(name, page)| (name.as_str(), page.as_bytes())).collect();
    let tar = tarred(&members);
    for cut in (600..tar.len() - 1024).step_by(997) {
        let outcome = read("a.tar", &tar[..cut]);
        assert!(outcome.texts().iter().zip(&pages).all(|(text, (_, page))| text == page));
        let whole = cut / (tar.len() / 5);
        assert!(outcome.pages().len() + 1 >= whole, "cut at {cut}");
        assert!(
            outcome.pages().len() == 5 || cut % 3584 < 512 || outcome.rejects().len() == 1,
            "cut at {cut}"
        );
    }
    let mut zip = zipped(&members);
    let at = memchr::memmem::find(&zip, b"2.txt").unwrap() + 500;
    zip[at] ^= 1;
    let outcome = read("a.zip", &zip);
    assert_eq!((outcome.pages().len(), outcome.codes()), (4, vec!["bad_compression"]));
    assert_eq!(read("a.zip", &zip[..zip.len() / 2]).reject().code.name(), "bad_record");
    assert!(read("a.zip", "<html>").reject().message.contains("zip"));
}

#[test]
fn office_files_are_no_archives_of_pages() {
    let mut bytes = zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]);
    let outcome = read("a.docx", &bytes);
    assert_eq!(outcome.codes(), ["unknown_format"], "{:?}", outcome.counts);
    bytes.truncate(40);
    assert_eq!(read("a.docx", &bytes).pages().len(), 0);
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Desk &amp; Co</title><language>en-GB</language><link>https://example.com</link>
<item><title>Exports &#8211; up</title><link>https://example.com/a</link><guid>g1</guid>
<pubDate>Mon, 09 Dec 2024 08:30:00 +0700</pubDate><dc:creator>Lan Nguyen</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>Exports rose &amp; fell.</p>]]></content:encoded>
<media:content url="x.jpg"><media:title>Picture</media:title></media:content></item>
<item><title>Teaser</title><description>Only a teaser &lt;b&gt;here&lt;/b&gt;.</description></item>
<item><title>Long</title><description>&lt;p&gt;LONG&lt;/p&gt;</description></item>
</channel></rss>"#;

const ATOM: &str = r#"<?xml version="1.0"?><!-- made by hand -->
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi"><title>Desk</title>
<entry><title>One</title><id>urn:1</id><link rel="self" href="x"/><link href="https://example.com/1"/>
<published>2024-12-09T08:30:00Z</published><updated>2024-12-10T08:30:00Z</updated>
<author><name>Minh</name></author><content type="html">&lt;p&gt;Rose &amp;amp; fell&lt;/p&gt;</content></entry>
<entry><title>Two</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A <b>b</b></p></div></content>
</entry></feed>"#;

#[test]
fn items_of_feeds_that_carry_their_content_are_pages() {
    let rss = RSS.replace("LONG", &"Exports rose. ".repeat(40));
    for (name, bytes) in
        [("a.xml", rss.clone().into_bytes()), ("a.rss.gz", gzip(&rss)), ("feed", rss.clone().into())]
    {
        let outcome = read(name, bytes);
        assert_eq!(outcome.locators(), ["item=1", "item=3"], "{name}");
        assert_eq!(outcome.texts()[0], "<p>Exports rose &amp; fell.</p>");
        assert!(outcome.texts()[1].starts_with("<p>Exports"));
        let page = outcome.pages()[0];
        assert_eq!((page.name.as_str(), page.url.as_deref()), ("g1", Some("https://example.com/a")));
        assert_eq!(page.given.title.as_deref(), Some("Exports – up"));
        assert_eq!(page.given.published_at.unwrap().to_string(), "2024-12-09T01:30:00Z");
        assert_eq!(
            (page.given.authors.as_slice(), page.given.language.as_deref()),
            (&["Lan Nguyen".to_owned()][..], Some("en-GB"))
        );
        assert_eq!((outcome.counts.records, outcome.counts.skipped["item without its content"]), (3, 1));
    }
    let outcome = read("a.atom", ATOM);
    assert_eq!(outcome.texts()[0], "<p>Rose &amp; fell</p>");
    assert!(outcome.texts()[1].contains("<p>A <b>b</b></p>"));
    let page = outcome.pages()[0];
    assert_eq!((page.name.as_str(), page.url.as_deref()), ("urn:1", Some("https://example.com/1")));
    assert_eq!(page.given.published_date.unwrap().to_string(), "2024-12-09");
    assert_eq!(
        (page.given.authors.as_slice(), page.given.language.as_deref()),
        (&["Minh".to_owned()][..], Some("vi"))
    );
}

#[test]
fn a_feed_cut_anywhere_keeps_its_whole_items() {
    for cut in (0..ATOM.len()).filter(|&cut| ATOM.is_char_boundary(cut)) {
        let outcome = read("a.atom", &ATOM[..cut]);
        let whole = ATOM[..cut].matches("</entry>").count();
        assert_eq!(outcome.pages().len(), whole, "cut at {cut}: {:?}", outcome.rejects());
        if ATOM[..cut].matches("<entry>").count() > whole {
            assert_eq!(outcome.codes(), ["truncated"], "cut at {cut}: {:?}", outcome.rejects());
        }
    }
}

#[test]
fn a_feed_in_another_encoding_is_read() {
    let feed = "<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><item><content:encoded>Caf\u{e9}</content:encoded></item></channel></rss>";
    let bytes: Vec<u8> = feed.chars().map(|character| character as u8).collect();
    assert_eq!(read("a.xml", bytes).texts(), ["Caf\u{e9}"]);
}
