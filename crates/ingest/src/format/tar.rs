//! Tar archives of pages, compressed or not. Nothing is unpacked to disk; a member's path is a name and no more.
//!
//! Members are taken raw and long names read here, since the crate takes them into memory whatever their length.

use std::io::{self, Read as _};
use std::ops::ControlFlow;

use copydesk_types::RejectCode;
use tar::{Archive, Entry, EntryType, PaxExtensions};

use super::member::Member;
use super::{Format, Job, Read};
use crate::bounded;
use crate::found::{Out, Position, Trouble};
use crate::unpack::Unpacked;

pub(super) const FORMAT: Format = Format {
    name: "a tar archive",
    extensions: &["tar", "tgz", "tzst"],
    is: |head| head.get(257..262) == Some(b"ustar"),
    looks_like: |_| false,
    read: Read::Stream(read),
};

/// Longest extended header of a member, in bytes: a path has 4096 on most systems, attributes come on top.
const EXTENSION_MAX: u64 = 1 << 20;

fn read(job: &Job<'_>, stream: &mut Unpacked, out: &mut Out<'_>) -> ControlFlow<()> {
    let limit = job.settings.max_record_bytes;
    let mut archive = Archive::new(stream);
    let entries = match archive.entries() {
        Ok(entries) => entries.raw(true),
        Err(error) => return out.reject(job.from, broken(&error)),
    };
    let mut long_path = None;
    let mut position = Position::default();
    for entry in entries {
        let mut entry = match entry {
            Ok(entry) => entry,
            // Without the length in a header there is no next one.
            Err(error) => return out.reject(position, broken(&error)),
        };
        let kind = entry.header().entry_type();
        if kind == EntryType::GNULongName || kind == EntryType::XHeader {
            match extension(&mut entry, kind) {
                Ok(path) => long_path = path.or(long_path),
                Err(error) => return out.reject(position, broken(&error)),
            }
            continue;
        }
        let path = long_path.take().unwrap_or_else(|| entry.header().path_bytes().into_owned());
        if !matches!(kind, EntryType::Regular | EntryType::Continuous) || position.ordinal < job.from.ordinal
        {
            position.ordinal += 1;
            continue;
        }
        let path = String::from_utf8_lossy(&path).into_owned();
        let member = Member { position, path: &path };
        let size = entry.size();
        let mut bytes = Vec::new();
        match bounded::append(&mut entry, &mut bytes, limit) {
            Ok(true) if bytes.len() as u64 == size => member.page(job, bytes, out)?,
            Ok(true) => {
                let message = format!("the archive ends {} bytes into a member of {size}", bytes.len());
                return member.reject(Trouble::new(RejectCode::Truncated, message), out);
            }
            Ok(false) => member.reject(Trouble::too_large(limit).bytes(size), out)?,
            Err(error) => return member.reject(Trouble::io(&error), out),
        }
        position.ordinal += 1;
    }
    ControlFlow::Continue(())
}

/// The path of the next member that an extended header gives.
fn extension(entry: &mut Entry<'_, impl io::Read>, kind: EntryType) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    entry.take(EXTENSION_MAX).read_to_end(&mut bytes)?;
    if kind == EntryType::GNULongName {
        return Ok(Some(bytes.split(|&byte| byte == 0).next().unwrap_or_default().to_vec()));
    }
    let path = PaxExtensions::new(&bytes).flatten().find(|field| field.key_bytes() == b"path");
    Ok(path.map(|field| field.value_bytes().to_vec()))
}

/// Trouble with the archive itself, which the crate reports as errors of reading.
fn broken(error: &io::Error) -> Trouble {
    match error.kind() {
        io::ErrorKind::Other => Trouble::new(RejectCode::BadRecord, format!("{error}; the rest is not read")),
        _ => Trouble::io(error),
    }
}
