//! Files that people send: streamed to disk as they come, counted, fingerprinted, and judged by what is in them, not by their name.
use super::form::{Fields, check_token};
use super::pdf;
use super::visit::Visit;
use crate::kernel::{Error, Reason, Result, clean, fault, hex};
use crate::workflow::{Incoming, Stored};
use actix_multipart::{Field, Multipart};
use futures_util::StreamExt as _;
use sha2::{Digest as _, Sha256};

/// So much of a file that is too large is read before the line is cut.
const MOST_DRAINED: usize = 20_000_000;
/// The name of a file that came without one.
const NAMELESS: &str = "file";

/// What a round allows for one file.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub bytes: i64,
}
impl Default for Limits {
    /// 10 MB, as rules.md 4.6 proposes.
    fn default() -> Self {
        Self { bytes: 10_000_000 }
    }
}

/// A file that lies in the data folder; the database does not know it yet.
#[derive(Clone, Debug)]
pub struct Uploaded {
    pub stored: Stored,
    /// The name it had, without folders and control characters.
    pub name: String,
    pub media_type: &'static str,
}

/// The fields and the file of a form.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    pub fields: Fields,
    pub file: Option<Uploaded>,
}

impl Upload {
    /// Reads a multipart form with at most one file. A stranger's file never reaches the disk.
    ///
    /// # Errors
    /// `SignIn` for strangers; `Invalid` with the reason when the file is too large, empty, of a kind that is not taken, or not what its name says.
    pub async fn read(visit: &Visit, form: Multipart, limits: Limits) -> Result<Self> {
        let mut pairs = vec![];
        let file = Self::collect(visit, form, limits, &mut pairs).await?;
        Ok(Self { fields: Fields::new(pairs), file })
    }

    /// The same; a file that is refused comes back as reasons beside the fields that stood before it, so that nothing typed is lost.
    ///
    /// # Errors
    /// `SignIn` for strangers; `Fault` when the disk does not take the file.
    pub async fn read_kindly(visit: &Visit, form: Multipart, limits: Limits) -> Result<(Self, Vec<Reason>)> {
        let mut pairs = vec![];
        let (file, reasons) = match Self::collect(visit, form, limits, &mut pairs).await {
            Ok(file) => (file, vec![]),
            Err(Error::Invalid(reasons)) => (None, reasons),
            Err(other) => return Err(other),
        };
        Ok((Self { fields: Fields::new(pairs), file }, reasons))
    }

    /// Reads a multipart form whose file is looked at and not kept: its name, and its bytes in memory. What is too large is read to its
    /// end and thrown away, so that its sender gets an answer and not a broken line.
    ///
    /// # Errors
    /// `SignIn` for strangers; `Invalid` with the reason when the file has more than `most` bytes.
    pub async fn held(visit: &Visit, mut form: Multipart, most: usize) -> Result<Option<(String, Vec<u8>)>> {
        visit.actor()?;
        let mut pairs = vec![];
        let mut held: Option<(String, Vec<u8>)> = None;
        let mut read = 0;
        while let Some(part) = form.next().await {
            let mut part = part.map_err(broken)?;
            let name = part.name().unwrap_or_default().to_owned();
            let Some(file_name) = part.content_disposition().and_then(|disposition| disposition.get_filename().map(safe_name)) else {
                let value = text_of(&mut part).await?;
                pairs.push((name, value));
                continue;
            };
            check_token(visit, &Fields::new(pairs.clone()), visit.request())?;
            let mut bytes = vec![];
            while let Some(chunk) = part.next().await {
                let chunk = chunk.map_err(broken)?;
                read += chunk.len();
                if read > MOST_DRAINED {
                    break;
                }
                let room = most.saturating_sub(bytes.len()).min(chunk.len());
                bytes.extend_from_slice(chunk.get(..room).unwrap_or_default());
            }
            if read > most {
                return Err(Error::invalid(Reason::new("file-too-large", name, |t| t.file_too_large(most / 1_000_000))));
            }
            held = Some((file_name, bytes));
        }
        check_token(visit, &Fields::new(pairs), visit.request())?;
        // A browser sends a file without a name where none was chosen.
        Ok(held.filter(|(name, bytes)| name != NAMELESS || !bytes.is_empty()))
    }

    async fn collect(visit: &Visit, mut form: Multipart, limits: Limits, pairs: &mut Vec<(String, String)>) -> Result<Option<Uploaded>> {
        visit.actor()?;
        let mut file = None;
        let mut checked = false;
        while let Some(part) = form.next().await {
            let mut part = part.map_err(broken)?;
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.content_disposition().and_then(|disposition| disposition.get_filename().map(ToOwned::to_owned));
            if let Some(file_name) = file_name {
                if !checked {
                    // The token stands before the file in every form of ours.
                    check_token(visit, &Fields::new(pairs.clone()), visit.request())?;
                    checked = true;
                }
                let mut incoming = visit.app.files.begin()?;
                while let Some(chunk) = part.next().await {
                    let chunk = chunk.map_err(broken)?;
                    if incoming.bytes() + i64::try_from(chunk.len()).unwrap_or(i64::MAX) > limits.bytes {
                        return Err(Error::invalid(Reason::new("file-too-large", &*name, |t| t.file_too_large(limits.bytes / 1_000_000))));
                    }
                    incoming.write(&chunk)?;
                }
                if incoming.bytes() == 0 {
                    if file_name.is_empty() {
                        continue;
                    }
                    return Err(Error::invalid(Reason::new("file-empty", &*name, |t| t.file_empty().into())));
                }
                let file_name = safe_name(&file_name);
                let media_type =
                    judge(&incoming.head, &file_name).ok_or_else(|| Error::invalid(Reason::new("file-kind", &*name, |t| t.file_kind(file_name.as_str()))))?;
                let (files, shown) = (visit.app.files.clone(), file_name.clone());
                let store = move || {
                    if media_type == "application/pdf" {
                        complete(&incoming, &name, &shown)?;
                    }
                    files.finish(incoming)
                };
                let stored = actix_web::web::block(store).await.map_err(fault)??;
                file = Some(Uploaded { stored, name: file_name, media_type });
            } else {
                pairs.push((name, text_of(&mut part).await?));
            }
        }
        if !checked {
            check_token(visit, &Fields::new(pairs.clone()), visit.request())?;
        }
        Ok(file)
    }
}

/// A PDF without a page or without its end opens nowhere: whoever sends it should hear it now.
fn complete(incoming: &Incoming, field: &str, name: &str) -> Result<()> {
    let reason = match pdf::look(incoming.so_far()?).map_err(fault)? {
        pdf::Found::Whole => return Ok(()),
        pdf::Found::CutOff => Reason::new("file-cut-off", field, |t| t.file_cut_off(name)),
        pdf::Found::NoPage => Reason::new("file-no-page", field, |t| t.file_no_page(name)),
    };
    Err(Error::invalid(reason))
}

/// A field that is no file.
async fn text_of(part: &mut Field) -> Result<String> {
    let mut value = vec![];
    while let Some(chunk) = part.next().await {
        value.extend_from_slice(&chunk.map_err(broken)?);
        if value.len() > super::form::MOST_BYTES {
            return Err(Error::invalid(Reason::new("too-large", "", |t| t.too_large_text("1 MB"))));
        }
    }
    Ok(String::from_utf8_lossy(&value).into_owned())
}

/// The fingerprint of a file that somebody sends to have it looked up: taken as it comes, written nowhere. Nothing changes by it, so it
/// needs neither sign-in nor token.
///
/// # Errors
/// `Invalid` when there is no file, or more of it than `most`.
pub async fn fingerprint_sent(mut form: Multipart, most: i64) -> Result<String> {
    while let Some(part) = form.next().await {
        let mut part = part.map_err(broken)?;
        let name = part.name().unwrap_or_default().to_owned();
        if part.content_disposition().and_then(|disposition| disposition.get_filename()).is_none_or(str::is_empty) {
            continue;
        }
        let (mut hasher, mut bytes) = (Sha256::new(), 0);
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(broken)?;
            bytes += i64::try_from(chunk.len()).unwrap_or(i64::MAX);
            if bytes > most {
                return Err(Error::invalid(Reason::new("file-too-large", &*name, |t| t.file_too_large_for_ours(most / 1_000_000))));
            }
            hasher.update(&chunk);
        }
        return Ok(hex(&hasher.finalize()));
    }
    Err(Error::invalid(Reason::new("no-file", "file", |t| t.file_none().into())))
}

fn broken(error: actix_multipart::MultipartError) -> Error {
    Error::invalid(Reason::new("broken-upload", "file", move |t| format!("{} ({error})", t.file_broken())))
}

/// The last part of whatever path came, at most 120 characters.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let cleaned: String = clean(last).chars().filter(|letter| !"<>:\"|?*\n\t".contains(*letter)).collect();
    let cleaned = cleaned.trim_matches(['.', ' ']).to_owned();
    let kept: String = cleaned.chars().rev().take(120).collect::<Vec<_>>().into_iter().rev().collect();
    if kept.is_empty() { NAMELESS.into() } else { kept }
}

/// What kind of file this is, by its first bytes; None where it is no kind that is taken, or the name says another.
/// PDF, JPEG, PNG, DOCX and XLSX (rules.md 4.6).
#[must_use]
pub fn judge(head: &[u8], name: &str) -> Option<&'static str> {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let holds = |needle: &[u8]| head.windows(needle.len()).any(|window| window == needle);
    match ending.as_str() {
        "pdf" if head.starts_with(b"%PDF-") => Some("application/pdf"),
        "jpg" | "jpeg" if head.starts_with(&[0xff, 0xd8, 0xff]) => Some("image/jpeg"),
        "png" if head.starts_with(b"\x89PNG\r\n\x1a\n") => Some("image/png"),
        "docx" if head.starts_with(b"PK\x03\x04") && (holds(b"word/") || holds(b"[Content_Types].xml")) => {
            Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        }
        "xlsx" if head.starts_with(b"PK\x03\x04") && (holds(b"xl/") || holds(b"[Content_Types].xml")) => {
            Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_is_in_it() {
        assert_eq!(judge(b"%PDF-1.7 ...", "statute.pdf"), Some("application/pdf"));
        assert_eq!(judge(b"<html><script>", "statute.pdf"), None);
        assert_eq!(judge(b"%PDF-1.7 ...", "statute.exe"), None);
        assert_eq!(judge(b"MZ\x90", "a.docx"), None);
    }

    #[test]
    fn a_name_has_no_folders() {
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name("C:\\scan\\statuti i shoqatës.pdf"), "statuti i shoqatës.pdf");
        assert_eq!(safe_name(".."), "file");
    }
}
