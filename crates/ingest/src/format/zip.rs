//! Zip archives of pages. Nothing is unpacked to disk; a member's path is a name and no more.

use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek, SeekFrom};
use std::ops::ControlFlow;

use copydesk_types::RejectCode;
use zip::ZipArchive;
use zip::result::ZipError;

use super::member::Member;
use super::{Format, Job, Read};
use crate::bounded;
use crate::found::{Out, Position, Trouble};
use crate::sniff::{self, Kind};

pub(super) const FORMAT: Format = Format {
    name: "a zip archive",
    extensions: &["zip"],
    is: |head| head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06"),
    looks_like: |_| false,
    read: Read::File(read),
};

/// Members that tell documents which are zip archives inside (OOXML, ODF and EPUB, JAR) from archives of pages.
const DOCUMENT_PARTS: [&str; 3] = ["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"];

fn read(job: &Job<'_>, file: File, out: &mut Out<'_>) -> ControlFlow<()> {
    let mut archive = match open(file) {
        Ok(archive) => archive,
        Err(trouble) => return out.reject(job.from, trouble),
    };
    let limit = job.settings.max_record_bytes;
    for index in usize::try_from(job.from.ordinal).unwrap_or(usize::MAX)..archive.len() {
        let position = Position { ordinal: index as u64, ..Position::default() };
        let path = match archive.name_for_index(index) {
            Some(Ok(path)) => path.into_owned(),
            _ => format!("{index}"),
        };
        let member = Member { position, path: &path };
        let mut bytes = Vec::new();
        let whole = match archive.by_index(index) {
            Ok(file) if !file.is_file() => continue,
            Ok(mut file) => bounded::append(&mut file, &mut bytes, limit).map_err(|error| {
                // What the decoder says of broken data and of data that ends too soon is not told apart.
                Trouble::new(RejectCode::BadCompression, error.to_string())
            }),
            Err(error) => Err(trouble(&error)),
        };
        match whole {
            Ok(true) => member.page(job, bytes, out)?,
            Ok(false) => member.reject(Trouble::too_large(limit), out)?,
            Err(trouble) => member.reject(trouble, out)?,
        }
    }
    ControlFlow::Continue(())
}

/// Opens an archive of pages.
fn open(mut file: File) -> Result<ZipArchive<BufReader<File>>, Trouble> {
    let mut head = Vec::new();
    io::Read::take(&mut file, sniff::HEAD as u64)
        .read_to_end(&mut head)
        .and_then(|_| file.seek(SeekFrom::Start(0)))
        .map_err(|error| Trouble::io(&error))?;
    let unknown = |what: &str| {
        Trouble::new(RejectCode::UnknownFormat, format!("expected a zip archive of pages, {what}"))
    };
    match sniff::kind(&head) {
        Kind::Other("application/zip") => {}
        Kind::Other(what) => return Err(unknown(&format!("looks like {what}"))),
        Kind::Html => return Err(unknown("looks like HTML")),
        Kind::Text => return Err(unknown("looks like text")),
    }
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| trouble(&error))?;
    if DOCUMENT_PARTS.iter().any(|part| archive.index_for_name(part).is_some()) {
        return Err(unknown("looks like a document of an office program, an e-book or a program"));
    }
    // One body that many members share is how a small archive becomes petabytes.
    match archive.has_overlapping_files() {
        Ok(false) => Ok(archive),
        Ok(true) => {
            Err(Trouble::new(RejectCode::BadRecord, "members of the archive overlap, as in a zip bomb"))
        }
        Err(error) => Err(trouble(&error)),
    }
}

fn trouble(error: &ZipError) -> Trouble {
    match error {
        ZipError::Io(error) => Trouble::io(error),
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            Trouble::new(RejectCode::UnknownFormat, error.to_string())
        }
        _ => Trouble::new(RejectCode::BadRecord, error.to_string()),
    }
}
