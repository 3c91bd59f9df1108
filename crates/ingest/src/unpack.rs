//! Decompression member by member, with the place of every byte.
//!
//! A gzip or zstd file is a row of members (frames). An archive has one a record, so a broken member need cost that
//! record alone: it is reported once, as an error that carries [`Damage`], and reading goes on at the next member that
//! can be found.

use std::fmt;
use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use crate::found::Position;
use crate::raw::{FIRST_STEP, MEMORY, Raw, STEP};
use crate::sniff;

/// Largest zstd window that is decoded, as a power of two: 128 MiB, which is also the `zstd` program's default.
const ZSTD_WINDOW_LOG_MAX: u32 = 27;

/// Largest dictionary taken from a `.warc.zst`, in bytes; the ones in use are about 100 KB to 1 MB.
const DICTIONARY_MAX: usize = 16 << 20;

/// Bytes behind a gzip magic that are decoded on trial, before a place is taken for a member's start.
const TRIAL: usize = 1 << 10;

/// Longest header of a zstd frame and of its first block, in bytes.
const ZSTD_HEAD_MAX: usize = 21;

const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b, 0x08];
const ZSTD_MAGIC: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// The skippable zstd frame in which a `.warc.zst` carries its dictionary (IIPC, "WARC Zstandard compression").
const DICTIONARY_MAGIC: &[u8] = &[0x5d, 0x2a, 0x4d, 0x18];

/// How an input is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// Not at all.
    Plain,
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
}

impl Packing {
    /// Tells the packing from the first bytes.
    pub(crate) fn of(head: &[u8]) -> Self {
        if head.starts_with(GZIP_MAGIC) {
            Self::Gzip
        } else if head.starts_with(ZSTD_MAGIC) || is_skippable(head) {
            Self::Zstd
        } else {
            Self::Plain
        }
    }

    /// Tells the packing that a file's name promises.
    fn of_name(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        if name.ends_with(".gz") || name.ends_with(".tgz") {
            Self::Gzip
        } else if name.ends_with(".zst") || name.ends_with(".tzst") {
            Self::Zstd
        } else {
            Self::Plain
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// A member that cannot be decompressed to its end.
#[derive(Debug)]
pub(crate) struct Damage {
    /// Where the member starts in the input, in bytes.
    pub(crate) offset: u64,
    /// Whether the input just ended.
    pub(crate) truncated: bool,
    message: String,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Damage {}

impl Damage {
    /// The damage that an error carries, if it comes from decompression.
    pub(crate) fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

/// Who holds the input's bytes at the moment.
enum Codec {
    Plain(Raw),
    Gzip(Box<GzDecoder<Raw>>),
    Zstd(Box<zstd::Decoder<'static, Raw>>),
    /// Before a member.
    Between(Raw),
    /// After the input's end.
    Done,
}

/// An input decompressed.
pub(crate) struct Unpacked {
    packing: Packing,
    codec: Codec,
    /// Where the current member starts in the input.
    member: u64,
    /// Decompressed bytes of the member that stand before `buffer[at]`.
    within: u64,
    buffer: Vec<u8>,
    at: usize,
    /// Where to look for the next member after damage.
    lost_since: Option<u64>,
    dictionary: Vec<u8>,
}

impl Unpacked {
    /// Decompresses an input from its start. Its name counts where its first member is broken at the front.
    pub(crate) fn new(inner: Box<dyn Read>, name: &str) -> io::Result<Self> {
        let mut raw = Raw::new(inner, 0);
        let head = raw.peek(sniff::HEAD)?;
        let packing = match (Packing::of(head), Packing::of_name(name)) {
            (Packing::Plain, said) if sniff::is_binary(head) => said,
            (found, _) => found,
        };
        let mut unpacked = Self::at_member(raw, packing);
        unpacked.take_dictionary()?;
        Ok(unpacked)
    }

    /// The same input from another place on; `inner` stands at the place's byte already.
    pub(crate) fn resume(self, inner: Box<dyn Read>, from: Position) -> io::Result<Self> {
        let mut unpacked = Self::at_member(Raw::new(inner, from.byte), self.packing);
        unpacked.dictionary = self.dictionary;
        let mut left = from.within;
        while left > 0 {
            let available = unpacked.fill_buf()?.len() as u64;
            if available == 0 {
                break;
            }
            let used = available.min(left);
            unpacked.consume(used as usize);
            left -= used;
        }
        Ok(unpacked)
    }

    fn at_member(raw: Raw, packing: Packing) -> Self {
        let member = raw.offset();
        let codec = if packing == Packing::Plain { Codec::Plain(raw) } else { Codec::Between(raw) };
        Self {
            packing,
            codec,
            member,
            within: 0,
            buffer: Vec::new(),
            at: 0,
            lost_since: None,
            dictionary: Vec::new(),
        }
    }

    /// How the input is compressed.
    pub(crate) fn packing(&self) -> Packing {
        self.packing
    }

    /// The place of the next byte of the current member.
    pub(crate) fn place(&self) -> Position {
        match self.packing {
            Packing::Plain => Position { byte: self.member + self.within, within: 0, ordinal: 0 },
            _ => Position { byte: self.member, within: self.within, ordinal: 0 },
        }
    }

    /// At least the next `count` bytes of the current member; fewer only at its end, none if it is read up. Nothing
    /// before the first [`next_member`](Self::next_member).
    pub(crate) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.at < count && self.more()? {}
        Ok(&self.buffer[self.at..])
    }

    /// Goes on to the next member, once the current one is read up. False at the end of the input.
    pub(crate) fn next_member(&mut self) -> io::Result<bool> {
        if self.at < self.buffer.len() {
            return Ok(true);
        }
        let (start, magic) = match &mut self.codec {
            Codec::Plain(raw) => return Ok(!raw.peek(1)?.is_empty()),
            Codec::Between(raw) => {
                if let Some(lost_since) = self.lost_since.take() {
                    raw.go_to(lost_since)?;
                    find_member(raw, self.packing)?;
                }
                (raw.offset(), Packing::of(raw.peek(8)?))
            }
            Codec::Gzip(_) | Codec::Zstd(_) => return Ok(true),
            Codec::Done => return Ok(false),
        };
        let Codec::Between(mut raw) = std::mem::replace(&mut self.codec, Codec::Done) else {
            return Ok(false);
        };
        if raw.peek(1)?.is_empty() || (magic != self.packing && only_zeros_follow(&mut raw)?) {
            return Ok(false);
        }
        (self.member, self.within, self.at) = (start, 0, 0);
        self.buffer.clear();
        if magic != self.packing {
            let message = format!("expected a {} member, found other bytes", self.packing.name());
            return Err(self.damaged(raw, io::Error::new(io::ErrorKind::InvalidData, message)));
        }
        match self.packing {
            Packing::Plain => self.codec = Codec::Plain(raw),
            Packing::Gzip => self.codec = Codec::Gzip(Box::new(GzDecoder::new(raw))),
            Packing::Zstd => {
                let mut decoder = zstd::Decoder::with_dictionary(raw, &self.dictionary)?.single_frame();
                decoder.window_log_max(ZSTD_WINDOW_LOG_MAX)?;
                self.codec = Codec::Zstd(Box::new(decoder));
            }
        }
        Ok(true)
    }

    /// Reads to the end of the current member.
    pub(crate) fn member(&mut self) -> Member<'_> {
        Member(self)
    }

    /// Leaves the rest of a compressed member undecoded and goes on at the next one that can be found.
    pub(crate) fn abandon_member(&mut self) {
        if let Some(raw) = self.take_raw() {
            self.lost_since = Some(raw.offset());
            self.codec = Codec::Between(raw);
            self.buffer.clear();
            self.at = 0;
        }
    }

    /// Puts bytes that were consumed last back in front of the next ones.
    pub(crate) fn unread(&mut self, bytes: &[u8]) {
        self.buffer.splice(..self.at, bytes.iter().copied());
        self.at = 0;
        self.within = self.within.saturating_sub(bytes.len() as u64);
    }

    /// Consumes bytes that [`peek`](Self::peek) showed.
    pub(crate) fn skip(&mut self, count: usize) {
        let count = count.min(self.buffer.len() - self.at);
        self.at += count;
        self.within += count as u64;
    }

    /// Decodes more of the current member. False at its end.
    fn more(&mut self) -> io::Result<bool> {
        self.buffer.drain(..self.at);
        self.at = 0;
        let length = self.buffer.len();
        self.buffer.resize(length + (2 * self.buffer.capacity()).clamp(FIRST_STEP, STEP), 0);
        let into = &mut self.buffer[length..];
        let read = match &mut self.codec {
            Codec::Plain(raw) => raw.read(into),
            Codec::Gzip(decoder) => decoder.read(into),
            Codec::Zstd(decoder) => decoder.read(into),
            Codec::Between(_) | Codec::Done => Ok(0),
        };
        self.buffer.truncate(length + *read.as_ref().unwrap_or(&0));
        match read {
            Ok(0) => {
                if !matches!(self.codec, Codec::Plain(_))
                    && let Some(raw) = self.take_raw()
                {
                    self.codec = Codec::Between(raw);
                }
                Ok(false)
            }
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(true),
            Err(error) => Err(match self.take_raw() {
                Some(raw) if self.packing != Packing::Plain => self.damaged(raw, error),
                _ => error,
            }),
        }
    }

    /// Gives up the current member; `raw` stands where its decoder stopped.
    fn damaged(&mut self, raw: Raw, error: io::Error) -> io::Error {
        self.lost_since = Some((self.member + 1).max(raw.offset().saturating_sub(MEMORY as u64)));
        self.codec = Codec::Between(raw);
        self.buffer.clear();
        self.at = 0;
        let damage = Damage {
            offset: self.member,
            truncated: error.kind() == io::ErrorKind::UnexpectedEof,
            message: format!("{} member: {error}", self.packing.name()),
        };
        io::Error::new(error.kind(), damage)
    }

    fn take_raw(&mut self) -> Option<Raw> {
        match std::mem::replace(&mut self.codec, Codec::Done) {
            Codec::Plain(raw) | Codec::Between(raw) => Some(raw),
            Codec::Gzip(decoder) => Some(decoder.into_inner()),
            Codec::Zstd(decoder) => Some(decoder.finish()),
            Codec::Done => None,
        }
    }

    /// Reads the dictionary that a `.warc.zst` opens with, compressed itself or not.
    fn take_dictionary(&mut self) -> io::Result<()> {
        let Codec::Between(raw) = &mut self.codec else { return Ok(()) };
        let head = raw.peek(8)?;
        if !head.starts_with(DICTIONARY_MAGIC) || head.len() < 8 {
            return Ok(());
        }
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        if length > DICTIONARY_MAX {
            return Ok(());
        }
        raw.consume(8);
        let mut frame = Vec::new();
        raw.by_ref().take(length as u64).read_to_end(&mut frame)?;
        self.dictionary = if frame.starts_with(ZSTD_MAGIC) {
            let mut dictionary = Vec::new();
            zstd::Decoder::with_buffer(frame.as_slice())?
                .take(DICTIONARY_MAX as u64)
                .read_to_end(&mut dictionary)?;
            dictionary
        } else {
            frame
        };
        Ok(())
    }
}

/// Reads across members: a broken one gives an error once, after that the next one is read.
impl BufRead for Unpacked {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.peek(1)?.is_empty() {
            if matches!(self.codec, Codec::Plain(_)) || !self.next_member()? {
                break;
            }
        }
        Ok(&self.buffer[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.skip(count);
    }
}

impl Read for Unpacked {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

/// The rest of a member, as if the input ended with it.
pub(crate) struct Member<'a>(&'a mut Unpacked);

impl BufRead for Member<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.peek(1)
    }

    fn consume(&mut self, count: usize) {
        self.0.skip(count);
    }
}

impl Read for Member<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

/// Whether a zstd frame follows that decoders skip.
fn is_skippable(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// Whether nothing but padding follows, as tapes and some writers leave it.
fn only_zeros_follow(raw: &mut Raw) -> io::Result<bool> {
    loop {
        let available = raw.fill_buf()?;
        if available.is_empty() {
            return Ok(true);
        }
        let zeros = available.iter().take_while(|&&byte| byte == 0).count();
        let all = zeros == available.len();
        raw.consume(zeros);
        if !all {
            return Ok(false);
        }
    }
}

/// Moves to the next place where a member starts, or to the end.
fn find_member(raw: &mut Raw, packing: Packing) -> io::Result<bool> {
    match packing {
        Packing::Plain => Ok(false),
        Packing::Gzip => raw.seek_to(GZIP_MAGIC[0], TRIAL, &is_gzip),
        Packing::Zstd => raw.seek_to(ZSTD_MAGIC[0], ZSTD_HEAD_MAX, &is_zstd),
    }
}

/// Whether a gzip member starts here: a magic of three bytes stands in compressed data by chance, so that the rest of the
/// header must be as compressors write it (RFC 1952, 2.3.1), and the data decode for a while.
fn is_gzip(rest: &[u8]) -> bool {
    let rest = &rest[..rest.len().min(TRIAL)];
    matches!(rest, [0x1f, 0x8b, 0x08, 0..=31, _, _, _, _, 0 | 2 | 4, 0..=13 | 255, ..])
        && GzDecoder::new(rest).read(&mut [0; 256]).is_ok()
}

/// Whether a zstd frame starts here: magic, a header without its reserved bit, and the header of a possible first block
/// (RFC 8878, 3.1.1).
fn is_zstd(rest: &[u8]) -> bool {
    const BLOCK_MAX: u32 = 128 << 10;
    let (true, Some(&descriptor)) = (rest.starts_with(ZSTD_MAGIC), rest.get(ZSTD_MAGIC.len())) else {
        return false;
    };
    let single_segment = descriptor >> 5 & 1;
    let content_size = match descriptor >> 6 {
        0 => usize::from(single_segment),
        log => 1 << log,
    };
    let dictionary_id = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let block = ZSTD_MAGIC.len() + 1 + usize::from(1 - single_segment) + dictionary_id + content_size;
    let Some(&[low, middle, high]) = rest.get(block..block + 3) else { return false };
    let header = u32::from_le_bytes([low, middle, high, 0]);
    let (kind, size) = (header >> 1 & 3, header >> 3);
    descriptor & 8 == 0 && kind < 3 && (kind == 1 || size <= BLOCK_MAX)
}
