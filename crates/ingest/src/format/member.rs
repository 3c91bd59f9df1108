//! What a file inside an archive of pages is.

use std::ops::ControlFlow;

use copydesk_types::RejectCode;

use super::{FORMATS, Job, extension, media_type, page, page_name};
use crate::bounded;
use crate::found::{Out, Position, Trouble};
use crate::unpack::{Packing, Unpacked};

/// Where a member stands in its archive, and its path there.
pub(super) struct Member<'a> {
    pub(super) position: Position,
    pub(super) path: &'a str,
}

impl Member<'_> {
    /// The member's locator.
    pub(super) fn locator(&self) -> String {
        format!("member={}", self.path)
    }

    /// Hands over trouble with the member.
    pub(super) fn reject(&self, trouble: Trouble, out: &mut Out<'_>) -> ControlFlow<()> {
        out.reject(self.position, trouble.locator(self.locator()))
    }

    /// Hands over the member's content as a page, or counts it as none.
    pub(super) fn page(&self, job: &Job<'_>, bytes: Vec<u8>, out: &mut Out<'_>) -> ControlFlow<()> {
        let bytes = match unpacked(bytes, self.path, job.settings.max_record_bytes) {
            Ok(bytes) => bytes,
            Err(trouble) => return self.reject(trouble, out),
        };
        let extension = extension(self.path);
        let claims = |format: &&super::Format| {
            format.name != page::FORMAT.name
                && ((format.is)(&bytes) || format.extensions.contains(&extension.as_str()))
        };
        if FORMATS.iter().any(|format| claims(&format)) {
            out.skip("archive or table in an archive");
            return ControlFlow::Continue(());
        }
        match media_type(self.path, &bytes) {
            Ok(media_type) => {
                let name = page_name(self.path);
                out.page(self.position, job.page(Some(&self.locator()), name, media_type, bytes))
            }
            Err(_) => {
                out.skip("binary");
                ControlFlow::Continue(())
            }
        }
    }
}

/// The content without the compression that it may have of its own.
fn unpacked(bytes: Vec<u8>, name: &str, limit: u64) -> Result<Vec<u8>, Trouble> {
    if Packing::of(&bytes) == Packing::Plain {
        return Ok(bytes);
    }
    let mut content = Vec::new();
    let mut stream =
        Unpacked::new(Box::new(std::io::Cursor::new(bytes)), name).map_err(|error| Trouble::io(&error))?;
    match bounded::append(&mut stream, &mut content, limit) {
        Ok(true) if Packing::of(&content) == Packing::Plain => Ok(content),
        Ok(true) => Err(Trouble::new(RejectCode::UnknownFormat, "compressed twice; expected a page inside")),
        Ok(false) => Err(Trouble::too_large(limit)),
        Err(error) => Err(Trouble::io(&error)),
    }
}
